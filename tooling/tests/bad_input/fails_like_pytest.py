"""The function fails the test with a text of its own.

Outcome: error
Says: center raised Failed in line {here}
"""

import numpy as np
import pytest


def center(x: np.ndarray) -> np.ndarray:
    """Fail in the test's name."""
    pytest.fail("DID NOT RAISE <class 'ValueError'>")  # here
