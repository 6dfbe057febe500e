"""The function raises what only generators should see.

Outcome: error
Says: center raised GeneratorExit in line {here}
"""

import numpy as np


def center(x: np.ndarray) -> np.ndarray:
    """Leave."""
    raise GeneratorExit  # here
