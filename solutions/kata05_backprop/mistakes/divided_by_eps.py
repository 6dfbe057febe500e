"""The way from w - eps to w + eps is taken for one eps.

Fails: TestNumericGrads::test_the_slope_of_3_w_is_3
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from solutions.kata05_backprop.backprop import Params


def numeric_grads(params: Params, loss_fn: Callable[[Params], float], eps: float = 1e-6) -> Params:
    """Divide by half the way."""
    if eps <= 0:
        raise ValueError(f"eps must be positive, not {eps}")
    moved = [(W.copy(), b.copy()) for W, b in params]

    def slopes(array: np.ndarray) -> np.ndarray:
        result = np.zeros_like(array)
        for i in np.ndindex(array.shape):
            kept = array[i]
            array[i] = kept + eps
            above = loss_fn(moved)
            array[i] = kept - eps
            result[i] = (above - loss_fn(moved)) / eps
            array[i] = kept
        return result

    return [(slopes(W), slopes(b)) for W, b in moved]
