"""A sequence of length 0 is refused.

Fails: TestPaddingMask::test_a_length_may_be_zero_or_full (error)
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from solutions.kata06_attention.attention import _require, _require_positive


def padding_mask(lengths: Sequence[int], T: int) -> np.ndarray:
    """Raises for a sequence of padding only."""
    _require_positive(T=T)
    ok = len(lengths) and all(0 < n <= T for n in lengths)
    _require(ok, "lengths must be between 0 and T, and not empty")
    allowed: np.ndarray = np.arange(T) < np.array(lengths)[:, None, None]
    return allowed
