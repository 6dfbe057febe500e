"""Numbers by solvers: root finding for sizes, a fixed point for the lift, an integral for the t."""

import math
from fractions import Fraction
from typing import TYPE_CHECKING, Literal

import numpy as np
from scipy.integrate import quad
from scipy.optimize import brentq
from scipy.stats import chi2, norm, t

if TYPE_CHECKING:
    from solutions.kata07_sample_size.sample_size import _check, _check_levels


def _solve(p_control: float, p_treat: float, ratio: float, tail: float, power: float) -> float:
    """Real size of control whose test has this power, found on a log scale."""
    if p_control == p_treat:
        raise ValueError("p_treat equals p_control")
    weights = np.array([1.0, ratio]) / (1 + ratio)
    rates = np.array([p_control, p_treat])
    pooled = float(weights @ rates)

    def lacking(log_n: float) -> float:
        sizes = math.exp(log_n) * np.array([1.0, ratio])
        null = math.sqrt(float(np.sum(pooled * (1 - pooled) / sizes)))
        real = math.sqrt(float(np.sum(rates * (1 - rates) / sizes)))
        cut = norm.ppf(1 - tail, scale=null)
        return power - float(norm.cdf(abs(p_treat - p_control), loc=cut, scale=real))

    return math.exp(float(brentq(lacking, -20, 60, xtol=1e-14, rtol=1e-14)))


def lift_to_rate(baseline: float, lift: float, kind: Literal["absolute", "relative"]) -> float:
    """Rate after the lift, with the unit of the lift as a factor."""
    _check(1, baseline=baseline)
    try:
        unit = {"absolute": 1.0, "relative": baseline}[kind]
    except KeyError:
        raise ValueError(f"no such kind: {kind}") from None
    rate = baseline + unit * lift
    if not 0 < rate < 1:
        raise ValueError("lift leaves the range of a rate")
    return rate


def n_per_arm(
    p_control: float,
    p_treat: float,
    alpha: float = 0.05,
    power: float = 0.8,
    two_sided: bool = True,
) -> int:
    """Users in each of two equal arms: the root of the power, rounded up."""
    _check(1, p_control=p_control, p_treat=p_treat)
    _check_levels(alpha, power)
    tails = 2 if two_sided else 1
    return math.ceil(_solve(p_control, p_treat, 1.0, alpha / tails, power) - 1e-9)


def n_unequal(
    p_control: float, p_treat: float, ratio: float, alpha: float = 0.05, power: float = 0.8
) -> tuple[int, int]:
    """Users in (control, treat): the root of the power, each rounded up."""
    _check(1, p_control=p_control, p_treat=p_treat)
    _check(math.inf, ratio=ratio)
    _check_levels(alpha, power)
    control = _solve(p_control, p_treat, ratio, alpha / 2, power)
    return math.ceil(control - 1e-9), math.ceil(ratio * control - 1e-9)


def power_of(
    n_control: int, n_treat: int, p_control: float, p_treat: float, alpha: float = 0.05
) -> float:
    """Chance that z^2, a scaled noncentral chi-square, exceeds the chi-square's quantile."""
    _check(1, p_control=p_control, p_treat=p_treat)
    _check(math.inf, n_control=n_control, n_treat=n_treat)
    _check(0.5, alpha=alpha)
    sizes, rates = np.array([n_control, n_treat]), np.array([p_control, p_treat])
    pooled = float(np.average(rates, weights=sizes))
    null = float(np.sum(pooled * (1 - pooled) / sizes))
    real = float(np.sum(rates * (1 - rates) / sizes))
    cut = chi2.isf(alpha, 1) * null / real
    shift = (p_treat - p_control) / math.sqrt(real)
    inside = quad(lambda z: math.exp(-(z * z) / 2), -math.sqrt(cut) - shift, math.sqrt(cut) - shift)
    return 1 - float(inside[0]) / math.sqrt(2 * math.pi)


def smallest_lift(n: int, p_control: float, alpha: float = 0.05, power: float = 0.8) -> float:
    """Smallest absolute lift upward: put the lift's variance in, take the lift out, repeat."""
    _check(1, p_control=p_control)
    _check_levels(alpha, power)
    if n < 1:
        raise ValueError("n must be at least 1")

    def improve(lift: float) -> float:
        rate = p_control + lift
        pooled = (p_control + rate) / 2
        null = math.sqrt(2 * pooled * (1 - pooled) / n)
        real = math.sqrt((p_control * (1 - p_control) + rate * (1 - rate)) / n)
        return float(norm.isf(alpha / 2) * null + norm.ppf(power) * real)

    largest = 1 - p_control
    if improve(largest) > largest:
        raise ValueError("n is too small for any lift")
    lift = largest
    for _ in range(300):
        lift = (lift + improve(lift)) / 2
    return lift


def n_per_arm_means(delta: float, sd: float, alpha: float = 0.05, power: float = 0.8) -> int:
    """Smallest n per arm for the t-test: the normal power, averaged over the estimated sd."""
    _check(math.inf, delta=abs(delta), sd=sd)
    _check_levels(alpha, power)

    def power_at(n: int) -> float:
        df, effect = 2 * n - 2, abs(delta) / sd * math.sqrt(n / 2)
        quantiles = (np.arange(4000) + 0.5) / 4000
        relative_sd = np.sqrt(chi2.ppf(quantiles, df) / df)
        return float(norm.sf(t.isf(alpha / 2, df) * relative_sd - effect).mean())

    z = float(norm.isf(alpha / 2) + norm.ppf(power))
    normal = 2 * (z * sd / delta) ** 2
    n = max(2, math.floor(normal))
    while power_at(n) < power:
        n += 1
    return n


def days_needed(
    n_control: int,
    n_treat: int,
    daily_users: float,
    share_control: float,
    share_treat: float,
    min_days: int = 14,
) -> int:
    """Days until both arms are full, in exact fractions of the decimals that were written."""
    _check(math.inf, n_control=n_control, n_treat=n_treat, min_days=min_days)
    _check(math.inf, daily_users=daily_users)
    _check(1, share_control=share_control, share_treat=share_treat)
    daily, control, treat = (Fraction(str(x)) for x in (daily_users, share_control, share_treat))
    if control + treat > 1:
        raise ValueError("share_treat is too large beside share_control")
    days = max(Fraction(n_control) / (daily * control), Fraction(n_treat) / (daily * treat))
    weeks = max(-(-days // 7), -(-min_days // 7))
    return 7 * int(weeks)
