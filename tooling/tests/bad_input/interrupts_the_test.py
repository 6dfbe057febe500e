"""The result interrupts the run when the last test looks at it; the tests before are green.

Outcome: error
Test: test_an_empty_sample_has_no_mean
Says: center
"""

import numpy as np


class Trap(np.ndarray):
    """An array that does not want to become a list."""

    def tolist(self) -> list[float]:
        """Raise what Ctrl-C raises."""
        raise KeyboardInterrupt


def center(x: np.ndarray) -> np.ndarray:
    """Return the values minus their mean."""
    if not len(x):
        raise ValueError("x")
    return (x - x.mean()).view(Trap)
