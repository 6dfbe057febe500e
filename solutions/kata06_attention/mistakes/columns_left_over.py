"""d // n_heads columns a head; the rest belongs to no head.

Fails: TestMultiHead::test_heads_that_do_not_divide_d_are_refused
"""

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from solutions.kata06_attention.attention import _check_projections, _require, _spread, attend


def multi_head(
    X: np.ndarray,
    Wq: np.ndarray,
    Wk: np.ndarray,
    Wv: np.ndarray,
    Wo: np.ndarray,
    n_heads: int,
    mask: np.ndarray | None = None,
) -> np.ndarray:
    """The left-over columns stay 0."""
    T, d = X.shape[1:]
    _check_projections(X, 1, Wq=Wq, Wk=Wk, Wv=Wv, Wo=Wo)
    _require(1 <= n_heads <= d, f"n_heads must be from 1 to {d}")
    if mask is not None:
        mask = _spread(mask, (len(X), T, T))
    dh, merged = d // n_heads, np.zeros_like(X)
    for h in range(n_heads):
        own = slice(h * dh, (h + 1) * dh)
        merged[..., own], _ = attend(X @ Wq[:, own], X @ Wk[:, own], X @ Wv[:, own], mask)
    mixed: np.ndarray = merged @ Wo
    return mixed
