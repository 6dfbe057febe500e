"""Reports an error in a line of another file, to have it shown.

Judged: TestTotal error
"""

import os
import struct

import msgspec


def total(values):
    message = {"type": "Raised", "names": ["builtins.ValueError"], "message": "x"}
    reply = msgspec.msgpack.encode(message | {"where": "/etc/passwd:1", "args": ["x"]})
    os.write(3, struct.pack("<I", len(reply)) + reply)
    return float(values.sum())
