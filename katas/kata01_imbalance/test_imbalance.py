"""The specification of kata01_imbalance."""

from types import SimpleNamespace

import numpy as np
import pytest
from scipy.stats import kstest
from sklearn.metrics import average_precision_score, log_loss

from katas.kata01_imbalance.imbalance import (
    balanced_class_weights,
    correct_prior,
    cross_val_resampled,
    decision_costs,
    smote,
    undersample,
    weighted_log_loss,
)


class TestBalancedClassWeights:
    """Tests of balanced_class_weights."""

    def test_every_class_carries_the_same_total_weight(self, rng):
        """Weights go with 1 / count. 1 minus the class's share does so for two classes only."""
        n_0, n_1, n_2 = (int(n) for n in rng.permutation([2, 5, 11]))

        weights = balanced_class_weights(rng.permutation(np.repeat([0, 1, 2], [n_0, n_1, n_2])))

        assert sorted(weights) == [0, 1, 2]
        totals = [weights[0] * n_0, weights[1] * n_1, weights[2] * n_2]
        assert totals == pytest.approx([totals[0]] * 3, rel=1e-6), "total weight of each class"

    def test_the_weights_of_all_rows_sum_to_the_number_of_rows(self, rng):
        """Twice the number of rows: the number of classes is missing. Fewer than there are rows:
        the weights of the classes were scaled, one each, not those of the rows.
        """
        n_1 = int(rng.integers(2, 6))
        y = rng.permutation(np.repeat([0, 1], [12, n_1]))
        labels = y.tolist()

        weights = balanced_class_weights(y)

        total = sum(weights[label] for label in labels)
        assert total == pytest.approx(12 + n_1, rel=1e-6), "total weight of all rows"

    def test_three_classes_get_a_third_each(self, rng):
        """A 2 in the formula is the number of classes only while there are two."""
        counts = rng.permutation([2, 4, 9])
        y = rng.permutation(np.repeat([0, 1, 2], counts))

        weights = balanced_class_weights(y)

        assert weights == pytest.approx({c: 5 / n for c, n in enumerate(counts)}, rel=1e-6)

    @pytest.mark.parametrize("labels", [(-1, 1), (0, 7), (2, 3, 9)], ids=str)
    def test_only_labels_that_occur_count_as_classes(self, rng, labels):
        """Labels are names, not 0 .. k-1: the largest label does not say how many classes occur."""
        counts = rng.integers(1, 9, size=len(labels))
        y = rng.permutation(np.repeat(labels, counts))
        expected = {c: len(y) / (len(labels) * n) for c, n in zip(labels, counts, strict=True)}

        weights = balanced_class_weights(y)

        assert weights == pytest.approx(expected, rel=1e-6)


