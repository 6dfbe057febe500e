"""The error's text holds half a character, which no terminal can show.

Outcome: error
Says: center raised ValueError in line {here}
"""

import numpy as np


def center(x: np.ndarray) -> np.ndarray:
    """Print and raise what cannot be encoded."""
    print("\udcff")
    raise ValueError("\udcff")  # here
