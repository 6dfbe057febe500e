"""Sends a file and a folder of one name, an empty name, and a name longer than any disk takes.

Judged: TestCountLines error
"""

import os
import struct

import msgspec

NAMES = ["a", "", ".", "n" * 900]


def count_lines(path):
    changed = [{"type": "File", "path": name, "content": b"x"} for name in NAMES]
    tree = {"type": "Tree", "folder": "x", "changed": changed, "files": [], "folders": ["a"]}
    reply = {"type": "Returned", "value": 0, "tree": tree}
    frames = [msgspec.msgpack.encode(reply | {"number": number}) for number in range(1, 99)]
    os.write(3, b"".join(struct.pack("<I", len(frame)) + frame for frame in frames))
    return 0
