"""How Python was called."""

import argparse
import sys

import numpy as np


def center(x: np.ndarray) -> np.ndarray:
    """Return the values minus their mean."""
    if not len(x):
        raise ValueError("x is empty")
    assert sys.argv
    parser = argparse.ArgumentParser()
    parser.add_argument("--ddof", type=int, default=0)
    assert parser.parse_args([]).ddof == 0
    return x - x.mean()
