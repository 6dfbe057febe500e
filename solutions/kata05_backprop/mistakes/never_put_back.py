"""An entry that was moved stays where it was asked last.

Fails: TestNumericGrads::test_an_entry_is_put_back_before_the_next_one_moves
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from solutions.kata05_backprop.backprop import Params


def numeric_grads(params: Params, loss_fn: Callable[[Params], float], eps: float = 1e-6) -> Params:
    """Leave every entry moved."""
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
            result[i] = (above - loss_fn(moved)) / (2 * eps)
        return result

    return [(slopes(W), slopes(b)) for W, b in moved]
