"""The noise is normal with the spread of the residuals.

Fails: TestRegressionFill::test_the_noise_is_a_residual_of_a_known_row
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
        filled[~known] += rng.normal(0.0, (x - line)[known].std(), size=np.count_nonzero(~known))
    return filled
