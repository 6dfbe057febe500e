"""Returns an array of records with objects in them.

Judged: TestDraw failed
In-process: TestDraw failed
"""

import numpy as np


def draw(rng, n):
    return np.array([(0.0, object())] * n, dtype=[("x", float), ("y", object)])
