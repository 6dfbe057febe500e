"""Prints for ever.

Judged: TestTotal error|timeout
"""


def total(values):
    while True:
        print("x" * 2**16)
