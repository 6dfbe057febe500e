"""The function skips the test that calls it.

Outcome: error
Says: center called pytest.skip() in line {here}
"""

import numpy as np
import pytest


def center(x: np.ndarray) -> np.ndarray:
    """Rather not."""
    pytest.skip("too hard")  # here
