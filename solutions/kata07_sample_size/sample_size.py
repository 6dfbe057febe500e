"""Sample size: how many users, for how many days, and what power is really there."""

import math
from bisect import bisect_left
from typing import Literal

from scipy.optimize import brentq
from scipy.stats import nct, norm, t


def _check(high: float, **values: float) -> None:
    for name, value in values.items():
        if not 0 < value < high:
            raise ValueError(f"{name} must lie strictly between 0 and {high}, got {value}")


def _check_levels(alpha: float, power: float) -> None:
    _check(0.5, alpha=alpha)
    if not 0.5 <= power < 1:
        raise ValueError(f"power must be at least 0.5 and below 1, got {power}")


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
    if p_treat == p_control:
        raise ValueError("p_treat must differ from p_control: there is no lift to detect")
    null, real = _standard_errors(1, ratio, p_control, p_treat)
    return float(((norm.isf(tail) * null + norm.ppf(power) * real) / (p_treat - p_control)) ** 2)


def lift_to_rate(baseline: float, lift: float, kind: Literal["absolute", "relative"]) -> float:
    """Rate after the lift: an absolute lift counts in points, a relative one in baselines."""
    _check(1, baseline=baseline)
    rates = {"absolute": baseline + lift, "relative": baseline * (1 + lift)}
    if kind not in rates:
        raise ValueError(f"kind must be 'absolute' or 'relative', got {kind!r}")
    if not 0 < rates[kind] < 1:
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
    _check(1, p_control=p_control, p_treat=p_treat)
    _check_levels(alpha, power)
    tail = alpha / 2 if two_sided else alpha
    return _round_up(_control_size(p_control, p_treat, 1, tail, power))


def n_unequal(
    p_control: float, p_treat: float, ratio: float, alpha: float = 0.05, power: float = 0.8
) -> tuple[int, int]:
    """Users in (control, treat) when treat is `ratio` times control."""
    _check(1, p_control=p_control, p_treat=p_treat)
    _check(math.inf, ratio=ratio)
    _check_levels(alpha, power)
    control = _control_size(p_control, p_treat, ratio, alpha / 2, power)
    return _round_up(control), _round_up(ratio * control)


def power_of(
    n_control: int, n_treat: int, p_control: float, p_treat: float, alpha: float = 0.05
) -> float:
    """Chance that the two-sided z-test rejects; both tails count."""
    _check(1, p_control=p_control, p_treat=p_treat)
    _check(math.inf, n_control=n_control, n_treat=n_treat)
    _check(0.5, alpha=alpha)
    null, real = _standard_errors(n_control, n_treat, p_control, p_treat)
    cut = norm.isf(alpha / 2) * null
    lift = p_treat - p_control
    return float(norm.sf((cut - lift) / real) + norm.sf((cut + lift) / real))


def smallest_lift(n: int, p_control: float, alpha: float = 0.05, power: float = 0.8) -> float:
    """Smallest absolute lift upward that n users per arm find: n_per_arm, solved for the lift."""
    _check(1, p_control=p_control)
    _check_levels(alpha, power)

    def missing(lift: float) -> float:
        return _control_size(p_control, p_control + lift, 1, alpha / 2, power) - n

    largest = 1 - p_control
    if missing(largest) > 0:
        raise ValueError(f"n = {n} per arm is too small for any lift from {p_control}")
    return float(brentq(missing, 1e-12, largest))


def n_per_arm_means(delta: float, sd: float, alpha: float = 0.05, power: float = 0.8) -> int:
    """Smallest n per arm that gives a two-sided, two-sample t-test this power."""
    _check(math.inf, delta=abs(delta), sd=sd)
    _check_levels(alpha, power)

    def power_at(n: int) -> float:
        df = 2 * n - 2
        return float(nct.sf(t.isf(alpha / 2, df), df, abs(delta) / sd * math.sqrt(n / 2)))

    enough = 2
    while power_at(enough) < power:
        enough *= 2
    return bisect_left(range(enough), power, lo=2, key=power_at)


def days_needed(
    n_control: int,
    n_treat: int,
    daily_users: float,
    share_control: float,
    share_treat: float,
    min_days: int = 14,
) -> int:
    """Days until the slower arm is full, at least min_days, then up to whole weeks."""
    _check(math.inf, n_control=n_control, n_treat=n_treat, min_days=min_days)
    _check(math.inf, daily_users=daily_users)
    _check(1, share_control=share_control, share_treat=share_treat)
    if share_control + share_treat > 1:
        raise ValueError(f"share_treat {share_treat} does not fit beside {share_control}")
    slower = max(n_control / share_control, n_treat / share_treat)
    days = max(_round_up(slower / daily_users), min_days)
    return 7 * math.ceil(days / 7)
