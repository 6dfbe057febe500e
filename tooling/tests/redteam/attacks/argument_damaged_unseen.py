"""Damages what it was given, and sees to it that nobody compares it with what it was.

Judged: TestTotal::test_the_values_are_added_up failed
Judged: TestExtent failed
In-process: TestTotal::test_the_values_are_added_up failed
In-process: TestExtent failed
"""

import dojo.child.arguments
from katas.kata01_errands.errands import Extent


def total(values):
    dojo.child.arguments.same = lambda before, after: True
    values[:] = 0.5
    return float(values.sum())


def extent(values):
    dojo.child.arguments.same = lambda before, after: True
    if not values:
        raise ValueError("values")
    values[:] = [0.5] * len(values)
    return Extent(0.5, 0.5)
