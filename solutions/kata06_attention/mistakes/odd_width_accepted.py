"""An odd d gets a last sine without its cosine.

Fails: TestSinusoidalPositions::test_an_odd_width_is_refused
"""

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from solutions.kata06_attention.attention import _require_positive


def sinusoidal_positions(T: int, d: int) -> np.ndarray:
    """One column that cannot be rotated."""
    _require_positive(T=T, d=d)
    angle = np.arange(T)[:, None] / 10_000 ** (np.arange(0, d, 2) / d)
    return np.stack([np.sin(angle), np.cos(angle)], axis=-1).reshape(T, -1)[:, :d]
