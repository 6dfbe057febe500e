"""A column without a value gets the fill 0.

Fails: TestFitFill::test_a_column_without_any_value_is_refused
"""

from typing import TYPE_CHECKING, Literal

import pandas as pd

if TYPE_CHECKING:
    from solutions.kata02_imputation.imputation import _LEARN, _check_columns


def fit_fill(
    train: pd.DataFrame, how: dict[str, Literal["mean", "median", "mode"]]
) -> dict[str, object]:
    """Learn one fill value per column of `how`, from `train` alone."""
    _check_columns(train, how, "how")
    fills: dict[str, object] = {}
    for column, method in how.items():
        if method not in _LEARN:
            raise ValueError(f"how: {method!r} is not one of {list(_LEARN)}")
        known = train[column].dropna()
        if known.empty:
            known = pd.Series([0.0])
        fills[column] = _LEARN[method](known)
    return fills
