"""Sends a generator back whose place in its own buffer is far outside: a read of foreign memory.

Judged: TestDraw error
"""

import os
import struct

import msgspec


def draw(rng, n):
    key = ["array", "<u4", [624], bytes(2496), "C", True]
    inner = ["dict", [["key", key], ["pos", 2**30]]]
    state = ["dict", [["bit_generator", "MT19937"], ["state", inner]]]
    changed = [(0, ["generator", state, None])]
    value = ["generator", state, None]
    reply = {"type": "Returned", "value": value, "changed": changed}
    frames = [msgspec.msgpack.encode(reply | {"number": number}) for number in range(1, 99)]
    os.write(3, b"".join(struct.pack("<I", len(frame)) + frame for frame in frames))
    return rng.random(n)
