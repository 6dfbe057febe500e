"""Sample size: the specification."""

import numpy as np
import pytest
from scipy.stats import nct, norm, t

from katas.kata07_sample_size.sample_size import (
    days_needed,
    lift_to_rate,
    n_per_arm,
    n_per_arm_means,
    n_unequal,
    power_of,
    smallest_lift,
)

NAN = float("nan")
NO_RATE = (0.0, 1.0, -0.2, 1.2, NAN)
NO_ALPHA = (0.0, 0.5, -0.05, NAN)
NO_POWER = (0.49, 1.0, 1.2, NAN)


def near_tail(n_control, n_treat, p_control, p_treat, tail):
    """Chance that the z-test rejects on the side of the lift; the sizes may be arrays."""
    pooled = (n_control * p_control + n_treat * p_treat) / (n_control + n_treat)
    null = np.sqrt(pooled * (1 - pooled) * (1 / n_control + 1 / n_treat))
    real = np.sqrt(p_control * (1 - p_control) / n_control + p_treat * (1 - p_treat) / n_treat)
    return norm.sf(norm.isf(tail, scale=null), loc=abs(p_treat - p_control), scale=real)


def first_size(power_at, power):
    """Smallest n from 1 to 9,000 that reaches the power, by trying them all."""
    sizes = np.arange(1, 9_001)
    return int(sizes[np.argmax(power_at(sizes) >= power)])


def random_plan(rng):
    """Draw p_control, p_treat, alpha and power, round enough to be read in a report."""
    p_control = round(float(rng.uniform(0.2, 0.8)), 3)
    lift = round(float(rng.choice([-1, 1]) * rng.uniform(0.06, 0.18)), 3)
    alpha = round(float(rng.uniform(0.01, 0.1)), 3)
    return p_control, round(p_control + lift, 3), alpha, round(float(rng.uniform(0.7, 0.95)), 3)


class TestLiftToRate:
    """lift_to_rate."""

    def test_a_lift_is_a_fraction_not_a_percentage(self):
        """A lift of 0.5 is 50 %: half as much again. Was it divided by 100?"""
        assert lift_to_rate(0.25, 0.5, "relative") > 0.3

    def test_two_percent_relative_is_not_two_points(self):
        """A relative lift was added as points.

        2 % of a 10 % baseline is 0.2 points, not 2. Finding it takes 356,335 users per arm;
        finding 2 points takes 3,841.
        """
        assert lift_to_rate(0.10, 0.02, "relative") == pytest.approx(0.102, rel=1e-9)

    def test_two_points_absolute_are_not_two_percent(self):
        """An absolute lift was multiplied with the baseline: check that `kind` is looked at."""
        assert lift_to_rate(0.10, 0.02, "absolute") == pytest.approx(0.12, rel=1e-9)

    def test_a_negative_lift_lowers_the_rate(self):
        """The sign of the lift was lost: a drop is planned for as often as a rise."""
        assert lift_to_rate(0.30, -0.05, "absolute") == pytest.approx(0.25, rel=1e-9)
        assert lift_to_rate(0.30, -0.5, "relative") == pytest.approx(0.15, rel=1e-9)

    def test_no_lift_leaves_the_baseline(self, rng):
        """A lift of 0 is legal, and the answer is the baseline for either kind."""
        baseline = round(float(rng.uniform(0.1, 0.9)), 3)

        assert lift_to_rate(baseline, 0.0, "absolute") == pytest.approx(baseline, rel=1e-9)
        assert lift_to_rate(baseline, 0.0, "relative") == pytest.approx(baseline, rel=1e-9)

    def test_points_add_and_percents_multiply(self, rng):
        """Absolute: baseline + lift. Relative: the lift is a share of the baseline."""
        for _ in range(5):
            baseline, lift = (round(float(x), 3) for x in rng.uniform(0.05, 0.45, size=2))

            assert lift_to_rate(baseline, lift, "absolute") == pytest.approx(
                baseline + lift, rel=1e-9
            )
            assert lift_to_rate(baseline, lift, "relative") == pytest.approx(
                baseline * (1 + lift), rel=1e-9
            )

    def test_an_impossible_rate_is_refused_not_clipped(self):
        """A new rate of 0, of 1 or beyond has no test to plan: the plan is wrong, so say so."""
        for baseline, lift in ((0.9, 0.2), (0.5, 0.5), (0.5, -0.5), (0.1, -0.2), (0.5, NAN)):
            with pytest.raises(ValueError, match="lift"):
                lift_to_rate(baseline, lift, "absolute")
        with pytest.raises(ValueError, match="lift"):
            lift_to_rate(0.75, 0.5, "relative")
        assert lift_to_rate(0.5, 0.49, "absolute") == pytest.approx(0.99, rel=1e-9)

    def test_the_baseline_lies_strictly_between_zero_and_one(self):
        """0, 1 and NaN are no baselines, even where the new rate is fine, as in 1.2 - 0.7.

        NaN fails every comparison, so `x <= 0 or x >= 1` lets it through.
        """
        for baseline, lift in ((0.0, 0.5), (1.0, -0.5), (-0.2, 0.7), (1.2, -0.7), (NAN, 0.1)):
            with pytest.raises(ValueError, match="baseline"):
                lift_to_rate(baseline, lift, "absolute")
        assert lift_to_rate(0.01, 0.01, "absolute") == pytest.approx(0.02, rel=1e-9)

    def test_an_unknown_kind_is_refused(self):
        """Every kind but one fell into an `else`: 'percent' must not pass as either of the two."""
        for kind in ("percent", "", "absolute relative"):
            with pytest.raises(ValueError, match="kind"):
                lift_to_rate(0.2, 0.1, kind)
        assert lift_to_rate(0.2, 0.1, "absolute") == pytest.approx(0.3, rel=1e-9)


