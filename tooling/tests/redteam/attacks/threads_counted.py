"""Starts threads in C until there can be no more, and counts them.

Judged: * passed
"""

import ctypes

MANY = 200
STARTED = []


def total(values):
    libc, thread = ctypes.CDLL(None), ctypes.c_ulong()
    while len(STARTED) < MANY and not libc.pthread_create(
        ctypes.byref(thread), None, libc.pause, None
    ):
        STARTED.append(thread.value)
    if not 32 < len(STARTED) < MANY:
        raise RuntimeError(f"{len(STARTED)} threads")
    return float(values.sum())
