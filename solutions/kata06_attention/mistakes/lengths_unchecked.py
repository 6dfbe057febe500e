"""Any length is taken as it comes.

Fails: TestPaddingMask::test_impossible_lengths_are_refused
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from solutions.kata06_attention.attention import _require_positive


def padding_mask(lengths: Sequence[int], T: int) -> np.ndarray:
    """A length above T looks like T, one below 0 like 0."""
    _require_positive(T=T)
    allowed: np.ndarray = np.arange(T) < np.array(lengths)[:, None, None]
    return allowed