class TestUndersample:
    """Tests of undersample."""

    def test_the_result_is_row_numbers_not_a_mask(self):
        """A list of True and False has one entry per row of y; row numbers are whole numbers."""
        kept = undersample(np.array([0, 1, 0, 0]), 0.25, np.random.default_rng(0))

        assert (kept.ndim, kept.dtype.kind) == (1, "i"), "axes, and kind of the numbers"

    def test_every_minority_row_is_kept(self, rng):
        """Rows drawn from both classes alike lose rare ones. Only majority rows are dropped."""
        y = rng.permutation(np.repeat([0, 1], [20, 4]))
        expected = np.flatnonzero(y == 1).tolist()

        kept = undersample(y, 0.5, rng)

        minority = sorted({*kept.tolist()} & {*expected})
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

    def test_no_row_is_kept_twice(self, rng):
        """Drawing with replacement repeats rows: fewer different ones, false precision.

        Generator.choice and .integers both repeat unless told otherwise.
        """
        y = rng.permutation(np.repeat([0, 1], [40, 30]))

        kept = undersample(y, 0.5, rng)

        assert len(np.unique(kept)) == 60, "different rows among the kept ones"

    def test_a_majority_that_is_too_small_is_kept_whole(self, rng):
        """4 rare rows at a share of 0.1 call for 36 others. Only 5 exist, so all 5 stay."""
        y = rng.permutation(np.repeat([0, 1], [5, 4]))

        assert sorted(undersample(y, 0.1, rng).tolist()) == list(range(9))

    @pytest.mark.parametrize(("rare", "common"), [(0, 1), (1, 0), (-1, 4), (9, 3)])
    def test_the_label_with_fewer_rows_is_the_minority(self, rng, rare, common):
        """The label of the rare rows is not always 1, nor the larger one: count them."""
        y = rng.permutation(np.repeat([rare, common], [3, 20]))

        kept = undersample(y.copy(), 0.5, rng)

        labels = sorted(y[kept].tolist())
        assert labels == sorted([rare, common] * 3), "labels of the kept rows, sorted"

    def test_row_numbers_come_back_ascending(self, rng):
        """Minority rows first and majority rows after them is an order that a later split trusts.

        A time-based split, or KFold without shuffling, would then get folds of one class.
        """
        y = rng.permutation(np.repeat([0, 1], [40, 12]))

        kept = undersample(y, 0.4, rng).tolist()

        assert kept == sorted(kept)

    def test_every_set_of_majority_rows_is_equally_likely(self, rng):
        """2 of 4 rows can be kept in 6 ways. The first rows, every second row, or a block of
        neighbours keep one period or one customer segment; a seed of your own keeps one set.
        """
        y = np.array([0, 1, 0, 0, 1, 0])
        pairs = [(0, 2), (0, 3), (0, 5), (2, 3), (2, 5), (3, 5)]

        kept = [undersample(y, 0.5, rng).tolist() for _ in range(240)]

        drawn = [tuple(sorted({*rows} - {1, 4})) for rows in kept]
        times = [drawn.count(pair) for pair in pairs]
        assert times == pytest.approx([40] * 6, abs=30), "times that each pair was kept, of 240"

    def test_the_number_of_majority_rows_is_rounded_to_the_nearest_whole(self, rng):
        """int() and // cut the fraction off, ceil always adds a row.

        At a share of 0.3, every 3 rare rows call for 7 others: 20 for 46.67, and 10 for 23.33.
        """
        kept = []
        for minority in (20, 10):
            y = rng.permutation(np.repeat([0, 1], [60, minority]))
            rows = undersample(y.copy(), 0.3, rng)
            kept.append(int((y[rows] == 0).sum()))

        assert kept == [47, 23], "majority rows kept, for 46.67 and for 23.33"

    def test_the_seed_decides_what_is_kept(self, rng):
        """Randomness comes from rng alone: the same seed, the same rows; another one, others."""
        y = rng.permutation(np.repeat([0, 1], [80, 20]))
        seed = int(rng.integers(1_000_000))

        first, again, other = (
            undersample(y, 0.5, np.random.default_rng(s)).tolist() for s in (seed, seed, seed + 1)
        )

        assert again == first
        assert other != first


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


def chain(m):
    """Put m rows on a line, each gap smaller than the one before it: 0, m, m + (m - 1), ...

    The nearest other row of each is the next, and of the last the one before it. So with k = 1 the
    gap in which a new row lies tells its base, but for the last gap, which has two.
    """
    return np.concatenate([[0.0], np.cumsum(np.arange(m, 1.0, -1))])


def gap_of(new, line):
    """Number the gap in which each new row lies, from 0; past the ends it is that at the end."""
    return np.clip(np.searchsorted(line, new[:, 0]) - 1, 0, len(line) - 2)


# Two rows far from four that stand close together: the three nearest of both are the same three,
# in three directions, and those of the four are among the four.
FAR_PAIR = np.array([[0.0, 0.0], [20.0, 0.0]])
CLOSE_FOUR = np.array([[10.0, 0.0], [10.0, 1.0], [10.0, 2.0], [10.0, 3.0]])


def uses(new):
    """Count how often a new row comes from each far row and each of its three neighbours."""
    left, right = new[new[:, 0] < 10 - 1e-5], new[new[:, 0] > 10 + 1e-5]
    slopes = [left[:, 1] / left[:, 0], right[:, 1] / (20 - right[:, 0])]
    ways = [np.rint(10 * slope).astype(int).tolist() for slope in slopes]
    return [way.count(nearest) for way in ways for nearest in range(3)]


