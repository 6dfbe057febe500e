"""The caller's queries are divided by the root of d.

Fails: TestAttend::test_the_arguments_are_not_changed
"""

import math
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from solutions.kata06_attention.attention import _check_inputs, _spread, softmax


def attend(
    Q: np.ndarray, K: np.ndarray, V: np.ndarray, mask: np.ndarray | None = None
) -> tuple[np.ndarray, np.ndarray]:
    """The result is right, the first time."""
    _check_inputs(Q, K, V)
    Q /= math.sqrt(Q.shape[-1])
    scores = Q @ K.mT
    if mask is not None:
        scores = np.where(_spread(mask, scores.shape), scores, -np.inf)
    weights = softmax(scores)
    return weights @ V, weights
