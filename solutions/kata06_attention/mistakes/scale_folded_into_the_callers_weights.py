"""The scale is folded into Wq, in place.

Fails: TestMultiHead::test_the_arguments_are_not_changed
"""

import math
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from solutions.kata06_attention.attention import (
        _check_projections,
        _merge,
        _split,
        _spread,
        softmax,
    )


def multi_head(
    X: np.ndarray,
    Wq: np.ndarray,
    Wk: np.ndarray,
    Wv: np.ndarray,
    Wo: np.ndarray,
    n_heads: int,
    mask: np.ndarray | None = None,
) -> np.ndarray:
    """Right at the first call, too flat at the second."""
    _check_projections(X, n_heads, Wq=Wq, Wk=Wk, Wv=Wv, Wo=Wo)
    if mask is not None:
        mask = _spread(mask, (len(X), X.shape[1], X.shape[1]))[:, None]
    Wq /= math.sqrt(X.shape[2] // n_heads)
    Q, K, V = (_split(X @ W, n_heads) for W in (Wq, Wk, Wv))
    scores = Q @ K.mT
    if mask is not None:
        scores = np.where(mask, scores, -np.inf)
    out = softmax(scores) @ V
    mixed: np.ndarray = _merge(out) @ Wo
    return mixed
