"""Leaves rng in a state from which it can only draw zeros.

Judged: TestDraw error
In-process: TestDraw failed
"""

import numpy as np


def draw(rng, n):
    state = rng.bit_generator.state
    state["state"] = {"state": 0, "inc": 0}
    rng.bit_generator.state = state
    return np.zeros(n)