class TestNPerArm:
    """n_per_arm."""

    def test_more_power_takes_more_users(self):
        """The size does not depend on the power.

        Without the power's own quantile the size is that for 50 % power: 1,881 instead of 3,841,
        and every second real lift is missed.
        """
        assert n_per_arm(0.10, 0.12, power=0.9) > n_per_arm(0.10, 0.12, power=0.8)

    def test_the_answer_counts_one_arm(self):
        """Both arms together were reported, or half an arm: n is asked for each."""
        assert n_per_arm(0.10, 0.12) == pytest.approx(3841, rel=0.3)

    def test_a_one_sided_test_puts_all_of_alpha_in_one_tail(self):
        """`two_sided=False` changed nothing: the size is 3,841 as for two tails, not 3,026."""
        assert n_per_arm(0.10, 0.12, two_sided=False) == pytest.approx(3026, rel=0.2)

    def test_two_sided_alpha_is_split_between_two_tails(self):
        """A two-sided test at 10 % has 5 % in each tail, so it is a one-sided test at 5 %.

        With all of alpha in one tail the two-sided size comes out at 0.79 of what is needed.
        """
        actual = n_per_arm(0.10, 0.12, alpha=0.10)

        assert actual == n_per_arm(0.10, 0.12, alpha=0.05, two_sided=False)

    def test_a_drop_is_no_mirrored_rise(self):
        """10 % to 8 % was planned as 10 % to 12 %; only the size of the lift was used.

        The drop takes 3,213 per arm and the rise 3,841, since 8 % varies less than 12 %. The drop
        is the same question as a rise from 90 % to 92 % in those who do not convert.
        """
        assert n_per_arm(0.10, 0.08) == n_per_arm(0.90, 0.92)

    def test_each_arm_brings_its_own_variance(self):
        """The baseline's variance p(1 - p) stands for both arms, so the size depends on the order.

        10 % to 12 % then takes 3,532, which has 76.6 % power and not 80 %; 1 % to 2 % takes 1,555
        instead of 2,319, which has 63 %.
        """
        assert n_per_arm(0.01, 0.02) == n_per_arm(0.02, 0.01)

    def test_the_rate_is_pooled_under_the_null_only(self):
        """Another formula of the same family, a few users off.

        Unpooled in both places gives 3,839; pooled in both 3,843; the arcsine 3,835; a continuity
        correction adds about 100. Alpha's term has the pooled rate, power's term each arm's own.
        """
        assert n_per_arm(0.10, 0.12) == 3841

    def test_a_fraction_of_a_user_rounds_up(self):
        """2,318.16 users are needed; 2,318 are too few. Neither round nor floor holds the power."""
        assert n_per_arm(0.01, 0.02) == 2319

    def test_half_the_power_is_the_least_one_may_ask(self):
        """power=0.5 is legal: its quantile is 0, and only alpha's term is left."""
        assert n_per_arm(0.10, 0.12, power=0.5) == 1881

    def test_it_is_the_smallest_size_that_reaches_the_power(self, rng):
        """Every size from 1 up was tried: the first whose power, on the lift's side, is enough."""
        for _ in range(4):
            p_control, p_treat, alpha, power = random_plan(rng)

            expected = first_size(
                lambda n, p=p_control, q=p_treat, a=alpha: near_tail(n, n, p, q, a / 2), power
            )

            assert n_per_arm(p_control, p_treat, alpha=alpha, power=power) == expected

    def test_rates_lie_strictly_between_zero_and_one(self):
        """A rate of 0, 1, NaN, or one given in percent, is refused by its name."""
        for rate in NO_RATE:
            with pytest.raises(ValueError, match="p_control"):
                n_per_arm(rate, 0.5)
            with pytest.raises(ValueError, match="p_treat"):
                n_per_arm(0.5, rate)
        assert n_per_arm(0.01, 0.02) == pytest.approx(2319, rel=0.3)

    def test_no_lift_has_no_size(self):
        """Equal rates divide by zero: there is nothing to detect, and p_treat is to blame."""
        with pytest.raises(ValueError, match="p_treat"):
            n_per_arm(0.1, 0.1)
        with pytest.raises(ValueError, match="p_treat"):
            n_per_arm(0.1, float("0.1"))
        assert n_per_arm(0.1, 0.12) == pytest.approx(3841, rel=0.3)

    def test_alpha_and_power_keep_their_ranges(self):
        """0 < alpha < 0.5 and 0.5 <= power < 1: 5 is no alpha, 80 is no power, NaN is neither."""
        for alpha in NO_ALPHA:
            with pytest.raises(ValueError, match="alpha"):
                n_per_arm(0.1, 0.2, alpha=alpha)
        for power in NO_POWER:
            with pytest.raises(ValueError, match="power"):
                n_per_arm(0.1, 0.2, power=power)
        assert n_per_arm(0.1, 0.2, alpha=0.49, power=0.5) == 13


