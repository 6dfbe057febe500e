"""Head h gets every n_heads-th column.

Fails: TestMultiHead::test_the_columns_of_a_head_stand_side_by_side
"""

import numpy as np


def _split(A: np.ndarray, n_heads: int) -> np.ndarray:
    """(dh, n_heads) instead of (n_heads, dh)."""
    B, T, _ = A.shape
    return A.reshape(B, T, -1, n_heads).transpose(0, 3, 1, 2)


def _merge(heads: np.ndarray) -> np.ndarray:
    """The columns go back to where they came from."""
    B, _, T, _ = heads.shape
    return heads.transpose(0, 2, 3, 1).reshape(B, T, -1)
