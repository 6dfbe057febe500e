"""The specification of kata01_imbalance."""

from types import SimpleNamespace

import numpy as np
import pytest
from numpy.testing import assert_allclose
from scipy.stats import kstest
from sklearn.metrics import average_precision_score, log_loss

from katas.kata01_imbalance.imbalance import (
    balanced_class_weights,
    correct_prior,
    cross_val_resampled,
    smote,
    undersample,
    weighted_log_loss,
)


class TestBalancedClassWeights:
    """Tests of balanced_class_weights."""

    def test_every_class_carries_the_same_total_weight(self, rng):
        """Weights go with 1 / count. 1 minus the class's share is right for two classes only."""
        n_0, n_1, n_2 = (int(n) for n in rng.permutation([2, 5, 11]))

        weights = balanced_class_weights(rng.permutation(np.repeat([0, 1, 2], [n_0, n_1, n_2])))

        assert sorted(weights) == [0, 1, 2]
        totals = [weights[0] * n_0, weights[1] * n_1, weights[2] * n_2]
        assert totals == pytest.approx([totals[0]] * 3, rel=1e-9)

    def test_the_weights_of_all_rows_sum_to_the_number_of_rows(self, rng):
        """Weights n / n_c make the classes equal but multiply the loss by the number of classes.

        So does a k of 1, read off the largest label. Regularisation and learning rate then no
        longer mean what they meant without weights.
        """
        n_1 = int(rng.integers(2, 6))
        y = rng.permutation(np.repeat([0, 1], [12, n_1]))
        labels = y.tolist()

        weights = balanced_class_weights(y)

        assert sum(weights[label] for label in labels) == pytest.approx(12 + n_1, rel=1e-9)

    @pytest.mark.parametrize("labels", [(-1, 1), (0, 7), (2, 3, 9)], ids=str)
    def test_only_labels_that_occur_count_as_classes(self, rng, labels):
        """Labels are names, not 0 .. k-1: the largest label does not say how many classes occur."""
        counts = rng.integers(1, 9, size=len(labels))
        y = rng.permutation(np.repeat(labels, counts))

        weights = balanced_class_weights(y)

        expected = {c: len(y) / (len(labels) * n) for c, n in zip(labels, counts, strict=True)}
        assert weights == pytest.approx(expected, rel=1e-9)

    def test_a_single_row_has_weight_one(self):
        """One class, one row: n, the number of classes and the class's count are all 1."""
        assert balanced_class_weights(np.array([5])) == pytest.approx({5: 1.0}, rel=1e-9)

    def test_no_rows_at_all_are_an_error(self):
        """Without rows there are no classes: {} would hide a broken query until training time."""
        with pytest.raises(ValueError, match=r"\by\b"):
            balanced_class_weights(np.array([], dtype=int))
        assert balanced_class_weights(np.array([0])) == pytest.approx({0: 1.0}, rel=1e-9)


