"""Starts threads, which would work on after the answer.

Judged: TestTotal error
"""

import threading


def total(values):
    threading.Thread(target=lambda: None).start()
    return float(values.sum())
