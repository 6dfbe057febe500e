"""y is regressed on x, and the line turned over.

Fails: TestRegressionFill::test_x_is_predicted_from_y_and_not_the_other_way_round
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
    slope, intercept = np.polyfit(x[known], y[known], 1)
    line = (y - intercept) / slope
    filled = np.where(known, x, line)
    if rng:
        filled[~known] += rng.choice((x - line)[known], size=np.count_nonzero(~known))
    return filled
