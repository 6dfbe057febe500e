"""A token does not see itself.

Fails: TestCausalMask::test_a_query_sees_itself_and_the_past
"""

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from solutions.kata06_attention.attention import _require_positive


def causal_mask(Tq: int, Tk: int) -> np.ndarray:
    """The first query sees nothing."""
    _require_positive(Tq=Tq, Tk=Tk)
    return np.tri(Tq, Tk, k=-1, dtype=bool)
