"""Asks the test's function once, and answers from what it learned about it.

Judged: TestMeanOf::test_f_is_asked_once_a_point failed
In-process: TestMeanOf::test_f_is_asked_once_a_point failed
"""


def mean_of(f, points):
    middle = sum(points) / len(points)
    return f(middle)