class TestNUnequal:
    """n_unequal."""

    def test_ratio_one_is_the_test_with_equal_arms(self):
        """With ratio 1 both arms need what n_per_arm says: 3,841 for 10 % to 12 %."""
        assert n_unequal(0.10, 0.12, 1.0) == pytest.approx((3841, 3841), rel=0.1)

    def test_the_ratio_is_treat_over_control(self):
        """The ratio is upside down, or the tuple is.

        Ratio 0.25 means four in control to one in treat, and control comes first.
        """
        control, treat = n_unequal(0.10, 0.12, 0.25)

        assert treat / control == pytest.approx(0.25, rel=0.01)

    def test_a_small_arm_makes_the_whole_test_larger(self):
        """The equal-arm size was shared out at 1 to 99.

        The small arm's noise dominates, so the total must grow. 10 % to 20 % takes 398 users half
        and half, and 8,672 at 1 to 99.
        """
        assert n_unequal(0.10, 0.20, 1 / 99) == pytest.approx((8585, 87), rel=0.3)

    def test_swapping_the_arms_swaps_the_answer(self):
        """Control's variance stands for treat's, or the other way round.

        Four users in treat to one in control, from 5 % to 10 %, is one in treat to four in
        control, from 10 % to 5 %.
        """
        swapped = n_unequal(0.10, 0.05, 0.25)

        assert n_unequal(0.05, 0.10, 4.0) == pytest.approx(swapped[::-1], rel=0.02)

    def test_the_pooled_rate_weighs_each_arm_by_its_size(self):
        """Under the null the pooled rate is (p_control + ratio * p_treat) / (1 + ratio).

        The plain mean of the two rates, or the equal-arm size times (1 + 1/ratio) / 2, gives treat
        half the vote when it holds 1 % of the users.
        """
        assert n_unequal(0.10, 0.20, 1 / 99) == (8585, 87)

    def test_each_arm_rounds_its_own_need(self):
        """One arm was made from the other after rounding: 10 x 118 = 1,180.

        Control needs 117.05 and treat ten times that, 1,170.5: round each up by itself.
        """
        assert n_unequal(0.10, 0.20, 10.0) == (118, 1171)

    def test_both_arms_are_the_smallest_that_reach_the_power(self, rng):
        """Every size from 1 up was tried for each arm, the other at its exact ratio."""
        for _ in range(3):
            p_control, p_treat, alpha, power = random_plan(rng)
            ratio = round(float(rng.uniform(0.2, 0.7)), 2)
            plan = (p_control, p_treat, alpha / 2)

            expected = (
                first_size(lambda n, r=ratio, p=plan: near_tail(n, r * n, *p), power),
                first_size(lambda n, r=ratio, p=plan: near_tail(n / r, n, *p), power),
            )

            assert n_unequal(p_control, p_treat, ratio, alpha, power) == expected

    def test_the_ratio_is_positive_and_finite(self):
        """A ratio of 0 leaves nobody in treat; infinity and NaN are no plan either."""
        for ratio in (0.0, -1.0, float("inf"), NAN):
            with pytest.raises(ValueError, match="ratio"):
                n_unequal(0.1, 0.2, ratio)
        assert min(n_unequal(0.1, 0.2, 1.0)) > 1

    def test_rates_and_levels_are_refused_as_in_n_per_arm(self):
        """The same ranges and the same names as in n_per_arm; equal rates name p_treat."""
        for rate in NO_RATE:
            with pytest.raises(ValueError, match="p_control"):
                n_unequal(rate, 0.5, 2.0)
            with pytest.raises(ValueError, match="p_treat"):
                n_unequal(0.5, rate, 2.0)
        with pytest.raises(ValueError, match="p_treat"):
            n_unequal(0.1, 0.1, 2.0)
        for alpha in NO_ALPHA:
            with pytest.raises(ValueError, match="alpha"):
                n_unequal(0.1, 0.2, 2.0, alpha=alpha)
        for power in NO_POWER:
            with pytest.raises(ValueError, match="power"):
                n_unequal(0.1, 0.2, 2.0, power=power)
        assert n_unequal(0.1, 0.2, 1.0, alpha=0.49, power=0.5) == (13, 13)


