"""Sleeps, and uses no processor time.

Judged: TestTotal timeout
"""

import time


def total(values):
    time.sleep(10**6)
