"""Takes memory bit by bit until there is no more.

Judged: TestTotal memory|timeout|crashed
"""


def total(values):
    kept = []
    while True:
        kept.append(bytearray(2**24))
