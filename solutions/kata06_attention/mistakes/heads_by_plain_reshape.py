"""(B, T, d) is reshaped to (B, n_heads, T, dh) at once.

Fails: TestMultiHead::test_head_h_owns_its_block_of_columns
"""

import numpy as np


def _split(A: np.ndarray, n_heads: int) -> np.ndarray:
    """Head 0 gets the first tokens instead of the first columns."""
    B, T, _ = A.shape
    return A.reshape(B, n_heads, T, -1)


def _merge(heads: np.ndarray) -> np.ndarray:
    """The inverse of the same cut."""
    B, _, T, _ = heads.shape
    return heads.reshape(B, T, -1)
