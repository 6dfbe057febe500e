"""True stands for padding.

Fails: TestPaddingMask::test_true_stands_for_tokens_and_false_for_padding
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from solutions.kata06_attention.attention import _require, _require_positive


def padding_mask(lengths: Sequence[int], T: int) -> np.ndarray:
    """The convention of torch's key_padding_mask."""
    _require_positive(T=T)
    ok = len(lengths) and all(0 <= n <= T for n in lengths)
    _require(ok, "lengths must be between 0 and T, and not empty")
    blocked: np.ndarray = np.arange(T) >= np.array(lengths)[:, None, None]
    return blocked
