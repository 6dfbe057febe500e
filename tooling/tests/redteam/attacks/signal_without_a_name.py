"""Sends itself a signal that has no name in Python.

Judged: TestTotal passed
In-process: TestTotal crashed
"""

import os


def total(values):
    os.kill(os.getpid(), 37)
    return float(values.sum())
