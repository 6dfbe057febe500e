"""Incomplete rows are dropped from the caller's own frame.

Fails: TestFitFill::test_the_callers_frame_is_left_alone
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
        train.dropna(subset=[column], inplace=True)
        known = train[column]
        if known.empty:
            raise ValueError(f"train: column {column!r} has no value to learn from")
        fills[column] = _LEARN[method](known)
    return fills
