"""Linear algebra of all libraries."""

import numpy as np
import scipy.linalg
import scipy.sparse
import threadpoolctl
from scipy.spatial import KDTree


def center(x: np.ndarray) -> np.ndarray:
    """Return the values minus their mean."""
    if not len(x):
        raise ValueError("x is empty")
    with threadpoolctl.threadpool_limits(2):
        a = np.ones((200, 200)) @ np.ones((200, 200))
    scipy.linalg.svd(a[:20, :20])
    tree = KDTree(np.arange(20.0).reshape(10, 2))
    tree.query(np.zeros((3, 2)), workers=2)
    return x - scipy.sparse.csr_array(np.ones((1, len(x)))).dot(x)[0] / len(x)
