"""Claims to have changed what a function may not change, or is not there.

Judged: TestTotal error
"""

import os
import struct

import msgspec


def total(values):
    changed = [(name, 0.0) for name in (7, -1, 0)]
    reply = {"type": "Returned", "value": 0.0, "changed": changed}
    frames = [msgspec.msgpack.encode(reply | {"number": number}) for number in range(1, 99)]
    os.write(3, b"".join(struct.pack("<I", len(frame)) + frame for frame in frames))
    return float(values.sum())
