"""Every column has an exponent of its own.

Fails: TestSinusoidalPositions::test_a_sine_and_its_cosine_share_a_frequency
"""

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from solutions.kata06_attention.attention import _require, _require_positive


def sinusoidal_positions(T: int, d: int) -> np.ndarray:
    """Sine and cosine of a pair turn at different speeds."""
    _require_positive(T=T, d=d)
    _require(not d % 2, "d must be even: every sine has its cosine")
    j = np.arange(d)
    angle = np.arange(T)[:, None] / 10_000 ** (j / d)
    return np.where(j % 2, np.cos(angle), np.sin(angle))
