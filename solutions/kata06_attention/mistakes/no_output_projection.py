"""The heads' outputs are not multiplied by Wo.

Fails: TestMultiHead::test_the_output_passes_through_wo
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
    """The heads never mix."""
    _check_projections(X, n_heads, Wq=Wq, Wk=Wk, Wv=Wv, Wo=Wo)
    if mask is not None:
        mask = _spread(mask, (len(X), X.shape[1], X.shape[1]))[:, None]
    Q, K, V = (_split(X @ W, n_heads) for W in (Wq, Wk, Wv))
    out, _ = attend(Q, K, V, mask)
    return _merge(out)
