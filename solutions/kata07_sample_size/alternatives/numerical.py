"""Numbers by solvers: root finding for sizes, an integral for the t, a density for the looks."""

import math
from fractions import Fraction
from typing import TYPE_CHECKING, Literal

import numpy as np
from scipy.integrate import quad
from scipy.optimize import brentq
from scipy.stats import chi2, chisquare, norm, t

if TYPE_CHECKING:
    from solutions.kata07_sample_size.sample_size import _standard_errors


def _solve(p_control: float, p_treat: float, ratio: float, tail: float, power: float) -> float:
    """Real size of control whose test has this power, found on a log scale."""
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
    tails = 2 if two_sided else 1
    return math.ceil(_solve(p_control, p_treat, 1.0, alpha / tails, power) - 1e-9)


def n_unequal(
    p_control: float, p_treat: float, ratio: float, alpha: float = 0.05, power: float = 0.8
) -> tuple[int, int]:
    """Users in (control, treat): the root of the power, each rounded up."""
    control = _solve(p_control, p_treat, ratio, alpha / 2, power)
    return math.ceil(control - 1e-9), math.ceil(ratio * control - 1e-9)


def power_of(
    n_control: int, n_treat: int, p_control: float, p_treat: float, alpha: float = 0.05
) -> float:
    """Chance that z^2, a scaled noncentral chi-square, exceeds the chi-square's quantile."""
    sizes, rates = np.array([n_control, n_treat]), np.array([p_control, p_treat])
    pooled = float(np.average(rates, weights=sizes))
    null = float(np.sum(pooled * (1 - pooled) / sizes))
    real = float(np.sum(rates * (1 - rates) / sizes))
    cut = chi2.isf(alpha, 1) * null / real
    shift = (p_treat - p_control) / math.sqrt(real)
    inside = quad(lambda z: math.exp(-(z * z) / 2), -math.sqrt(cut) - shift, math.sqrt(cut) - shift)
    return 1 - float(inside[0]) / math.sqrt(2 * math.pi)


def n_per_arm_means(delta: float, sd: float, alpha: float = 0.05, power: float = 0.8) -> int:
    """Smallest n per arm for the t-test: the normal power, averaged over the estimated sd."""

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
    users: tuple[int, int], daily_users: float, shares: tuple[float, float], min_days: int = 14
) -> int:
    """Days until both arms are full, in exact fractions of the decimals that were written."""
    daily = Fraction(str(daily_users))
    days = max(n / (daily * Fraction(str(share))) for n, share in zip(users, shares, strict=True))
    return 7 * int(max(-(-days // 7), -(-min_days // 7)))


def false_alarm_rate(n_looks: int, alpha: float, rng: np.random.Generator) -> float:
    """Chance that any look is significant: the density of the sums that go on, on a grid."""
    cuts = norm.isf(alpha / 2) * np.sqrt(np.arange(1, n_looks + 1))
    nodes = np.linspace(-1, 1, 201)
    weights = np.tile([2.0, 4.0], 101)[:201] / 300
    weights[[0, -1]] = 1 / 300
    density = norm.pdf(cuts[0] * nodes)
    for look in range(1, n_looks):
        steps = norm.pdf(np.subtract.outer(cuts[look] * nodes, cuts[look - 1] * nodes))
        density = steps @ (weights * cuts[look - 1] * density)
    return float(1 - density @ weights * cuts[-1])


def split_p_value(users: tuple[int, int], planned_share: float = 0.5) -> float:
    """Two-sided p-value of the split, by scipy's chi-squared test."""
    planned = np.array([1 - planned_share, planned_share]) * sum(users)
    return float(chisquare(users, planned).pvalue)


def decide(
    users: tuple[int, int],
    conversions: tuple[int, int],
    planned_share: float,
    n_looks: int,
    rng: np.random.Generator,
) -> tuple[Literal["distrust", "ship", "stop"], float]:
    """Both p-values first, and then one table of decisions."""
    rates = np.divide(conversions, users)
    null, _ = _standard_errors(*users, *rates)
    z = float((rates[1] - rates[0]) / null)
    split = split_p_value(users, planned_share)
    p_value = false_alarm_rate(n_looks, chi2.sf(z**2, 1), rng)
    if split < 0.001:
        return "distrust", split
    return ("ship", p_value) if z > 0 and p_value < 0.05 else ("stop", p_value)
