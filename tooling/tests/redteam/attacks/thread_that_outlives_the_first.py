"""Ends its first thread, whose process lives on in another.

Judged: TestTotal timeout
"""

import ctypes
import threading
import time


def total(values):
    threading.Thread(target=time.sleep, args=(600,)).start()
    ctypes.CDLL(None).pthread_exit(None)