class TestSmote:
    """Tests of smote."""

    @pytest.mark.parametrize("n_new", [0, 1, 4])
    def test_only_the_new_rows_come_back(self, rng, n_new):
        """(n_new, d), also for 0 new rows, and never the originals with them."""
        new = smote(rng.normal(size=(4, 3)), n_new, 2, rng)

        assert (new.shape, new.dtype.kind) == ((n_new, 3), "f"), "shape, and kind of the numbers"

    def test_more_new_rows_than_old_ones_are_possible(self, rng):
        """Base rows are drawn with replacement: two rows can be parents of fifty."""
        new = smote(rng.normal(size=(2, 3)), 50, 1, rng)

        assert new.shape == (50, 3)

    def test_new_rows_lie_between_two_old_ones(self, rng):
        """Interpolate, do not extrapolate: from the base towards the neighbour, and not past it."""
        X_min = rng.normal(size=(6, 1))

        new = smote(X_min, 100, 5, rng)

        assert new.shape == (100, 1)
        assert new.min() >= X_min.min() - 1e-5
        assert new.max() <= X_min.max() + 1e-5

    def test_a_new_row_lies_on_the_line_between_two_old_ones(self, rng):
        """One random number per feature fills the box between two rows, not the line.

        Invented combinations of features appear: aged 25 and drawing a pension.
        """
        X_min = rng.normal(size=(5, 3))

        new = smote(X_min, 20, 4, rng)

        assert new.shape == (20, 3)
        assert distance_to_lines(new, X_min, k=4).max() < 1e-5, FAR

    def test_a_row_is_not_its_own_neighbour(self, rng):
        """The nearest row to a row is the row itself, at distance 0: such a point is a copy."""
        X_min = rng.normal(size=(10, 2))

        new = smote(X_min, 30, 2, rng)

        assert new.shape == (30, 2)
        copies = np.count_nonzero(distance_to_rows(new, X_min) < 1e-7)
        assert copies == 0, "new rows that are copies of an old one"

    @pytest.mark.parametrize("k", [1, 3])
    def test_the_partner_is_among_the_k_nearest_rows(self, rng, k):
        """A partner drawn from all rows puts points into the empty land between two clusters; one
        that is nearest in some features only does so, too.
        """
        X_min = rng.normal(size=(12, 2))
        X_min = (X_min - X_min.mean(axis=0)) / X_min.std(axis=0)

        new = smote(X_min, 40, k, rng)

        assert new.shape == (40, 2)
        assert distance_to_lines(new, X_min, k).max() < 1e-5, FAR

    @pytest.mark.parametrize("scale", [(1, 30), (30, 1)], ids=["second large", "first large"])
    def test_every_feature_counts_as_it_is(self, rng, scale):
        """Another neighbour is nearest when a feature is left out of the distance, or when all are
        brought to one scale first. Scaling is the caller's, inside the fold.
        """
        X_min = rng.normal(size=(12, 2)) * scale

        new = smote(X_min, 40, 1, rng)

        assert new.shape == (40, 2)
        assert distance_to_lines(new, X_min, 1).max() < 1e-5, FAR

    def test_every_base_row_is_equally_likely(self, rng):
        """One new row at a time, 240 times. Six rows on a line with k = 1: each gap has one base,
        only the last has two. Bases taken in turn begin with the same row each time, and so does a
        seed of your own.
        """
        line = chain(6)
        X_min = rng.permutation(line)[:, None]

        new = [smote(X_min, 1, 1, rng) for _ in range(240)]

        times = np.bincount(gap_of(np.concatenate(new), line), minlength=5).tolist()
        assert times == pytest.approx([40, 40, 40, 40, 80], abs=36), "new rows in each gap, of 240"

    def test_base_rows_are_drawn_with_replacement(self, rng):
        """Each of 40 new rows draws among all 40 rows: some 25 gaps get one. All 39 gaps: the rows
        were taken in turn, or shuffled, or drawn without replacement. 1: one base for all.
        """
        line = chain(40)
        X_min = rng.permutation(line)[:, None]

        new = smote(X_min, 40, 1, rng)

        gaps = len({*gap_of(new, line).tolist()})
        assert gaps == pytest.approx(25, abs=10), "different gaps with a new row, of 39"

    def test_each_of_the_k_nearest_is_equally_likely_in_one_call(self, rng):
        """Two far rows with k = 3: the three nearest of both are the same, in three directions.

        One way for all new rows of a base: always the nearest or the farthest, or a neighbour that
        was drawn once for each base.
        """
        X_min = rng.permutation(np.concatenate([FAR_PAIR, CLOSE_FOUR]))

        new = smote(X_min, 900, 3, rng)

        assert new.shape == (900, 2)
        assert uses(new) == pytest.approx([50] * 6, abs=34), "new rows each way, of 900"

    def test_one_new_row_at_a_time_goes_to_each_neighbour(self, rng):
        """The same two far rows, but 270 calls for one row each. Neighbours taken in turn, or
        shuffled so that all are used alike, make a single new row go to the nearest.
        """
        X_min = rng.permutation(np.concatenate([FAR_PAIR, CLOSE_FOUR]))

        new = [smote(X_min, 1, 3, rng) for _ in range(270)]

        times = uses(np.concatenate(new))
        assert times == pytest.approx([15] * 6, abs=19), "new rows each way, of 270"

    def test_every_point_draws_its_own_u(self, rng):
        """Rows 0, 10 and 11 with k = 1: the points below 10 are u * 10 from base 0.

        One u for the whole batch, or for each base, or u = 0.5 always, puts them on one spot.
        """
        X_min = np.array([[0.0], [10.0], [11.0]])

        new = smote(X_min, 9000, 1, rng)
        alone = [smote(X_min[:2], 1, 1, rng) for _ in range(60)]

        assert new.shape == (9000, 1)
        u, u_alone = new[new < 10 - 1e-5] / 10, np.concatenate(alone)[:, 0] / 10
        assert len(set(u.tolist())) > 0.9 * len(u), "different values of u, and 0.9 of the points"
        assert kstest(u, "uniform").statistic < 2.6 / np.sqrt(len(u)), "distance from uniform"
        assert kstest(u_alone, "uniform").statistic < 0.34, "distance from uniform, row by row"

    @pytest.mark.parametrize("k", [3, 4, 100])
    def test_more_neighbours_than_other_rows_means_all_of_them(self, rng, k):
        """4 rows have 3 others each. A 4th neighbour would be the row itself, or an IndexError."""
        X_min = rng.normal(size=(4, 2))

        new = smote(X_min, 60, k, rng)

        assert new.shape == (60, 2)
        copies = np.count_nonzero(distance_to_rows(new, X_min) < 1e-7)
        assert copies == 0, "new rows that are copies of an old one"
        assert distance_to_lines(new, X_min, k=3).max() < 1e-5, FAR

    def test_the_farthest_of_all_others_is_a_neighbour_too(self, rng):
        """Each of 4 rows has 3 neighbours if k allows it, and two rows have each other last. Fewer
        than 6 pairs: k was cut to less than all other rows.
        """
        new = smote(np.diag([1.0, 2.0, 3.0, 4.0]), 120, 100, rng)

        assert new.shape == (120, 4)
        pairs = {tuple(np.flatnonzero(row > 1e-9).tolist()) for row in new}
        assert len(pairs) == 6, "different pairs of rows with a new one between them"

    def test_a_second_row_with_the_same_values_is_a_neighbour(self, rng):
        """Leave a row out by its number, not by distance 0: its twin is another row.

        Three pairs of twins with k = 1: every point lands on a pair.
        """
        pairs = rng.permutation(np.repeat(rng.normal(size=(3, 2)), 2, axis=0))

        new = smote(pairs, 20, 1, rng)

        assert new.shape == (20, 2)
        astray = 20 - np.count_nonzero(distance_to_rows(new, pairs) <= 1e-5)
        assert astray == 0, "new rows that do not lie on a pair"

    def test_whole_numbers_give_points_between_them(self, rng):
        """An output array made like an integer input cuts every point back to a whole number."""
        new = smote(np.array([[0], [1]]), 10, 1, rng)

        assert new.shape == (10, 1)
        assert np.count_nonzero((new > 0) & (new < 1)) == 10, "new rows between 0 and 1"

    def test_the_seed_decides_the_points(self, rng):
        """Randomness comes from rng alone: the same seed, the same points; another one, others."""
        X_min = rng.normal(size=(6, 2))
        seed = int(rng.integers(1_000_000))

        first, again, other = (
            smote(X_min, 3, 2, np.random.default_rng(s)) for s in (seed, seed, seed + 1)
        )

        assert first.shape == again.shape == (3, 2)
        assert again == pytest.approx(first, rel=1e-6)
        assert other.tolist() != first.tolist()

    def test_python_steps_do_not_grow_with_n_new(self, rng, cost):
        """A loop over the new rows: draw all bases, partners and u as arrays, then index once."""
        X_min = rng.normal(size=(5, 2))

        small, large = cost(smote, X_min, 50, 2, rng), cost(smote, X_min, 200, 2, rng)

        assert large.result.shape == (200, 2)
        assert large.steps <= 2 * small.steps, "Python steps for 200 new rows, and 2 x for 50"


