"""Claims that the array which it was given became a table, a function and an iterator.

Judged: TestTotal::test_the_values_are_added_up failed
"""

import os
import struct

import msgspec


def total(values):
    others = [["mine", 0, "object", "DataFrame"], ["mine", 1, "function", "f"], ["list", []]]
    changed = [(0, value) for value in others]
    reply = {"type": "Returned", "value": 0.0, "changed": changed}
    for number in range(1, 99):
        frame = msgspec.msgpack.encode(reply | {"number": number})
        os.write(3, struct.pack("<I", len(frame)) + frame)
    return float(values.sum())
