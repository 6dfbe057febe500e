"""Calls the kernel through int 0x80, whose numbers are those of another machine.

Judged: TestTotal crashed|error
"""

import ctypes
import mmap
import platform


def total(values):
    if platform.machine() != "x86_64":
        raise OSError("there is no such call here")
    page = mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)
    page.write(b"\xb8\x02\x00\x00\x00\xcd\x80\xc3")  # mov eax, 2 (fork); int 0x80; ret
    address = ctypes.addressof(ctypes.c_char.from_buffer(page))
    if ctypes.CFUNCTYPE(ctypes.c_int)(address)() >= 0:
        return float(values.sum())
    raise OSError("refused")
