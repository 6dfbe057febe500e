"""Returns an array that is a little longer than a message may be.

Judged: TestDraw error
"""

import numpy as np


def draw(rng, n):
    return np.zeros(2**21)
