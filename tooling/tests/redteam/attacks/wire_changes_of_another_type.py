"""Claims that the generator which it was given became a table, a function and a list.

Judged: TestDraw error
"""

import os
import struct

import msgspec


def draw(rng, n):
    others = [["mine", 0, "object", "DataFrame"], ["mine", 1, "function", "f"], ["list", []]]
    changed = [(0, value) for value in others]
    reply = {"type": "Returned", "value": 0.0, "changed": changed}
    frames = [msgspec.msgpack.encode(reply | {"number": number}) for number in range(1, 99)]
    os.write(3, b"".join(struct.pack("<I", len(frame)) + frame for frame in frames))
    return rng.random(n)
