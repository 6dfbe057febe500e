"""Claims that it changed arguments: one that there is not, and one of another function.

Judged: TestTotal error
"""

import os
import struct

import msgspec


def total(values):
    frames = []
    for number, argument in enumerate(["nothing", "points", "\x1b[2J"] * 33, 1):
        spoilt = {"argument": argument, "where": "/etc/passwd:1"}
        reply = {"type": "Raised", "names": [], "message": "", "spoilt": spoilt, "number": number}
        frames.append(msgspec.msgpack.encode(reply))
    os.write(3, b"".join(struct.pack("<I", len(frame)) + frame for frame in frames))
    return float(values.sum())
