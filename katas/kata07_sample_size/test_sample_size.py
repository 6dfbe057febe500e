"""Sample size: the specification."""

from itertools import pairwise

import numpy as np
import pytest
from scipy.stats import chisquare, nct, norm, t

from katas.kata07_sample_size.sample_size import (
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

# z is 2 to a hair: from 40 % to 60 % with half the power, 50.00000000003 users are needed.
ALPHA_OF_TWO = 0.0455002638963


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


def exact_false_alarm(n_looks, alpha):
    """Armitage, McPherson and Rowe: integrate, look by look, the density of what goes on."""
    nodes, weights = np.polynomial.legendre.leggauss(60)
    cuts = norm.isf(alpha / 2) * np.sqrt(np.arange(1, n_looks + 1))
    density = np.exp(-((cuts[0] * nodes) ** 2) / 2)
    for before, now in pairwise(cuts):
        steps = np.exp(-((now * nodes[:, None] - before * nodes) ** 2) / 2)
        density = steps @ (density * weights * before) / np.sqrt(2 * np.pi)
    return 1 - float(density @ weights * cuts[-1]) / np.sqrt(2 * np.pi)


class TestLiftToRate:
    """lift_to_rate."""

    def test_a_lift_is_a_fraction_not_a_percentage(self):
        """0.2513: the lift was divided by 100, but 0.5 is 50 % already.

        0.125: that is the change alone; the baseline is missing.
        """
        assert lift_to_rate(0.25, 0.5, "relative") > 0.3

    def test_two_percent_relative_is_not_two_points(self):
        """0.12: a relative lift was added as points.

        2 % of a 10 % baseline is 0.2 points. Finding it takes 356,335 users per arm; finding 2
        points takes 3,841.
        """
        assert lift_to_rate(0.10, 0.02, "relative") == pytest.approx(0.102, rel=1e-9)

    def test_two_points_absolute_are_not_two_percent(self):
        """0.102: an absolute lift was multiplied with the baseline. Look at `kind`."""
        assert lift_to_rate(0.10, 0.02, "absolute") == pytest.approx(0.12, rel=1e-9)

    def test_a_negative_lift_lowers_the_rate(self):
        """The sign of the lift was lost, or a drop was refused: tests find drops, too."""
        assert lift_to_rate(0.30, -0.05, "absolute") == pytest.approx(0.25, rel=1e-9)
        assert lift_to_rate(0.30, -0.5, "relative") == pytest.approx(0.15, rel=1e-9)

    def test_a_relative_lift_may_be_more_than_all(self):
        """From 10 % to 25 % is a lift of 150 %. Bounds belong to the new rate, not to the lift."""
        assert lift_to_rate(0.10, 1.5, "relative") == pytest.approx(0.25, rel=1e-9)

    def test_points_add_and_percents_multiply(self, rng):
        """Absolute: the lift is added. Relative: it is a share of the baseline."""
        for _ in range(5):
            baseline, lift = (round(float(x), 3) for x in rng.uniform(0.05, 0.45, size=2))
            percents, points = baseline * (1 + lift), baseline + lift

            assert lift_to_rate(baseline, lift, "relative") == pytest.approx(percents, rel=1e-9)
            assert lift_to_rate(baseline, lift, "absolute") == pytest.approx(points, rel=1e-9)

    def test_a_percentage_leads_to_a_rate_that_is_refused(self):
        """20 was meant as 20 %: the new rate is 2.1, and nobody converts twice. Do not clip it."""
        for baseline, lift, kind in (
            (0.10, 20, "relative"),
            (0.75, 0.5, "relative"),
            (0.90, 0.2, "absolute"),
            (0.10, -0.2, "absolute"),
        ):
            with pytest.raises(ValueError):  # noqa: PT011 - no message is promised
                lift_to_rate(baseline, lift, kind)
        assert lift_to_rate(0.5, 0.49, "absolute") == pytest.approx(0.99, rel=1e-9)

    def test_a_lift_of_another_kind_is_refused(self):
        """Every kind but one fell into an `else`: "percent" may mean either of the two."""
        for kind in ("percent", "points"):
            with pytest.raises(ValueError):  # noqa: PT011 - no message is promised
                lift_to_rate(0.2, 0.1, kind)
        assert lift_to_rate(0.2, 0.1, "absolute") == pytest.approx(0.3, rel=1e-9)


class TestNPerArm:
    """n_per_arm."""

    def test_the_same_points_need_more_users_where_rates_vary_more(self):
        """Two points from 10 % take 3,841 users, from 50 % take 9,806: 2.55 times as many.

        As many for both: no variance p(1 - p) is in it. 1.67 times: its root is in it.
        """
        actual = n_per_arm(0.50, 0.52) / n_per_arm(0.10, 0.12)

        assert actual == pytest.approx(2.55, rel=0.2)

    def test_half_the_lift_takes_four_times_the_users(self):
        """Twice as many: the lift is not squared."""
        actual = n_per_arm(0.10, 0.11) / n_per_arm(0.10, 0.12)

        assert actual == pytest.approx(3.84, rel=0.15)

    def test_more_power_takes_more_users(self):
        """90 % power instead of 80 % takes 1.34 times as many users.

        As many: the power is not in it; every second real lift is missed. Fewer: its quantile has
        the wrong sign. 1.24 times: its tail was halved, as alpha's is.
        """
        actual = n_per_arm(0.10, 0.12, power=0.9) / n_per_arm(0.10, 0.12, power=0.8)

        assert actual == pytest.approx(1.339, rel=0.04)

    def test_the_answer_counts_one_arm(self):
        """7,682: both arms together. 1,921: half an arm; a difference has the noise of two."""
        assert n_per_arm(0.10, 0.12) == pytest.approx(3841, rel=0.3)

    def test_a_one_sided_test_puts_all_of_alpha_in_one_tail(self):
        """3,841: `two_sided=False` changed nothing. 3,026 are enough for one tail."""
        assert n_per_arm(0.10, 0.12, two_sided=False) == pytest.approx(3026, rel=0.1)

    def test_two_sided_alpha_is_split_between_two_tails(self):
        """A two-sided test at 10 % has 5 % in each tail: 3,026, as one-sided at 5 %.

        About 2,200: all of alpha lies in one tail. 3,841: alpha was not looked at.
        """
        assert n_per_arm(0.10, 0.12, alpha=0.10) == pytest.approx(3026, rel=0.1)

    def test_a_one_sided_test_may_look_for_a_drop(self):
        """The one side is that of the lift: 12 % to 10 % takes as many as 10 % to 12 %."""
        assert n_per_arm(0.12, 0.10, two_sided=False) == pytest.approx(3026, rel=0.2)

    def test_each_arm_brings_its_own_variance(self):
        """Finding 1 % to 2 % takes 2,319 users.

        1,555: the baseline's variance for both arms, which has 63 % power. 1,767: the baseline's
        for the cut. 3,077: the variance of 2 % for both.
        """
        assert n_per_arm(0.01, 0.02) == pytest.approx(2319, rel=0.05)

    def test_a_drop_is_no_mirrored_rise(self):
        """3,841: the drop from 10 % to 8 % was planned as a rise to 12 %, which varies more."""
        assert n_per_arm(0.10, 0.08) == pytest.approx(3213, rel=0.02)

    def test_the_rate_is_pooled_under_the_null_only(self):
        """Another formula of the family. The cut has the pooled rate, the power each arm's own.

        3,839: unpooled in both places. 3,843: pooled in both. 3,835: arcsines. 3,941: a continuity
        correction.
        """
        assert n_per_arm(0.10, 0.12) == 3841

    def test_a_fraction_of_a_user_rounds_up(self):
        """2,318.16 users are needed, and 2,318 are too few: round and floor miss the power."""
        assert n_per_arm(0.01, 0.02) == 2319

    def test_it_is_the_smallest_size_that_reaches_the_power(self, rng):
        """Every size from 1 up was tried: the first whose power, on the lift's side, is enough."""
        for _ in range(4):
            p_control, p_treat, alpha, power = random_plan(rng)

            expected = first_size(
                lambda n, p=p_control, q=p_treat, a=alpha: near_tail(n, n, p, q, a / 2), power
            )

            assert n_per_arm(p_control, p_treat, alpha=alpha, power=power) == expected

    def test_float_dust_does_not_cost_a_user(self):
        """50.00000000003 users are needed. 51: a plain ceil, or `int(n) + 1`."""
        assert n_per_arm(0.4, 0.6, alpha=ALPHA_OF_TWO, power=0.5) == 50


class TestNUnequal:
    """n_unequal."""

    def test_ratio_one_is_the_test_with_equal_arms(self):
        """With ratio 1 both arms need 3,841 for 10 % to 12 %.

        7,682: the total. 3,026: alpha in one tail. 1,881: the power is missing.
        """
        assert n_unequal(0.10, 0.12, 1.0) == pytest.approx((3841, 3841), rel=0.1)

    def test_the_ratio_is_treat_over_control(self):
        """The ratio is upside down, or the tuple is.

        Ratio 0.25 means four in control to one in treat, and control comes first.
        """
        control, treat = n_unequal(0.10, 0.12, 0.25)

        assert treat / control == pytest.approx(0.25, rel=0.01)

    def test_a_small_arm_makes_the_whole_test_larger(self):
        """10 % to 20 % takes 398 users half and half, and 8,672 at 1 to 99.

        The small arm's noise is the test's noise. Sharing out the users of the equal test, or
        keeping its control arm, keeps no power.
        """
        assert n_unequal(0.10, 0.20, 1 / 99) == pytest.approx((8585, 87), rel=0.5)

    def test_each_arm_brings_its_own_variance(self):
        """From 5 % to 10 %, four in treat to one in control: 289 and 1,156.

        187: control's variance for both arms. 372: treat's. 220: the cut is not pooled.
        """
        assert n_unequal(0.05, 0.10, 4.0) == pytest.approx((289, 1156), rel=0.2)

    def test_the_pooled_rate_weighs_each_arm_by_its_size(self):
        """At 1 to 99 nearly all users have control's rate, so the pooled rate is near 10 %.

        10,728: it is the plain mean of the rates. 9,949: the equal size was stretched. 12,504: each
        arm's own variance for the cut.
        """
        assert n_unequal(0.10, 0.20, 1 / 99) == (8585, 87)

    def test_each_arm_rounds_its_own_need(self):
        """1,180: treat was made from the rounded control, 10 x 118. It needs 1,170.5 users."""
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

    def test_float_dust_does_not_cost_a_user(self):
        """50.00000000003 users are needed in each arm. 51: a plain ceil, or `int(n) + 1`."""
        assert n_unequal(0.4, 0.6, 1.0, alpha=ALPHA_OF_TWO, power=0.5) == (50, 50)


class TestPowerOf:
    """power_of."""

    def test_without_a_lift_the_power_is_alpha(self):
        """With nothing to find, a two-sided test still rejects at alpha, half in each tail.

        0.025: one tail is missing. 0.1: each tail got all of alpha. 0.95: that is the chance not to
        reject.
        """
        assert power_of(500, 300, 0.10, 0.10) == pytest.approx(0.05, rel=1e-6)

    def test_a_drop_is_found_as_surely_as_a_rise(self):
        """12 % to 10 % is found in 52 of 100 tests. Nearly 0: the test looks for a rise only."""
        assert power_of(2000, 2000, 0.12, 0.10) == pytest.approx(0.5245, rel=0.1)

    def test_a_huge_control_arm_cannot_rescue_a_small_treat_arm(self):
        """Against a hundred million, treat's 500 users find 10 % to 12 % in one test of three.

        Nearly 1: the sizes were averaged, added up, or control's stands for both.
        """
        assert power_of(100_000_000, 500, 0.10, 0.12) == pytest.approx(0.333, rel=0.3)

    def test_each_arm_brings_its_own_variance(self):
        """10 % to 15 %, with 4,000 users in control and 500 in treat: 0.901.

        0.940: the baseline's variance for both arms. 0.929: the pooled one in both places. 0.851:
        each arm's own in both. 0.876: pooled without weights. 0.891: two arms of the harmonic mean
        size.
        """
        assert power_of(4000, 500, 0.10, 0.15) == pytest.approx(0.90089, abs=1e-4)

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

    def test_simulated_experiments_reject_as_often(self, rng):
        """20,000 experiments were drawn and tested; power is the share that rejects."""
        n_control, n_treat = (int(n) for n in rng.integers(300, 600, size=2))
        control = rng.binomial(n_control, 0.30, size=20_000) / n_control
        treat = rng.binomial(n_treat, 0.40, size=20_000) / n_treat
        pooled = (n_control * control + n_treat * treat) / (n_control + n_treat)
        error = np.sqrt(pooled * (1 - pooled) * (1 / n_control + 1 / n_treat))
        expected = np.mean(np.abs(treat - control) / error > norm.isf(0.025))

        assert power_of(n_control, n_treat, 0.30, 0.40) == pytest.approx(expected, abs=0.025)


class TestNPerArmMeans:
    """n_per_arm_means."""

    def test_only_delta_over_sd_counts(self):
        """5 on a scale with sd 10 is 0.5 with sd 1: 64 per arm.

        3: the sd was not looked at. 6,281 or more: the variance stands where the sd belongs.
        """
        actual = n_per_arm_means(5.0, 10.0)

        assert actual > 20
        assert actual < 1000

    def test_a_negative_delta_needs_as_many(self):
        """Two-sided, a drop of 0.8 sd takes 26 per arm, as the rise does.

        Thousands, or no end: the test looks for a rise only.
        """
        assert n_per_arm_means(-0.8, 1.0) < 60

    def test_two_groups_double_the_variance(self):
        """52: the plan is for one sample, but both means are noisy. 200: both groups together."""
        assert n_per_arm_means(0.4, 1.0) == pytest.approx(100, rel=0.3)

    def test_alpha_is_split_between_two_tails(self):
        """Two-sided at 10 % and d = 0.5 is 51 per arm.

        37: all of alpha lies in one tail. 64: alpha was not looked at.
        """
        assert n_per_arm_means(0.5, 1.0, alpha=0.10) == pytest.approx(51, rel=0.1)

    def test_more_power_takes_more_users(self):
        """90 % power and d = 0.5 is 86 per arm. 64: the power was not looked at."""
        assert n_per_arm_means(0.5, 1.0, power=0.9) == pytest.approx(86, rel=0.1)

    def test_small_groups_pay_for_the_unknown_sd(self):
        """9 per arm find d = 1.5 in 85 of 100 tests. 7: the normal formula, with 73 % power.

        10: n - 1 degrees of freedom. 8: 2n - 1 of them, or the normal formula with a correction.
        The sd comes from all 2n users, around two means.
        """
        assert n_per_arm_means(1.5, 1.0) == 9

    def test_cohens_table_for_medium_and_large_effects(self):
        """Cohen (1988): 64 per arm for d = 0.5 and 26 for d = 0.8, at 5 % and 80 %."""
        actual = (n_per_arm_means(0.5, 1.0), n_per_arm_means(0.8, 1.0))

        assert actual == (64, 26)

    def test_the_effect_makes_the_t_noncentral(self):
        """4: a central t was shifted by the effect, or its two quantiles were added.

        Under a real effect the statistic is skewed.
        """
        assert n_per_arm_means(4.0, 1.0, alpha=0.01, power=0.95) == 5

    def test_it_is_the_first_size_that_reaches_the_power(self, rng):
        """Every size from 2 up was tried with scipy's noncentral t."""
        for _ in range(4):
            _, _, alpha, power = random_plan(rng)
            sd = round(float(rng.uniform(0.5, 20)), 2)
            delta = round(float(rng.uniform(0.6, 1.4)) * sd, 3)
            sizes = np.arange(2, 200)
            df = 2 * sizes - 2
            found = nct.sf(t.isf(alpha / 2, df), df, delta / sd * np.sqrt(sizes / 2))

            actual = n_per_arm_means(delta, sd, alpha=alpha, power=power)

            assert actual == sizes[np.argmax(found >= power)]

    def test_two_per_arm_are_the_least(self):
        """A huge effect needs few users, but a variance needs two per arm."""
        assert n_per_arm_means(15.0, 1.0) == 2

    def test_a_rejection_on_the_wrong_side_finds_nothing(self):
        """2: rejections on the side away from delta were counted, up to a quarter of all tests."""
        assert n_per_arm_means(0.3, 1.0, alpha=0.49, power=0.5) == 11


class TestDaysNeeded:
    """days_needed."""

    def test_the_slower_arm_decides(self):
        """10,000 a day fill a control of 99 % in half a day; a treat of 1 % needs 42 days.

        14: the faster arm decided, or both together, or the shares were not looked at. 6: weeks.
        """
        assert days_needed((4195, 4195), 10_000, (0.99, 0.01)) == 42

    def test_two_hours_of_traffic_still_take_two_weeks(self):
        """7: min_days was not looked at. 21: it was added.

        A test of hours sees one kind of day, and users who react to anything new.
        """
        assert days_needed((3532, 3532), 70_000, (0.5, 0.5)) == 14

    def test_users_outside_the_test_do_not_count(self):
        """At 10 % and 10 % most of the traffic sees no test: 14 days are 42."""
        assert days_needed((4195, 4195), 1_000, (0.1, 0.1)) == 42

    def test_a_started_week_is_finished(self):
        """15 days become 21: days that are not whole weeks weigh some weekdays twice."""
        assert days_needed((1500, 1500), 1_000, (0.1, 0.1)) == 21

    def test_min_days_is_rounded_up_to_weeks_too(self):
        """min_days came after the rounding to weeks: 10 days are 14, and 1 is 7."""
        assert days_needed((100, 100), 1_000, (0.5, 0.5), min_days=10) == 14
        assert days_needed((100, 100), 1_000, (0.5, 0.5), min_days=1) == 7

    def test_a_started_day_counts_whole(self):
        """14: the 14.1 days were cut to 14. The arms are not full then; it takes a third week."""
        assert days_needed((1410, 1410), 1_000, (0.1, 0.1)) == 21

    def test_an_arm_may_get_a_fraction_of_a_user_a_day(self):
        """3 / 0.14 is 21.4 days, so 28: the daily users of an arm were rounded to a whole user."""
        assert days_needed((3, 1), 1, (0.14, 0.5)) == 28
        assert days_needed((1, 3), 1, (0.5, 0.14)) == 28

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

            shares = (share_control, share_treat)
            assert days_needed((n_control, n_treat), daily, shares, min_days) == 7 * weeks

    def test_float_dust_does_not_cost_a_week(self):
        """28 days are enough, but 1596 / 57.0 is 28.000000000000004. 35: a plain ceil."""
        assert days_needed((100, 1596), 100, (0.43, 0.57)) == 28


class TestFalseAlarmRate:
    """false_alarm_rate."""

    def test_one_look_has_the_false_alarms_of_alpha(self, rng):
        """0.1: each tail got all of alpha. 0.025: only a rise counts. 0.083: that is two looks."""
        assert false_alarm_rate(1, 0.05, rng) == pytest.approx(0.05, abs=0.012)

    def test_every_look_is_one_more_chance_to_be_wrong(self, rng):
        """14 looks at 5 % give a false alarm in 22 of 100 tests.

        0.05: only the last look counted, or the share of looks instead of tests. Nearly 0: all
        looks had to be significant.
        """
        assert false_alarm_rate(14, 0.05, rng) > 0.15

    def test_looks_share_most_of_their_data(self, rng):
        """0.51: the looks are taken as independent, each on new users. 0.7: alpha was added up.

        More than 0.9: the sums were not divided by their growing standard deviation.
        """
        assert false_alarm_rate(14, 0.05, rng) == pytest.approx(0.2196, abs=0.08)

    def test_a_false_alarm_goes_either_way(self, rng):
        """0.40: only one direction counts, at all of alpha. Two-sided at 20 % it is 0.46."""
        assert false_alarm_rate(5, 0.20, rng) == pytest.approx(0.4624, abs=0.02)

    def test_the_looks_come_after_equal_numbers_of_users(self, rng):
        """Two looks at 10 % give 0.160, three give 0.202: one look too many, or too few?"""
        assert false_alarm_rate(2, 0.10, rng) == pytest.approx(0.1601, abs=0.015)
        assert false_alarm_rate(3, 0.10, rng) == pytest.approx(0.2021, abs=0.015)

    def test_any_number_of_looks_has_its_own_rate(self, rng):
        """The exact rate by integration, look by look (Armitage, McPherson and Rowe, 1969)."""
        for _ in range(2):
            n_looks, alpha = int(rng.integers(4, 12)), round(float(rng.uniform(0.02, 0.3)), 3)
            expected = exact_false_alarm(n_looks, alpha)

            assert false_alarm_rate(n_looks, alpha, rng) == pytest.approx(expected, abs=0.02)


class TestSplitPValue:
    """split_p_value."""

    def test_a_split_as_planned_is_no_surprise(self):
        """0: that is one minus the p-value, or the statistic. 0.5: one tail.

        The p-value is the chance of a split at least as far off, on either side: of any split here.
        """
        assert split_p_value((5000, 5000)) == pytest.approx(1.0, rel=1e-9)

    def test_the_planned_share_is_treats(self):
        """0: half and half was expected, or the share was read as control's."""
        assert split_p_value((9000, 1000), 0.1) == pytest.approx(1.0, rel=1e-9)

    def test_too_few_in_treat_is_as_bad_as_too_many(self):
        """0.023 or 0.977: one tail. 0.954: the complement. 4: the statistic. 0.135: its df is 2."""
        assert split_p_value((5100, 4900)) == pytest.approx(0.0455, rel=0.05)
        assert split_p_value((4900, 5100)) == pytest.approx(0.0455, rel=0.05)

    def test_more_users_make_the_same_percentages_stranger(self):
        """50.6 % against 49.4 % is nothing in 1,000 users, and broken in 100,000."""
        assert split_p_value((506, 494)) == pytest.approx(0.704, rel=0.05)
        assert split_p_value((50_600, 49_400)) == pytest.approx(0.000148, rel=0.05)

    def test_the_planned_share_gives_the_variance(self):
        """5 of 100 users where 10 were planned: p = 0.0956.

        0.022: the observed share gives the variance. 0.134: with a continuity correction. 0.114:
        control's cell of the chi-squared is missing.
        """
        assert split_p_value((95, 5), 0.1) == pytest.approx(0.0955807, rel=1e-4)

    def test_it_is_the_chi_squared_test_of_two_cells(self, rng):
        """It is scipy's chisquare, on the sizes and on those that were planned."""
        for _ in range(5):
            n, share = int(rng.integers(200, 5000)), round(float(rng.uniform(0.1, 0.6)), 2)
            n_treat = int(n * share + rng.uniform(-2, 2) * np.sqrt(n * share * (1 - share)))
            expected = chisquare([n - n_treat, n_treat], [n * (1 - share), n * share]).pvalue

            actual = split_p_value((n - n_treat, n_treat), share)

            assert actual == pytest.approx(expected, rel=1e-9)


class TestDecide:
    """decide."""

    def test_a_clear_rise_on_a_clean_split_ships(self, rng):
        """10 % against 11.5 %, half and half, one look: p is 0.0006."""
        actual = decide((10_000, 10_000), (1_000, 1_150), 0.5, 1, rng)

        assert actual == ("ship", pytest.approx(0.0006, abs=0.01))

    def test_a_clear_drop_is_not_shipped(self, rng):
        """Significant is not better: treat has 10 % here and control 11.5 %."""
        actual = decide((10_000, 10_000), (1_150, 1_000), 0.5, 1, rng)

        assert actual == ("stop", pytest.approx(0.0006, abs=0.01))

    def test_a_broken_split_is_distrusted_however_good_the_news(self, rng):
        """9,400 users where 9,700 were planned: p of the split is 0.000016, and it comes first.

        Whoever is missing in treat may be those who did not convert.
        """
        actual = decide((10_000, 9_400), (1_000, 1_100), 0.5, 1, rng)

        assert actual == ("distrust", pytest.approx(1.64924e-5, rel=1e-4))

    def test_a_broken_split_is_distrusted_without_a_difference_too(self, rng):
        """The rates are alike here. The split was looked at only where there was news."""
        actual = decide((10_000, 9_400), (1_000, 945), 0.5, 1, rng)

        assert actual == ("distrust", pytest.approx(1.64924e-5, rel=1e-4))

    def test_the_split_is_held_against_the_plan(self, rng):
        """One in ten went to treat, as planned.

        "distrust": half and half was expected, or the conversions were taken for the users.
        """
        actual = decide((9_000, 1_000), (900, 150), 0.1, 1, rng)

        assert actual == ("ship", pytest.approx(0.0, abs=0.01))

    def test_one_odd_split_in_a_hundred_is_no_alarm(self, rng):
        """Such a split has p = 0.01. At 0.05 every twentieth sound test would be thrown away."""
        actual = decide((10_182, 9_818), (1_018, 1_130), 0.5, 1, rng)

        assert actual == ("ship", pytest.approx(0.0006, abs=0.01))

    def test_what_ships_after_one_look_may_not_after_fourteen(self, rng):
        """With z = 2.19, p is 0.028 if the test was looked at once, and 0.136 after fourteen looks.

        0.028 in both: the looks were not counted. 0.396: p times 14. 0.331: the looks were taken as
        independent. Half of what it should be: one tail.
        """
        once = decide((10_000, 10_000), (1_000, 1_095), 0.5, 1, rng)
        assert once == ("ship", pytest.approx(0.0283, abs=0.008))

        daily = decide((10_000, 10_000), (1_000, 1_095), 0.5, 14, rng)
        assert daily == ("stop", pytest.approx(0.1363, abs=0.015))

    def test_looks_at_the_same_users_cost_less_than_as_many_tests(self, rng):
        """With z = 2.80, p after 14 looks is 0.030. 0.071: p times 14, as in Bonferroni."""
        actual = decide((10_000, 10_000), (1_000, 1_122), 0.5, 14, rng)

        assert actual == ("ship", pytest.approx(0.0302, abs=0.008))

    def test_the_lines_are_a_thousandth_and_a_twentieth(self, rng):
        """A split with p = 0.0012 is still read, and one with 0.0008 is not.

        A rise with p = 0.061 does not ship: 0.05 is the line for all looks together.
        """
        read = decide((10_229, 9_771), (1_023, 1_123), 0.5, 1, rng)
        assert read == ("ship", pytest.approx(0.0007, abs=0.01))

        unread = decide((10_237, 9_763), (1_024, 1_123), 0.5, 1, rng)
        assert unread == ("distrust", pytest.approx(0.000803, rel=0.01))

        near = decide((10_000, 10_000), (1_000, 1_081), 0.5, 1, rng)
        assert near == ("stop", pytest.approx(0.0607, abs=0.01))

    def test_any_result_is_read_alike(self, rng):
        """The z-test's p, then the chance to see it at any look, by integration."""
        for z_wanted, expected in ((4.2, "ship"), (1.0, "stop"), (-4.2, "stop"), (-1.0, "stop")):
            n = int(rng.integers(4_000, 9_000))
            control = int(rng.integers(n // 5, n // 2))
            spread = np.sqrt(2 * control * (1 - control / n))
            treat = int(control + z_wanted * spread)
            n_looks = int(rng.integers(1, 5))
            pooled = (control + treat) / (2 * n)
            z = (treat - control) / n / np.sqrt(2 * pooled * (1 - pooled) / n)
            p_value = exact_false_alarm(n_looks, 2 * norm.sf(abs(z)))

            actual = decide((n, n), (control, treat), 0.5, n_looks, rng)

            assert actual == (expected, pytest.approx(p_value, abs=0.02))
