"""Claims to have changed arguments that there are not.

Judged: TestTotal error
"""

import os
import struct

import msgspec


def total(values):
    changed = [(name, 0.0) for name in (7, -1, "values", "__dict__")]
    reply = msgspec.msgpack.encode({"type": "Returned", "value": 0.0, "changed": changed})
    os.write(3, struct.pack("<I", len(reply)) + reply)
    return float(values.sum())
