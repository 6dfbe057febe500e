"""Recurses without end and swallows the error at every level.

Judged: TestTotal timeout|error|crashed
"""


def total(values):
    while True:
        try:
            return total(values)
        except RecursionError:
            pass
