"""Claims to have changed arguments that there are not.

Judged: TestTotal error
"""

import os
import struct

import msgspec


def total(values):
    changed = [(name, 0.0) for name in (7, -1, "values", "__dict__")]
    reply = {"type": "Returned", "value": 0.0, "changed": changed}
    for number in range(1, 99):
        frame = msgspec.msgpack.encode(reply | {"number": number})
        os.write(3, struct.pack("<I", len(frame)) + frame)
    return float(values.sum())
