"""A generator of its own, with a fixed seed, draws the weights.

Fails: TestInitParams::test_the_generator_alone_decides_the_weights
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from solutions.kata05_backprop.backprop import Params


def init_params(sizes: Sequence[int], rng: np.random.Generator) -> Params:
    """Draw from a generator made here."""
    if len(sizes) < 2 or min(sizes) < 1:
        raise ValueError(f"sizes must be two or more counts of at least 1, not {sizes}")
    rng = np.random.default_rng(0)
    params = []
    for n_in, n_out in pairwise(sizes):
        limit = np.sqrt(6 / (n_in + n_out))
        params.append((rng.uniform(-limit, limit, (n_in, n_out)), np.zeros(n_out)))
    return params
