"""Sequences and heads are taken one by one in a Python loop.

Fails: TestAttend::test_batches_and_queries_are_not_looped_over
"""

import math
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from solutions.kata06_attention.attention import _check_inputs, _spread, softmax


def attend(
    Q: np.ndarray, K: np.ndarray, V: np.ndarray, mask: np.ndarray | None = None
) -> tuple[np.ndarray, np.ndarray]:
    """The result is right and takes steps for every sequence."""
    _check_inputs(Q, K, V)
    shape = (*Q.shape[:-1], K.shape[-2])
    allowed = np.ones(shape, dtype=bool) if mask is None else _spread(mask, shape)
    weights = np.empty(shape, dtype=Q.dtype)
    output = np.empty((*Q.shape[:-1], V.shape[-1]), dtype=Q.dtype)
    for place in np.ndindex(Q.shape[:-2]):
        scores = Q[place] @ K[place].T / math.sqrt(Q.shape[-1])
        weights[place] = softmax(np.where(allowed[place], scores, -np.inf))
        output[place] = weights[place] @ V[place]
    return output, weights
