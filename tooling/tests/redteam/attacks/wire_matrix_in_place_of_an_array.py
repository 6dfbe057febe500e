"""Answers with a sparse matrix whose rows are elsewhere, where an array was promised.

Judged: TestDraw failed
"""

import gc
import struct

from dojo.author.judge.worker import Worker

ONES = ["array", "<f8", [9], b"\0" * 72, "C", True]
COLUMNS = ["array", "<i4", [9], b"\0" * 36, "C", True]
STARTS = ["array", "<i4", [3], struct.pack("<3i", 0, 2**20, -1), "C", True]


def draw(rng, n):
    class Liar:
        """Stands for what only the wire can hold."""

    worker = next(o for o in gc.get_objects() if isinstance(o, Worker))
    honest = worker.codec.pack
    worker.codec.pack = lambda value: (
        ["sparse", "array", "csr", "csr", [2, 5], [ONES, COLUMNS, STARTS]]
        if type(value).__name__ == "Liar"
        else honest(value)
    )
    return Liar()
