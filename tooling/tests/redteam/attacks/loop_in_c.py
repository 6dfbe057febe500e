"""Never returns from a loop in C, which runs no bytecode.

Judged: TestTotal timeout
"""

import itertools


def total(values):
    return sum(itertools.repeat(0))
