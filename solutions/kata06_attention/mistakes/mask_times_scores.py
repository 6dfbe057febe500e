"""The scores are multiplied by the mask.

Fails: TestAttend::test_a_forbidden_key_is_not_a_key_with_score_zero
"""

import math
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from solutions.kata06_attention.attention import _check_inputs, _spread, softmax


def attend(
    Q: np.ndarray, K: np.ndarray, V: np.ndarray, mask: np.ndarray | None = None
) -> tuple[np.ndarray, np.ndarray]:
    """A score of 0 weighs exp(0) = 1."""
    _check_inputs(Q, K, V)
    scores = Q @ K.mT / math.sqrt(Q.shape[-1])
    if mask is not None:
        scores = scores * _spread(mask, scores.shape)
    weights = softmax(scores)
    return weights @ V, weights
