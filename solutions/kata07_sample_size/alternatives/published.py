"""As it is often published: arrays, a start from the normal formula, users who toss a coin."""

import math

import numpy as np
from scipy import stats


def n_per_arm_means(delta: float, sd: float, alpha: float = 0.05, power: float = 0.8) -> int:
    """Smallest n per arm for the t-test: from the normal formula up, or down."""
    effect = abs(delta / sd)

    def reaches(n: int) -> bool:
        shift = effect * np.sqrt(n) / np.sqrt(2)
        return bool(
            stats.nct.sf(stats.t.ppf(1 - alpha / 2, 2 * (n - 1)), 2 * (n - 1), shift) >= power
        )

    n = max(2, int(2 * ((stats.norm.ppf(1 - alpha / 2) + stats.norm.ppf(power)) / effect) ** 2))
    while not reaches(n):
        n += 1
    while n > 2 and reaches(n - 1):
        n -= 1
    return n


def days_needed(
    users: tuple[int, int], daily_users: float, shares: tuple[float, float], min_days: int = 14
) -> int:
    """Days until both arms are full, as arrays."""
    full = np.ceil(np.asarray(users) / (daily_users * np.asarray(shares)) - 1e-9).max()
    return int(np.ceil(max(full, min_days) / 7)) * 7


def false_alarm_rate(n_looks: int, alpha: float, rng: np.random.Generator) -> float:
    """Chance that any look is significant: 20,000 tests of users who convert by tossing a coin."""
    per_look = 2_000
    users = per_look * np.arange(1, n_looks + 1)
    tosses = rng.binomial(per_look, 0.5, size=(2, 20_000, n_looks)).astype(np.float32)
    control, treat = tosses.cumsum(axis=2) / users
    pooled = (control + treat) / 2
    z = (treat - control) / np.sqrt(pooled * (1 - pooled) * 2 / users)
    alarms = 0
    for one in 2 * stats.norm.sf(np.abs(z)):
        alarms += bool((one < alpha).any())
    return alarms / 20_000


def split_p_value(users: tuple[int, int], planned_share: float = 0.5) -> float:
    """Two-sided p-value of the split: Pearson's sum over the two arms."""
    total = users[0] + users[1]
    chi = (users[0] - total * (1 - planned_share)) ** 2 / (total * (1 - planned_share))
    chi += (users[1] - total * planned_share) ** 2 / (total * planned_share)
    return math.erfc(math.sqrt(chi / 2))
