"""Only the weights step.

Fails: TestSgdStep::test_biases_step_too
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from solutions.kata05_backprop.backprop import Params, _shapes


def sgd_step(params: Params, grads: Params, lr: float) -> Params:
    """Move the weights."""
    if lr <= 0:
        raise ValueError(f"lr must be positive, not {lr}")
    if _shapes(grads) != _shapes(params):
        raise ValueError("grads must have the shapes of params")
    pairs = zip(params, grads, strict=True)
    return [(W - lr * dW, b.copy()) for (W, b), (dW, _) in pairs]
