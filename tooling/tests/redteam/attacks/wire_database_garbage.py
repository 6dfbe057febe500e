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
    for number in range(1, 99):
        frame = msgspec.msgpack.encode(reply | {"number": number})
        os.write(3, struct.pack("<I", len(frame)) + frame)
    return number
