"""The process is killed, as the system does when memory runs out.

Outcome: crashed
Says: center crashed Python with SIGKILL (out of memory, most likely)
"""

import os
import signal

import numpy as np


def center(x: np.ndarray) -> np.ndarray:
    """End the process without a word."""
    os.kill(os.getpid(), signal.SIGKILL)
    return x - x.mean()
