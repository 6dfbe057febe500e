"""Calls the test's function with one large array after the other, for it to keep.

Judged: TestMeanOf timeout|memory
"""

import numpy as np


def mean_of(f, points):
    while True:
        f(np.ones(2**21 - 100))
