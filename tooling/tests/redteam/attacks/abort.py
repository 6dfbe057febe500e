"""Aborts.

Judged: TestTotal crashed
In-process: TestTotal crashed
"""

import os


def total(values):
    os.abort()
