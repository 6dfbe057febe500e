"""The maxima and sums of the rows line up with the columns.

Fails: TestSoftmax::test_a_square_matrix_is_normalised_row_by_row
"""

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from solutions.kata06_attention.attention import _require


def softmax(x: np.ndarray, axis: int = -1) -> np.ndarray:
    """Right for vectors; in a square matrix the wrong maxima and sums."""
    _require(x.size and (x < np.inf).all(), "x must hold neither NaN nor +inf, and not be empty")
    e = np.exp(x - x.max(axis=axis, initial=np.finfo(x.dtype).min))
    shares: np.ndarray = e / np.maximum(e.sum(axis=axis), 1)
    return shares
