"""The file reads where it may not while it is imported.

Outcome: crashed
Says: crashed Python with SIGSEGV (a segmentation fault), in line {here}
"""

import ctypes

ctypes.string_at(0)  # here
