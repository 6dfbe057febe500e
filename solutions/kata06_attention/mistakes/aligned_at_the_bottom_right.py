"""The last query sees the last key, whatever the sizes.

Fails: TestCausalMask::test_it_is_aligned_at_the_top_left
"""

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from solutions.kata06_attention.attention import _require_positive


def causal_mask(Tq: int, Tk: int) -> np.ndarray:
    """The alignment for a cache of older keys."""
    _require_positive(Tq=Tq, Tk=Tk)
    return np.tri(Tq, Tk, k=Tk - Tq, dtype=bool)
