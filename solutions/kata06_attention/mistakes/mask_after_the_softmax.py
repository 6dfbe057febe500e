"""Forbidden weights are zeroed after the softmax.

Fails: TestAttend::test_allowed_keys_share_the_whole_one
"""

import math
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from solutions.kata06_attention.attention import _check_inputs, _spread, softmax


def attend(
    Q: np.ndarray, K: np.ndarray, V: np.ndarray, mask: np.ndarray | None = None
) -> tuple[np.ndarray, np.ndarray]:
    """The forbidden keys have already taken their share."""
    _check_inputs(Q, K, V)
    weights = softmax(Q @ K.mT / math.sqrt(Q.shape[-1]))
    if mask is not None:
        weights = np.where(_spread(mask, weights.shape), weights, 0)
    return weights @ V, weights
