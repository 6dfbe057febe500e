"""The future is allowed and the past is forbidden.

Fails: TestCausalMask::test_the_future_is_what_is_forbidden
"""

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from solutions.kata06_attention.attention import _require_positive


def causal_mask(Tq: int, Tk: int) -> np.ndarray:
    """The upper triangle."""
    _require_positive(Tq=Tq, Tk=Tk)
    return np.triu(np.ones((Tq, Tk), dtype=bool))
