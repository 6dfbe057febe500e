"""Prints for ever.

Judged: TestTotal error
"""


def total(values):
    while True:
        print("x" * 2**16)
