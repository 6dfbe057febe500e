"""K.T reverses every axis, the batch too.

Fails: TestAttend::test_a_batch_is_transposed_inside_each_sequence
"""

import math
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from solutions.kata06_attention.attention import _check_inputs, _spread, softmax


def attend(
    Q: np.ndarray, K: np.ndarray, V: np.ndarray, mask: np.ndarray | None = None
) -> tuple[np.ndarray, np.ndarray]:
    """Right for one sequence only."""
    _check_inputs(Q, K, V)
    scores = Q @ K.T / math.sqrt(Q.shape[-1])
    if mask is not None:
        scores = np.where(_spread(mask, scores.shape), scores, -np.inf)
    weights = softmax(scores)
    return weights @ V, weights
