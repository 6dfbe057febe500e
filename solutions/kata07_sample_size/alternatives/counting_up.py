"""Plain Python that counts up: sizes by galloping and halving on the power, days by whole weeks."""

import math
from collections.abc import Callable
from statistics import NormalDist
from typing import Literal

from scipy.stats import nct, t

Z = NormalDist()


def _refuse_unless(fine: bool, name: str) -> None:
    if not fine:
        raise ValueError(f"bad {name}")


def _plan_is_fine(alpha: float, power: float) -> None:
    _refuse_unless(alpha > 0 and alpha < 0.5, "alpha")
    _refuse_unless(power >= 0.5 and power < 1, "power")


def _near_tail(n_control: float, n_treat: float, pc: float, pt: float, tail: float) -> float:
    pooled = (n_control * pc + n_treat * pt) / (n_control + n_treat)
    null = math.sqrt(pooled * (1 - pooled) / n_control + pooled * (1 - pooled) / n_treat)
    real = math.sqrt(pc * (1 - pc) / n_control + pt * (1 - pt) / n_treat)
    return 1 - NormalDist(abs(pt - pc), real).cdf(Z.inv_cdf(1 - tail) * null)


def _first(enough: Callable[[int], bool]) -> int:
    high = 1
    while not enough(high):
        high = high * 2
    low = high // 2
    while high - low > 1:
        middle = (low + high) // 2
        if enough(middle):
            high = middle
        else:
            low = middle
    return high


def lift_to_rate(baseline: float, lift: float, kind: Literal["absolute", "relative"]) -> float:
    """Rate after the lift."""
    _refuse_unless(baseline > 0 and baseline < 1, "baseline")
    if kind == "absolute":
        rate = baseline + lift
    elif kind == "relative":
        rate = baseline + baseline * lift
    else:
        raise ValueError(f"kind {kind} is unknown")
    _refuse_unless(rate > 0 and rate < 1, "lift")
    return rate


def n_per_arm(
    p_control: float,
    p_treat: float,
    alpha: float = 0.05,
    power: float = 0.8,
    two_sided: bool = True,
) -> int:
    """Users in each of two equal arms."""
    _refuse_unless(p_control > 0 and p_control < 1, "p_control")
    _refuse_unless(p_treat > 0 and p_treat < 1 and p_treat != p_control, "p_treat")
    _plan_is_fine(alpha, power)
    tail = alpha
    if two_sided:
        tail = alpha / 2
    return _first(lambda n: _near_tail(n, n, p_control, p_treat, tail) >= power)


def n_unequal(
    p_control: float, p_treat: float, ratio: float, alpha: float = 0.05, power: float = 0.8
) -> tuple[int, int]:
    """Users in (control, treat) when treat is `ratio` times control."""
    _refuse_unless(ratio > 0 and ratio < float("inf"), "ratio")
    n_per_arm(p_control, p_treat, alpha, power)
    rates = (p_control, p_treat)
    return (
        _first(lambda n: _near_tail(n, n * ratio, *rates, alpha / 2) >= power),
        _first(lambda n: _near_tail(n / ratio, n, *rates, alpha / 2) >= power),
    )


def power_of(
    n_control: int, n_treat: int, p_control: float, p_treat: float, alpha: float = 0.05
) -> float:
    """Chance that the two-sided z-test rejects: one minus the chance that it does not."""
    _refuse_unless(n_control >= 1, "n_control")
    _refuse_unless(n_treat >= 1, "n_treat")
    _refuse_unless(p_control > 0 and p_control < 1, "p_control")
    _refuse_unless(p_treat > 0 and p_treat < 1, "p_treat")
    _refuse_unless(alpha > 0 and alpha < 0.5, "alpha")
    pooled = (n_control * p_control + n_treat * p_treat) / (n_control + n_treat)
    cut = Z.inv_cdf(1 - alpha / 2) * math.sqrt(
        pooled * (1 - pooled) * (1 / n_control + 1 / n_treat)
    )
    spread = p_control * (1 - p_control) / n_control + p_treat * (1 - p_treat) / n_treat
    estimate = NormalDist(p_treat - p_control, math.sqrt(spread))
    return 1 - (estimate.cdf(cut) - estimate.cdf(-cut))


def smallest_lift(n: int, p_control: float, alpha: float = 0.05, power: float = 0.8) -> float:
    """Smallest absolute lift upward: halve the interval of lifts forty times."""
    _refuse_unless(p_control > 0 and p_control < 1, "p_control")
    _plan_is_fine(alpha, power)
    low, high = 0.0, 1 - p_control
    _refuse_unless(n >= 1 and _near_tail(n, n, p_control, 1.0, alpha / 2) >= power, "n")
    for _ in range(40):
        middle = (low + high) / 2
        if _near_tail(n, n, p_control, p_control + middle, alpha / 2) < power:
            low = middle
        else:
            high = middle
    return high


def n_per_arm_means(delta: float, sd: float, alpha: float = 0.05, power: float = 0.8) -> int:
    """Smallest n per arm for the t-test: one more until the power is there."""
    _refuse_unless(delta > 0 or delta < 0, "delta")
    _refuse_unless(sd > 0, "sd")
    _plan_is_fine(alpha, power)
    n = 2
    while True:
        df = n + n - 2
        effect = abs(delta) / (sd * math.sqrt(1 / n + 1 / n))
        if 1 - nct.cdf(t.ppf(1 - alpha / 2, df), df, effect) >= power:
            return n
        n += 1


def days_needed(
    n_control: int,
    n_treat: int,
    daily_users: float,
    share_control: float,
    share_treat: float,
    min_days: int = 14,
) -> int:
    """Days until both arms are full: one week more until they are."""
    _refuse_unless(n_control >= 1, "n_control")
    _refuse_unless(n_treat >= 1, "n_treat")
    _refuse_unless(daily_users > 0, "daily_users")
    _refuse_unless(min_days >= 1, "min_days")
    _refuse_unless(share_control > 0 and share_control < 1, "share_control")
    _refuse_unless(share_treat > 0 and share_treat < 1, "share_treat")
    _refuse_unless(share_control + share_treat <= 1, "share_treat")
    days = 7
    while (
        days < min_days
        or n_control / (daily_users * share_control) > days + 1e-9
        or n_treat / (daily_users * share_treat) > days + 1e-9
    ):
        days += 7
    return days
