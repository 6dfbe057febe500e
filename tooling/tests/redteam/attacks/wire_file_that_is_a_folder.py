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
    reply = msgspec.msgpack.encode({"type": "Returned", "value": 0, "tree": tree})
    os.write(3, struct.pack("<I", len(reply)) + reply)
    return 0
