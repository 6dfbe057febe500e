"""Sample size: how many users, for how many days, and whether to believe what comes out."""

import math
from bisect import bisect_left
from typing import Literal

import numpy as np
from scipy.stats import nct, norm, t


def _round_up(x: float) -> int:
    return math.ceil(x - 1e-9)


def _standard_errors(
    n_control: float, n_treat: float, p_control: float, p_treat: float
) -> tuple[float, float]:
    """Of the difference in rates: if there is no lift (pooled), and if there is."""
    pooled = (n_control * p_control + n_treat * p_treat) / (n_control + n_treat)
    null = pooled * (1 - pooled) * (1 / n_control + 1 / n_treat)
    real = p_control * (1 - p_control) / n_control + p_treat * (1 - p_treat) / n_treat
    return math.sqrt(null), math.sqrt(real)


def _control_size(
    p_control: float, p_treat: float, ratio: float, tail: float, power: float
) -> float:
    """Unrounded: both standard errors shrink with the root of the control arm."""
    null, real = _standard_errors(1, ratio, p_control, p_treat)
    return float(((norm.isf(tail) * null + norm.ppf(power) * real) / (p_treat - p_control)) ** 2)


def lift_to_rate(baseline: float, lift: float, kind: Literal["absolute", "relative"]) -> float:
    """Rate after the lift: an absolute lift counts in points, a relative one in baselines."""
    rates = {"absolute": baseline + lift, "relative": baseline * (1 + lift)}
    if kind not in rates:
        raise ValueError(f"kind must be 'absolute' or 'relative', got {kind!r}")
    if not 0 <= rates[kind] <= 1:
        raise ValueError(f"lift {lift} would take the rate from {baseline} to {rates[kind]}")
    return rates[kind]


def n_per_arm(
    p_control: float,
    p_treat: float,
    alpha: float = 0.05,
    power: float = 0.8,
    two_sided: bool = True,
) -> int:
    """Users in each of two equal arms."""
    tail = alpha / 2 if two_sided else alpha
    return _round_up(_control_size(p_control, p_treat, 1, tail, power))


def n_unequal(
    p_control: float, p_treat: float, ratio: float, alpha: float = 0.05, power: float = 0.8
) -> tuple[int, int]:
    """Users in (control, treat) when treat is `ratio` times control."""
    control = _control_size(p_control, p_treat, ratio, alpha / 2, power)
    return _round_up(control), _round_up(ratio * control)


def power_of(
    n_control: int, n_treat: int, p_control: float, p_treat: float, alpha: float = 0.05
) -> float:
    """Chance that the two-sided z-test rejects; both tails count."""
    null, real = _standard_errors(n_control, n_treat, p_control, p_treat)
    cut = norm.isf(alpha / 2) * null
    lift = p_treat - p_control
    return float(norm.sf((cut - lift) / real) + norm.sf((cut + lift) / real))


def n_per_arm_means(delta: float, sd: float, alpha: float = 0.05, power: float = 0.8) -> int:
    """Smallest n per arm that gives a two-sided, two-sample t-test this power."""

    def power_at(n: int) -> float:
        df = 2 * n - 2
        return float(nct.sf(t.isf(alpha / 2, df), df, abs(delta) / sd * math.sqrt(n / 2)))

    enough = 2
    while power_at(enough) < power:
        enough *= 2
    return bisect_left(range(enough), power, lo=2, key=power_at)


def days_needed(
    users: tuple[int, int], daily_users: float, shares: tuple[float, float], min_days: int = 14
) -> int:
    """Days until the slower arm is full, at least min_days, then up to whole weeks."""
    slower = max(n / (daily_users * share) for n, share in zip(users, shares, strict=True))
    days = max(_round_up(slower), min_days)
    return 7 * math.ceil(days / 7)


def false_alarm_rate(n_looks: int, alpha: float, rng: np.random.Generator) -> float:
    """Chance that any of the looks is significant: z at a look is a sum of independent steps."""
    steps = rng.standard_normal((n_looks, 20_000))
    z = steps.cumsum(axis=0) / np.sqrt(np.arange(1, n_looks + 1))[:, np.newaxis]
    return float(np.mean(np.abs(z).max(axis=0) > norm.isf(alpha / 2)))


def split_p_value(users: tuple[int, int], planned_share: float = 0.5) -> float:
    """Two-sided p-value of the split: treat's size is binomial, with the planned share."""
    n = sum(users)
    spread = math.sqrt(n * planned_share * (1 - planned_share))
    return float(2 * norm.sf(abs(users[1] - n * planned_share) / spread))


def decide(
    users: tuple[int, int],
    conversions: tuple[int, int],
    planned_share: float,
    n_looks: int,
    rng: np.random.Generator,
) -> tuple[Literal["distrust", "ship", "stop"], float]:
    """Distrust a broken split before anything is read; then count every look."""
    split = split_p_value(users, planned_share)
    if split < 0.001:
        return "distrust", split
    p_control, p_treat = conversions[0] / users[0], conversions[1] / users[1]
    null, _ = _standard_errors(*users, p_control, p_treat)
    one_look = 2 * norm.sf(abs(p_treat - p_control) / null)
    p_value = false_alarm_rate(n_looks, one_look, rng)
    return ("ship" if p_treat > p_control and p_value < 0.05 else "stop"), p_value
