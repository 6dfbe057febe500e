"""Watches, locks, marks and counts what workers of other learners see as well: system files.

Judged: * passed
"""

import ctypes
import fcntl
import mmap
import os
import platform
import struct

F_SETOWN, F_SETSIG, F_OFD_GETLK, F_SETLEASE, F_NOTIFY = 8, 10, 36, 1024, 1026
F_SETPIPE_SZ, F_SET_RW_HINT = 1031, 1036
FS_IOC_GETFLAGS = 0x80086601
HIGH = 1 << 32
FOLDER = os.path.dirname(os.__file__)
LOCK = struct.Struct("hhqqi4x")


def opened(path=os.__file__):
    return os.open(path, os.O_RDONLY)


def call(number, *args):
    libc = ctypes.CDLL(None, use_errno=True)
    got = libc.syscall(ctypes.c_long(number), *args)
    if got < 0:
        raise OSError(ctypes.get_errno(), "refused")
    return got


def locks_a_whole_file():
    fcntl.flock(opened(), fcntl.LOCK_EX)
    try:
        fcntl.flock(opened(), fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return
    raise OSError("the first lock is none")


def locks_a_part_of_a_file():
    file = opened()
    fcntl.fcntl(file, fcntl.F_SETLK, LOCK.pack(fcntl.F_RDLCK, 0, 0, 0, 0))
    seen = fcntl.fcntl(opened(), F_OFD_GETLK, LOCK.pack(fcntl.F_WRLCK, 0, 0, 0, 0))
    if LOCK.unpack(seen)[0] == fcntl.F_UNLCK:
        raise OSError("the lock is none")


def shared_page():
    libc = ctypes.CDLL(None, use_errno=True)
    libc.mmap.restype = ctypes.c_void_p
    page = libc.mmap(
        None, ctypes.c_size_t(4096), mmap.PROT_READ, mmap.MAP_SHARED, opened(), ctypes.c_long(0)
    )
    return ctypes.c_void_p(page)


def reaches_the_disk():
    if ctypes.CDLL(None).fsync(999) == 0:
        raise OSError("it was not asked")


ATTEMPTS = {
    "watched a folder": lambda: fcntl.fcntl(opened(FOLDER), F_NOTIFY, 1),
    "watched, by another name": lambda: call(
        72, opened(FOLDER), ctypes.c_long(HIGH | F_NOTIFY), ctypes.c_long(1)
    ),
    "leased": lambda: fcntl.fcntl(opened(), F_SETLEASE, fcntl.F_RDLCK),
    "marked": lambda: fcntl.fcntl(opened(), F_SET_RW_HINT, struct.pack("Q", 2)),
    "had signals sent": lambda: fcntl.fcntl(opened(), F_SETOWN, os.getpid()),
    "chose the signal": lambda: fcntl.fcntl(opened(), F_SETSIG, 34),
    "took memory of all users' pipes": lambda: fcntl.fcntl(os.pipe()[1], F_SETPIPE_SZ, 2**20),
    "locked": locks_a_whole_file,
    "locked a part": locks_a_part_of_a_file,
    "woke who waits": lambda: call(202, shared_page(), 1, 1, None, None, 0),
    "saw pages": lambda: call(
        27, shared_page(), ctypes.c_size_t(4096), ctypes.create_string_buffer(1)
    ),
    "read without waiting": lambda: os.preadv(opened(), [bytearray(9)], 0, os.RWF_NOWAIT),
    "dropped pages": lambda: os.posix_fadvise(opened(), 0, 0, os.POSIX_FADV_DONTNEED),
    "counted pages": lambda: call(451, opened(), bytes(16), ctypes.create_string_buffer(40), 0),
    "interrupted all processors": lambda: call(324, 1, 0, 0),
    "looked into a file system": lambda: fcntl.ioctl(opened(), FS_IOC_GETFLAGS, bytes(8)),
    "touched a device": lambda: os.utime("/dev/null"),
    "reached the disk": reaches_the_disk,
    "listed mounts": lambda: call(
        458, struct.pack("IIQQ", 24, 0, 2**64 - 1, 0), ctypes.create_string_buffer(800), 100, 0
    ),
    "knows the machine's name": lambda: 1 / (os.uname().nodename != "sandbox"),
}


def works(attempt):
    try:
        attempt()
    except (OSError, ZeroDivisionError):
        return False
    return True


def total(values):
    if platform.machine() == "x86_64":
        got = [name for name, attempt in ATTEMPTS.items() if works(attempt)]
        if got:
            raise RuntimeError("\n".join(got))
    return float(values.sum())
