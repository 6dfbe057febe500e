"""The first token stands at t = 1.

Fails: TestSinusoidalPositions::test_positions_count_from_zero
"""

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from solutions.kata06_attention.attention import _require, _require_positive


def sinusoidal_positions(T: int, d: int) -> np.ndarray:
    """Every position is one too high."""
    _require_positive(T=T, d=d)
    _require(not d % 2, "d must be even: every sine has its cosine")
    angle = np.arange(1, T + 1)[:, None] / 10_000 ** (np.arange(0, d, 2) / d)
    return np.stack([np.sin(angle), np.cos(angle)], axis=-1).reshape(T, d)