class TestPowerOf:
    """power_of."""

    def test_without_a_lift_the_power_is_alpha(self):
        """With nothing to find, a two-sided test still rejects at alpha: half in each tail.

        Half of alpha came back: one tail is missing. Twice alpha: each tail got all of it.
        """
        assert power_of(500, 300, 0.10, 0.10) == pytest.approx(0.05, rel=1e-6)

    def test_a_drop_is_found_as_surely_as_a_rise(self):
        """The test looks for a rise only: a two-sided test also rejects on the other side.

        12 % to 10 % who convert is 88 % to 90 % who do not: the same data, the same power.
        """
        actual = power_of(2000, 2000, 0.12, 0.10)

        assert actual == pytest.approx(power_of(2000, 2000, 0.88, 0.90), rel=1e-6)

    def test_each_arm_brings_its_own_variance(self):
        """Swapping the arms, sizes and rates together, asks the same question.

        The power changed: one arm's rate or size stands for both.
        """
        actual = power_of(4000, 500, 0.10, 0.15)

        assert actual == pytest.approx(power_of(500, 4000, 0.15, 0.10), rel=1e-6)

    def test_a_huge_control_arm_cannot_rescue_a_small_treat_arm(self):
        """The users were averaged or added up over the arms.

        Against a control of a hundred million, treat's own noise is left: its 500 users find
        10 % to 12 % in one test of three.
        """
        cut = norm.isf(0.025) * np.sqrt(0.10 * 0.90 / 500)
        expected = norm.sf((cut - 0.02) / np.sqrt(0.12 * 0.88 / 500))

        assert power_of(100_000_000, 500, 0.10, 0.12) == pytest.approx(expected, rel=0.3)

    def test_the_rate_is_pooled_under_the_null_only(self):
        """One standard error was used twice.

        The cut is where the test puts it: pooled rate. The estimate's spread is each arm's own.
        """
        assert power_of(40, 40, 0.20, 0.50) == pytest.approx(0.8155, abs=6e-5)

    def test_simulated_experiments_reject_as_often(self, rng):
        """20,000 experiments were drawn and tested; power is the share that rejects."""
        n_control, n_treat = (int(n) for n in rng.integers(300, 600, size=2))
        control = rng.binomial(n_control, 0.30, size=20_000) / n_control
        treat = rng.binomial(n_treat, 0.40, size=20_000) / n_treat
        pooled = (n_control * control + n_treat * treat) / (n_control + n_treat)
        error = np.sqrt(pooled * (1 - pooled) * (1 / n_control + 1 / n_treat))
        expected = np.mean(np.abs(treat - control) / error > norm.isf(0.025))

        assert power_of(n_control, n_treat, 0.30, 0.40) == pytest.approx(expected, abs=0.025)

    def test_the_power_is_the_two_tails_of_one_normal(self, rng):
        """The estimate is normal around the lift; count it beyond the cut on either side."""
        for _ in range(5):
            p_control, p_treat, alpha, _ = random_plan(rng)
            n_control, n_treat = (int(n) for n in rng.integers(20, 800, size=2))
            pooled = (n_control * p_control + n_treat * p_treat) / (n_control + n_treat)
            null = norm(0, np.sqrt(pooled * (1 - pooled) * (1 / n_control + 1 / n_treat)))
            spread = p_control * (1 - p_control) / n_control + p_treat * (1 - p_treat) / n_treat
            real = norm(p_treat - p_control, np.sqrt(spread))
            low, high = null.ppf([alpha / 2, 1 - alpha / 2])

            actual = power_of(n_control, n_treat, p_control, p_treat, alpha)

            assert actual == pytest.approx(real.cdf(low) + real.sf(high), rel=1e-6)

    def test_an_arm_has_at_least_one_user(self):
        """An empty arm divides by zero; one user is little, but legal."""
        for size in (0, -5):
            with pytest.raises(ValueError, match="n_control"):
                power_of(size, 100, 0.1, 0.2)
            with pytest.raises(ValueError, match="n_treat"):
                power_of(100, size, 0.1, 0.2)
        assert power_of(1, 1, 0.3, 0.3) == pytest.approx(0.05, rel=1e-6)

    def test_rates_and_alpha_keep_their_ranges(self):
        """Rates lie strictly between 0 and 1, alpha strictly between 0 and 0.5; NaN is neither."""
        for rate in NO_RATE:
            with pytest.raises(ValueError, match="p_control"):
                power_of(100, 100, rate, 0.5)
            with pytest.raises(ValueError, match="p_treat"):
                power_of(100, 100, 0.5, rate)
        for alpha in NO_ALPHA:
            with pytest.raises(ValueError, match="alpha"):
                power_of(100, 100, 0.1, 0.2, alpha=alpha)
        assert power_of(100, 100, 0.3, 0.3, alpha=0.49) == pytest.approx(0.49, rel=1e-6)


