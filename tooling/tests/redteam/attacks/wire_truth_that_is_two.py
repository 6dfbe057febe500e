"""Answers with truths that are neither 0 nor 1: numpy makes room for one and writes two.

Judged: TestDraw error
"""

import gc

import numpy as np
from dojo.author.judge.worker import Worker


def draw(rng, n):
    worker = next(o for o in gc.get_objects() if isinstance(o, Worker))
    honest = worker.codec.pack
    worker.codec.pack = lambda value: (
        ["array", "|b1", [9], b"\2" * 9, "C", True]
        if isinstance(value, np.ndarray)
        else honest(value)
    )
    return np.ones(9)
