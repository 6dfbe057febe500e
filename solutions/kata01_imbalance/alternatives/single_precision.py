"""float32 throughout, as torch and XGBoost compute; the clip is the one that float32 can hold."""

import numpy as np


def balanced_class_weights(y: np.ndarray) -> dict[int, float]:
    """Divide in float32."""
    labels, counts = np.unique(y, return_counts=True)
    weights = np.float32(len(y)) / (len(labels) * counts.astype(np.float32))
    return dict(zip(labels.tolist(), weights.tolist(), strict=True))


def smote(X_min: np.ndarray, n_new: int, k: int, rng: np.random.Generator) -> np.ndarray:
    """Squared distances by broadcasting; the row itself is cut off the list by its number."""
    X = X_min.astype(np.float32)
    m = len(X)
    order = ((X[:, None] - X) ** 2).sum(axis=2).argsort(axis=1)
    nearest = order[order != np.arange(m)[:, None]].reshape(m, m - 1)[:, :k]
    base = rng.integers(m, size=n_new)
    partner = nearest[base, rng.integers(nearest.shape[1], size=n_new)]
    u = rng.random((n_new, 1), dtype=np.float32)
    return np.asarray(X[base] + u * (X[partner] - X[base]))


def weighted_log_loss(y: np.ndarray, p: np.ndarray, w: np.ndarray) -> float:
    """Clip at 1e-7; weights scaled to sum to 1."""
    q = np.clip(p.astype(np.float32), np.float32(1e-7), np.float32(1 - 1e-7))
    share = (w / w.sum()).astype(np.float32)
    return float(-(share * (y * np.log(q) + (1 - y) * np.log(1 - q))).sum())


def correct_prior(p: np.ndarray, train_prior: float, true_prior: float) -> np.ndarray:
    """Elkan's form: one formula for the new probability."""
    q = p.astype(np.float32)
    numerator = true_prior * (q - q * train_prior)
    return np.asarray(
        numerator / (train_prior - q * train_prior + true_prior * q - true_prior * train_prior)
    )
