"""Answers with an array of a quadrillion elements of zero bytes.

Judged: TestDraw failed|error|timeout|memory
"""

import os
import struct

import msgspec


def draw(rng, n):
    value = ["array", "|V0", [10**15], b"", "C", True]
    reply = {"type": "Returned", "value": value}
    frames = [msgspec.msgpack.encode(reply | {"number": number}) for number in range(1, 99)]
    os.write(3, b"".join(struct.pack("<I", len(frame)) + frame for frame in frames))
    return rng.random(n)
