"""Attention, function by function."""

import math
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from katas.kata06_attention.attention import (
    attend,
    causal_mask,
    multi_head,
    padding_mask,
    saturated_widths,
    sinusoidal_positions,
    softmax,
)

Weights = tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]
LN3 = math.log(3)
CLOSE = 1e-8  # an epsilon of 1e-9 in a denominator is nobody's mistake
# What follows from attend may be computed in single precision, as models are.
SINGLE = {"rtol": 1e-5, "atol": 1e-5}


def by_hand(
    Q: np.ndarray, K: np.ndarray, V: np.ndarray, allowed: np.ndarray | None = None
) -> tuple[np.ndarray, np.ndarray]:
    """Attention of one sequence, query by query, from the definition."""
    weights = np.zeros((len(Q), len(K)))
    for i, q in enumerate(Q):
        keys = [j for j in range(len(K)) if allowed is None or allowed[i, j]]
        terms = [math.exp(float(np.dot(q, K[j])) / math.sqrt(len(q))) for j in keys]
        weights[i, keys] = [term / sum(terms) for term in terms]
    return weights @ V, weights


def top_by_hand(Q: np.ndarray, K: np.ndarray, d: int, root: bool) -> float:
    """The mean top weight of one head on the first d columns."""
    scale = 1.0 if root else math.sqrt(d)
    _, weights = by_hand(Q[:, :d] * scale, K[:, :d], K)
    return sum(float(max(row)) for row in weights) / len(Q)