class TestUndersample:
    """Tests of undersample."""

    def test_the_result_is_row_numbers_not_a_mask(self):
        """Row numbers select from X, y and any other column alike; a mask has another length."""
        kept = undersample(np.array([0, 1, 0, 0]), 0.25, np.random.default_rng(0))

        assert kept.tolist() == [0, 1, 2, 3]

    def test_every_minority_row_is_kept(self, rng):
        """The rare rows are what the model must learn from: only majority rows are dropped."""
        y = rng.permutation(np.repeat([0, 1], [20, 4]))
        expected = np.flatnonzero(y == 1).tolist()

        kept = undersample(y, 0.5, rng)

        minority = [row for row in kept.tolist() if row in expected]
        assert minority == expected, "minority rows among the kept ones"

    @pytest.mark.parametrize(("share", "majority"), [(0.25, 18), (0.5, 6), (0.75, 2)])
    def test_minority_share_is_the_share_among_the_kept_rows(self, rng, share, majority):
        """A share is minority / all kept rows. minority / majority is a ratio.

        imbalanced-learn's `sampling_strategy` is that ratio: a share of 0.25 is its 1/3.
        """
        y = rng.permutation(np.repeat([0, 1], [30, 6]))

        kept = undersample(y.copy(), share, rng)

        counts = np.bincount(y[kept], minlength=2).tolist()
        assert counts == [majority, 6], "majority and minority rows kept"

    @pytest.mark.parametrize(("minority", "majority"), [(10, 23), (20, 47), (5, 12)])
    def test_the_majority_count_is_rounded_to_the_nearest_whole(self, rng, minority, majority):
        """int() and // cut the fraction off, ceil always adds a row.

        At a share of 0.3, every 3 rare rows call for 7 others.
        """
        y = rng.permutation(np.repeat([0, 1], [60, minority]))

        kept = undersample(y.copy(), 0.3, rng)

        counts = np.bincount(y[kept], minlength=2).tolist()
        what = f"majority and minority rows kept; before rounding, {minority * 7 / 3:.2f} others"
        assert counts == [majority, minority], what

    def test_a_majority_that_is_too_small_is_kept_whole(self, rng):
        """4 rare rows at a share of 0.1 call for 36 others. Only 5 exist, so all 5 stay."""
        y = rng.permutation(np.repeat([0, 1], [5, 4]))

        assert undersample(y, 0.1, rng).tolist() == list(range(9))

    def test_a_share_near_one_may_drop_the_whole_majority(self):
        """1 rare row at a share of 0.9 calls for 0.11 others: 0 after rounding."""
        assert undersample(np.array([0, 0, 1, 0]), 0.9, np.random.default_rng(0)).tolist() == [2]

    def test_no_row_is_kept_twice(self, rng):
        """Drawing with replacement repeats rows: fewer different ones, false precision.

        Generator.choice and .integers both repeat unless told otherwise.
        """
        y = rng.permutation(np.repeat([0, 1], [40, 30]))

        kept = undersample(y, 0.5, rng)

        assert len(np.unique(kept)) == 60, "different rows among the kept ones"

    def test_row_numbers_come_back_ascending(self, rng):
        """Minority rows first and majority rows after them is an order that a later split trusts.

        A time-based split, or KFold without shuffling, would then get folds of one class.
        """
        y = rng.permutation(np.repeat([0, 1], [40, 12]))

        kept = undersample(y, 0.4, rng).tolist()

        assert kept == sorted(kept)

    @pytest.mark.parametrize(("rare", "common"), [(0, 1), (1, 0), (-1, 4), (9, 3)])
    def test_the_label_with_fewer_rows_is_the_minority(self, rng, rare, common):
        """Label 1 is not always the rare one: count the rows of both labels."""
        y = rng.permutation(np.repeat([rare, common], [3, 20]))

        kept = undersample(y.copy(), 0.5, rng)

        labels = sorted(y[kept].tolist())
        assert labels == sorted([rare, common] * 3), "labels of the kept rows, sorted"

    @pytest.mark.parametrize(("smaller", "larger"), [(0, 1), (-5, -2)])
    def test_equal_counts_make_the_smaller_label_the_minority(self, rng, smaller, larger):
        """6 against 6 rows at a share of 0.75: all 6 of the smaller label, 2 of the larger."""
        y = rng.permutation(np.repeat([smaller, larger], [6, 6]))

        kept = undersample(y.copy(), 0.75, rng)

        labels = sorted(y[kept].tolist())
        assert labels == [smaller] * 6 + [larger] * 2, "labels of the kept rows, sorted"

    def test_every_majority_row_has_the_same_chance(self, rng):
        """Keeping the first rows, or every tenth, keeps one period or one customer segment."""
        y = np.repeat([0, 1, 0], [8, 4, 8])

        kept = [undersample(y, 0.5, rng) for _ in range(200)]

        times = np.bincount(np.concatenate(kept), minlength=20)[y == 0]
        z = (times - 50) / np.sqrt(200 * 0.25 * 0.75)
        assert np.abs(z).max() < 5, "standard errors by which a row's count misses 50 of 200"

    def test_the_same_seed_keeps_the_same_rows(self, rng):
        """Randomness that does not come from rng cannot be repeated, nor a result be checked."""
        y = rng.permutation(np.repeat([0, 1], [80, 20]))
        seed = int(rng.integers(1_000_000))

        first = undersample(y, 0.5, np.random.default_rng(seed)).tolist()
        again = undersample(y, 0.5, np.random.default_rng(seed)).tolist()

        assert again == first

    @pytest.mark.parametrize("share", [-0.5, 0.0, 1.0, 1.5])
    def test_a_share_outside_0_to_1_is_an_error(self, share):
        """0 and 1 are not shares of a mixture of two classes. A share of 0.01 or 0.99 is legal."""
        y = np.array([0, 0, 0, 1])
        assert undersample(y, 0.01, np.random.default_rng(0)).tolist() == [0, 1, 2, 3]
        assert undersample(y, 0.99, np.random.default_rng(0)).tolist() == [3]

        with pytest.raises(ValueError, match="minority_share"):
            undersample(y, share, np.random.default_rng(0))

    def test_a_share_of_nan_is_an_error(self):
        """NaN fails every comparison, also `share <= 0`. Check for what is legal."""
        with pytest.raises(ValueError, match="minority_share"):
            undersample(np.array([0, 0, 0, 1]), np.nan, np.random.default_rng(0))
        assert undersample(np.array([0, 1]), 0.5, np.random.default_rng(0)).tolist() == [0, 1]

    @pytest.mark.parametrize("labels", [[], [1, 1, 1], [0, 1, 2, 2]], ids=["none", "one", "three"])
    def test_y_must_hold_exactly_two_labels(self, labels):
        """With one label there is no minority; with three, "the majority" is not one class."""
        with pytest.raises(ValueError, match=r"\by\b"):
            undersample(np.array(labels, dtype=int), 0.5, np.random.default_rng(0))
        assert undersample(np.array([1, 2]), 0.5, np.random.default_rng(0)).tolist() == [0, 1]


