"""zip drops the layers that have no gradient.

Fails: TestSgdStep::test_there_is_one_gradient_for_each_layer
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from solutions.kata05_backprop.backprop import Params, _shapes


def sgd_step(params: Params, grads: Params, lr: float) -> Params:
    """Step as far as the shorter list goes."""
    if lr <= 0:
        raise ValueError(f"lr must be positive, not {lr}")
    if any(x != y for x, y in zip(_shapes(grads), _shapes(params), strict=False)):
        raise ValueError("grads must have the shapes of params")
    pairs = zip(params, grads, strict=False)
    return [(W - lr * dW, b - lr * db) for (W, b), (dW, db) in pairs]
