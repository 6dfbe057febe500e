"""Answers with an array of a quadrillion elements of zero bytes.

Judged: TestDraw failed|error|timeout|memory
"""

import os
import struct

import msgspec


def draw(rng, n):
    value = ["array", "|V0", [10**15], b"", "C", True]
    reply = msgspec.msgpack.encode({"type": "Returned", "value": value})
    os.write(3, struct.pack("<I", len(reply)) + reply)
    return rng.random(n)