FAR = "largest distance of a new row from the lines between a row and its k nearest others"


def distance_to_rows(points, X):
    """Measure how far each point is from the closest row."""
    return np.linalg.norm(points[:, None] - X, axis=2).min(axis=1)


def distance_to_lines(points, X, k):
    """Measure how far each point is from the closest line between a row and a k-nearest other."""
    lines = []
    for i, row in enumerate(X):
        others = [X[j] for j in range(len(X)) if j != i]
        nearest = sorted(others, key=lambda other: np.linalg.norm(other - row))
        lines += [(row, other) for other in nearest[:k]]
    start, end = np.array(lines).transpose(1, 0, 2)
    along = ((points[:, None] - start) * (end - start)).sum(axis=2)
    u = np.clip(along / ((end - start) ** 2).sum(axis=1), 0, 1)[:, :, None]
    return np.linalg.norm(points[:, None] - start - u * (end - start), axis=2).min(axis=1)


class TestSmote:
    """Tests of smote."""

    @pytest.mark.parametrize("n_new", [0, 1, 4])
    def test_only_the_new_rows_come_back(self, rng, n_new):
        """(n_new, d), also for 0 new rows, and never the originals with them."""
        new = smote(rng.normal(size=(4, 3)), n_new, 2, rng)

        assert (new.shape, str(new.dtype)) == ((n_new, 3), "float64")

    def test_more_new_rows_than_old_ones_are_possible(self, rng):
        """Base rows are drawn with replacement: two rows can be parents of fifty."""
        new = smote(rng.normal(size=(2, 3)), 50, 1, rng)

        assert new.shape == (50, 3)

    def test_new_rows_lie_between_two_old_ones(self, rng):
        """Interpolate, do not extrapolate: u is between 0 and 1, towards the neighbour."""
        X_min = rng.normal(size=(6, 1))

        new = smote(X_min, 100, 5, rng)

        assert new.shape == (100, 1)
        assert new.min() >= X_min.min() - 1e-9
        assert new.max() <= X_min.max() + 1e-9

    def test_one_u_moves_all_features_together(self, rng):
        """One random number per feature fills the box between two rows, not the line.

        Invented combinations of features appear: aged 25 and drawing a pension.
        """
        X_min = rng.normal(size=(5, 3))

        new = smote(X_min, 20, 4, rng)

        assert new.shape == (20, 3)
        assert distance_to_lines(new, X_min, k=4).max() < 1e-9, FAR

    def test_a_row_is_not_its_own_neighbour(self, rng):
        """The nearest row to a row is the row itself, at distance 0: such a point is a copy."""
        X_min = rng.normal(size=(10, 2))

        new = smote(X_min, 30, 2, rng)

        assert new.shape == (30, 2)
        copies = np.count_nonzero(distance_to_rows(new, X_min) < 1e-9)
        assert copies == 0, "new rows that are copies of an old one"

    @pytest.mark.parametrize("k", [1, 3])
    def test_the_partner_is_among_the_k_nearest_rows(self, rng, k):
        """A partner drawn from all rows puts points into the empty land between two clusters."""
        X_min = rng.normal(size=(12, 2))

        new = smote(X_min, 40, k, rng)

        assert new.shape == (40, 2)
        assert distance_to_lines(new, X_min, k).max() < 1e-9, FAR

    def test_every_base_row_is_equally_likely(self, rng):
        """Rows 0, 10 and 11 with k = 1: a point below 10 comes from base 0, a third of them."""
        new = smote(np.array([[0.0], [10.0], [11.0]]), 900, 1, rng)

        assert new.shape == (900, 1)
        below = np.mean(new < 10 - 1e-9)
        assert below == pytest.approx(1 / 3, abs=0.08), "share of new rows below 10"

    def test_all_k_neighbours_are_used(self, rng):
        """Always the nearest neighbour makes k meaningless. Rows 0, 1 and 10 with k = 2.

        Four of the six pairs of base and neighbour hold row 10: 63 % of the points lie above 1
        (nearest only: 33 %; farthest only: 93 %).
        """
        new = smote(np.array([[0.0], [1.0], [10.0]]), 900, 2, rng)

        assert new.shape == (900, 1)
        above = np.mean(new > 1 + 1e-9)
        assert above == pytest.approx(3.8 / 6, abs=0.08), "share of new rows above 1"

    def test_every_point_draws_its_own_u(self, rng):
        """Rows 0, 10 and 11 with k = 1: the points below 10 are u * 10 from base 0.

        One u for the whole batch, or u = 0.5 always, puts all of them on one spot.
        """
        new = smote(np.array([[0.0], [10.0], [11.0]]), 900, 1, rng)

        assert new.shape == (900, 1)
        u = new[new < 10 - 1e-9] / 10
        assert len(set(u.tolist())) == len(u), "different values of u"
        assert kstest(u, "uniform").statistic < 2.6 / np.sqrt(len(u)), "distance from uniform"

    @pytest.mark.parametrize("k", [3, 4, 100])
    def test_more_neighbours_than_other_rows_means_all_of_them(self, rng, k):
        """4 rows have 3 others each. A 4th neighbour would be the row itself, or an IndexError."""
        X_min = rng.normal(size=(4, 2))

        new = smote(X_min, 60, k, rng)

        assert new.shape == (60, 2)
        copies = np.count_nonzero(distance_to_rows(new, X_min) < 1e-9)
        assert copies == 0, "new rows that are copies of an old one"
        assert distance_to_lines(new, X_min, k=3).max() < 1e-9, FAR

    def test_a_second_row_with_the_same_values_is_a_neighbour(self, rng):
        """Leave a row out by its number, not by distance 0: its twin is another row.

        Three pairs of twins with k = 1: every point lands on a pair.
        """
        pairs = rng.permutation(np.repeat(rng.normal(size=(3, 2)), 2, axis=0))

        new = smote(pairs, 20, 1, rng)

        assert new.shape == (20, 2)
        astray = 20 - np.count_nonzero(distance_to_rows(new, pairs) <= 1e-9)
        assert astray == 0, "new rows that do not lie on a pair"

    def test_integer_features_give_float_points(self, rng):
        """An output array made like an integer input cuts every point back to a whole number."""
        new = smote(np.array([[0], [1]]), 10, 1, rng)

        assert (new.shape, str(new.dtype)) == ((10, 1), "float64")
        assert np.count_nonzero((new > 0) & (new < 1)) == 10

    def test_the_same_seed_makes_the_same_points(self, rng):
        """Randomness that does not come from rng cannot be repeated, nor a result be checked."""
        X_min = rng.normal(size=(6, 2))
        seed = int(rng.integers(1_000_000))

        first = smote(X_min, 3, 2, np.random.default_rng(seed)).tolist()
        again = smote(X_min, 3, 2, np.random.default_rng(seed)).tolist()

        assert_allclose(again, first, rtol=1e-9)

    @pytest.mark.parametrize("m", [0, 1])
    def test_fewer_than_two_rows_are_an_error(self, rng, m):
        """A single row has no neighbour; repeating it is oversampling, not SMOTE."""
        with pytest.raises(ValueError, match="X_min"):
            smote(rng.normal(size=(m, 2)), 3, 1, rng)
        assert_allclose(smote(np.ones((2, 2)), 3, 1, rng), [[1.0, 1.0]] * 3, rtol=1e-9)

    @pytest.mark.parametrize("bad", [np.nan, np.inf], ids=["nan", "inf"])
    def test_missing_or_infinite_features_are_an_error(self, rng, bad):
        """Dropping such a row hides a broken feature; drawn as a base, it makes rows of NaN."""
        with pytest.raises(ValueError, match="X_min"):
            smote(np.array([[0.0, 1.0], [2.0, bad], [1.0, 1.0]]), 3, 1, rng)
        assert_allclose(smote(np.full((2, 2), 1e300), 1, 1, rng), [[1e300, 1e300]], rtol=1e-9)

    def test_k_and_n_new_out_of_range_are_errors(self, rng):
        """The smallest legal values are k = 1 and n_new = 0. Less is a caller's mistake: say so."""
        X_min = rng.normal(size=(3, 2))
        assert smote(X_min, 0, 1, rng).shape == (0, 2)

        for k in (0, -1):
            with pytest.raises(ValueError, match=r"\bk\b"):
                smote(X_min, 3, k, rng)
        with pytest.raises(ValueError, match="n_new"):
            smote(X_min, -1, 1, rng)

    def test_python_steps_do_not_grow_with_n_new(self, rng, cost):
        """A loop over the new rows: draw all bases, partners and u as arrays, then index once."""
        X_min = rng.normal(size=(5, 2))

        small, large = cost(smote, X_min, 50, 2, rng), cost(smote, X_min, 200, 2, rng)

        assert large.result.shape == (200, 2)
        assert large.steps <= 2 * small.steps, "Python steps for 200 new rows, and 2 x for 50"

    def test_python_steps_grow_at_most_linearly_with_m(self, rng, cost):
        """A loop over all pairs of rows takes 16 times the steps for 4 times the rows."""
        X_min = rng.normal(size=(64, 2))

        small, large = cost(smote, X_min[:16], 5, 2, rng), cost(smote, X_min, 5, 2, rng)

        assert large.result.shape == (5, 2)
        assert large.steps <= 8 * small.steps, "Python steps for 64 rows, and 8 x for 16"


