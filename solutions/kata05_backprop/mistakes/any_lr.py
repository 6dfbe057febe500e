"""A rate of zero or below is taken.

Fails: TestSgdStep::test_lr_is_above_zero
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from solutions.kata05_backprop.backprop import Params, _shapes


def sgd_step(params: Params, grads: Params, lr: float) -> Params:
    """Trust the rate."""
    if _shapes(grads) != _shapes(params):
        raise ValueError("grads must have the shapes of params")
    pairs = zip(params, grads, strict=True)
    return [(W - lr * dW, b - lr * db) for (W, b), (dW, db) in pairs]
