"""Hands the test's function a Generator that draws from memory in front of its own.

The place that numpy reads, `buffer_pos`, is negative; one that it does not know, `pos`, is fine.

Judged: TestShuffled error|failed
"""

import gc

import numpy as np
from dojo.author.judge.worker import Worker


def shuffled(shuffle, values, rng):
    worker = next(o for o in gc.get_objects() if isinstance(o, Worker))
    honest = worker.codec.pack
    state = np.random.Philox(1).state
    state["state"]["pos"] = 0
    state["buffer_pos"] = -1000
    worker.codec.pack = lambda value: (
        ["generator", honest(state), None]
        if isinstance(value, np.random.Generator)
        else honest(value)
    )
    return shuffle(rng, values)
