"""A mask per sequence is passed on without an axis for heads.

Fails: TestMultiHead::test_a_mask_per_sequence_holds_in_every_head
"""

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from solutions.kata06_attention.attention import (
        _check_projections,
        _merge,
        _split,
        _spread,
        attend,
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
    """With as many heads as sequences, each head gets another sequence's mask."""
    _check_projections(X, n_heads, Wq=Wq, Wk=Wk, Wv=Wv, Wo=Wo)
    if mask is not None:
        _spread(mask, (len(X), X.shape[1], X.shape[1]))
    Q, K, V = (_split(X @ W, n_heads) for W in (Wq, Wk, Wv))
    out, _ = attend(Q, K, V, mask)
    mixed: np.ndarray = _merge(out) @ Wo
    return mixed
