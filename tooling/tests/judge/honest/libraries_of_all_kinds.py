"""Much of the standard library."""

import array
import bisect
import collections
import csv
import fractions
import heapq
import io
import itertools
import json
import math
import zlib

import numpy as np


def center(x: np.ndarray) -> np.ndarray:
    """Return the values minus their mean."""
    if not len(x):
        raise ValueError("x is empty")
    row = next(csv.reader(io.StringIO("1,2")))
    assert json.loads(json.dumps(row)) == ["1", "2"]
    assert heapq.nsmallest(1, [2, 1]) == [1]
    assert bisect.bisect([1, 2], 1) == 1
    assert zlib.decompress(zlib.compress(b"x")) == b"x"
    assert collections.Counter("aa")["a"] == 2
    assert len(array.array("d", x)) == len(list(itertools.chain(x)))
    return x - float(fractions.Fraction(math.fsum(x) / len(x))) + 0 * math.pi
