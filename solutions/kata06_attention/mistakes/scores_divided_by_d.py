"""The scores are divided by d.

Fails: TestAttend::test_scores_are_divided_by_the_root_of_d
"""

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from solutions.kata06_attention.attention import _check_inputs, _spread, softmax


def attend(
    Q: np.ndarray, K: np.ndarray, V: np.ndarray, mask: np.ndarray | None = None
) -> tuple[np.ndarray, np.ndarray]:
    """The weights are too flat."""
    _check_inputs(Q, K, V)
    scores = Q @ K.mT / Q.shape[-1]
    if mask is not None:
        scores = np.where(_spread(mask, scores.shape), scores, -np.inf)
    weights = softmax(scores)
    return weights @ V, weights
