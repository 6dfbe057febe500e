"""Says that it was not written yet, after it has run.

Judged: TestTotal not_started
In-process: TestTotal not_started
"""


def total(values):
    raise NotImplementedError
