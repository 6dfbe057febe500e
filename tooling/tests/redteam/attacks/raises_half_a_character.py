"""Raises an error whose text and class cannot be written as UTF-8.

Judged: TestTotal error
"""


def total(values):
    raise type("\ud800", (Exception,), {"__module__": "\udfff"})("\ud800" * 3)
