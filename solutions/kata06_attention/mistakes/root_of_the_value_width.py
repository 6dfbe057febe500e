"""The root is that of V's last axis.

Fails: TestAttend::test_sizes_may_all_differ
"""

import math
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from solutions.kata06_attention.attention import _check_inputs, _spread, softmax


def attend(
    Q: np.ndarray, K: np.ndarray, V: np.ndarray, mask: np.ndarray | None = None
) -> tuple[np.ndarray, np.ndarray]:
    """Right as long as values are as wide as keys."""
    _check_inputs(Q, K, V)
    scores = Q @ K.mT / math.sqrt(V.shape[-1])
    if mask is not None:
        scores = np.where(_spread(mask, scores.shape), scores, -np.inf)
    weights = softmax(scores)
    return weights @ V, weights
