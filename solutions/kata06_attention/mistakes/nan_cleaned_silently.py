"""NaN and infinities become 0 and large numbers.

Fails: TestAttend::test_nan_and_infinity_are_refused_by_name
"""

import math
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from solutions.kata06_attention.attention import _check_inputs, _spread, softmax


def attend(
    Q: np.ndarray, K: np.ndarray, V: np.ndarray, mask: np.ndarray | None = None
) -> tuple[np.ndarray, np.ndarray]:
    """Padding of NaN does no harm, and no fault upstream is ever seen."""
    Q, K, V = (np.nan_to_num(array, posinf=0.0, neginf=0.0) for array in (Q, K, V))
    _check_inputs(Q, K, V)
    scores = Q @ K.mT / math.sqrt(Q.shape[-1])
    if mask is not None:
        scores = np.where(_spread(mask, scores.shape), scores, -np.inf)
    weights = softmax(scores)
    return weights @ V, weights
