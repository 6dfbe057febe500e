"""The function ends the whole run with success.

Outcome: error
Says: center called pytest.exit() in line {here}
"""

import numpy as np
import pytest


def center(x: np.ndarray) -> np.ndarray:
    """Call it a day."""
    pytest.exit("all green", returncode=0)  # here
