"""Sends a database back whose pages are random bytes.

Judged: TestLargest error|failed
"""

import os
import struct

import msgspec


def largest(db):
    number = db.execute("SELECT max(n) FROM numbers").fetchone()[0]
    content = db.serialize()[:100] + os.urandom(2 * 4096 - 100)
    changed = [(0, ["sqlite", content])]
    reply = {"type": "Returned", "value": number, "changed": changed}
    frames = [msgspec.msgpack.encode(reply | {"number": number}) for number in range(1, 99)]
    os.write(3, b"".join(struct.pack("<I", len(frame)) + frame for frame in frames))
    return number
