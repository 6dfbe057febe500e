"""Hands the test's function a sparse matrix whose rows are elsewhere, where a number was promised.

Judged: TestMeanOf failed|error
"""

import gc
import struct

from dojo.author.judge.worker import Worker

ONES = ["array", "<f8", [9], b"\0" * 72, "C", True]
COLUMNS = ["array", "<i4", [9], b"\0" * 36, "C", True]
STARTS = ["array", "<i4", [3], struct.pack("<3i", 0, 2**20, -1), "C", True]


def mean_of(f, points):
    worker = next(o for o in gc.get_objects() if isinstance(o, Worker))
    honest = worker.codec.pack
    worker.codec.pack = lambda value: [
        *("sparse", "array", "csr", "csr", [2, 5], [ONES, COLUMNS, STARTS]),
    ]
    try:
        return f(0.0)
    finally:
        worker.codec.pack = honest
