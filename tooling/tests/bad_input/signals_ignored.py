"""The function ignores whatever can be ignored, and stays.

Outcome: timeout
Says: center was still running after 1 s
"""

import signal
import time

import numpy as np


def center(x: np.ndarray) -> np.ndarray:
    """Stay."""
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGALRM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    time.sleep(600_000)
    return x - x.mean()