class TestWeightedLogLoss:
    """Tests of weighted_log_loss."""

    def test_both_labels_contribute(self, rng):
        """A row labelled 0 costs -ln(1 - p). y * ln(p) alone forgets those rows."""
        p = rng.uniform(0.05, 0.95, size=2).round(2)
        expected = (-np.log(p[0]) - np.log(1 - p[1])) / 2

        loss = weighted_log_loss(np.array([1, 0]), p, np.array([1.0, 1.0]))

        assert loss == pytest.approx(expected, rel=1e-9)

    def test_scaling_all_weights_changes_nothing(self, rng):
        """A weighted mean divides by the sum of the weights, not by the number of rows."""
        y, p, w = np.array([1, 0, 0]), rng.uniform(0.1, 0.9, size=3).round(2), np.ones(3)

        once = weighted_log_loss(y, p, w)
        doubled = weighted_log_loss(y, p, 2 * w)

        assert doubled == pytest.approx(once, rel=1e-9)

    def test_a_weight_of_three_counts_like_three_copies_of_the_row(self, rng):
        """Weights belong inside the mean: a row of weight 3 is the row three times."""
        y, p = np.array([1, 0]), rng.uniform([0.1, 0.6], [0.4, 0.9]).round(2)

        expected = (-3 * np.log(p[0]) - np.log(1 - p[1])) / 4

        weighted = weighted_log_loss(y, p, np.array([3.0, 1.0]))

        assert weighted == pytest.approx(expected, rel=1e-9)

    @pytest.mark.parametrize("label", [0, 1])
    def test_one_class_alone_is_fine(self, label):
        """A batch without a positive is the normal case at 1 %; the loss is still a mean."""
        loss = weighted_log_loss(np.full(3, label), np.full(3, 0.5), np.ones(3))

        assert loss == pytest.approx(np.log(2), rel=1e-9)

    @pytest.mark.parametrize(("label", "p"), [(1, 0.0), (0, 1.0)])
    def test_certain_and_wrong_is_dear_but_finite(self, label, p):
        """ln(0) is -inf, and one such row makes the whole mean useless: clip at both ends."""
        loss = weighted_log_loss(np.array([label]), np.array([p]), np.array([1.0]))

        assert 30 < loss < 40

    @pytest.mark.parametrize(("label", "p"), [(1, 0.0), (0, 1.0), (1, 1e-300)])
    def test_the_clip_is_the_float64_epsilon(self, label, p):
        """Machine epsilon is 2.22e-16, worth 36.04. A clip at 1e-15 is worth 34.54."""
        loss = weighted_log_loss(np.array([label]), np.array([p]), np.array([1.0]))

        assert loss == pytest.approx(52 * np.log(2), rel=1e-9)

    def test_a_row_of_weight_zero_does_not_count(self):
        """Weight 0 is legal and means that the row is not there, however wrong its p."""
        loss = weighted_log_loss(np.array([1, 0]), np.array([0.5, 1.0]), np.array([2.0, 0.0]))

        assert loss == pytest.approx(np.log(2), rel=1e-9)

    @pytest.mark.parametrize(
        "shape", [(2,), (4,), (3, 1)], ids=["too short", "too long", "a column"]
    )
    def test_another_shape_than_y_is_an_error(self, shape):
        """A plain zip drops the rows that are too many; (n, 1) against (n,) broadcasts to n x n."""
        y, good, bad = np.array([0, 1, 1]), np.full(3, 0.5), np.full(shape, 0.5)

        with pytest.raises(ValueError, match=r"\bp\b"):
            weighted_log_loss(y, bad, good)
        with pytest.raises(ValueError, match=r"\bw\b"):
            weighted_log_loss(y, good, bad)
        assert weighted_log_loss(y, good, good) == pytest.approx(np.log(2), rel=1e-9)

    @pytest.mark.parametrize("bad", [-0.1, 1.1, np.nan])
    def test_p_outside_0_to_1_is_an_error(self, bad):
        """The clip hides a p that is no probability: check the range first. 0 and 1 are legal."""
        y, w = np.array([0, 1]), np.ones(2)
        assert weighted_log_loss(y, np.array([0.0, 1.0]), w) == pytest.approx(0, abs=1e-15)

        with pytest.raises(ValueError, match=r"\bp\b"):
            weighted_log_loss(y, np.array([0.5, bad]), w)

    @pytest.mark.parametrize(
        "w", [[-1.0, 2.0], [0.0, 0.0], [1.0, np.nan]], ids=["negative", "all zero", "missing"]
    )
    def test_negative_missing_or_all_zero_weights_are_errors(self, w):
        """A sum of 0 divides by zero; a negative weight rewards being wrong."""
        with pytest.raises(ValueError, match=r"\bw\b"):
            weighted_log_loss(np.array([0, 1]), np.array([0.5, 0.5]), np.array(w))
        loss = weighted_log_loss(np.array([0, 1]), np.array([0.5, 0.5]), np.array([0.0, 1e-9]))
        assert loss == pytest.approx(np.log(2), rel=1e-9)

    @pytest.mark.parametrize("y", [[], [0, 2], [-1, 1]], ids=["empty", "0 and 2", "-1 and 1"])
    def test_y_must_hold_0_and_1_only(self, y):
        """With -1 and 1 the formula gives a number that means nothing; without rows, no number."""
        with pytest.raises(ValueError, match=r"\by\b"):
            weighted_log_loss(np.array(y, dtype=int), np.full(len(y), 0.5), np.ones(len(y)))
        loss = weighted_log_loss(np.array([1]), np.array([0.5]), np.array([1.0]))
        assert loss == pytest.approx(np.log(2), rel=1e-9)

    @pytest.mark.parametrize(("label", "p"), [(1, 0.0), (0, 1.0)])
    def test_float32_is_clipped_at_the_same_epsilon(self, label, p):
        """The epsilon of float32 is 1.19e-7: a certain miss would cost 15.94 instead of 36.04.

        In float32, 1 minus the float64 epsilon is 1, and ln(1 - 1) is -inf.
        """
        p = np.array([p], dtype=np.float32)

        loss = weighted_log_loss(np.array([label]), p, np.array([1.0]))

        assert loss == pytest.approx(52 * np.log(2), rel=1e-9)

    def test_random_rows_agree_with_scikit_learn(self, rng):
        """Many rows, uneven weights: the loss of a row and its weight must stay together."""
        y = rng.permutation(np.arange(40) % 2)
        p, w = rng.uniform(size=(2, 40))
        expected = log_loss(y, p, sample_weight=w)

        loss = weighted_log_loss(y, p, w)

        assert loss == pytest.approx(expected, rel=1e-9)


