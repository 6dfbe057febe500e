"""Scores and mask are broadcast against each other, whichever is larger.

Fails: TestAttend::test_a_mask_may_not_enlarge_the_scores
"""

import math
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from solutions.kata06_attention.attention import _check_inputs, _require, softmax


def attend(
    Q: np.ndarray, K: np.ndarray, V: np.ndarray, mask: np.ndarray | None = None
) -> tuple[np.ndarray, np.ndarray]:
    """One sequence becomes as many as the mask has."""
    _check_inputs(Q, K, V)
    scores = Q @ K.mT / math.sqrt(Q.shape[-1])
    if mask is not None:
        _require(np.issubdtype(mask.dtype, np.bool_), "mask must be boolean")
        fits = all(
            m in (1, s) or s == 1
            for m, s in zip(mask.shape[::-1], scores.shape[::-1], strict=False)
        )
        _require(fits, "mask must broadcast with the scores")
        scores = np.where(mask, scores, -np.inf)
    weights = softmax(scores)
    return weights @ V, weights