class TestWeightedLogLoss:
    """Tests of weighted_log_loss."""

    def test_a_positive_costs_minus_the_log_of_its_p(self, rng):
        """Negative: the sign is missing. 1.44 or 0.43 times as much: a log to base 2 or 10."""
        p = round(float(rng.uniform(0.1, 0.4)), 2)

        loss = weighted_log_loss(np.array([1]), np.array([p]), np.array([1.0]))

        assert loss == pytest.approx(-np.log(p), rel=1e-6)

    def test_a_negative_costs_as_well(self, rng):
        """Nothing: the formula has the term of label 1 only. A row labelled 0 was given 1 - p."""
        p = round(float(rng.uniform(0.1, 0.4)), 2)

        loss = weighted_log_loss(np.array([0]), np.array([p]), np.array([1.0]))

        assert loss == pytest.approx(-np.log(1 - p), rel=1e-6)

    def test_equal_weights_of_one_give_the_plain_mean(self, rng):
        """Four times as much for four rows: their sum."""
        y, p = np.array([1, 0, 0, 1]), rng.uniform(0.1, 0.9, size=4).round(2)
        expected = -np.log(np.where(y == 1, p, 1 - p)).mean()

        loss = weighted_log_loss(y, p, np.ones(4))

        assert loss == pytest.approx(expected, rel=1e-6)

    @pytest.mark.parametrize("heavy", [0, 1], ids=["a negative", "a positive"])
    def test_three_times_the_weight_counts_like_three_copies_of_the_row(self, rng, heavy):
        """A row of weight 1.5 beside one of 0.5 counts three times, whichever label it has.

        XGBoost's `scale_pos_weight` is for positives only; row weights are for both.
        """
        y, p = np.array([heavy, 1 - heavy]), rng.uniform([0.1, 0.6], [0.4, 0.9]).round(2)
        loss_0, loss_1 = -np.log(np.where(y == 1, p, 1 - p))
        expected = (3 * loss_0 + loss_1) / 4

        loss = weighted_log_loss(y, p, np.array([1.5, 0.5]))

        assert loss == pytest.approx(expected, rel=1e-6)

    def test_the_scale_of_the_weights_changes_nothing(self, rng):
        """As many times too large as the weights: divided by the number of rows, not by the sum
        of the weights.
        """
        y, p = np.array([1, 0, 0]), rng.uniform(0.1, 0.9, size=3).round(2)
        expected = -np.log(np.where(y == 1, p, 1 - p)).mean()

        loss = weighted_log_loss(y, p, np.full(3, float(rng.integers(3, 9))))

        assert loss == pytest.approx(expected, rel=1e-6)

    @pytest.mark.parametrize("p", [0.0004, 0.9996], ids=str)
    def test_the_clip_leaves_rare_probabilities_alone(self, p):
        """At 1 % and less, most p are small. A clip at 0.01 or 0.001 makes them all alike."""
        loss = weighted_log_loss(np.array([1, 0]), np.array([p, p]), np.array([1.0, 1.0]))

        assert loss == pytest.approx(-(np.log(p) + np.log(1 - p)) / 2, rel=1e-3)

    @pytest.mark.parametrize(("label", "p"), [(1, 0.0), (0, 1.0)])
    def test_certain_and_wrong_is_dear_but_finite(self, label, p):
        """ln(0) is -inf, and one such row makes the whole mean useless: clip at both ends."""
        loss = weighted_log_loss(np.array([label]), np.array([p]), np.array([1.0]))

        assert loss > 13
        assert loss < 800

    def test_random_rows_agree_with_scikit_learn(self, rng):
        """Many rows, uneven weights: the loss of a row and its weight must stay together."""
        y = rng.permutation(np.arange(40) % 2)
        p, w = rng.uniform(0.001, 0.999, size=(2, 40))
        expected = log_loss(y, p, sample_weight=w)

        loss = weighted_log_loss(y, p, w)

        assert loss == pytest.approx(expected, rel=1e-6)


