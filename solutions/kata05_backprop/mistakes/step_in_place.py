"""The step writes into the caller's arrays.

Fails: TestSgdStep::test_params_and_grads_stay_as_they_were
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from solutions.kata05_backprop.backprop import Params, _shapes


def sgd_step(params: Params, grads: Params, lr: float) -> Params:
    """Move the arrays themselves."""
    if lr <= 0:
        raise ValueError(f"lr must be positive, not {lr}")
    if _shapes(grads) != _shapes(params):
        raise ValueError("grads must have the shapes of params")
    pairs = zip(params, grads, strict=True)
    for (W, b), (dW, db) in pairs:
        W -= lr * dW
        b -= lr * db
    return params
