"""The biases are drawn like the weights.

Fails: TestInitParams::test_every_bias_starts_at_zero
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from solutions.kata05_backprop.backprop import Params


def init_params(sizes: Sequence[int], rng: np.random.Generator) -> Params:
    """Draw weights and biases."""
    if len(sizes) < 2 or min(sizes) < 1:
        raise ValueError(f"sizes must be two or more counts of at least 1, not {sizes}")
    params = []
    for n_in, n_out in pairwise(sizes):
        limit = np.sqrt(6 / (n_in + n_out))
        params.append(
            (rng.uniform(-limit, limit, (n_in, n_out)), rng.uniform(-limit, limit, n_out))
        )
    return params
