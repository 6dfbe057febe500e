"""The function ends the whole run with success, once the first test is green.

Outcome: error
Test: test_what_was_passed_in_stays_as_it_was
Says: center called pytest.exit() in line {here}
"""

import numpy as np
import pytest

calls = []


def center(x: np.ndarray) -> np.ndarray:
    """Return the values minus their mean, once."""
    calls.append(x)
    if len(calls) > 1:
        pytest.exit("all green", returncode=0)  # here
    return x - x.mean()
