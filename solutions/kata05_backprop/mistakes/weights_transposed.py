"""The weights lie as torch keeps them, (n_out, n_in).

Fails: TestInitParams::test_each_layer_is_w_of_n_in_by_n_out_and_b_of_n_out
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from solutions.kata05_backprop.backprop import Params


def init_params(sizes: Sequence[int], rng: np.random.Generator) -> Params:
    """Draw weights of (n_out, n_in)."""
    if len(sizes) < 2 or min(sizes) < 1:
        raise ValueError(f"sizes must be two or more counts of at least 1, not {sizes}")
    params = []
    for n_in, n_out in pairwise(sizes):
        limit = np.sqrt(6 / (n_in + n_out))
        params.append((rng.uniform(-limit, limit, (n_out, n_in)), np.zeros(n_out)))
    return params