class TestSmallestLift:
    """smallest_lift."""

    def test_it_is_a_lift_and_not_a_rate(self):
        """The rate of treat came back: take the baseline off."""
        assert smallest_lift(10_000, 0.50) < 0.1

    def test_it_is_in_points_and_not_relative(self):
        """The lift came back as a share of the baseline.

        With 2,319 per arm and 1 % the smallest lift is one point, which is 100 % of the baseline.
        """
        assert smallest_lift(2319, 0.01) < 0.1

    def test_more_power_needs_a_larger_lift(self):
        """The lift does not depend on the power: what came back is found every second time."""
        assert smallest_lift(2000, 0.10, power=0.9) > smallest_lift(2000, 0.10, power=0.8)

    def test_n_counts_one_arm(self):
        """Read as the total of both arms, n gives a lift that is larger by the root of two."""
        assert smallest_lift(2319, 0.01) == pytest.approx(0.01, rel=0.4)

    def test_the_lift_goes_upward(self):
        """The drop that n users find was solved for.

        Up from 80 % the variance falls, up from 20 % it grows: so 80 % has the smaller lift.
        """
        assert smallest_lift(500, 0.80) <= smallest_lift(500, 0.20)

    def test_the_lifted_rate_brings_its_own_variance(self):
        """The closed form with the baseline's variance for both arms gives 0.0082, not 0.0100.

        The variance of treat depends on the lift that is looked for: solve for it.
        """
        assert smallest_lift(2319, 0.01) == pytest.approx(0.01, rel=1e-3)

    def test_n_users_find_it_with_exactly_this_power(self, rng):
        """A test of n per arm on this lift has the power asked for, in the tail of the lift."""
        for _ in range(4):
            p_control, _, alpha, power = random_plan(rng)
            n = int(rng.integers(400, 4000))

            lift = smallest_lift(n, p_control, alpha, power)

            actual = near_tail(n, n, p_control, p_control + lift, alpha / 2)
            assert actual == pytest.approx(power, rel=5e-4)

    def test_too_few_users_for_any_lift_are_refused(self):
        """From 50 % even a lift to 100 % takes 10.5 users per arm: 11 find it, 10 find nothing."""
        for n in (10, 1, 0, -5):
            with pytest.raises(ValueError, match=r"\bn\b"):
                smallest_lift(n, 0.50)
        assert smallest_lift(11, 0.50) == pytest.approx(0.49245, rel=1e-3)

    def test_baseline_and_levels_keep_their_ranges(self):
        """The same ranges and names as in n_per_arm: p_control, alpha, power."""
        for rate in NO_RATE:
            with pytest.raises(ValueError, match="p_control"):
                smallest_lift(1000, rate)
        for alpha in NO_ALPHA:
            with pytest.raises(ValueError, match="alpha"):
                smallest_lift(1000, 0.1, alpha=alpha)
        for power in NO_POWER:
            with pytest.raises(ValueError, match="power"):
                smallest_lift(1000, 0.1, power=power)
        assert smallest_lift(2319, 0.01) == pytest.approx(0.01, rel=0.4)


