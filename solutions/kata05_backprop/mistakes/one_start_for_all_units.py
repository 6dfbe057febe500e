"""All units of a layer start with the same weights.

Fails: TestInitParams::test_no_two_units_of_a_layer_start_alike
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from solutions.kata05_backprop.backprop import Params


def init_params(sizes: Sequence[int], rng: np.random.Generator) -> Params:
    """Draw one column and repeat it."""
    if len(sizes) < 2 or min(sizes) < 1:
        raise ValueError(f"sizes must be two or more counts of at least 1, not {sizes}")
    params = []
    for n_in, n_out in pairwise(sizes):
        limit = np.sqrt(6 / (n_in + n_out))
        params.append(
            (np.repeat(rng.uniform(-limit, limit, (n_in, 1)), n_out, axis=1), np.zeros(n_out))
        )
    return params
