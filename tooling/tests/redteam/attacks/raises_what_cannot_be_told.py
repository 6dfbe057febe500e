"""Raises an error that cannot say what it is: its text, arguments and class fail.

Judged: TestTotal error
"""


class Awkward(Exception):
    args = property(lambda self: 1 / 0)
    __class__ = property(lambda self: 1 / 0)

    def __str__(self):
        raise SystemExit(0)

    def __getattribute__(self, name):
        raise KeyboardInterrupt


def total(values):
    raise Awkward
