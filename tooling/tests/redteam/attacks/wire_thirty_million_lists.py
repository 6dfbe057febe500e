"""Answers with a frame of 30 MB that unpacks into thirty million empty lists.

Judged: TestTotal error|memory|timeout
"""

import socket
import struct


def total(values):
    value = b"\x92\xa4list\xdd" + struct.pack(">I", 30_000_000) + b"\x90" * 30_000_000
    reply = b"\x83\xa6number\x01\xa4type\xa8Returned\xa5value" + value
    socket.socket(fileno=3).sendall(struct.pack("<I", len(reply)) + reply)
    return float(values.sum())
