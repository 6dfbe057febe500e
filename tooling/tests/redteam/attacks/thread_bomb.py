"""Starts threads in C without end, each of which computes without end.

Judged: TestTotal timeout
"""

import ctypes
import hashlib


def total(values):
    libc = ctypes.CDLL(None)
    data = bytes(2**30)
    kind = ctypes.CFUNCTYPE(ctypes.c_void_p, ctypes.c_void_p)
    keep = kind(lambda _: [hashlib.sha256(data) for _ in range(10**6)] and None)
    while True:
        libc.pthread_create(ctypes.byref(ctypes.c_ulong()), None, keep, None)
