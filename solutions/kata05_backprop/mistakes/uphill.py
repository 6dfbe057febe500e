"""The step follows the gradient.

Fails: TestSgdStep::test_the_step_goes_against_the_gradient
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from solutions.kata05_backprop.backprop import Params, _shapes


def sgd_step(params: Params, grads: Params, lr: float) -> Params:
    """Climb."""
    if lr <= 0:
        raise ValueError(f"lr must be positive, not {lr}")
    if _shapes(grads) != _shapes(params):
        raise ValueError("grads must have the shapes of params")
    pairs = zip(params, grads, strict=True)
    return [(W + lr * dW, b + lr * db) for (W, b), (dW, db) in pairs]
