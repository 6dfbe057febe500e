"""The reference against statsmodels, Cohen's and Armitage's tables, and simulation."""

import math

import numpy as np
import pytest
from numpy.testing import assert_allclose
from scipy.stats import chisquare, norm
from statsmodels.stats.power import NormalIndPower, TTestIndPower
from statsmodels.stats.proportion import (
    power_proportions_2indep,
    proportion_effectsize,
    samplesize_proportions_2indep_onetail,
)

from solutions.kata07_sample_size.sample_size import (
    days_needed,
    decide,
    false_alarm_rate,
    lift_to_rate,
    n_per_arm,
    n_per_arm_means,
    n_unequal,
    power_of,
    split_p_value,
)


def simulated_power(
    n_control: int, n_treat: int, p_control: float, p_treat: float, rng: np.random.Generator
) -> float:
    """Share of 200,000 simulated experiments that the pooled z-test rejects at 5 %."""
    control = rng.binomial(n_control, p_control, 200_000) / n_control
    treat = rng.binomial(n_treat, p_treat, 200_000) / n_treat
    pooled = (n_control * control + n_treat * treat) / (n_control + n_treat)
    error = np.sqrt(pooled * (1 - pooled) * (1 / n_control + 1 / n_treat))
    return float(np.mean(np.abs(treat - control) > norm.isf(0.025) * error))


def test_power_is_statsmodels_power_of_two_proportions(rng: np.random.Generator) -> None:
    """Arm sizes, rates and alpha at random; statsmodels calls the lifted arm the first."""
    for _ in range(50):
        p_control, p_treat = rng.uniform(0.05, 0.95, 2)
        n_control, n_treat = (int(n) for n in rng.integers(20, 5000, 2))
        alpha = float(rng.uniform(0.01, 0.2))
        expected = power_proportions_2indep(
            p_treat - p_control, p_control, n_treat, ratio=n_control / n_treat, alpha=alpha
        ).power
        actual = power_of(n_control, n_treat, p_control, p_treat, alpha)
        assert_allclose(actual, expected, rtol=1e-9, atol=1e-12)


def test_sizes_are_statsmodels_sizes(rng: np.random.Generator) -> None:
    """Its first arm is the lifted one, so its ratio is control over treat."""
    for _ in range(50):
        p_control, p_treat = rng.uniform(0.05, 0.95, 2)
        ratio, power = float(rng.uniform(0.1, 9)), float(rng.uniform(0.5, 0.95))
        alpha = float(rng.uniform(0.01, 0.2))
        plan = {"diff": p_treat - p_control, "prop2": p_control, "power": power, "alpha": alpha}
        equal = samplesize_proportions_2indep_onetail(**plan)
        treat = samplesize_proportions_2indep_onetail(**plan, ratio=1 / ratio)

        assert n_per_arm(p_control, p_treat, alpha, power) == math.ceil(equal)
        assert n_unequal(p_control, p_treat, ratio, alpha, power) == (
            math.ceil(treat / ratio),
            math.ceil(treat),
        )
        one_sided = samplesize_proportions_2indep_onetail(**{**plan, "alpha": 2 * alpha})
        assert n_per_arm(p_control, p_treat, alpha, power, two_sided=False) == math.ceil(one_sided)


def test_the_catalogued_sizes() -> None:
    """The numbers that README, tests and debrief quote."""
    assert n_per_arm(0.10, 0.12) == 3841
    assert n_per_arm(0.10, 0.08) == 3213
    assert n_per_arm(0.10, lift_to_rate(0.10, 0.02, "relative")) == 356_335
    assert n_per_arm(0.01, 0.02) == 2319
    assert n_per_arm(0.10, 0.12, power=0.5) == 1881
    assert n_per_arm(0.10, 0.12, power=0.9) == 5142
    assert n_per_arm(0.10, 0.12, two_sided=False) == 3026
    assert n_per_arm(0.10, 0.11) == 14_751
    assert n_unequal(0.10, 0.12, 1 / 99) == (185_677, 1876)
    assert n_unequal(0.10, 0.12, 1 / 9) == (18_691, 2077)
    assert days_needed((3841, 3841), 2_000, (0.5, 0.5)) == 14
    assert days_needed((185_677, 1876), 20_000, (0.99, 0.01)) == 14


def test_neighbouring_formulas_differ_as_the_debrief_says() -> None:
    """Baseline variance 3,532 and 1,555; arcsine 3,835; unpooled 3,839."""
    z = norm.isf(0.025) + norm.ppf(0.8)
    assert math.ceil(2 * z**2 * 0.10 * 0.90 / 0.02**2) == 3532
    assert math.ceil(2 * z**2 * 0.01 * 0.99 / 0.01**2) == 1555
    assert math.ceil(z**2 * (0.10 * 0.90 + 0.12 * 0.88) / 0.02**2) == 3839
    assert math.ceil(2 * z**2 * 0.11 * 0.89 / 0.02**2) == 3843
    effect = proportion_effectsize(0.12, 0.10)
    arcsine = NormalIndPower().solve_power(effect, alpha=0.05, power=0.8)
    assert math.ceil(arcsine) == 3835


