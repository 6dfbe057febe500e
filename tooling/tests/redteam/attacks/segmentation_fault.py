"""Reads from address zero.

Judged: TestTotal crashed
In-process: TestTotal crashed
"""

import ctypes


def total(values):
    ctypes.string_at(0)
