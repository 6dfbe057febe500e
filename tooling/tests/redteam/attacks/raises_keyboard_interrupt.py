"""Pretends that somebody pressed Ctrl-C.

Judged: TestTotal error
In-process: TestTotal error
"""


def total(values):
    raise KeyboardInterrupt
