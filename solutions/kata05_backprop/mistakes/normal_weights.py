"""The weights are normal with the Glorot variance, not uniform.

Fails: TestInitParams::test_weights_are_spread_evenly_not_in_a_bell
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from solutions.kata05_backprop.backprop import Params


def init_params(sizes: Sequence[int], rng: np.random.Generator) -> Params:
    """Draw from a bell."""
    if len(sizes) < 2 or min(sizes) < 1:
        raise ValueError(f"sizes must be two or more counts of at least 1, not {sizes}")
    params = []
    for n_in, n_out in pairwise(sizes):
        sd = np.sqrt(2 / (n_in + n_out))
        params.append((rng.normal(0, sd, (n_in, n_out)), np.zeros(n_out)))
    return params
