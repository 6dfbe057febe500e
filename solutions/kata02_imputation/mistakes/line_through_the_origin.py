"""The line has no intercept.

Fails: TestRegressionFill::test_a_gap_lies_on_the_line_through_the_known_rows
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
    slope = (x[known] @ y[known]) / (y[known] @ y[known])
    line = slope * y
    filled = np.where(known, x, line)
    if rng:
        filled[~known] += rng.choice((x - line)[known], size=np.count_nonzero(~known))
    return filled
