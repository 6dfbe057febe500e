"""All sines stand before all cosines.

Fails: TestSinusoidalPositions::test_sines_and_cosines_take_turns
"""

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from solutions.kata06_attention.attention import _require, _require_positive


def sinusoidal_positions(T: int, d: int) -> np.ndarray:
    """The layout of the first published code."""
    _require_positive(T=T, d=d)
    _require(not d % 2, "d must be even: every sine has its cosine")
    angle = np.arange(T)[:, None] / 10_000 ** (np.arange(0, d, 2) / d)
    return np.concatenate([np.sin(angle), np.cos(angle)], axis=1)
