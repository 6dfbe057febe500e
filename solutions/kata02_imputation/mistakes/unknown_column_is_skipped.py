"""A column that train lacks is passed over.

Fails: TestFitFill::test_an_unknown_column_is_refused
"""

from typing import TYPE_CHECKING, Literal

import pandas as pd

if TYPE_CHECKING:
    from solutions.kata02_imputation.imputation import _LEARN


def fit_fill(
    train: pd.DataFrame, how: dict[str, Literal["mean", "median", "mode"]]
) -> dict[str, object]:
    """Learn one fill value per column of `how`, from `train` alone."""
    fills: dict[str, object] = {}
    for column, method in how.items():
        if column not in train:
            continue
        if method not in _LEARN:
            raise ValueError(f"how: {method!r} is not one of {list(_LEARN)}")
        known = train[column].dropna()
        if known.empty:
            raise ValueError(f"train: column {column!r} has no value to learn from")
        fills[column] = _LEARN[method](known)
    return fills
