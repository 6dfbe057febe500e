"""Asks for a thread, and for a process, with every flag that a new thread of Python's has not.

Judged: * passed
"""

import ctypes
import errno
import platform

CLONE = {"x86_64": 56, "aarch64": 220}
THREAD = 0x3D0F00
FLAGS = (
    *(0, 17, 0x4111, 0x11),  # fork, and what vfork does
    *(THREAD & ~0x10000, THREAD & ~0x800, THREAD & ~0x100),  # no thread, no signals, no memory
    *(THREAD | flag for flag in (0x20000, 0x2000, 0x1000, 0x8000)),  # a namespace, ptrace, pidfd
    *(THREAD | flag for flag in (0x40000000, 0x20000000, 0x10000000, 0x8000000, 0x4000000)),
    *(THREAD | 0x2000000, THREAD | 0x80, THREAD | 1 << 32, THREAD | 1 << 33),
)


def total(values):
    libc = ctypes.CDLL(None, use_errno=True)
    number = CLONE.get(platform.machine())
    for flags in FLAGS if number else ():
        if libc.syscall(number, ctypes.c_ulong(flags), 0, 0, 0, 0) != -1:
            raise RuntimeError(f"{flags:#x}")
        if ctypes.get_errno() != errno.EPERM:
            raise RuntimeError(f"{flags:#x}: {ctypes.get_errno()}")
    return float(values.sum())
