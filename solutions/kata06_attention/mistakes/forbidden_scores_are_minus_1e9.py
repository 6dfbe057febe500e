"""Forbidden scores are -1e9 instead of -inf.

Fails: TestAttend::test_a_forbidden_key_weighs_nothing_however_low_the_others_score
"""

import math
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from solutions.kata06_attention.attention import _check_inputs, _spread, softmax


def attend(
    Q: np.ndarray, K: np.ndarray, V: np.ndarray, mask: np.ndarray | None = None
) -> tuple[np.ndarray, np.ndarray]:
    """Leaks as soon as allowed scores are lower."""
    _check_inputs(Q, K, V)
    scores = Q @ K.mT / math.sqrt(Q.shape[-1])
    if mask is not None:
        scores = np.where(_spread(mask, scores.shape), scores, -1e9)
    weights = softmax(scores)
    return weights @ V, weights
