"""Leaves a file that the disk holds and a message does not.

Judged: TestCountLines error
"""


def count_lines(path):
    with open(path.parent / "large", "wb") as file:
        file.truncate(40 * 2**20)
    return 0
