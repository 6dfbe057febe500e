"""Answers with a list in a list, a hundred thousand deep.

Judged: TestTotal error
"""

import os
import struct


def total(values):
    value = b"\x92\xa4list\x91" * 100_000 + b"\x92\xa4list\x90"
    reply = b"\x83\xa6number\x01\xa4type\xa8Returned\xa5value" + value
    os.write(3, struct.pack("<I", len(reply)) + reply)
    return float(values.sum())