class TestCorrectPrior:
    """Tests of correct_prior."""

    def test_correcting_back_gives_the_first_probabilities(self, rng):
        """The way back exchanges the priors. It fails if train_prior is taken for 0.5.

        Half and half is one choice of resampling among many.
        """
        p = rng.uniform(0.01, 0.99, size=5).round(2)

        back = correct_prior(correct_prior(p.copy(), 0.4, 0.03), 0.03, 0.4)

        assert back.tolist() == pytest.approx(p.tolist(), rel=1e-9)

    def test_a_rarer_world_lowers_the_probabilities(self, rng):
        """Trained on half fraud, used on 1 %: every p must fall. It rises where the priors are
        swapped, and stays where nothing is corrected.
        """
        p = rng.uniform(0.1, 0.9, size=4).round(2)

        corrected = correct_prior(p.copy(), 0.5, 0.01)

        assert corrected.shape == (4,)
        assert p[~(corrected < p - 1e-9)].tolist() == [], "probabilities that did not fall"

    def test_a_row_at_the_training_rate_lands_on_the_true_rate(self, rng):
        """For a row that tells nothing, the model says train_prior; in the world it is true_prior.

        Left uncorrected, the mean p is the base rate of the resampled table.
        """
        train_prior, true_prior = rng.uniform([0.3, 0.01], [0.6, 0.2]).round(2)

        corrected = correct_prior(np.array([train_prior]), train_prior, true_prior)

        assert corrected.tolist() == pytest.approx([true_prior], rel=1e-9)

    def test_an_undersampled_table_gets_its_rates_back(self, rng):
        """Four customer groups, nine of ten negatives dropped: the groups' rates must come back.

        The ratio of the priors alone corrects the positives; the negatives change the other way.
        """
        positive = rng.integers(1, 50, size=4)
        negative = 10 * rng.integers(1, 500, size=4)
        thinned = positive / (positive + negative / 10)
        train_prior = positive.sum() / (positive.sum() + negative.sum() / 10)
        true_prior = positive.sum() / (positive.sum() + negative.sum())

        corrected = correct_prior(thinned, train_prior, true_prior)

        assert corrected.tolist() == pytest.approx(
            (positive / (positive + negative)).tolist(), rel=1e-9
        )

    def test_certainty_stays_certain(self):
        """0 stays 0 and 1 stays 1. The odds p / (1 - p) of a certain row divide by zero.

        Clipping p to avoid that moves both ends.
        """
        corrected = correct_prior(np.array([0.0, 1.0]), 0.5, 0.01)

        assert corrected.tolist() == pytest.approx([0.0, 1.0], rel=1e-9, abs=0)

    def test_no_probabilities_give_none_back(self):
        """An empty batch is a normal batch."""
        assert correct_prior(np.array([]), 0.5, 0.01).shape == (0,)

    @pytest.mark.parametrize("prior", [-0.1, 0.0, 1.0, 1.1])
    def test_a_prior_outside_0_to_1_is_an_error(self, prior):
        """At 0 or 1 one class does not exist and there are no odds to correct."""
        p = np.array([0.5])

        with pytest.raises(ValueError, match="train_prior"):
            correct_prior(p, prior, 0.01)
        with pytest.raises(ValueError, match="true_prior"):
            correct_prior(p, 0.5, prior)
        assert correct_prior(p, 0.999, 0.001).tolist() == pytest.approx([1.0e-6], rel=0.01)

    def test_a_prior_of_nan_is_an_error(self):
        """NaN fails every comparison, also `prior <= 0`, and every p silently becomes NaN."""
        p = np.array([0.5])

        with pytest.raises(ValueError, match="train_prior"):
            correct_prior(p, np.nan, 0.01)
        with pytest.raises(ValueError, match="true_prior"):
            correct_prior(p, 0.5, np.nan)
        assert correct_prior(p, 0.5, 0.01).tolist() == pytest.approx([0.01], rel=1e-9)

    @pytest.mark.parametrize("bad", [-0.1, 1.1, np.nan])
    def test_p_outside_0_to_1_is_an_error(self, bad):
        """A log-odds score or a percentage goes through the formula and comes out plausible."""
        with pytest.raises(ValueError, match=r"\bp\b"):
            correct_prior(np.array([0.5, bad]), 0.5, 0.01)
        assert correct_prior(np.array([0.5, 1.0]), 0.5, 0.01).tolist() == pytest.approx(
            [0.01, 1.0], rel=1e-9
        )

    def test_float32_probabilities_come_back_as_float64(self):
        """A float32 array times a Python float stays float32: seven digits, and 1 - 1e-8 is 1."""
        corrected = correct_prior(np.array([0.5, 0.25], dtype=np.float32), 0.5, 0.2)

        assert str(corrected.dtype) == "float64"
        assert corrected.tolist() == pytest.approx([0.2, 1 / 13], rel=1e-6)


