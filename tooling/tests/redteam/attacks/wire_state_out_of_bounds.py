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
    for number in range(1, 99):
        frame = msgspec.msgpack.encode(reply | {"number": number})
        os.write(3, struct.pack("<I", len(frame)) + frame)
    return rng.random(n)
