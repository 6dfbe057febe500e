"""Every slice is normalised in a Python loop.

Fails: TestSoftmax::test_rows_are_not_looped_over
"""

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from solutions.kata06_attention.attention import _require


def softmax(x: np.ndarray, axis: int = -1) -> np.ndarray:
    """The result is right and takes steps for every row."""
    _require(x.size and (x < np.inf).all(), "x must hold neither NaN nor +inf, and not be empty")
    moved = np.moveaxis(x, axis, -1)
    shares = np.empty_like(moved)
    for place in np.ndindex(moved.shape[:-1]):
        e = np.exp(moved[place] - moved[place].max(initial=np.finfo(x.dtype).min))
        shares[place] = e / max(e.sum(), 1)
    return np.moveaxis(shares, -1, axis)
