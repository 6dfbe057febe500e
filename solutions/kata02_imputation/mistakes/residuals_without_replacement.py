"""Residuals are shuffled and dealt out.

Fails: TestRegressionFill::test_a_residual_may_be_drawn_twice
"""

import numpy as np


def regression_fill(
    x: np.ndarray, y: np.ndarray, rng: np.random.Generator | None = None
) -> np.ndarray:
    """Fill the gaps of `x` from its line on `y`, with drawn residuals if `rng` is given."""
    if y.shape != x.shape:
        raise ValueError("y: one value for each of x")
    if np.isnan(y).any():
        raise ValueError("y: has missing cells")
    known = ~np.isnan(x)
    if np.unique(y[known]).size < 2:
        raise ValueError("x: known at fewer than two values of y")
    slope, intercept = np.polyfit(y[known], x[known], 1)
    line = intercept + slope * y
    filled = np.where(known, x, line)
    if rng:
        dealt = rng.permutation((x - line)[known])
        filled[~known] += np.resize(dealt, np.count_nonzero(~known))
    return filled