def run(X, y, folds, rng):
    """Call with a resampler and a model that write down what they are given.

    Column 0 of X is the row's number. The resampler doubles the rows: it labels the copies 1,
    numbers them 0.5 higher, and draws once from rng. The model's score is the last column.
    """
    seen = SimpleNamespace(resampled=[], returned=[], fitted=[], scored=[], draws=[])

    def resample(X, y, rng):
        X_fit, y_fit = np.vstack([X, X + 0.5]), np.concatenate([y, np.ones_like(y)])
        seen.resampled.append(numbered(X, y))
        seen.returned.append(numbered(X_fit, y_fit))
        seen.draws.append(rng.random())
        return X_fit, y_fit

    def fit_predict(X_fit, y_fit, X_test):
        seen.fitted.append(numbered(X_fit, y_fit))
        seen.scored.append(sorted(X_test[:, 0].tolist()))
        return X_test[:, -1].copy()

    return cross_val_resampled(fit_predict, X, y, resample, folds, rng), seen


def numbered(X, y):
    """List the rows' numbers with their labels, in order."""
    return sorted(zip(X[:, 0].tolist(), y.tolist(), strict=True))


def table(rng, n, positives):
    """Draw a table of n rows (number, score), scores all different, and its labels."""
    X = np.column_stack([np.arange(n), rng.permutation(n)]).astype(float)
    return X, rng.permutation(np.repeat([0, 1], [n - positives, positives]))


