"""The exponent of pair k is k/d instead of 2k/d.

Fails: TestSinusoidalPositions::test_the_exponent_grows_by_two_per_pair
"""

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from solutions.kata06_attention.attention import _require, _require_positive


def sinusoidal_positions(T: int, d: int) -> np.ndarray:
    """The slowest wave is a hundred times too fast."""
    _require_positive(T=T, d=d)
    _require(not d % 2, "d must be even: every sine has its cosine")
    angle = np.arange(T)[:, None] / 10_000 ** (np.arange(d // 2) / d)
    return np.stack([np.sin(angle), np.cos(angle)], axis=-1).reshape(T, d)
