"""The fills stay on the line although rng is given.

Fails: TestRegressionFill::test_with_rng_the_variance_survives
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
    return np.where(known, x, line)
