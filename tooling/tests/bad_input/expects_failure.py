"""The function declares that its failure was expected.

Outcome: error
Says: center called pytest.xfail() in line {here}
"""

import numpy as np
import pytest


def center(x: np.ndarray) -> np.ndarray:
    """Rather not."""
    pytest.xfail("too hard")  # here
