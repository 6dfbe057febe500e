"""A mask of any dtype is read as truth values.

Fails: TestAttend::test_a_mask_that_is_not_boolean_is_refused
"""

import math
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from solutions.kata06_attention.attention import _check_inputs, _spread, softmax


def attend(
    Q: np.ndarray, K: np.ndarray, V: np.ndarray, mask: np.ndarray | None = None
) -> tuple[np.ndarray, np.ndarray]:
    """An additive mask of 0 and -inf is turned upside down."""
    _check_inputs(Q, K, V)
    scores = Q @ K.mT / math.sqrt(Q.shape[-1])
    if mask is not None:
        scores = np.where(_spread(mask.astype(bool), scores.shape), scores, -np.inf)
    weights = softmax(scores)
    return weights @ V, weights