class TestNPerArmMeans:
    """n_per_arm_means."""

    def test_only_delta_over_sd_counts(self):
        """5 on a scale with sd 10 is the same question as 0.5 on a scale with sd 1.

        The sd was ignored, or its square stands where the sd belongs.
        """
        assert n_per_arm_means(5.0, 10.0) == n_per_arm_means(0.5, 1.0)

    def test_two_per_arm_are_the_least(self):
        """A huge effect needs few users, but a variance needs two per arm.

        Four came back: that is the total of both arms. One: no t-test has a variance then.
        """
        assert n_per_arm_means(15.0, 1.0) == 2

    def test_two_groups_double_the_variance(self):
        """The size is about half of what is needed: both means are noisy, not one.

        The variance of a difference of two means is 2 sd^2 / n.
        """
        assert n_per_arm_means(0.4, 1.0) == pytest.approx(100, rel=0.3)

    def test_a_negative_delta_needs_as_many(self):
        """The sign of delta changed the answer: a two-sided test finds a drop as well."""
        assert n_per_arm_means(-0.8, 1.0) == n_per_arm_means(0.8, 1.0)

    def test_alpha_is_split_between_two_tails(self):
        """All of alpha went into one tail: two-sided at 10 % and d = 0.5 is 51 per arm, not 37.

        64 is the answer for 5 %: alpha was not looked at.
        """
        assert n_per_arm_means(0.5, 1.0, alpha=0.10) == pytest.approx(51, rel=0.1)

    def test_small_groups_pay_for_the_unknown_sd(self):
        """The normal formula gives 7 for d = 1.5, and 7 per arm have 73 % power.

        The sd is estimated from the same few users: the test statistic is a t, not a z.
        """
        assert n_per_arm_means(1.5, 1.0) == 9

    def test_cohens_table_for_medium_and_large_effects(self):
        """Cohen (1988): 64 per arm for d = 0.5 and 26 for d = 0.8, at 5 % and 80 %.

        The normal formula says 63 and 25, the rule of thumb 16 / d^2 says 64 and 25.
        """
        actual = (n_per_arm_means(0.5, 1.0), n_per_arm_means(0.8, 1.0))

        assert actual == (64, 26)

    def test_the_effect_makes_the_t_noncentral(self):
        """A central t was shifted by the effect, or its two quantiles were added: 4 instead of 5.

        Under a real effect the statistic is skewed: power needs the noncentral t.
        """
        assert n_per_arm_means(4.0, 1.0, alpha=0.01, power=0.95) == 5

    def test_it_is_the_first_size_that_reaches_the_power(self, rng):
        """Every size from 2 up was tried with scipy's noncentral t."""
        for _ in range(4):
            _, _, alpha, power = random_plan(rng)
            sd = round(float(rng.uniform(0.5, 20)), 2)
            delta = round(float(rng.uniform(0.3, 1.2)) * sd, 3)
            sizes = np.arange(2, 1000)
            df = 2 * sizes - 2
            found = nct.sf(t.isf(alpha / 2, df), df, delta / sd * np.sqrt(sizes / 2))

            actual = n_per_arm_means(delta, sd, alpha=alpha, power=power)

            assert actual == sizes[np.argmax(found >= power)]

    def test_no_difference_and_no_spread_are_refused(self):
        """No size finds a delta of 0, and an sd of 0 or below is no spread; NaN is neither."""
        for delta in (0.0, NAN):
            with pytest.raises(ValueError, match="delta"):
                n_per_arm_means(delta, 1.0)
        for sd in (0.0, -1.0, NAN):
            with pytest.raises(ValueError, match="sd"):
                n_per_arm_means(1.0, sd)
        assert n_per_arm_means(0.5, 1.0) == pytest.approx(64, rel=0.3)

    def test_alpha_and_power_keep_their_ranges(self):
        """0 < alpha < 0.5 and 0.5 <= power < 1, as everywhere in this kata."""
        for alpha in NO_ALPHA:
            with pytest.raises(ValueError, match="alpha"):
                n_per_arm_means(1.0, 1.0, alpha=alpha)
        for power in NO_POWER:
            with pytest.raises(ValueError, match="power"):
                n_per_arm_means(1.0, 1.0, power=power)
        assert n_per_arm_means(0.5, 1.0, alpha=0.05, power=0.8) == pytest.approx(64, rel=0.3)


