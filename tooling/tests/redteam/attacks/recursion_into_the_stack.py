"""Recurses until the stack of C is used up.

Judged: TestTotal crashed|error|memory
"""

import sys


def total(values):
    sys.setrecursionlimit(10**9)
    nested = []
    for _ in range(10**5):
        nested = [nested]
    return repr(nested)
