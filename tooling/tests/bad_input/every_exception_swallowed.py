"""The loop has no end, and swallows whatever would end it.

Outcome: timeout
Says: center was still running after 1 s
"""

import numpy as np


def center(x: np.ndarray) -> np.ndarray:
    """Try for ever."""
    while True:
        try:
            x[99]
        except BaseException:
            continue
