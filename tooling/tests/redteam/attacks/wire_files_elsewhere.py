"""Sends files back whose names lead out of the test's folder.

Judged: TestCountLines error
"""

import os
import struct

import msgspec

NAMES = ["../redteam-was-here", "/tmp/redteam-was-here", "a/../../redteam-was-here", "a\0b"]


def count_lines(path):
    changed = [{"type": "File", "path": name, "content": b"x"} for name in NAMES]
    tree = {"type": "Tree", "folder": "..", "changed": changed, "files": NAMES, "folders": []}
    reply = {"type": "Returned", "value": 0, "tree": tree}
    for number in range(1, 99):
        frame = msgspec.msgpack.encode(reply | {"number": number})
        os.write(3, struct.pack("<I", len(frame)) + frame)
    return 0