def stratified(rng, y, n_folds):
    """Draw folds with about equal numbers of both labels, each in random order."""
    by_label = np.concatenate([rng.permutation(np.flatnonzero(y == c)) for c in (0, 1)])
    return [rng.permutation(by_label[i::n_folds]) for i in range(n_folds)]


class TestCrossValResampled:
    """Tests of cross_val_resampled."""

    def test_the_model_scores_the_rows_of_the_fold_untouched(self, rng):
        """Resampled test rows measure a world that does not exist: precision at 50 % fraud."""
        X, y = table(rng, 8, 4)
        folds = stratified(rng, y, 2)

        _, seen = run(X, y, folds, rng)

        assert seen.scored == [sorted(fold.tolist()) for fold in folds]

    def test_no_test_row_ever_reaches_the_resampler(self, rng):
        """Resampling before the split puts copies and interpolations of test rows into training.

        The model has then seen the answers. Split first, resample inside each fold.
        """
        X, y = table(rng, 8, 4)
        folds = stratified(rng, y, 2)

        _, seen = run(X, y, folds, rng)

        leaked = [
            [int(row) for row, _ in rows if row in fold]
            for rows, fold in zip(seen.resampled, folds, strict=False)
        ]
        assert leaked == [[], []], "test rows of each fold that the resampler was given"

    def test_all_rows_outside_the_fold_are_training_rows(self, rng):
        """Folds may overlap or leave rows out: "the other folds" are not "the other rows".

        Joining the other folds loses rows that are in none, and leaks rows that are in two.
        """
        X, y = table(rng, 6, 3)
        one, two, three = np.flatnonzero(y == 1)
        zero = int(np.flatnonzero(y == 0)[0])
        folds = [np.array([one, zero]), np.array([two, three, zero])]
        rest = [[row for row in enumerate(y.tolist()) if row[0] not in fold] for fold in folds]

        _, seen = run(X, y, folds, rng)

        assert seen.resampled == rest, "(row, label) that the resampler was given, fold by fold"

    def test_the_model_is_fitted_on_what_the_resampler_returned(self, rng):
        """Fitting on the original rows turns resampling into a call without effect."""
        X, y = table(rng, 6, 2)

        _, seen = run(X, y, stratified(rng, y, 2), rng)

        assert seen.fitted == seen.returned, "(row, label) that the model was given, fold by fold"
        assert len(seen.fitted) == 2

    def test_equal_scores_share_one_threshold(self):
        """A model that scores every row alike has average precision = prevalence.

        Here that is 0.5. The trapezoid under the precision-recall points says 0.75; ranking ties
        in row order says 1 or 0.5, by luck.
        """
        X, y = np.zeros((4, 1)), np.array([1, 0, 0, 1])

        scores, _ = run(X, y, [np.array([0, 1]), np.array([2, 3])], np.random.default_rng(0))

        assert scores == pytest.approx([0.5, 0.5], rel=1e-9)

    def test_the_score_is_average_precision_not_roc_auc(self):
        """One positive ranked 10th of 100: average precision 0.1, ROC AUC 0.91.

        ROC AUC does not see that nine of the ten rows an analyst opens are false alarms.
        """
        X = np.arange(101.0, 0, -1).reshape(-1, 1)
        y = np.isin(np.arange(101), [9, 100]).astype(int)

        scores, _ = run(X, y, [np.arange(100)], np.random.default_rng(0))

        assert scores == pytest.approx([0.1], rel=1e-9)

    def test_scores_meet_the_labels_of_their_own_rows(self):
        """A fold is a list of row numbers, not a mask: X[mask] comes sorted, y[fold] does not.

        Scores 0.1 to 0.5 for rows 0 to 4; the only positive of the fold is its best row.
        """
        X, y = np.array([[0.1], [0.2], [0.3], [0.4], [0.5]]), np.array([1, 0, 0, 1, 0])

        scores, _ = run(X, y, [np.array([3, 1, 2])], np.random.default_rng(0))

        assert scores == pytest.approx([1.0], rel=1e-9)

    def test_one_score_per_fold_in_the_order_of_the_folds(self, rng):
        """The spread over folds is the error bar: one pooled number, or a mean, throws it away."""
        X, y = table(rng, 300, 30)
        folds = stratified(rng, y, 4)
        expected = [average_precision_score(y[fold], X[fold, 1]) for fold in folds]

        scores, _ = run(X, y, folds, rng)

        assert scores == pytest.approx(expected, rel=1e-9)

    def test_every_fold_draws_on_from_the_callers_rng(self, rng):
        """A generator made anew in each fold repeats its draws and ignores the caller's seed."""
        X, y = table(rng, 8, 4)
        folds, seed = stratified(rng, y, 4), int(rng.integers(1_000_000))

        _, first = run(X, y, folds, np.random.default_rng(seed))
        _, again = run(X, y, folds, np.random.default_rng(seed))
        _, other = run(X, y, folds, np.random.default_rng(seed + 1))

        assert again.draws == first.draws
        different = len({*first.draws, *other.draws})
        assert different == 8, "different numbers drawn in 4 folds under 2 seeds"

    def test_a_fold_without_a_positive_is_an_error(self):
        """Average precision has no meaning without a label 1; 0.0 would pull the mean down."""
        X, y = np.array([[1.0], [2.0]]), np.array([1, 0])

        with pytest.raises(ValueError, match="folds"):
            run(X, y, [np.array([0]), np.array([1])], np.random.default_rng(0))
        scores, _ = run(X, y, [np.array([0])], np.random.default_rng(0))
        assert scores == pytest.approx([1.0], rel=1e-9)

    def test_no_folds_are_an_error(self):
        """An empty list of folds would give an empty list of scores, and a mean of nothing."""
        X, y = np.array([[1.0], [2.0]]), np.array([1, 0])

        with pytest.raises(ValueError, match="folds"):
            run(X, y, [], np.random.default_rng(0))
        scores, _ = run(X, y, [np.array([0])], np.random.default_rng(0))
        assert scores == pytest.approx([1.0], rel=1e-9)

    @pytest.mark.parametrize("n", [2, 4], ids=["y is shorter", "y is longer"])
    def test_x_and_y_of_different_lengths_are_an_error(self, n):
        """Cut to the same length, labels may belong to other rows, and nobody hears of it."""
        X, y = np.array([[1.0], [2.0], [3.0]]), np.ones(n, dtype=int)

        with pytest.raises(ValueError, match=r"\by\b"):
            run(X, y, [np.array([0])], np.random.default_rng(0))
        scores, _ = run(X, np.ones(3, dtype=int), [np.array([0])], np.random.default_rng(0))
        assert scores == pytest.approx([1.0], rel=1e-9)
