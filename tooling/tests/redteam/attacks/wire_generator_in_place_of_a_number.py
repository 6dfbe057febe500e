"""Answers with a Generator, where a number was promised.

Judged: TestTotal failed
In-process: TestTotal failed
"""

import numpy as np


def total(values):
    return np.random.Generator(np.random.Philox(1))