class TestDaysNeeded:
    """days_needed."""

    def test_the_slower_arm_decides(self):
        """The test ended when the faster arm, or both arms together, had enough.

        10,000 a day fill a control of 99 % in half a day; a treat of 1 % needs 42 days.
        """
        assert days_needed(4195, 4195, 10_000, 0.99, 0.01) == 42

    def test_two_hours_of_traffic_still_take_two_weeks(self):
        """Both arms are full after 0.1 days, and the answer was days instead of min_days, 14.

        A test of hours sees one kind of day, and the pull of the new at its strongest.
        """
        assert days_needed(3532, 3532, 70_000, 0.5, 0.5) == 14

    def test_users_outside_the_test_do_not_count(self):
        """The shares need not sum to 1: at 10 % and 10 % most of the traffic sees no test.

        Dividing the traffic in half, or scaling the shares up to 1, makes it 14 days.
        """
        assert days_needed(4195, 4195, 1_000, 0.1, 0.1) == 42

    def test_a_started_week_is_finished(self):
        """Days that are not whole weeks weigh some weekdays twice: 15 days become 21."""
        assert days_needed(1500, 1500, 1_000, 0.1, 0.1) == 21

    def test_min_days_is_rounded_up_to_weeks_too(self):
        """min_days was added after the rounding to weeks: 10 days are 14, and 1 is 7."""
        assert days_needed(100, 100, 1_000, 0.5, 0.5, min_days=10) == 14
        assert days_needed(100, 100, 1_000, 0.5, 0.5, min_days=1) == 7

    def test_a_started_day_counts_whole(self):
        """14.1 days were rounded to 14: the arms are not full then, so it takes a third week.

        Nor may a fraction of a user be dropped on the way: 3 / 0.14 is 21.4.
        """
        assert days_needed(1410, 1410, 1_000, 0.1, 0.1) == 21
        assert days_needed(3, 1, 1, 0.14, 0.5) == 28
        assert days_needed(1, 3, 1, 0.5, 0.14) == 28

    def test_float_dust_does_not_cost_a_week(self):
        """0.57 of 100 users a day reach 1,596 after 28 days, but 1596 / 57.0 is 28.000000000000004.

        Round a real x up as ceil(x - 1e-9).
        """
        assert days_needed(100, 1596, 100, 0.43, 0.57) == 28

    def test_any_plan_ends_with_the_first_week_that_fills_both_arms(self, rng):
        """Whole weeks were tried one by one until both arms were full and min_days over."""
        for _ in range(5):
            n_control, n_treat = (int(n) for n in rng.integers(2_000, 20_000, size=2))
            daily = int(rng.integers(500, 1500))
            share_control, share_treat = (round(float(s), 2) for s in rng.uniform(0.2, 0.5, size=2))
            min_days = int(rng.integers(1, 40))

            weeks = 1
            while (
                7 * weeks < min_days
                or 7 * weeks * daily * share_control < n_control - 1e-6
                or 7 * weeks * daily * share_treat < n_treat - 1e-6
            ):
                weeks += 1

            actual = days_needed(n_control, n_treat, daily, share_control, share_treat, min_days)
            assert actual == 7 * weeks

    def test_counts_and_traffic_are_positive(self):
        """Sizes and min_days start at 1; daily_users may be a fraction, but not 0."""
        for wrong in (0, -3):
            with pytest.raises(ValueError, match="n_control"):
                days_needed(wrong, 100, 1_000, 0.5, 0.5)
            with pytest.raises(ValueError, match="n_treat"):
                days_needed(100, wrong, 1_000, 0.5, 0.5)
            with pytest.raises(ValueError, match="daily_users"):
                days_needed(100, 100, wrong, 0.5, 0.5)
            with pytest.raises(ValueError, match="min_days"):
                days_needed(100, 100, 1_000, 0.5, 0.5, min_days=wrong)
        with pytest.raises(ValueError, match="daily_users"):
            days_needed(100, 100, NAN, 0.5, 0.5)
        assert days_needed(1, 1, 0.5, 0.125, 0.25) == 21

    def test_shares_are_fractions_that_leave_room_for_each_other(self):
        """Each share lies strictly between 0 and 1, and together they are at most 1.

        Shares that sum to exactly 1 are legal; if they sum to more, share_treat is to blame.
        """
        for share in NO_RATE:
            with pytest.raises(ValueError, match="share_control"):
                days_needed(100, 100, 1_000, share, 0.5)
            with pytest.raises(ValueError, match="share_treat"):
                days_needed(100, 100, 1_000, 0.5, share)
        with pytest.raises(ValueError, match="share_treat"):
            days_needed(100, 100, 1_000, 0.7, 0.4)
        assert days_needed(100, 100, 1_000, 0.75, 0.25) == 14
