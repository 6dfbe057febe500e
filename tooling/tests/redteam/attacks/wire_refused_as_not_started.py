"""Reports a function as not started through a refusal, which only the stub's own error may say.

Judged: TestTotal error
"""

import os
import struct

import msgspec


def total(values):
    refused = {"outcome": "not_started", "sentence": "Later.", "where": "\x1b[2J:1"}
    message = {"type": "Raised", "names": [], "message": "", "refused": refused}
    reply = message
    frames = [msgspec.msgpack.encode(reply | {"number": number}) for number in range(1, 99)]
    os.write(3, b"".join(struct.pack("<I", len(frame)) + frame for frame in frames))
    return float(values.sum())
