"""Returns an iterator that never ends in place of numbers.

Judged: TestDraw failed
In-process: TestDraw failed
"""

import itertools


def draw(rng, n):
    return itertools.count()
