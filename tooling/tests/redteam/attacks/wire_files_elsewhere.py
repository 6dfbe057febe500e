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
    frames = [msgspec.msgpack.encode(reply | {"number": number}) for number in range(1, 99)]
    os.write(3, b"".join(struct.pack("<I", len(frame)) + frame for frame in frames))
    return 0
