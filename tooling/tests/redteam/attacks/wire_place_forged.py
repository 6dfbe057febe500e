"""Reports an error in a line of another file, to have it shown.

Judged: TestTotal error
"""

import os
import struct

import msgspec


def total(values):
    message = {"type": "Raised", "names": ["builtins.ValueError"], "message": "x"}
    reply = message | {"where": "/etc/passwd:1", "args": ["x"]}
    frames = [msgspec.msgpack.encode(reply | {"number": number}) for number in range(1, 99)]
    os.write(3, b"".join(struct.pack("<I", len(frame)) + frame for frame in frames))
    return float(values.sum())
