"""Text comes back where a number was promised.

Outcome: failed
Function: spread
Says: spread returned a str, '
"""

import numpy as np


def spread(x: np.ndarray) -> str:
    """Return the sample standard deviation, to two digits."""
    return f"{np.sqrt(np.cov(x)):.2f}"
