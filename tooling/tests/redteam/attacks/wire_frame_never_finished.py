"""Starts a frame and sleeps, so that the tests wait for its other half.

Judged: TestTotal timeout
"""

import os
import time


def total(values):
    os.write(3, b"\xff\x00\x00\x00half")
    time.sleep(1000)
