"""Batch axes are broadcast instead of compared.

Fails: TestAttend::test_batch_axes_are_not_broadcast
"""

import math
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from solutions.kata06_attention.attention import _require, _require_finite, _spread, softmax


def attend(
    Q: np.ndarray, K: np.ndarray, V: np.ndarray, mask: np.ndarray | None = None
) -> tuple[np.ndarray, np.ndarray]:
    """One sequence of keys answers the queries of all."""
    _require_finite(Q=Q, K=K, V=V)
    _require(K.shape[-1] == Q.shape[-1], "K must be as wide as Q")
    _require(V.shape[-2] == K.shape[-2], "V must have one row for each row of K")
    scores = Q @ K.mT / math.sqrt(Q.shape[-1])
    if mask is not None:
        scores = np.where(_spread(mask, scores.shape), scores, -np.inf)
    weights = softmax(scores)
    return weights @ V, weights
