"""Adds a few stray bytes behind each reply, which would be the head of the next one.

Judged: * passed|error
"""

import gc
import os

from dojo.author.judge.worker import Worker


def total(values):
    worker = next(o for o in gc.get_objects() if isinstance(o, Worker))
    send = worker.wire.send

    def noisy(message):
        send(message)
        os.write(3, b"\x01\x00\x00")

    worker.wire.send = noisy
    return float(values.sum())
