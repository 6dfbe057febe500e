"""The difference is averaged: one wrong entry is diluted.

Fails: TestRelativeError::test_one_wrong_entry_among_a_thousand_shows
"""

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from solutions.kata05_backprop.backprop import _check_alike


def relative_error(a: np.ndarray, b: np.ndarray) -> float:
    """Average the differences."""
    _check_alike(a=a, b=b)
    return float(np.abs(a - b).mean() / max(np.abs(a).max(), np.abs(b).max(), 1e-12))
