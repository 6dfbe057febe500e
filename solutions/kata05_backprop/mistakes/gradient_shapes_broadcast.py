"""A gradient of another shape is broadcast.

Fails: TestSgdStep::test_each_gradient_has_exactly_the_shape_of_its_parameter
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from solutions.kata05_backprop.backprop import Params


def sgd_step(params: Params, grads: Params, lr: float) -> Params:
    """Trust the shapes."""
    if lr <= 0:
        raise ValueError(f"lr must be positive, not {lr}")
    if len(grads) != len(params):
        raise ValueError("grads must have the shapes of params")
    pairs = zip(params, grads, strict=True)
    return [(W - lr * dW, b - lr * db) for (W, b), (dW, db) in pairs]
