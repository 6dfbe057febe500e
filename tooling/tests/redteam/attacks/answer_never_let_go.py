"""Answers rightly with a number that never finishes when it is thrown away.

Judged: TestTotal timeout
In-process: TestTotal::test_the_values_are_added_up passed
In-process: TestTotal timeout
"""


class Sticky(float):
    def __del__(self):
        while True:
            pass


def total(values):
    return Sticky(values.sum())
