"""Asks for more memory than there is.

Judged: TestTotal memory
In-process: TestTotal memory
"""

import numpy as np


def total(values):
    return float(np.ones(2**36).sum())
