"""Writes one file until the disk is full.

Judged: TestTotal error
Judged: TestCountLines error
"""


def total(values):
    with open("/tmp/large", "wb") as file:
        while True:
            file.write(bytes(2**20))