class TestCorrectPrior:
    """Tests of correct_prior."""

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

        Too low: the training data were taken for half and half. Too high: the odds were multiplied
        by the ratio of the shares, not of the odds.
        """
        train_prior, true_prior = rng.uniform([0.2, 0.01], [0.4, 0.1]).round(2)

        corrected = correct_prior(np.array([train_prior]), train_prior, true_prior)

        assert corrected.tolist() == pytest.approx([true_prior], rel=1e-6)

    def test_an_undersampled_table_gets_its_rates_back(self, rng):
        """Four customer groups, nine of ten negatives dropped: the groups' rates must come back.

        The ratio of the priors alone corrects the positives; the negatives change the other way.
        """
        positive = rng.integers(1, 50, size=4)
        negative = 10 * rng.integers(1, 500, size=4)
        thinned = positive / (positive + negative / 10)
        train_prior = positive.sum() / (positive.sum() + negative.sum() / 10)
        true_prior = positive.sum() / (positive.sum() + negative.sum())
        expected = (positive / (positive + negative)).tolist()

        corrected = correct_prior(thinned, train_prior, true_prior)

        assert corrected.tolist() == pytest.approx(expected, rel=1e-6)

    def test_correcting_back_gives_the_first_probabilities(self, rng):
        """The way back exchanges the priors: what only knows how to lower p loses it."""
        p = rng.uniform(0.01, 0.99, size=5).round(2)
        expected = p.tolist()

        back = correct_prior(correct_prior(p, 0.4, 0.03), 0.03, 0.4)

        assert back.tolist() == pytest.approx(expected, rel=1e-6)

    @pytest.mark.parametrize("rate", [0.001, 0.0001, 0.000003], ids=str)
    def test_very_rare_is_a_base_rate_too(self, rate):
        """From half and half to 0.1 %, 0.01 % and three in a million: p = 0.5 becomes just that.

        A prior or a result that is kept above 0.001 "for safety" never goes lower.
        """
        corrected = correct_prior(np.array([0.5]), 0.5, rate)

        assert corrected.tolist() == pytest.approx([rate], rel=1e-6)

    def test_certainty_stays_certain(self):
        """0 stays 0 and 1 stays 1. The odds p / (1 - p) of a certain row divide by zero.

        Clipping p to avoid that moves both ends.
        """
        corrected = correct_prior(np.array([0.0, 1.0]), 0.5, 0.01)

        assert corrected.tolist() == pytest.approx([0.0, 1.0], rel=1e-6, abs=1e-9)


def cost_by_hand(y, p, cost_miss, cost_false_alarm):
    """Decide row by row what is cheaper to expect, and pay for what happened."""
    paid = 0.0
    for label, chance in zip(y.tolist(), p.tolist(), strict=True):
        flag = (1 - chance) * cost_false_alarm < chance * cost_miss
        paid += cost_false_alarm * (flag and label == 0) + cost_miss * (not flag and label == 1)
    return paid / len(y)


def restated(p, train_prior, true_prior):
    """Change the odds by what happened to positives and negatives on the way into training."""
    odds = p / (1 - p) * (true_prior / train_prior) * (1 - train_prior) / (1 - true_prior)
    return odds / (1 + odds)


class TestDecisionCosts:
    """Tests of decision_costs."""

    def test_right_decisions_cost_nothing(self, rng):
        """Every row decided rightly, beyond doubt. A flag on a 1 is no false alarm: it is free."""
        y = rng.permutation(np.repeat([0, 1], [14, 6]))
        p = np.where(y == 1, 1 - 1e-9, 1e-9)

        costs = decision_costs(y, p, 0.3, 7, 2)

        assert costs == pytest.approx((0, 0), abs=1e-9)

    def test_each_error_has_its_own_price_per_row(self, rng):
        """3 misses and 2 false alarms, beyond doubt. The costs exchanged, a total, or a mean over
        the positives or over the flagged rows are not the cost per row.
        """
        y = rng.permutation(np.repeat([0, 1], [14, 6]))
        p = np.where(y == 1, 1 - 1e-9, 1e-9)
        p[np.flatnonzero(y == 1)[:3]] = 1e-9
        p[np.flatnonzero(y == 0)[:2]] = 1 - 1e-9
        miss, alarm = int(rng.integers(6, 9)), 2
        expected = (3 * miss + 2 * alarm) / 20

        costs = decision_costs(y, p, 0.3, miss, alarm)

        assert costs == pytest.approx((expected, expected), rel=1e-9)

    def test_the_costs_decide_where_to_flag(self, rng):
        """Trained at the true rate, so that only the threshold matters. A miss costs 4 to 9 false
        alarms: a flag at 0.5, at the ratio of the two costs, or at the miss's part of both pays for
        other rows. Less than expected: the threshold was searched for on the labels.
        """
        miss = int(rng.integers(4, 10))
        # Just below and just above 1 / (1 + miss), between that and 1 / miss, and at 0.5.
        at = 1 / (1 + miss)
        p = np.array([0.98 * at, 1.02 * at, (at + 1 / miss) / 2, 0.45, 0.55])
        p, y = np.tile(p, 2), np.repeat([0, 1], 5)
        expected = (4 + miss) / 10

        as_it_is, _ = decision_costs(y, p, 0.5, miss, 1)

        assert as_it_is == pytest.approx(expected, rel=1e-9), "cost per row of acting on p as it is"

    def test_a_false_alarm_can_be_the_dearer_error(self, rng):
        """Beds for the sick, calls to a customer: where a false alarm costs 4 to 9 misses, flag
        late. A threshold that never goes above 0.5 flags the 0s between.
        """
        alarm = int(rng.integers(4, 10))
        at = alarm / (1 + alarm)
        p, y = np.tile([0.55, 0.98 * at, at + 0.02 * (1 - at)], 2), np.repeat([0, 1], 3)
        expected = (alarm + 2) / 6

        as_it_is, _ = decision_costs(y, p, 0.5, 1, alarm)

        assert as_it_is == pytest.approx(expected, rel=1e-9), "cost per row of acting on p as it is"

    def test_half_and_half_in_training_flags_nearly_everyone(self, rng):
        """Two groups, 10 % and 0.4 % positive, a miss 50 times as dear: only the first is worth a
        flag. A model trained at one half says some 0.87 and 0.20.

        The same cost twice: nothing was corrected, or not to the rate of the labels.
        """
        n_1, n_2 = 10 * int(rng.integers(5, 11)), 500
        y = np.repeat([0, 1, 0, 1], [n_1 - n_1 // 10, n_1 // 10, n_2 - 2, 2])
        true_prior = y.mean()
        world = np.repeat([0.1, 0.004], [n_1, n_2])
        p = restated(world, true_prior, 0.5)
        expected = (len(y) - y.sum()) / len(y), (n_1 - n_1 // 10 + 2 * 50) / len(y)

        costs = decision_costs(y, p, 0.5, 50, 1)

        assert costs == pytest.approx(expected, rel=1e-9)

    def test_the_true_rate_is_that_of_the_labels(self, rng):
        """Where the model is not calibrated, its mean p is not the rate; the rows of y show it."""
        y = rng.permutation(np.repeat([0, 1], [45, 5]))
        p = rng.uniform(0.02, 0.98, size=50)
        expected = cost_by_hand(y, restated(p, 0.3, 0.1), 4, 1)

        _, corrected = decision_costs(y, p, 0.3, 4, 1)

        assert corrected == pytest.approx(expected, rel=1e-9), "cost per row, p restated"

    def test_random_rows_agree_with_a_loop(self, rng):
        """Many rows, any costs: a row is decided by its own p, and paid for by its own label."""
        y = rng.permutation(np.repeat([0, 1], [170, 30]))
        p = rng.uniform(0.01, 0.99, size=200)
        miss, alarm = rng.uniform([3, 1], [9, 2])
        train_prior = rng.uniform(0.3, 0.6)
        expected = (
            cost_by_hand(y, p, miss, alarm),
            cost_by_hand(y, restated(p, train_prior, 0.15), miss, alarm),
        )

        costs = decision_costs(y, p, train_prior, miss, alarm)

        assert costs == pytest.approx(expected, rel=1e-9)


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

    def test_the_model_scores_the_rows_of_the_fold_untouched(self):
        """Resampled test rows measure a world that does not exist: precision at 50 % fraud."""
        rng = np.random.default_rng(0)
        X, y = table(rng, 8, 4)
        folds = stratified(rng, y, 2)

        _, seen = run(X, y, folds, rng)

        expected = [sorted(fold.tolist()) for fold in folds]
        assert seen.scored == expected, "rows that the model scored, fold by fold"

    def test_no_test_row_ever_reaches_the_resampler(self):
        """Resampling before the split puts copies and interpolations of test rows into training.

        The model has then seen the answers. Split first, resample inside each fold.
        """
        rng = np.random.default_rng(0)
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
        """A mask sorts the rows of a fold, and its list of row numbers does not: one of the two
        for the scores and the other for the labels mixes them up.

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
