"""A worker thread is fed through a queue."""

import queue
import threading

import numpy as np


def center(x: np.ndarray) -> np.ndarray:
    """Return the values minus their mean."""
    if not len(x):
        raise ValueError("x is empty")
    tasks: queue.Queue = queue.Queue()
    done: queue.Queue = queue.Queue()
    threading.Thread(target=lambda: done.put(tasks.get().mean()), daemon=True).start()
    tasks.put(x)
    return x - done.get(timeout=5)
