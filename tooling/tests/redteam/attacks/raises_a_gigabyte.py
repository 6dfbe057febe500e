"""Raises an error with a text of half a gigabyte.

Judged: TestTotal error
"""


def total(values):
    raise ValueError("x" * 2**29)
