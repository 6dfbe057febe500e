"""Reports a function as not started through a refusal, which only the stub's own error may say.

Judged: TestTotal error
"""

import os
import struct

import msgspec


def total(values):
    refused = {"outcome": "not_started", "sentence": "Later.", "where": "\x1b[2J:1"}
    message = {"type": "Raised", "names": [], "message": "", "refused": refused}
    reply = msgspec.msgpack.encode(message)
    os.write(3, struct.pack("<I", len(reply)) + reply)
    return float(values.sum())
