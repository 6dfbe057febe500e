"""Returns an array that is a little longer than a message may be, past the worker's own check.

Judged: TestDraw error
"""

import numpy as np
from dojo.child import contract

contract.check = lambda *args: None  # else the worker would say so itself


def draw(rng, n):
    return np.zeros(2**21)
