"""An error of the function's own, whose text is that of a standard input that nobody types at.

Outcome: error
Says: center raised OSError in line {here}: reading from stdin: nobody types here
"""

import numpy as np


def center(x: np.ndarray) -> np.ndarray:
    """Raise."""
    raise OSError("reading from stdin: nobody types here")  # here