@pytest.mark.parametrize(
    ("sizes", "rates", "quoted"),
    [
        ((3532, 3532), (0.10, 0.12), 0.766),
        ((3841, 3841), (0.10, 0.12), 0.800),
        ((1555, 1555), (0.01, 0.02), 0.631),
        ((2319, 2319), (0.01, 0.02), 0.800),
        ((185_677, 1876), (0.10, 0.12), 0.800),
    ],
)
def test_simulation_finds_the_quoted_power(
    sizes: tuple[int, int],
    rates: tuple[float, float],
    quoted: float,
    rng: np.random.Generator,
) -> None:
    """Binomial experiments reject as often as the normal approximation says, to a point."""
    assert_allclose(power_of(*sizes, *rates), quoted, atol=6e-4)
    assert_allclose(simulated_power(*sizes, *rates, rng), quoted, atol=0.012)


def test_t_sizes_are_statsmodels_sizes(rng: np.random.Generator) -> None:
    """TTestIndPower solves for a real n: 63.77, 25.52, 8.06; rounded up it is ours."""
    for d in [1.5, 0.8, 0.5, 0.2, *rng.uniform(0.05, 1.5, 30)]:
        expected = math.ceil(TTestIndPower().solve_power(float(d), alpha=0.05, power=0.8))
        assert n_per_arm_means(float(d), 1.0) == expected
    assert [n_per_arm_means(d, 1.0) for d in (1.5, 0.8, 0.5, 0.2)] == [9, 26, 64, 394]


def test_simulated_t_tests_reject_as_often(rng: np.random.Generator) -> None:
    """Nine per arm find d = 1.5 in 85 of 100 tests; the normal's seven find it in 73."""
    from scipy.stats import ttest_ind

    for n, quoted in ((9, 0.848), (7, 0.731)):
        a, b = rng.normal(0, 1, (40_000, n)), rng.normal(1.5, 1, (40_000, n))
        share = float(np.mean(ttest_ind(b, a, axis=1).pvalue < 0.05))
        assert_allclose(share, quoted, atol=0.01)


def test_looks_reject_as_in_the_table_of_1969(rng: np.random.Generator) -> None:
    """Armitage, McPherson and Rowe: repeated tests at 5 %, each at all data so far."""
    for n_looks, table in (
        (1, 0.050),
        (2, 0.083),
        (3, 0.107),
        (5, 0.142),
        (10, 0.193),
        (20, 0.248),
    ):
        assert_allclose(false_alarm_rate(n_looks, 0.05, rng), table, atol=0.013)


def test_looks_at_pococks_level_keep_five_percent(rng: np.random.Generator) -> None:
    """Pocock (1977): |z| above 2.178, 2.413 and 2.555 at any of 2, 5 and 10 looks."""
    for n_looks, bound in ((2, 2.178), (5, 2.413), (10, 2.555)):
        rate = false_alarm_rate(n_looks, 2 * norm.sf(bound), rng)
        assert_allclose(rate, 0.05, atol=0.007)


def test_the_split_is_scipys_chi_squared(rng: np.random.Generator) -> None:
    """Sizes and shares at random."""
    for _ in range(50):
        users = (int(rng.integers(50, 5000)), int(rng.integers(50, 5000)))
        share = float(rng.uniform(0.2, 0.8))
        planned = [sum(users) * (1 - share), sum(users) * share]
        expected = float(chisquare(users, planned).pvalue)
        assert_allclose(split_p_value(users, share), expected, rtol=1e-8)


def test_tests_without_a_lift_ship_as_rarely_as_planned(rng: np.random.Generator) -> None:
    """1,000 simulated tests, looked at once: 2.5 % ship, and one split in a thousand is odd."""
    decisions = []
    for _ in range(1000):
        control = int(rng.binomial(20_000, 0.5))
        arms = (control, 20_000 - control)
        conversions = (int(rng.binomial(arms[0], 0.1)), int(rng.binomial(arms[1], 0.1)))
        decisions.append(decide(arms, conversions, 0.5, 1, rng)[0])
    assert_allclose(np.mean([d == "ship" for d in decisions]), 0.025, atol=0.02)
    assert np.mean([d == "distrust" for d in decisions]) < 0.008


def test_a_broken_split_wins_without_a_lift(rng: np.random.Generator) -> None:
    """The debrief's 31 of 100: 600 of treat's 10,000 are lost, none of whom converted."""
    control, treat = rng.binomial(10_000, 0.1, (2, 20_000))
    left = 10_000 - rng.binomial(10_000 - treat, 600 / 9_000)
    pooled = (control + treat) / (10_000 + left)
    error = np.sqrt(pooled * (1 - pooled) * (1 / 10_000 + 1 / left))
    wins = np.mean((treat / left - control / 10_000) / error > norm.isf(0.025))
    assert_allclose(wins, 0.31, atol=0.015)
    assert_allclose(split_p_value((10_000, 9_400)), 1.65e-5, rtol=0.01)
