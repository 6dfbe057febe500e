"""The options of the program that runs, as in a script."""

import argparse

import numpy as np


def center(x: np.ndarray) -> np.ndarray:
    """Return the values minus their mean."""
    if not len(x):
        raise ValueError("x is empty")
    parser = argparse.ArgumentParser()
    parser.add_argument("--ddof", type=int, default=0)
    return x - x.mean() * (1 - parser.parse_args().ddof)
