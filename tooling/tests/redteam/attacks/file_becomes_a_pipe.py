"""Replaces the test's file by a pipe, from which a reader waits for ever.

Judged: TestCountLines failed|error
"""

import os


def count_lines(path):
    path.unlink()
    os.mkfifo(path)
    return 0
