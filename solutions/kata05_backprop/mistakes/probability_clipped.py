"""The log of a clipped probability: no answer costs more than 27.6.

Fails: TestBceFromLogits::test_a_sure_and_wrong_answer_costs_its_logit
"""

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from solutions.kata05_backprop.backprop import _check_alike, _sigmoid


def bce_from_logits(z: np.ndarray, y: np.ndarray) -> float:
    """Clip the probability."""
    _check_alike(z=z, y=y)
    if y.min() < 0 or y.max() > 1:
        raise ValueError("y must lie between 0 and 1")
    p = np.clip(_sigmoid(z), 1e-12, 1 - 1e-12)
    return float(-np.mean(y * np.log(p) + (1 - y) * np.log(1 - p)))
