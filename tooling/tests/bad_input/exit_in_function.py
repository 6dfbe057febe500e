"""The function calls sys.exit().

Outcome: error
Says: center called sys.exit() or raised SystemExit in line {here}
"""

import sys

import numpy as np


def center(x: np.ndarray) -> np.ndarray:
    """Leave politely."""
    sys.exit()  # here
