"""Plain Python that counts up: sizes by doubling and halving on the power, days by whole weeks."""

import math
from collections.abc import Callable
from statistics import NormalDist
from typing import Literal

import numpy as np
from scipy.stats import nct, t

Z = NormalDist()
# A size within 1e-9 of an integer is that integer; in power that is less than this.
DUST = 1e-11


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
    if kind == "absolute":
        rate = baseline + lift
    elif kind == "relative":
        rate = baseline + baseline * lift
    else:
        raise ValueError(f"kind {kind} is unknown")
    if rate <= 0 or rate >= 1:
        raise ValueError(f"no rate: {rate}")
    return rate


def n_per_arm(
    p_control: float,
    p_treat: float,
    alpha: float = 0.05,
    power: float = 0.8,
    two_sided: bool = True,
) -> int:
    """Users in each of two equal arms."""
    tail = alpha
    if two_sided:
        tail = alpha / 2
    return _first(lambda n: _near_tail(n, n, p_control, p_treat, tail) >= power - DUST)


def n_unequal(
    p_control: float, p_treat: float, ratio: float, alpha: float = 0.05, power: float = 0.8
) -> tuple[int, int]:
    """Users in (control, treat) when treat is `ratio` times control."""
    rates = (p_control, p_treat)
    return (
        _first(lambda n: _near_tail(n, n * ratio, *rates, alpha / 2) >= power - DUST),
        _first(lambda n: _near_tail(n / ratio, n, *rates, alpha / 2) >= power - DUST),
    )


def power_of(
    n_control: int, n_treat: int, p_control: float, p_treat: float, alpha: float = 0.05
) -> float:
    """Chance that the two-sided z-test rejects: one minus the chance that it does not."""
    pooled = (n_control * p_control + n_treat * p_treat) / (n_control + n_treat)
    cut = Z.inv_cdf(1 - alpha / 2) * math.sqrt(
        pooled * (1 - pooled) * (1 / n_control + 1 / n_treat)
    )
    spread = p_control * (1 - p_control) / n_control + p_treat * (1 - p_treat) / n_treat
    estimate = NormalDist(p_treat - p_control, math.sqrt(spread))
    return 1 - (estimate.cdf(cut) - estimate.cdf(-cut))


def n_per_arm_means(delta: float, sd: float, alpha: float = 0.05, power: float = 0.8) -> int:
    """Smallest n per arm for the t-test: one more until the power is there."""
    n = 2
    while True:
        df = n + n - 2
        effect = abs(delta) / (sd * math.sqrt(1 / n + 1 / n))
        if 1 - nct.cdf(t.ppf(1 - alpha / 2, df), df, effect) >= power:
            return n
        n += 1


def days_needed(
    users: tuple[int, int], daily_users: float, shares: tuple[float, float], min_days: int = 14
) -> int:
    """Days until both arms are full: one week more until they are."""
    days = 7
    while (
        days < min_days
        or users[0] / (daily_users * shares[0]) > days + 1e-9
        or users[1] / (daily_users * shares[1]) > days + 1e-9
    ):
        days += 7
    return days


def false_alarm_rate(n_looks: int, alpha: float, rng: np.random.Generator) -> float:
    """Share of 30,000 tests that stop early or at the end: those that go on are counted down."""
    cut = Z.inv_cdf(1 - alpha / 2) if alpha < 1 else 0.0
    sums = np.zeros(30_000)
    for look in range(1, n_looks + 1):
        sums = sums + rng.normal(size=len(sums))
        sums = sums[np.abs(sums) <= cut * math.sqrt(look)]
    return 1 - len(sums) / 30_000


def split_p_value(users: tuple[int, int], planned_share: float = 0.5) -> float:
    """Two-sided p-value of the split, by the complementary error function."""
    control, treat = users
    planned = (control + treat) * planned_share
    return math.erfc(abs(treat - planned) / math.sqrt(2 * planned * (1 - planned_share)))


def decide(
    users: tuple[int, int],
    conversions: tuple[int, int],
    planned_share: float,
    n_looks: int,
    rng: np.random.Generator,
) -> tuple[Literal["distrust", "ship", "stop"], float]:
    """The z-test, unpooled: it is the same p-value to well within the error of a simulation."""
    split = split_p_value(users, planned_share)
    if split < 0.001:
        return "distrust", split
    rates = [x / n for x, n in zip(conversions, users, strict=True)]
    spread = sum(p * (1 - p) / n for p, n in zip(rates, users, strict=True))
    lift = rates[1] - rates[0]
    p_value = false_alarm_rate(n_looks, math.erfc(abs(lift) / math.sqrt(2 * spread)), rng)
    if lift > 0 and p_value < 0.05:
        return "ship", p_value
    return "stop", p_value
