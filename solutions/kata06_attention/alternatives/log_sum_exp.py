"""The softmax in logarithms: the total is never formed, so it cannot overflow."""

import numpy as np


def softmax(x: np.ndarray, axis: int = -1) -> np.ndarray:
    """exp(x - log(sum(exp(x)))), the logarithm by numpy's logaddexp."""
    log_total = np.logaddexp.reduce(x.astype(float), axis=axis, keepdims=True)
    shares: np.ndarray = np.exp(x - np.where(np.isneginf(log_total), 0, log_total))
    return shares.astype(x.dtype)
