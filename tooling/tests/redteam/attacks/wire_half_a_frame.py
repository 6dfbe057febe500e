"""Starts a frame and ends before it is complete.

Judged: TestTotal crashed
"""

import os


def total(values):
    os.write(3, b"\xff\x00\x00\x00half")
    os._exit(0)