def heads_by_hand(X: np.ndarray, Ws: Weights, n_heads: int, mask: Any = None) -> np.ndarray:
    """Multi-head attention, sequence by sequence and head by head."""
    B, T, d = X.shape
    allowed = np.broadcast_to(True if mask is None else mask, (B, T, T))
    out = np.zeros((B, T, d))
    for b in range(B):
        Q, K, V = (X[b] @ W for W in Ws[:3])
        for h in range(n_heads):
            own = slice(h * d // n_heads, (h + 1) * d // n_heads)
            out[b, :, own], _ = by_hand(Q[:, own], K[:, own], V[:, own], allowed[b])
    result: np.ndarray = out @ Ws[3]
    return result


def random_mask(rng: np.random.Generator, *shape: int) -> np.ndarray:
    """About half of the keys are allowed, at least one per query and never all of them."""
    mask = rng.random(shape) < 0.5
    one, other = rng.permutation(shape[-1])[:2]
    mask[..., one], mask[..., other] = True, False
    return mask


def identities(d: int) -> Weights:
    """Wq, Wk, Wv and Wo that change nothing, each an array of its own."""
    return np.eye(d), np.eye(d), np.eye(d), np.eye(d)


def equal_scores(d: int) -> Weights:
    """All scores are 0, values and outputs are X's."""
    return np.zeros((d, d)), np.zeros((d, d)), np.eye(d), np.eye(d)


def causal_mask_by_hand(T: int) -> np.ndarray:
    """Key j is allowed to query i where j <= i."""
    return np.array([[j <= i for j in range(T)] for i in range(T)])


def random_weights(rng: np.random.Generator, d: int) -> Weights:
    """Wq, Wk, Wv and Wo without any structure."""
    Wq, Wk, Wv, Wo = rng.normal(scale=0.5, size=(4, d, d))
    return Wq, Wk, Wv, Wo


class TestSoftmax:
    """Shares of one whole along one axis."""

    def test_the_shape_stays(self, rng: np.random.Generator) -> None:
        """Shapes that do not broadcast: the maximum and the sum have lost their axis. Axes in
        another order: what swapaxes brought to the end, moveaxis does not bring back.
        """
        x = rng.normal(size=(2, 3, 4))
        for axis in (0, 1, 2):
            assert softmax(x, axis=axis).shape == (2, 3, 4)

    def test_weights_are_exponentials_over_their_sum(self, rng: np.random.Generator) -> None:
        """The definition itself: exp of each score over the sum of exps in its slice."""
        x = rng.uniform(-3, 3, size=6).round(2)
        terms = [math.exp(v) for v in x]
        actual = softmax(x)
        assert actual.shape == (6,)
        assert_allclose(actual, [t / sum(terms) for t in terms], rtol=CLOSE)

    def test_every_row_shares_out_a_whole_of_its_own(self, rng: np.random.Generator) -> None:
        """Rows that sum to a third: one total was taken over the whole array of three rows. Here
        the rows hold the same scores in another order.
        """
        row = rng.normal(size=3).round(2)
        actual = softmax(np.array([np.roll(row, shift) for shift in range(3)]))
        assert actual.shape == (3, 3)
        assert_allclose(actual.sum(axis=-1), [1.0, 1.0, 1.0], rtol=CLOSE)

    def test_a_square_matrix_is_normalised_row_by_row(self, rng: np.random.Generator) -> None:
        """Without keepdims the rows' maxima and sums line up with the columns. Other shapes
        raise; a square matrix returns wrong numbers.
        """
        x = rng.normal(size=(3, 3)).round(2)
        expected = [[math.exp(v) / sum(math.exp(w) for w in row) for v in row] for row in x]
        assert_allclose(softmax(x), expected, rtol=CLOSE)

    def test_any_axis_can_be_the_normalised_one(self, rng: np.random.Generator) -> None:
        """The argument axis has to reach the maximum and the sum; -1 is only its default."""
        x = rng.normal(size=(2, 3, 4))
        for axis in (0, 1, 2, -2):
            e = np.exp(x)
            actual = softmax(x, axis=axis)
            assert actual.shape == (2, 3, 4)
            assert_allclose(actual, e / e.sum(axis=axis, keepdims=True), rtol=CLOSE)

    def test_large_scores_do_not_overflow(self) -> None:
        """exp(1000) is infinite and inf / inf is NaN. Shifting all scores of a slice changes
        nothing, so the exponents can be made harmless before the exponential is taken.
        """
        assert_allclose(softmax(np.array([1000.0, 1000.0])), [0.5, 0.5], rtol=CLOSE)

    def test_large_scores_keep_their_differences(self) -> None:
        """Equal weights for unequal scores: both were cut off at the same bound. Only differences
        count, and they are as real at 1000 as at 0.
        """
        for base in (300.0, 1000.0, 10_000.0):
            x = np.array([base, base + LN3])
            assert_allclose(softmax(x), [0.25, 0.75], rtol=CLOSE)

    @pytest.mark.parametrize("place", [0, 1, 2, 3], ids=["first", "second", "third", "last"])
    def test_one_score_may_stand_far_above_the_rest(self, place: int) -> None:
        """Only the maximum makes every exponent harmless. What lies below it, be it the mean, the
        minimum or the first score, leaves a difference whose exponential overflows.
        """
        x, expected = np.zeros(4), np.zeros(4)
        x[place], expected[place] = 2000.0, 1.0
        assert_allclose(softmax(x), expected, rtol=CLOSE, atol=1e-9)

    def test_one_score_may_stand_far_below_the_rest(self) -> None:
        """The largest absolute value is not the maximum: subtracted here, it leaves only zeros to
        divide. The minimum or the first score overflow.
        """
        x = np.array([-2000.0, 0.0, LN3, 0.0])
        assert_allclose(softmax(x), [0.0, 0.2, 0.6, 0.2], rtol=CLOSE, atol=1e-9)

    def test_each_slice_is_shifted_by_its_own_maximum(self) -> None:
        """One maximum for the whole array leaves the other slices far below it: all their
        exponentials are 0, and so is their sum.
        """
        x = np.array([[1000.0, 1000.0], [-1000.0, -1000.0 + LN3]])
        expected = np.array([[0.5, 0.5], [0.25, 0.75]])
        assert_allclose(softmax(x), expected, rtol=CLOSE)
        assert_allclose(softmax(x[:, None, :]), expected[:, None, :], rtol=CLOSE)
        assert_allclose(softmax(x.T, axis=0), expected.T, rtol=CLOSE)

    def test_half_and_single_precision_overflow_sooner(self, rng: np.random.Generator) -> None:
        """float16 ends at 65504 and exp(12) is 162755; float32 overflows at 89. Scores like these
        are ordinary, so the shift is not for the rare case.
        """
        half = np.array([12.0, 12.0, 10.0], dtype=np.float16)
        two = math.exp(2)
        expected = [two / (2 * two + 1), two / (2 * two + 1), 1 / (2 * two + 1)]
        assert_allclose(softmax(half).astype(float), expected, rtol=1e-2)
        single = (100 + rng.normal(size=(3, 4))).astype(np.float32)
        e = np.exp(single.astype(float) - 100)
        actual = softmax(single).astype(float)
        assert actual.shape == (3, 4)
        assert_allclose(actual, e / e.sum(axis=-1, keepdims=True), atol=1e-6)

    def test_minus_infinity_weighs_nothing(self) -> None:
        """-inf is how a mask says 'not this one': exactly 0, and the others share the whole 1."""
        assert_allclose(softmax(np.array([0.0, -np.inf, LN3])), [0.25, 0.0, 0.75], rtol=CLOSE)

    def test_a_slice_of_minus_infinities_is_not_nan(self) -> None:
        """Its maximum is -inf, and -inf - (-inf) is NaN. So is 0 / 0, where its total is 0."""
        actual = softmax(np.array([[-np.inf, -np.inf], [0.0, LN3]]))
        assert actual.shape == (2, 2)
        assert_allclose(actual[1], [0.25, 0.75], rtol=CLOSE)
        assert np.isnan(actual).tolist() == [[False, False], [False, False]]

    def test_a_slice_of_minus_infinities_becomes_zeros(self) -> None:
        """Half for each of two: -inf was replaced by one large negative number, and equal scores
        share evenly. Whoever may attend to nothing gets nothing.
        """
        x = np.array([[-np.inf, -np.inf], [0.0, LN3]])
        assert_allclose(softmax(x), [[0.0, 0.0], [0.25, 0.75]], rtol=CLOSE)

    def test_rows_are_not_looped_over(
        self, cost: Callable[..., Any], rng: np.random.Generator
    ) -> None:
        """A Python loop over the rows takes four times the steps for four times the rows; whole
        arrays take the same number. Compared are the steps of 200 rows with twice those of 50.
        """
        x = rng.normal(size=(200, 5))
        few, many = cost(softmax, x[:50]), cost(softmax, x)
        assert many.result.shape == (200, 5)
        assert_allclose(many.result[:50], few.result, rtol=CLOSE)
        assert many.steps < 2 * few.steps


class TestAttend:
    """Scaled dot-product attention with masks."""

    def test_output_and_weights_have_the_shapes_of_their_names(
        self, rng: np.random.Generator
    ) -> None:
        """The output comes first: a row of dv numbers for each query. The weights have a row for
        each query and a column for each key. An error of matmul: K.T turns the batch axes too.
        """
        Q, K, V = (rng.normal(size=(2, 3, *s)) for s in [(4, 6), (5, 6), (5, 7)])
        output, weights = attend(Q, K, V)
        assert output.shape == (2, 3, 4, 7)
        assert weights.shape == (2, 3, 4, 5)

    def test_a_query_prefers_the_key_that_points_its_way(self) -> None:
        """A query meets whole keys. Reshaped to (d, Tk), K has the transpose's shape and cuts keys
        apart; with as many keys as dimensions, Q @ K fits too. Looked at is the place of the
        largest weight.
        """
        Q, K = 3 * np.eye(3), 3 * np.eye(3)[[1, 2, 0]]
        _, weights = attend(Q, K, K)
        assert weights.shape == (3, 3)
        assert weights.argmax(axis=-1).tolist() == [2, 0, 1]

    def test_each_query_shares_out_one_whole(self) -> None:
        """The softmax runs over the keys, the last axis. Over the queries the columns sum to 1
        and the rows do not: keys would share out queries.
        """
        Q = np.array([[2.0], [0.0]])
        _, weights = attend(Q, Q, Q)
        assert weights.shape == (2, 2)
        assert_allclose(weights.sum(axis=1), [1.0, 1.0], rtol=CLOSE)

    def test_wide_vectors_do_not_saturate_the_softmax(self, rng: np.random.Generator) -> None:
        """Undivided, scores of d = 256 have a standard deviation of 16: one key of 256 takes
        0.87 of the weight, and a softmax that is this sure passes hardly any gradient.
        """
        Q, K = rng.normal(size=(20, 256)), rng.normal(size=(256, 256))
        _, weights = attend(Q, K, K)
        assert weights.shape == (20, 256)
        assert weights.max(axis=-1).mean() < 0.3

    def test_scores_are_divided_by_the_root_of_d(self) -> None:
        """With d = 4 a score of 4 becomes 2. Divided by d itself it is 1: the top weight falls from
        0.711 to 0.475. Not divided at all it stays 4, and the top weight is 0.948.
        """
        Q, K = np.ones((1, 4)), np.zeros((4, 4))
        K[0] = 1.0
        _, weights = attend(Q, K, K)
        top, rest = math.exp(2) / (math.exp(2) + 3), 1 / (math.exp(2) + 3)
        assert weights.shape == (1, 4)
        assert_allclose(weights, [[top, rest, rest, rest]], rtol=CLOSE)

    def test_the_width_of_the_values_has_no_part_in_the_scores(self) -> None:
        """The root is that of what is summed in a score: 4 here, the width of Q and K. With the
        root of V's width, 1, the top weight is 0.948.
        """
        Q, K = np.ones((1, 4)), np.zeros((4, 4))
        K[0] = 1.0
        output, weights = attend(Q, K, np.array([[1.0], [0.0], [0.0], [0.0]]))
        top, rest = math.exp(2) / (math.exp(2) + 3), 1 / (math.exp(2) + 3)
        assert output.shape == (1, 1)
        assert weights.shape == (1, 4)
        assert_allclose(weights, [[top, rest, rest, rest]], rtol=CLOSE)

    def test_a_batch_is_transposed_inside_each_sequence(self, rng: np.random.Generator) -> None:
        """K.T reverses all axes, the batch too. Most shapes then raise; with as many sequences
        as tokens as dimensions the shape comes out right and the numbers mix sequences.
        """
        Q, K, V = rng.normal(size=(3, 4, 4, 4)).round(1)
        expected = [by_hand(Q[b], K[b], V[b]) for b in range(4)]
        output, weights = attend(Q, K, V)
        assert weights.shape == (4, 4, 4)
        assert output.shape == (4, 4, 4)
        for b, (expected_output, expected_weights) in enumerate(expected):
            assert_allclose(weights[b], expected_weights, rtol=CLOSE)
            assert_allclose(output[b], expected_output, rtol=CLOSE, atol=1e-12)

    def test_sizes_may_all_differ(self, rng: np.random.Generator) -> None:
        """Queries, keys, dimensions and value dimensions are four sizes, and the root is that of
        the third. Two batch axes work like one, or like none.
        """
        Q, K, V = (rng.normal(size=(2, 3, *s)) for s in [(4, 6), (5, 6), (5, 7)])
        expected = {place: by_hand(Q[place], K[place], V[place]) for place in np.ndindex(2, 3)}
        output, weights = attend(Q, K, V)
        assert output.shape == (2, 3, 4, 7)
        assert weights.shape == (2, 3, 4, 5)
        for place, (expected_output, expected_weights) in expected.items():
            assert_allclose(weights[place], expected_weights, rtol=CLOSE)
            assert_allclose(output[place], expected_output, rtol=CLOSE, atol=1e-12)

    def test_large_scores_keep_their_differences(self) -> None:
        """Scores cut off at a bound, say 50, make equals of all that lie beyond it. Stability is
        the softmax's work, and it needs no bound.
        """
        for size, gap in [(10.0, 0.4), (100.0, 0.01), (-100.0, 0.01)]:
            Q, K = np.array([[size]]), np.array([[abs(size)], [abs(size) - gap]])
            higher = 1 / (1 + math.exp(-size * gap))
            _, weights = attend(Q, K, np.eye(2))
            assert weights.shape == (1, 2)
            assert_allclose(weights, [[higher, 1 - higher]], rtol=CLOSE, atol=1e-9)

    def test_true_in_the_mask_means_may_attend(self) -> None:
        """Conventions differ: torch's scaled_dot_product_attention reads True as allowed, its
        MultiheadAttention reads True as blocked. Here True is allowed. Looked at is which keys
        weigh more than 0.2.
        """
        Q, K = np.array([[40.0]]), np.ones((3, 1))
        _, weights = attend(Q, K, K, np.array([[True, True, False]]))
        assert weights.shape == (1, 3)
        assert (weights > 0.2).tolist() == [[True, True, False]]

    def test_allowed_keys_share_the_whole_one(self) -> None:
        """Rows that sum to less than 1: forbidden weights were zeroed after the softmax, when they
        had already taken their share of the denominator.
        """
        Q = np.zeros((3, 2))
        mask = np.array([[True, False, False], [True, True, False], [False, True, True]])
        _, weights = attend(Q, Q, Q, mask)
        assert weights.shape == (3, 3)
        assert_allclose(weights.sum(axis=-1), [1.0, 1.0, 1.0], rtol=CLOSE)

    def test_a_forbidden_key_keeps_nothing_of_its_weight(self) -> None:
        """Another convention adds a mask of 0 and -inf to the scores. True and False added as 1
        and 0 leave a forbidden key 1/e of an allowed one's weight.
        """
        Q, K, V = np.array([[40.0]]), np.ones((3, 1)), np.array([[1.0], [3.0], [100.0]])
        output, weights = attend(Q, K, V, np.array([[True, True, False]]))
        assert weights.shape == (1, 3)
        assert_allclose(weights, [[0.5, 0.5, 0.0]], rtol=CLOSE, atol=1e-9)
        assert_allclose(output, [[2.0]], rtol=CLOSE)

    def test_a_forbidden_key_weighs_nothing_however_high_it_scores(self) -> None:
        """A row of 0.2507 and 0.7493, of zeros or of NaN: the forbidden key was still there when
        the maximum or the softmax was taken. 740 above the others, it rounds them to the last
        digits that exist, and dividing by what is left comes too late.
        """
        Q = np.array([[1.0]])
        for high in (780.0, 2000.0):
            K = np.array([[40.0], [40.0 + LN3], [high]])
            _, weights = attend(Q, K, np.eye(3), np.array([[True, True, False]]))
            assert weights.shape == (1, 3)
            assert_allclose(weights, [[0.25, 0.75, 0.0]], rtol=CLOSE, atol=1e-9)

    def test_a_forbidden_key_is_not_a_key_with_score_zero(self) -> None:
        """Scores times the mask make forbidden scores 0, and exp(0) = 1 is a weight like any
        other: here it would be the largest.
        """
        Q, K = np.array([[2.0]]), np.array([[-1.0], [-1.0], [3.0]])
        _, weights = attend(Q, K, np.eye(3), np.array([[True, True, False]]))
        assert weights.shape == (1, 3)
        assert_allclose(weights, [[0.5, 0.5, 0.0]], rtol=CLOSE)

    def test_a_forbidden_key_weighs_nothing_however_low_the_others_score(self) -> None:
        """A large negative number such as -1e9 is still a number: beside an allowed score of -1e10
        the forbidden key wins everything.
        """
        Q, K = np.array([[1e5]]), np.array([[-1e5], [-1e5]])
        _, weights = attend(Q, K, np.eye(2), np.array([[True, False]]))
        assert weights.shape == (1, 2)
        assert_allclose(weights, [[1.0, 0.0]], rtol=CLOSE)

    def test_a_query_without_allowed_keys_gets_zeros(self) -> None:
        """A row that is filled with one large negative number is a row of equal scores: the
        query attends to all that it may not see. A row of -inf is NaN instead, unless the
        softmax knows better.
        """
        Q, K, V = np.ones((2, 2)), np.ones((2, 2)), np.array([[1.0], [5.0]])
        output, weights = attend(Q, K, V, np.array([[False, False], [True, True]]))
        assert_allclose(weights, [[0.0, 0.0], [0.5, 0.5]], rtol=CLOSE)
        assert_allclose(output, [[0.0], [3.0]], rtol=CLOSE)

    def test_a_mask_with_two_axes_is_query_by_key(self) -> None:
        """A batch of as many sequences as queries: (2, 2) may look like (sequence, key). Read so,
        the second sequence sees its future, and the first only its first key.
        """
        Q, V = np.zeros((2, 2, 1)), np.array([[[1.0], [3.0]], [[5.0], [7.0]]])
        output, weights = attend(Q, Q, V, causal_mask_by_hand(2))
        assert weights.shape == (2, 2, 2)
        assert_allclose(output, [[[1.0], [2.0]], [[5.0], [6.0]]], rtol=CLOSE)

    def test_a_mask_of_sequences_by_keys_does_not_fit(self) -> None:
        """With 2 sequences of 3 queries, a mask (2, 4) has no reading as (query, key). Guessing
        (sequence, key) works until a batch has as many sequences as queries, and is then wrong
        without a word. The right axis, (2, 1, 4), fits.
        """
        Q, K = np.zeros((2, 3, 1)), np.zeros((2, 4, 1))
        mask = np.array([[True, False, False, False], [True, True, False, False]])
        _, weights = attend(Q, K, K, mask[:, None])
        assert weights.shape == (2, 3, 4)
        assert_allclose(weights[:, 0], [[1.0, 0.0, 0.0, 0.0], [0.5, 0.5, 0.0, 0.0]], rtol=CLOSE)
        with pytest.raises((ValueError, IndexError)):
            attend(Q, K, K, mask)

    def test_random_masks_of_every_shape(self, rng: np.random.Generator) -> None:
        """One row for all, one matrix for all, one row per sequence, or one matrix per sequence:
        whatever broadcasts to the weights' shape is a mask.
        """
        Q, K, V = rng.normal(size=(2, 3, 4)), rng.normal(size=(2, 5, 4)), rng.normal(size=(2, 5, 2))
        for shape in [(5,), (3, 5), (3, 1), (2, 1, 5), (2, 3, 5)]:
            mask = random_mask(rng, *shape) if shape[-1] == 5 else np.array([[1], [0], [1]]) > 0
            full = np.broadcast_to(mask, (2, 3, 5))
            expected = [by_hand(Q[b], K[b], V[b], full[b]) for b in range(2)]
            output, weights = attend(Q.copy(), K.copy(), V.copy(), mask)
            assert weights.shape == (2, 3, 5)
            assert output.shape == (2, 3, 2)
            for b, (expected_output, expected_weights) in enumerate(expected):
                assert_allclose(weights[b], expected_weights, rtol=CLOSE)
                assert_allclose(output[b], expected_output, rtol=CLOSE, atol=1e-12)

    def test_float32_is_good_to_six_digits(self, rng: np.random.Generator) -> None:
        """Off in the third digit: half precision on the way. Off by more: another test of this
        class says why.
        """
        Q, K, V = rng.normal(size=(3, 2, 3)).astype(np.float32)
        for mask in (None, np.array([[True, False], [True, True]])):
            expected, _ = by_hand(Q.astype(float), K.astype(float), V.astype(float), mask)
            output, _ = attend(Q, K, V, mask)
            assert output.shape == (2, 3)
            assert_allclose(output.astype(float), expected, rtol=5e-6, atol=5e-6)

    def test_batches_and_queries_are_not_looped_over(
        self, cost: Callable[..., Any], rng: np.random.Generator
    ) -> None:
        """One batched product does all sequences and heads at once. A Python loop over 64 of
        them takes several times as long. Compared are the steps of 64 sequences with twice those
        of 16.
        """
        Q, K, V = rng.normal(size=(3, 64, 4, 3))
        mask = random_mask(rng, 64, 4, 4)
        few = cost(attend, Q[:16, :, :], K[:16], V[:16], mask[:16])
        many = cost(attend, Q, K, V, mask)
        assert many.result[0].shape == (64, 4, 3)
        assert_allclose(many.result[0][:16], few.result[0], rtol=CLOSE, atol=1e-12)
        assert many.steps < 2 * few.steps


class TestSaturatedWidths:
    """What the root is for, in numbers."""

    def test_it_answers_with_the_widths_above_the_limit(self) -> None:
        """The widths that are missing are those that saturate, if the answer is the other half.
        Columns 1 and 2 decide here, so all widths from 2 saturate. Looked at are the widths only.
        """
        Q = np.array([[0.0, 40.0, 40.0, 0.0]] * 2 + [[0.0, -40.0, -40.0, 0.0]])
        K = np.array([[0.0] * 4, [0.0, 1.0, 1.0, 0.0]])
        actual = saturated_widths(Q, K, [1, 2, 3, 4], False, 0.6)
        assert sorted(actual) == [2, 3, 4]

    def test_the_top_is_taken_before_the_mean(self) -> None:
        """Two queries that are sure of different keys have top weights of 1. Averaged first, they
        share the weights evenly and the top is 0.5: a head that is dead looks calm.
        """
        Q, K = np.array([[50.0], [-50.0]]), np.array([[1.0], [-1.0]])
        actual = saturated_widths(Q, K, [1], False, 0.4)
        assert sorted(actual) == [1]
        assert_allclose(actual[1], 1.0, **SINGLE)

    def test_the_top_belongs_to_each_query(self) -> None:
        """One sure query and one that knows nothing: 1 and 1/3, so 0.667. 0.556: the top was
        taken over the queries, key by key. 1: the top of the whole matrix, or a share of queries.
        """
        Q, K = np.array([[50.0], [0.0]]), np.array([[1.0], [-1.0], [-1.0]])
        actual = saturated_widths(Q, K, [1], False, 0.3)
        assert sorted(actual) == [1]
        assert_allclose(actual[1], 2 / 3, **SINGLE)

    def test_it_is_the_first_columns_that_count(self) -> None:
        """Column 0 decides and the last one does not. Nothing saturates at width 1 where the
        columns were counted from the other end.
        """
        Q, K = np.array([[30.0, 0.0, 0.0]]), np.eye(3)[:2]
        actual = saturated_widths(Q, K, [1, 2], False, 0.9)
        assert sorted(actual) == [1, 2]

    def test_without_the_root_the_scores_stay_as_they_are(self) -> None:
        """Your attend always divides. Called for both answers, it never shows the undivided scores,
        and nothing saturates: 0.731 instead of 0.881.
        """
        Q, K = np.array([[2.0, 0.0, 0.0, 0.0]]), np.eye(4)[:2]
        actual = saturated_widths(Q, K, [4], False, 0.5)
        assert sorted(actual) == [4]
        assert_allclose(actual[4], 1 / (1 + math.exp(-2)), **SINGLE)

    def test_the_root_is_that_of_the_columns_in_use(self) -> None:
        """A head of d columns sums d products, however wide the matrix is that it was cut from.
        The root of the full width of 4 flattens a head of 1: 0.731 instead of 0.881.
        """
        Q, K = np.array([[2.0, 0.0, 0.0, 0.0]]), np.eye(4)[:2]
        actual = saturated_widths(Q, K, [1, 4], True, 0.5)
        assert sorted(actual) == [1, 4]
        expected = [1 / (1 + math.exp(-2)), 1 / (1 + math.exp(-1))]
        assert_allclose([actual[1], actual[4]], expected, **SINGLE)

    def test_at_the_limit_is_not_above_it(self) -> None:
        """Three queries with one key give it all their weight, and nothing is above 1."""
        actual = saturated_widths(np.ones((3, 2)), np.ones((1, 2)), [1, 2], True, 1.0)
        assert actual == {}

    def test_wide_heads_saturate_without_the_root_only(self, rng: np.random.Generator) -> None:
        """Scores of standard normal data have the variance d. Undivided, one key of 64 takes
        about 0.8 of the weight at d = 64 and 0.9 at 256; divided, 0.11 at every width.
        """
        Q, K = rng.normal(size=(30, 256)), rng.normal(size=(64, 256))
        assert sorted(saturated_widths(Q, K, [4, 64, 256], False, 0.55)) == [64, 256]
        assert saturated_widths(Q, K, [4, 64, 256], True, 0.55) == {}

    def test_random_heads_equal_the_definition(self, rng: np.random.Generator) -> None:
        """The mean of the top weights is neither their median nor a count of sure queries. A width
        that is returned is one that was asked for.
        """
        for root in (True, False):
            Q, K = rng.normal(size=(5, 12)), rng.normal(size=(7, 12))
            widths = [8, 1, 12, 3]
            tops = {d: top_by_hand(Q, K, d, root) for d in widths}
            ranked = sorted(tops.values())
            _, limit = max((b - a, (a + b) / 2) for a, b in pairwise(ranked))
            expected = {d: tops[d] for d in sorted(tops) if tops[d] > limit}
            actual = saturated_widths(Q.copy(), K.copy(), widths, root, limit)
            assert sorted(actual) == list(expected)
            assert_allclose([actual[d] for d in expected], list(expected.values()), **SINGLE)


class TestCausalMask:
    """No query sees the future."""

    def test_it_has_a_row_for_each_query(self) -> None:
        """Queries down, keys across: (Tq, Tk). numpy's meshgrid puts its first argument across."""
        assert causal_mask(2, 4).shape == (2, 4)

    def test_it_is_boolean(self) -> None:
        """Ones and zeros of another type, or 0 and -inf to be added, are other conventions."""
        assert causal_mask(2, 2).dtype == np.dtype(bool)

    def test_the_future_is_what_is_forbidden(self) -> None:
        """The upper triangle is the future. A mask that allows it is the transpose, or follows
        the convention where True blocks.
        """
        actual = causal_mask(5, 5)
        assert actual.shape == (5, 5)
        assert [bool(actual[0, 4]), bool(actual[4, 0])] == [False, True]

    def test_a_query_sees_itself_and_the_past(self) -> None:
        """The diagonal is allowed. Without it the first query sees nothing at all."""
        actual = causal_mask(3, 3)
        assert actual.astype(int).tolist() == [[1, 0, 0], [1, 1, 0], [1, 1, 1]]

    def test_it_is_aligned_at_the_top_left(self) -> None:
        """Query 0 sees key 0 only, however many keys there are. The other alignment, at the
        bottom right, is for queries that continue a cache of older keys.
        """
        assert causal_mask(2, 4).astype(int).tolist() == [[1, 0, 0, 0], [1, 1, 0, 0]]
        assert causal_mask(4, 2).astype(int).tolist() == [[1, 0], [1, 1], [1, 1], [1, 1]]

    def test_random_sizes_follow_the_rule(self, rng: np.random.Generator) -> None:
        """Rows are queries i, columns are keys j, allowed where j <= i."""
        for Tq, Tk in rng.integers(1, 30, size=(5, 2)).tolist():
            expected = [[j <= i for j in range(Tk)] for i in range(Tq)]
            assert_array_equal(causal_mask(Tq, Tk), np.array(expected))


class TestPaddingMask:
    """No query sees padding."""

    def test_it_has_an_axis_for_queries_and_none_for_heads(self) -> None:
        """(B, T) would line up with queries and keys when it meets (B, T, T); the axis for heads
        is added where heads exist. (B, T, 1) masks the padded queries instead of the padded keys.
        """
        assert padding_mask([1, 2, 2, 3], 3).shape == (4, 1, 3)

    def test_true_stands_for_tokens_and_false_for_padding(self) -> None:
        """Looked at are positions 0, 2 and 4 of a sequence with one token. False, True, True: the
        other way round, as in torch's key_padding_mask. False, False, True: padded on the left.
        """
        actual = padding_mask([1], 5)
        assert actual.shape == (1, 1, 5)
        assert actual.dtype == np.dtype(bool)
        assert [bool(actual[0, 0, key]) for key in (0, 2, 4)] == [True, False, False]

    def test_a_length_counts_tokens(self) -> None:
        """Positions count from 0, so a sequence of length 1 ends before position 1."""
        assert padding_mask([1, 2], 3)[:, 0].astype(int).tolist() == [[1, 0, 0], [1, 1, 0]]

    def test_a_length_may_be_zero_or_full(self) -> None:
        """Both ends are legal: a sequence of padding only, and one without padding."""
        assert padding_mask([0, 2], 2).tolist() == [[[False, False]], [[True, True]]]

    def test_random_lengths_follow_the_rule(self, rng: np.random.Generator) -> None:
        """Key j of sequence b is allowed where j < lengths[b]."""
        for T in rng.integers(1, 20, size=4).tolist():
            lengths = rng.integers(0, T, size=5, endpoint=True).tolist()
            expected = [[[j < n for j in range(T)]] for n in lengths]
            actual = padding_mask(lengths, T)
            assert actual.dtype == np.dtype(bool)
            assert_array_equal(actual, np.array(expected))


class TestMultiHead:
    """Several heads, each with its own columns."""

    def test_the_shape_stays(self, rng: np.random.Generator) -> None:
        """As many sequences, tokens and columns come out as went in, whatever the heads."""
        X, Ws = rng.normal(size=(2, 3, 8)), random_weights(rng, 8)
        assert multi_head(X, *Ws, 4).shape == (2, 3, 8)

    def test_one_head_is_plain_attention(self, rng: np.random.Generator) -> None:
        """With one head and identity projections nothing is left but attention of X to itself.
        Adding X to the result is the residual connection, which belongs to the block around it.
        """
        X = rng.normal(size=(1, 3, 2)).round(1)
        expected, _ = by_hand(X[0], X[0], X[0])
        actual = multi_head(X, *identities(2), 1)
        assert actual.shape == (1, 3, 2)
        assert_allclose(actual[0], expected, **SINGLE)

    def test_queries_keys_and_values_have_projections_of_their_own(self) -> None:
        """Here token 1 asks for token 0, and token 0 for nothing. Where row 0 is the uneven one,
        queries and keys are swapped. Where the columns do not differ by a factor of 10, values
        are not those of Wv.
        """
        c = math.sqrt(math.sqrt(2) * LN3)
        X = np.array([[[c, 0.0], [0.0, c]]])
        Wq, Wk = np.array([[0.0, 1.0], [1.0, 0.0]]), np.diag([1.0, 0.0])
        actual = multi_head(X, Wq, Wk, np.diag([10.0, 100.0]), np.eye(2), 1)
        assert actual.shape == (1, 2, 2)
        assert_allclose(actual, [[[5 * c, 50 * c], [7.5 * c, 25 * c]]], **SINGLE)

    def test_each_head_has_shares_of_its_own(self) -> None:
        """Column 0 is head 0's: token 0 is sure of itself there, and knows nothing in head 1. One
        set of shares for all columns makes it sure in both, and several heads are then one.
        """
        X = np.array([[[30.0, 0.0], [0.0, 30.0]]])
        actual = multi_head(X, *identities(2), 2)
        assert actual.shape == (1, 2, 2)
        assert_allclose(actual, [[[30.0, 15.0], [15.0, 30.0]]], **SINGLE)

    def test_head_h_owns_its_block_of_columns(self) -> None:
        """A plain reshape from (B, T, d) to (B, n_heads, T, dh) cuts tokens apart: head 0 gets
        the first half of the tokens, not its columns of all tokens. Equal scores make each
        result the mean of the values: here of a column, 1 or 20. The places are not looked at.
        """
        X = np.array([[[0.0, 10.0], [2.0, 30.0]]])
        actual = multi_head(X, *equal_scores(2), 2)
        assert actual.shape == (1, 2, 2)
        assert_allclose(np.sort(actual, axis=None), [1.0, 1.0, 20.0, 20.0], **SINGLE)

    def test_heads_are_merged_token_by_token(self) -> None:
        """The way back needs the axes swapped before the reshape. Read off head by head, the
        rows hold one head of several tokens. Equal scores make every row the columns' means.
        """
        X = np.array([[[1.0, 20.0], [3.0, 40.0], [5.0, 60.0]]])
        actual = multi_head(X, *equal_scores(2), 2)
        assert actual.shape == (1, 3, 2)
        assert_allclose(actual, [[[3.0, 40.0]] * 3], **SINGLE)

    def test_each_head_is_scaled_by_its_own_width(self) -> None:
        """Scores of a head are sums of dh products, not of d: the root of the full width
        flattens every head. Here dh = 1, so nothing is divided.
        """
        X = np.zeros((1, 2, 4))
        X[0, 0] = 1.0
        actual = multi_head(X, *identities(4), 4)
        top = math.exp(1) / (math.exp(1) + 1)
        assert actual.shape == (1, 2, 4)
        assert_allclose(actual, [[[top] * 4, [0.5] * 4]], **SINGLE)

    def test_the_columns_of_a_head_stand_side_by_side(self) -> None:
        """Reshaped to (dh, n_heads) instead of (n_heads, dh), columns are dealt out like cards:
        head 0 gets columns 0 and 2. Here columns 0 and 1 belong to one head and both add to its
        score.
        """
        X = np.array([[[1.0, 1.0, 0.0, 0.0], [0.0, 0.0, 0.0, 0.0]]])
        actual = multi_head(X, *identities(4), 2)
        top = math.exp(math.sqrt(2)) / (math.exp(math.sqrt(2)) + 1)
        assert actual.shape == (1, 2, 4)
        assert_allclose(actual, [[[top, top, 0.0, 0.0], [0.5, 0.5, 0.0, 0.0]]], **SINGLE)

    def test_tokens_are_rows_that_meet_the_weights_from_the_left(self) -> None:
        """X @ W, not X @ W.T: torch's Linear stores the transpose, this kata does not. Here Wv
        moves column 0 into column 1.
        """
        X = np.array([[[3.0, 5.0]]])
        Wv = np.array([[0.0, 1.0], [0.0, 0.0]])
        actual = multi_head(X, np.eye(2), np.eye(2), Wv, np.eye(2), 1)
        assert actual.shape == (1, 1, 2)
        assert_allclose(actual, [[[0.0, 3.0]]], **SINGLE)

    def test_every_head_sees_all_of_a_token(self) -> None:
        """Heads are cut from X @ W, not from X: each projection reads the whole token. Here Wv
        moves head 0's column of X into head 1; cut first, it is lost.
        """
        X = np.array([[[3.0, 5.0]]])
        Wv = np.array([[0.0, 1.0], [0.0, 0.0]])
        actual = multi_head(X, np.eye(2), np.eye(2), Wv, np.eye(2), 2)
        assert actual.shape == (1, 1, 2)
        assert_allclose(actual, [[[0.0, 3.0]]], **SINGLE)

    def test_the_output_passes_through_wo(self) -> None:
        """Side by side, the heads know nothing of each other; Wo is the only place where they
        mix.
        """
        X = np.array([[[3.0, 5.0]]])
        Wo = np.array([[1.0, 10.0], [100.0, 1000.0]])
        actual = multi_head(X, np.eye(2), np.eye(2), np.eye(2), Wo, 2)
        assert_allclose(actual, [[[503.0, 5030.0]]], **SINGLE)

    def test_the_past_does_not_depend_on_the_future(self, rng: np.random.Generator) -> None:
        """With a causal mask, two sequences that are equal up to position 2 have equal results up
        to position 2. A mask that is dropped on the way lets the future in.
        """
        X, Ws = rng.normal(size=(5, 4)), random_weights(rng, 4)
        changed = X.copy()
        changed[3:] += 10.0
        mask = np.array([causal_mask_by_hand(5)] * 2)
        actual = multi_head(np.array([X, changed]), *Ws, 2, mask)
        assert actual.shape == (2, 5, 4)
        assert_allclose(actual[1, :3], actual[0, :3], **SINGLE)

    def test_a_padded_query_still_gets_an_output(self) -> None:
        """The mask hides token 1 as a key. As a query it attends to token 0 like any other; what
        is done with its output is decided outside.
        """
        X = np.array([[[1.0, 10.0], [3.0, 30.0]]])
        actual = multi_head(X, *equal_scores(2), 2, np.array([[[True, False]]]))
        assert actual.shape == (1, 2, 2)
        assert_allclose(actual, [[[1.0, 10.0], [1.0, 10.0]]], **SINGLE)

    def test_a_mask_per_sequence_holds_in_every_head(self) -> None:
        """(B, 1, T) against scores (B, n_heads, T, T) lines up sequences with heads: with as
        many heads as sequences nothing raises, and each head gets another sequence's mask.
        """
        X = np.array([[[1.0, 10.0], [3.0, 30.0]], [[5.0, 50.0], [7.0, 70.0]]])
        mask = np.array([[[True, False]], [[True, True]]])
        actual = multi_head(X, *equal_scores(2), 2, mask)
        assert actual.shape == (2, 2, 2)
        assert_allclose(actual, [[[1.0, 10.0]] * 2, [[6.0, 60.0]] * 2], **SINGLE)

    def test_one_mask_of_tokens_holds_in_every_sequence(self) -> None:
        """(T, T) has no axis for sequences: an axis put behind its first one turns queries into
        sequences or heads, and with equal sizes nothing raises.
        """
        X = np.array([[[1.0, 10.0], [3.0, 30.0]], [[5.0, 50.0], [7.0, 70.0]]])
        actual = multi_head(X, *equal_scores(2), 2, causal_mask_by_hand(2))
        assert actual.shape == (2, 2, 2)
        expected = [[[1.0, 10.0], [2.0, 20.0]], [[5.0, 50.0], [6.0, 60.0]]]
        assert_allclose(actual, expected, **SINGLE)

    def test_a_sequence_of_padding_gives_zeros(self) -> None:
        """A query without any allowed key gets zeros from every head, and zeros @ Wo are
        zeros.
        """
        X, mask = np.ones((2, 2, 2)), np.array([[[False] * 2], [[True] * 2]])
        actual = multi_head(X, *identities(2), 2, mask)
        assert actual.shape == (2, 2, 2)
        assert_allclose(actual, [[[0.0] * 2] * 2, [[1.0] * 2] * 2], **SINGLE)

    def test_permuted_tokens_give_permuted_outputs(self, rng: np.random.Generator) -> None:
        """Attention has no idea of order: without a mask and without positions, shuffling the
        tokens shuffles the rows of the result and changes none of them.
        """
        X, Ws = rng.normal(size=(2, 5, 4)), random_weights(rng, 4)
        order, expected = rng.permutation(5), heads_by_hand(X, Ws, 2)
        plain, shuffled = multi_head(X.copy(), *Ws, 2), multi_head(X[:, order], *Ws, 2)
        assert plain.shape == (2, 5, 4)
        assert_allclose(shuffled, plain[:, order], **SINGLE)
        assert_allclose(plain, expected, **SINGLE)

    def test_random_inputs_equal_loops_over_sequences_and_heads(
        self, rng: np.random.Generator
    ) -> None:
        """Every size differs from every other, the weights are all dense, and the mask comes in
        every shape: what cancels in the small examples shows here.
        """
        X, Ws = rng.normal(size=(3, 5, 8)), random_weights(rng, 8)
        for n_heads, shape in [(2, (5,)), (4, (5, 5)), (2, (3, 1, 5)), (8, (3, 5, 5)), (1, None)]:
            mask = None if shape is None else random_mask(rng, *shape)
            expected = heads_by_hand(X, Ws, n_heads, mask)
            Wq, Wk, Wv, Wo = (W.copy() for W in Ws)
            actual = multi_head(X.copy(), Wq, Wk, Wv, Wo, n_heads, mask)
            assert actual.shape == (3, 5, 8)
            assert_allclose(actual, expected, **SINGLE)

    def test_sequences_are_not_looped_over(
        self, cost: Callable[..., Any], rng: np.random.Generator
    ) -> None:
        """A loop over heads is a matter of taste, a loop over sequences or tokens is not: four
        times the batch takes the same number of steps. Compared are those of 32 sequences with
        twice those of 8.
        """
        X, Ws = rng.normal(size=(32, 4, 4)), random_weights(rng, 4)
        few, many = cost(multi_head, X[:8], *Ws, 2), cost(multi_head, X, *Ws, 2)
        assert many.result.shape == (32, 4, 4)
        assert_allclose(many.result[:8], few.result, **SINGLE)
        assert many.steps < 2 * few.steps


class TestSinusoidalPositions:
    """Waves that tell positions apart."""

    def test_a_row_is_a_position(self) -> None:
        """T rows of d columns, sines and cosines together."""
        assert sinusoidal_positions(3, 8).shape == (3, 8)

    def test_sines_and_cosines_take_turns(self) -> None:
        """Even columns are sines, odd ones cosines. All sines first and all cosines after them
        is another layout, found in other code. Looked at are slow waves near position 0, where
        sines are about 0 and cosines about 1.
        """
        actual = sinusoidal_positions(2, 8)
        assert actual.shape == (2, 8)
        assert actual[:, 4:].round().tolist() == [[0.0, 1.0, 0.0, 1.0]] * 2

    def test_positions_count_from_zero(self) -> None:
        """The first token stands at t = 0: sines 0, cosines 1."""
        actual = sinusoidal_positions(1, 6)
        assert actual.shape == (1, 6)
        assert_allclose(actual, [[0.0, 1.0] * 3], atol=1e-6)

    def test_a_sine_and_its_cosine_share_a_frequency(self) -> None:
        """The exponent belongs to the pair. With one of its own for every column, the odd ones
        turn at other speeds, and a shift in position is no longer a rotation of each pair.
        """
        actual = sinusoidal_positions(4, 4)
        assert actual.shape == (4, 4)
        squares = actual[:, 0::2] ** 2 + actual[:, 1::2] ** 2
        assert_allclose(squares, np.ones((4, 2)), atol=1e-6)

    def test_the_exponent_grows_by_two_per_pair(self) -> None:
        """Column 6 of 8 is pair 3, exponent 6/8: its sine at t = 1 is 0.001. 0.0316: k/d, half
        the exponent. 0.000001: 4k/d, where k already counted columns by twos. 0.0001: the
        waves were spaced so that the last one has 10000 itself.
        """
        actual = sinusoidal_positions(2, 8)
        assert actual.shape == (2, 8)
        assert_allclose(actual[1, 6], math.sin(10_000 ** (-6 / 8)), rtol=1e-4)

    def test_random_sizes_follow_the_formula(self, rng: np.random.Generator) -> None:
        """Position by position and column by column, from the definition."""
        wave = [math.sin, math.cos]
        for _ in range(3):
            T, d = int(rng.integers(40, 50)), 2 * int(rng.integers(5, 10))
            actual = sinusoidal_positions(T, d)
            assert actual.shape == (T, d)
            expected = [
                [wave[j % 2](t / 10_000 ** ((j - j % 2) / d)) for j in range(d)] for t in range(T)
            ]
            assert_allclose(actual, expected, atol=2e-5)
