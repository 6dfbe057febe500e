"""Attention, function by function."""

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from katas.kata06_attention.attention import (
    attend,
    causal_mask,
    multi_head,
    padding_mask,
    sinusoidal_positions,
    softmax,
)

Weights = tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]
LN3 = math.log(3)


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
    mask[..., 0], mask[..., 1] = True, False
    return mask


def identities(d: int) -> Weights:
    """Wq, Wk, Wv and Wo that change nothing, each an array of its own."""
    return np.eye(d), np.eye(d), np.eye(d), np.eye(d)


def causal_mask_by_hand(T: int) -> np.ndarray:
    """Key j is allowed to query i where j <= i."""
    return np.array([[j <= i for j in range(T)] for i in range(T)])


def random_weights(rng: np.random.Generator, d: int) -> Weights:
    """Wq, Wk, Wv and Wo without any structure."""
    Wq, Wk, Wv, Wo = rng.normal(scale=0.5, size=(4, d, d))
    return Wq, Wk, Wv, Wo


class TestSoftmax:
    """Shares of one whole along one axis."""

    def test_weights_are_exponentials_over_their_sum(self, rng: np.random.Generator) -> None:
        """The definition itself: exp of each score over the sum of exps in its slice."""
        x = rng.uniform(-3, 3, size=6).round(2)
        terms = [math.exp(v) for v in x]
        actual = softmax(x)
        assert actual.shape == (6,)
        assert_allclose(actual, [t / sum(terms) for t in terms], rtol=1e-7)

    def test_large_scores_do_not_overflow(self) -> None:
        """exp(1000) is infinite and inf / inf is NaN. Shifting all scores of a slice changes
        nothing, so the exponents can be made harmless before the exponential is taken.
        """
        assert_allclose(softmax(np.array([1000.0, 1000.0])), [0.5, 0.5], rtol=1e-7)
        assert_allclose(softmax(np.array([1000.0, 1000.0 + LN3])), [0.25, 0.75], rtol=1e-7)

    def test_float16_scores_of_12_do_not_overflow(self) -> None:
        """float16 ends at 65504 and exp(12) is 162755: half precision overflows at scores that
        are ordinary.
        """
        x = np.array([12.0, 12.0, 10.0], dtype=np.float16)
        two = math.exp(2)
        expected = [two / (2 * two + 1), two / (2 * two + 1), 1 / (2 * two + 1)]
        assert_allclose(softmax(x).astype(float), expected, rtol=1e-2)

    def test_a_square_matrix_is_normalised_row_by_row(self, rng: np.random.Generator) -> None:
        """Without keepdims the rows' maxima and sums line up with the columns. Other shapes
        raise; a square matrix returns wrong numbers.
        """
        x = rng.normal(size=(3, 3)).round(2)
        expected = [[math.exp(v) / sum(math.exp(w) for w in row) for v in row] for row in x]
        assert_allclose(softmax(x), expected, rtol=1e-7)

    def test_each_slice_is_shifted_by_its_own_maximum(self) -> None:
        """One maximum for the whole array leaves the other slices far below it: all their
        exponentials are 0, and so is their sum.
        """
        x = np.array([[1000.0, 1000.0], [-1000.0, -1000.0 + LN3]])
        assert_allclose(softmax(x), [[0.5, 0.5], [0.25, 0.75]], rtol=1e-7)

    def test_every_slice_sums_to_one(self, rng: np.random.Generator) -> None:
        """A small constant in the denominator guards against 0 / 0 and takes a little from every
        slice; the zeros of a slice without allowed entries have to come from elsewhere.
        """
        x = rng.normal(size=(3, 4))
        actual = softmax(x)
        assert actual.shape == (3, 4)
        missing = 1 - actual.sum(axis=-1)
        assert_allclose(missing, np.zeros(3), atol=1e-11)

    def test_any_axis_can_be_the_normalised_one(self, rng: np.random.Generator) -> None:
        """The argument axis has to reach the maximum and the sum; -1 is only its default."""
        x = rng.normal(size=(2, 3, 4))
        for axis in (0, 1, 2, -2):
            e = np.exp(x)
            actual = softmax(x, axis=axis)
            assert actual.shape == (2, 3, 4)
            assert_allclose(actual, e / e.sum(axis=axis, keepdims=True), rtol=1e-9)

    def test_minus_infinity_weighs_nothing(self) -> None:
        """-inf is how a mask says 'not this one': exactly 0, and the others share the whole 1. A
        check for finite scores refuses it along with NaN and +inf.
        """
        assert_allclose(softmax(np.array([0.0, -np.inf, LN3])), [0.25, 0.0, 0.75], rtol=1e-9)

    def test_a_slice_of_minus_infinities_becomes_zeros(self) -> None:
        """Its maximum is -inf, and -inf - (-inf) is NaN. A query that may attend to nothing gets
        nothing, and the slices beside it are not disturbed.
        """
        x = np.array([[-np.inf, -np.inf], [0.0, LN3]])
        assert_allclose(softmax(x), [[0.0, 0.0], [0.25, 0.75]], rtol=1e-9)

    def test_the_dtype_is_kept(self) -> None:
        """A result that is left in float64, after a conversion on the way or from a buffer of
        zeros, doubles or quadruples the memory of every layer that follows.
        """
        for dtype, rtol in ((np.float16, 1e-2), (np.float32, 1e-5), (np.float64, 1e-10)):
            actual = softmax(np.array([[0.0, 1.0], [-np.inf, 2.0]], dtype=dtype))
            assert actual.dtype == np.dtype(dtype)
            assert_allclose(actual[1], [0.0, 1.0], rtol=rtol)

    def test_nan_and_plus_infinity_are_refused(self) -> None:
        """One NaN makes its whole slice NaN, and the maximum of a slice with +inf cannot be
        subtracted: say so here, not ten layers later.
        """
        for bad in (np.nan, np.inf):
            with pytest.raises(ValueError, match=r"\bx\b"):
                softmax(np.array([[0.0, 1.0], [bad, 2.0]]))
        assert_allclose(softmax(np.array([0.0, -np.inf])), [1.0, 0.0], rtol=1e-10)

    def test_an_empty_array_is_refused(self) -> None:
        """There is nothing to share out; the error of numpy's max does not say whose fault it
        is.
        """
        with pytest.raises(ValueError, match=r"\bx\b"):
            softmax(np.array([]))
        assert softmax(np.array([3.0])).tolist() == pytest.approx([1.0], rel=1e-10)

    def test_thousands_of_float16_scores_still_sum_to_one(self) -> None:
        """float16 counts to 2048 and no further: 2048 + 1 is rounded back to 2048. The total needs
        more digits than the result. Here a total kept in float16 gives weights that sum to 2.
        """
        actual = softmax(np.zeros((4096, 2), dtype=np.float16), axis=0)
        assert actual.shape == (4096, 2)
        assert_allclose(actual.astype(float).sum(axis=0), [1.0, 1.0], rtol=1e-2)

    def test_rows_are_not_looped_over(
        self, cost: Callable[..., Any], rng: np.random.Generator
    ) -> None:
        """A Python loop over the rows takes four times the steps for four times the rows; whole
        arrays take the same number. Compared are the steps of 200 rows with twice those of 50.
        """
        x = rng.normal(size=(200, 5))
        few, many = cost(softmax, x[:50]), cost(softmax, x)
        assert many.result.shape == (200, 5)
        assert_allclose(many.result[:50], few.result, rtol=1e-9)
        assert many.steps < 2 * few.steps


class TestAttend:
    """Scaled dot-product attention with masks."""

    def test_each_query_shares_out_one_whole(self) -> None:
        """The softmax runs over the keys, the last axis. Over the queries the columns sum to 1
        and the rows do not: keys would share out queries.
        """
        Q = np.array([[2.0], [0.0]])
        _, weights = attend(Q, Q, Q)
        assert weights.shape == (2, 2)
        assert_allclose(weights.sum(axis=1), [1.0, 1.0], rtol=1e-9)

    def test_wide_vectors_do_not_saturate_the_softmax(self, rng: np.random.Generator) -> None:
        """Undivided, scores of d = 512 have a standard deviation of 22: one key of 64 takes over
        0.9 of the weight, and a softmax that is this sure passes hardly any gradient.
        """
        Q, K = rng.normal(size=(20, 512)), rng.normal(size=(64, 512))
        _, weights = attend(Q, K, K)
        assert weights.shape == (20, 64)
        assert weights.max(axis=-1).mean() < 0.3

    def test_scores_are_divided_by_the_root_of_d(self) -> None:
        """With d = 4 the score of 4 becomes 2. Dividing by d itself flattens the weights: a dot
        product of d unit-variance terms has variance d, so its standard deviation is sqrt(d).
        """
        Q, K = np.ones((1, 4)), np.array([[1.0] * 4, [0.0] * 4])
        _, weights = attend(Q, K, K)
        top = math.exp(2) / (math.exp(2) + 1)
        assert weights.shape == (1, 2)
        assert_allclose(weights, [[top, 1 - top]], rtol=1e-9)

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
            assert_allclose(weights[b], expected_weights, rtol=1e-10)
            assert_allclose(output[b], expected_output, rtol=1e-10, atol=1e-14)

    def test_sizes_may_all_differ(self, rng: np.random.Generator) -> None:
        """Queries, keys, dimensions and value dimensions are four sizes, and the root is that of
        the third. Two batch axes work like one, or like none.
        """
        Q, K, V = (
            rng.normal(size=(2, 3, 4, 6)),
            rng.normal(size=(2, 3, 5, 6)),
            rng.normal(size=(2, 3, 5, 7)),
        )
        expected = {place: by_hand(Q[place], K[place], V[place]) for place in np.ndindex(2, 3)}
        output, weights = attend(Q, K, V)
        assert output.shape == (2, 3, 4, 7)
        assert weights.shape == (2, 3, 4, 5)
        for place, (expected_output, expected_weights) in expected.items():
            assert_allclose(weights[place], expected_weights, rtol=1e-10)
            assert_allclose(output[place], expected_output, rtol=1e-10, atol=1e-14)

    def test_allowed_keys_share_the_whole_one(self) -> None:
        """Weights that are zeroed after the softmax sum to less than 1: the forbidden keys had
        already taken their share of the denominator. The mask comes before the softmax.
        """
        Q = np.zeros((3, 2))
        mask = np.array([[True, False, False], [True, True, False], [False, True, True]])
        _, weights = attend(Q, Q, Q, mask)
        assert weights.shape == (3, 3)
        assert_allclose(weights.sum(axis=-1), [1.0, 1.0, 1.0], rtol=1e-10)

    def test_true_in_the_mask_means_may_attend(self) -> None:
        """Conventions differ: torch's scaled_dot_product_attention reads True as allowed, its
        MultiheadAttention reads True as blocked. Here True is allowed.
        """
        Q, K, V = np.array([[40.0]]), np.ones((3, 1)), np.array([[1.0], [3.0], [100.0]])
        output, weights = attend(Q, K, V, np.array([[True, True, False]]))
        assert weights.shape == (1, 3)
        assert_allclose(weights, [[0.5, 0.5, 0.0]], rtol=1e-9, atol=1e-9)
        assert_allclose(output, [[2.0]], rtol=1e-9)

    def test_a_forbidden_key_is_not_a_key_with_score_zero(self) -> None:
        """Scores times the mask make forbidden scores 0, and exp(0) = 1 is a weight like any
        other: here it would be the largest.
        """
        Q, K = np.array([[2.0]]), np.array([[-1.0], [-1.0], [3.0]])
        _, weights = attend(Q, K, np.eye(3), np.array([[True, True, False]]))
        assert weights.shape == (1, 3)
        assert_allclose(weights, [[0.5, 0.5, 0.0]], rtol=1e-9)

    def test_a_forbidden_key_weighs_nothing_however_low_the_others_score(self) -> None:
        """-1e9 is only a large number: beside an allowed score of -1e10 the forbidden key wins
        everything.
        """
        Q, K = np.array([[1e5]]), np.array([[-1e5], [1.0]])
        _, weights = attend(Q, K, np.eye(2), np.array([[True, False]]))
        assert weights.shape == (1, 2)
        assert_allclose(weights, [[1.0, 0.0]], rtol=1e-10)

    def test_a_query_without_allowed_keys_gets_zeros(self) -> None:
        """A row that is filled with one large negative number is a row of equal scores: the
        query attends to all that it may not see. A row of -inf is NaN instead, unless the
        softmax knows better.
        """
        Q, K, V = np.ones((2, 2)), np.ones((2, 2)), np.array([[1.0], [5.0]])
        output, weights = attend(Q, K, V, np.array([[False, False], [True, True]]))
        assert_allclose(weights, [[0.0, 0.0], [0.5, 0.5]], rtol=1e-9)
        assert_allclose(output, [[0.0], [3.0]], rtol=1e-9)

    def test_a_mask_may_not_enlarge_the_scores(self) -> None:
        """A mask with an axis too many broadcasts the other way: one sequence quietly becomes
        two, or gets an axis that nobody asked for.
        """
        Q = np.ones((3, 2))
        for batch in (2, 1):
            with pytest.raises(ValueError, match=r"\bmask\b"):
                attend(Q, Q, Q, np.ones((batch, 3, 3), dtype=bool))
        with pytest.raises(ValueError, match=r"\bmask\b"):
            attend(Q[:1], Q[:1], Q[:1], np.ones((2, 2), dtype=bool))
        output, _ = attend(Q, Q, Q, np.ones((3, 3), dtype=bool))
        assert output.shape == (3, 2)
        assert_allclose(output, [[1.0, 1.0]] * 3, rtol=1e-9)

    def test_a_mask_that_does_not_fit_is_refused(self) -> None:
        """The error says mask, so that nobody looks for the fault in Q, K or V."""
        Q, K = np.ones((2, 2)), np.ones((3, 2))
        with pytest.raises(ValueError, match=r"\bmask\b"):
            attend(Q, K, K, np.ones((3, 2), dtype=bool))
        output, _ = attend(Q, K, K, np.ones((2, 3), dtype=bool))
        assert output.shape == (2, 2)
        assert_allclose(output, [[1.0, 1.0]] * 2, rtol=1e-9)

    def test_a_mask_that_is_not_boolean_is_refused(self) -> None:
        """The other convention adds 0 and -inf to the scores. Read as truth values it allows
        just what it forbids, since -inf is true and 0 is false.
        """
        Q = np.ones((2, 2))
        for mask in (np.array([[0.0, -np.inf]]), np.array([[1, 0]])):
            with pytest.raises(ValueError, match=r"\bmask\b"):
                attend(Q, Q, Q, mask)
        _, weights = attend(Q, Q, Q, np.array([[True, False]]))
        assert_allclose(weights, [[1.0, 0.0]] * 2, rtol=1e-10)

    def test_float32_stays_float32(self, rng: np.random.Generator) -> None:
        """np.sqrt of an int is a numpy float64, and since numpy 2 a float32 array divided by it
        is float64. Python's own floats leave the dtype alone.
        """
        Q, K, V = rng.normal(size=(3, 2, 3)).astype(np.float32)
        for mask in (None, np.array([[True, False], [True, True]])):
            expected, _ = by_hand(Q, K, V, mask)
            output, weights = attend(Q, K, V, mask)
            assert weights.dtype == np.dtype(np.float32)
            assert output.dtype == np.dtype(np.float32)
            assert_allclose(output, expected, rtol=1e-4, atol=1e-5)

    def test_a_k_that_does_not_fit_q_is_refused(self) -> None:
        """Q and K share d. numpy's own message speaks of operands and core dimensions."""
        Q = np.ones((2, 6, 4))
        for width in (3, 5):
            K = np.ones((2, 3, width))
            with pytest.raises(ValueError, match=r"\bK\b"):
                attend(Q, K, K)
        K = np.ones((2, 3, 4))
        assert_allclose(attend(Q, K, K)[0], np.ones((2, 6, 4)), rtol=1e-9)

    def test_a_v_that_does_not_fit_k_is_refused(self) -> None:
        """K and V share Tk: key j and value j are one entry."""
        Q, K = np.ones((2, 6, 4)), np.ones((2, 3, 4))
        for rows in (2, 4):
            with pytest.raises(ValueError, match=r"\bV\b"):
                attend(Q, K, np.ones((2, rows, 4)))
        assert_allclose(attend(Q, K, np.ones((2, 3, 1)))[0], np.ones((2, 6, 1)), rtol=1e-9)

    def test_batch_axes_are_not_broadcast(self) -> None:
        """A batch of one is repeated by numpy for every sequence of the others: the queries of
        all sequences would quietly attend to the same keys.
        """
        two = np.ones((2, 1, 2))
        for other in (np.ones((1, 1, 2)), np.ones((3, 1, 2)), np.ones((1, 2))):
            with pytest.raises(ValueError, match=r"\bK\b"):
                attend(two, other, other)
            with pytest.raises(ValueError, match=r"\bV\b"):
                attend(two, two, other)
        output, _ = attend(two, two, two)
        assert output.shape == (2, 1, 2)
        assert_allclose(output, two, rtol=1e-10)

    def test_nan_and_infinity_are_refused_by_name(self) -> None:
        """Behind a mask too: a weight of 0 times NaN is NaN, so padding with NaN poisons the
        output.
        """
        for named in "QKV":
            arrays = {name: np.ones((2, 2)) for name in "QKV"}
            for bad in (np.nan, np.inf, -np.inf):
                arrays[named][1, 0] = bad
                with pytest.raises(ValueError, match=rf"\b{named}\b"):
                    attend(**arrays, mask=np.array([[True, False]]))
        finite = np.ones((2, 2))
        output, _ = attend(finite, finite, finite, np.array([[True, False]]))
        assert output.shape == (2, 2)
        assert_allclose(output, [[1.0, 1.0]] * 2, rtol=1e-10)

    def test_an_empty_array_is_refused_by_name(self) -> None:
        """No queries, no keys or values without columns: there is nothing to compute."""
        for named, shape in [("Q", (0, 2)), ("K", (0, 2)), ("V", (2, 0))]:
            arrays = {name: np.ones((2, 2)) for name in "QKV"} | {named: np.ones(shape)}
            with pytest.raises(ValueError, match=rf"\b{named}\b"):
                attend(**arrays)
        one = np.ones((1, 1))
        output, _ = attend(one, one, one)
        assert output.shape == (1, 1)
        assert_allclose(output, [[1.0]], rtol=1e-10)

    def test_random_masks_of_every_shape(self, rng: np.random.Generator) -> None:
        """One row for all, one matrix for all, one row per sequence, or one matrix per sequence:
        whatever broadcasts to the weights' shape is a mask.
        """
        Q, K, V = rng.normal(size=(2, 3, 4)), rng.normal(size=(2, 5, 4)), rng.normal(size=(2, 5, 2))
        for shape in [(5,), (3, 5), (2, 1, 5), (2, 3, 5)]:
            mask = random_mask(rng, *shape)
            full = np.broadcast_to(mask, (2, 3, 5))
            expected = [by_hand(Q[b], K[b], V[b], full[b]) for b in range(2)]
            output, weights = attend(Q.copy(), K.copy(), V.copy(), mask)
            assert weights.shape == (2, 3, 5)
            assert output.shape == (2, 3, 2)
            for b, (expected_output, expected_weights) in enumerate(expected):
                assert_allclose(weights[b], expected_weights, rtol=1e-10)
                assert_allclose(output[b], expected_output, rtol=1e-10, atol=1e-14)

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
        assert_allclose(many.result[0][:16], few.result[0], rtol=1e-10, atol=1e-14)
        assert many.steps < 2 * few.steps


class TestCausalMask:
    """No query sees the future."""

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

    def test_it_is_boolean(self) -> None:
        """Ones and zeros of another type are refused as a mask."""
        assert causal_mask(2, 2).dtype == np.dtype(bool)

    def test_a_size_below_one_is_refused_by_name(self) -> None:
        """One query and one key are the smallest legal mask."""
        assert causal_mask(1, 1).tolist() == [[True]]
        for Tq, Tk, named in [(0, 2, "Tq"), (-1, 2, "Tq"), (2, 0, "Tk"), (2, -1, "Tk")]:
            with pytest.raises(ValueError, match=rf"\b{named}\b"):
                causal_mask(Tq, Tk)

    def test_random_sizes_follow_the_rule(self, rng: np.random.Generator) -> None:
        """Rows are queries i, columns are keys j, allowed where j <= i."""
        for Tq, Tk in rng.integers(1, 30, size=(5, 2)).tolist():
            expected = [[j <= i for j in range(Tk)] for i in range(Tq)]
            assert_array_equal(causal_mask(Tq, Tk), np.array(expected))


class TestPaddingMask:
    """No query sees padding."""

    def test_it_has_an_axis_for_queries_and_none_for_heads(self) -> None:
        """(B, T) would line up with queries and keys when it meets (B, T, T), and the axis for
        heads is added where heads exist.
        """
        assert padding_mask([1, 2, 2, 3], 3).shape == (4, 1, 3)

    def test_true_stands_for_tokens_and_false_for_padding(self) -> None:
        """In torch's key_padding_mask it is the other way round: True there means ignore. Looked
        at are the first of 4 positions, a token, and the last one, padding.
        """
        actual = padding_mask([2], 4)
        assert actual.shape == (1, 1, 4)
        assert [bool(actual[0, 0, 0]), bool(actual[0, 0, 3])] == [True, False]

    def test_a_length_counts_tokens(self) -> None:
        """Positions count from 0, so a sequence of length 1 ends before position 1."""
        assert padding_mask([1, 2], 3)[:, 0].astype(int).tolist() == [[1, 0, 0], [1, 1, 0]]

    def test_a_length_may_be_zero_or_full(self) -> None:
        """Both ends are legal: a sequence of padding only, and one without padding."""
        assert padding_mask([0, 2], 2).tolist() == [[[False, False]], [[True, True]]]

    def test_impossible_lengths_are_refused(self) -> None:
        """A comparison takes any length without complaint: 3 of 2 looks like a full sequence, -1
        like an empty one.
        """
        impossible: list[list[int]] = [[3, 1], [1, -1], []]
        for lengths in impossible:
            with pytest.raises(ValueError, match=r"\blengths\b"):
                padding_mask(lengths, 2)
        assert padding_mask([2, 1], 2)[:, -1].tolist() == [[True, True], [True, False]]

    def test_no_positions_are_refused(self) -> None:
        """T = 1 is the shortest legal mask."""
        assert padding_mask([1], 1).tolist() == [[[True]]]
        with pytest.raises(ValueError, match=r"\bT\b"):
            padding_mask([0], 0)

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

    def test_one_head_is_plain_attention(self, rng: np.random.Generator) -> None:
        """With one head and identity projections nothing is left but attention of X to itself.
        Adding X to the result is the residual connection, which belongs to the block around it.
        """
        X = rng.normal(size=(1, 3, 2)).round(1)
        expected, _ = by_hand(X[0], X[0], X[0])
        actual = multi_head(X, *identities(2), 1)
        assert actual.shape == (1, 3, 2)
        assert_allclose(actual[0], expected, rtol=1e-10, atol=1e-14)

    def test_head_h_owns_its_block_of_columns(self) -> None:
        """A plain reshape from (B, T, d) to (B, n_heads, T, dh) cuts tokens apart: head 0 gets
        the first half of the tokens, not its columns of all tokens. Equal scores make each
        result the mean of the values: here of a column, 1 or 20. The places are not looked at.
        """
        X = np.array([[[0.0, 10.0], [2.0, 30.0]]])
        zero, one = np.zeros((2, 2)), np.eye(2)
        actual = multi_head(X, zero, zero, one, one, 2)
        assert actual.shape == (1, 2, 2)
        assert_allclose(np.sort(actual, axis=None), [1.0, 1.0, 20.0, 20.0], rtol=1e-9)

    def test_heads_are_merged_token_by_token(self) -> None:
        """The way back needs the axes swapped before the reshape. Read off head by head, the
        rows hold one head of several tokens. Equal scores make every row the columns' means.
        """
        X = np.array([[[1.0, 20.0], [3.0, 40.0], [5.0, 60.0]]])
        zero, one = np.zeros((2, 2)), np.eye(2)
        actual = multi_head(X, zero, zero, one, one, 2)
        assert actual.shape == (1, 3, 2)
        assert_allclose(actual, [[[3.0, 40.0]] * 3], rtol=1e-9)

    def test_each_head_is_scaled_by_its_own_width(self) -> None:
        """Scores of a head are sums of dh products, not of d: the root of the full width
        flattens every head. Here dh = 1, so nothing is divided.
        """
        X = np.zeros((1, 2, 4))
        X[0, 0] = 1.0
        actual = multi_head(X, *identities(4), 4)
        top = math.exp(1) / (math.exp(1) + 1)
        assert actual.shape == (1, 2, 4)
        assert_allclose(actual, [[[top] * 4, [0.5] * 4]], rtol=1e-9)

    def test_the_columns_of_a_head_stand_side_by_side(self) -> None:
        """Reshaped to (dh, n_heads) instead of (n_heads, dh), columns are dealt out like cards:
        head 0 gets columns 0 and 2. Here columns 0 and 1 belong to one head and both add to its
        score.
        """
        X = np.array([[[1.0, 1.0, 0.0, 0.0], [0.0, 0.0, 0.0, 0.0]]])
        actual = multi_head(X, *identities(4), 2)
        top = math.exp(math.sqrt(2)) / (math.exp(math.sqrt(2)) + 1)
        assert actual.shape == (1, 2, 4)
        assert_allclose(actual, [[[top, top, 0.0, 0.0], [0.5, 0.5, 0.0, 0.0]]], rtol=1e-9)

    def test_tokens_are_rows_that_meet_the_weights_from_the_left(self) -> None:
        """X @ W, not X @ W.T: torch's Linear stores the transpose, this kata does not. Here Wv
        moves column 0 into column 1.
        """
        X = np.array([[[3.0, 5.0]]])
        Wv = np.array([[0.0, 1.0], [0.0, 0.0]])
        actual = multi_head(X, np.eye(2), np.eye(2), Wv, np.eye(2), 1)
        assert actual.shape == (1, 1, 2)
        assert_allclose(actual, [[[0.0, 3.0]]], rtol=1e-10)

    def test_the_output_passes_through_wo(self) -> None:
        """Side by side, the heads know nothing of each other; Wo is the only place where they
        mix.
        """
        X = np.array([[[3.0, 5.0]]])
        Wo = np.array([[1.0, 10.0], [100.0, 1000.0]])
        actual = multi_head(X, np.eye(2), np.eye(2), np.eye(2), Wo, 2)
        assert_allclose(actual, [[[503.0, 5030.0]]], rtol=1e-10)

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
        assert_allclose(actual[1, :3], actual[0, :3], rtol=1e-9, atol=1e-12)

    def test_a_mask_per_sequence_holds_in_every_head(self) -> None:
        """(B, 1, T) against scores (B, n_heads, T, T) lines up sequences with heads: with as
        many heads as sequences nothing raises, and each head gets another sequence's mask.
        """
        X = np.array([[[1.0, 10.0], [3.0, 30.0]], [[5.0, 50.0], [7.0, 70.0]]])
        zero, one = np.zeros((2, 2)), np.eye(2)
        mask = np.array([[[True, False]], [[True, True]]])
        actual = multi_head(X, zero, zero, one, one, 2, mask)
        assert actual.shape == (2, 2, 2)
        assert_allclose(actual, [[[1.0, 10.0]] * 2, [[6.0, 60.0]] * 2], rtol=1e-10)

    def test_one_mask_of_tokens_holds_in_every_sequence(self) -> None:
        """(T, T) has no axis for sequences: an axis put behind its first one turns queries into
        sequences or heads, and with equal sizes nothing raises.
        """
        X = np.array([[[1.0, 10.0], [3.0, 30.0]], [[5.0, 50.0], [7.0, 70.0]]])
        zero, one = np.zeros((2, 2)), np.eye(2)
        actual = multi_head(X, zero, zero, one, one, 2, causal_mask_by_hand(2))
        assert actual.shape == (2, 2, 2)
        expected = [[[1.0, 10.0], [2.0, 20.0]], [[5.0, 50.0], [6.0, 60.0]]]
        assert_allclose(actual, expected, rtol=1e-10)

    def test_a_sequence_of_padding_gives_zeros(self) -> None:
        """A query without any allowed key gets zeros from every head, and zeros @ Wo are
        zeros.
        """
        X, one = np.ones((2, 2, 2)), np.eye(2)
        actual = multi_head(X, one, one, one, one, 2, np.array([[[False] * 2], [[True] * 2]]))
        assert actual.shape == (2, 2, 2)
        assert_allclose(actual, [[[0.0] * 2] * 2, [[1.0] * 2] * 2], rtol=1e-9)

    def test_float32_stays_float32(self, rng: np.random.Generator) -> None:
        """Buffers from np.zeros or np.empty are float64 unless they are told otherwise."""
        X, W = rng.normal(size=(1, 3, 4)).astype(np.float32), np.eye(4, dtype=np.float32)
        assert multi_head(X, W, W, W, W, 2).dtype == np.dtype(np.float32)

    def test_heads_that_do_not_divide_d_are_refused(self) -> None:
        """The quotient d // n_heads forgets the rest: columns left over belong to no head. As many
        heads as columns are legal, fewer than one head is not.
        """
        X, one = np.ones((1, 2, 4)), np.eye(4)
        assert multi_head(X, one, one, one, one, 4).shape == (1, 2, 4)
        for n_heads in (3, 8, 0, -1):
            with pytest.raises(ValueError, match=r"\bn_heads\b"):
                multi_head(X, one, one, one, one, n_heads)

    @pytest.mark.parametrize("named", ["Wq", "Wk", "Wv", "Wo"])
    def test_weights_of_another_shape_are_refused_by_name(self, named: str) -> None:
        """A weight that is too short or too narrow may still multiply, or fail much later, and
        then in another matrix's name.
        """
        weights = {name: np.eye(4) for name in ("Wq", "Wk", "Wv", "Wo")}
        for shape in [(4, 2), (2, 4), (4, 6), (6, 4), (2, 2), (6, 6)]:
            weights[named] = np.ones(shape)
            with pytest.raises(ValueError, match=rf"\b{named}\b"):
                multi_head(np.ones((1, 2, 4)), **weights, n_heads=2)
        weights[named] = np.eye(4)
        assert_allclose(multi_head(np.ones((1, 2, 4)), **weights, n_heads=2), np.ones((1, 2, 4)))

    @pytest.mark.parametrize("named", ["X", "Wq", "Wk", "Wv", "Wo"])
    def test_nan_and_infinity_are_refused_by_name(self, named: str) -> None:
        """NaN in one token reaches every token that attends to it, and inside attention it
        would be reported as Q's, K's or V's.
        """
        arrays = {name: np.eye(2) for name in ("Wq", "Wk", "Wv", "Wo")} | {"X": np.ones((1, 2, 2))}
        for bad in (np.nan, -np.inf):
            arrays[named][..., 0, 0] = bad
            with pytest.raises(ValueError, match=rf"\b{named}\b"):
                multi_head(**arrays, n_heads=2)
        one = np.eye(2)
        assert_allclose(multi_head(np.ones((1, 2, 2)), one, one, one, one, 2), np.ones((1, 2, 2)))

    def test_no_tokens_are_refused(self) -> None:
        """A batch without sequences, or sequences without tokens."""
        one = np.eye(2)
        for shape in [(0, 2, 2), (1, 0, 2)]:
            with pytest.raises(ValueError, match=r"\bX\b"):
                multi_head(np.ones(shape), one, one, one, one, 2)
        assert_allclose(multi_head(np.ones((1, 1, 2)), one, one, one, one, 2), np.ones((1, 1, 2)))

    @pytest.mark.parametrize(
        "mask",
        [np.ones((2, 3, 2, 2), dtype=bool), np.ones((2, 3), dtype=bool), np.ones((2, 2))],
        ids=["with an axis for heads", "too wide", "floats"],
    )
    def test_a_mask_that_does_not_fit_is_refused(self, mask: np.ndarray) -> None:
        """The mask speaks of sequences, queries and keys; a mask per head is not part of this
        function.
        """
        X, one = np.ones((2, 2, 6)), np.eye(6)
        with pytest.raises(ValueError, match=r"\bmask\b"):
            multi_head(X, one, one, one, one, 3, mask)
        fits = np.ones((2, 2), dtype=bool)
        assert_allclose(multi_head(X, one, one, one, one, 3, fits), X, rtol=1e-9)

    def test_permuted_tokens_give_permuted_outputs(self, rng: np.random.Generator) -> None:
        """Attention has no idea of order: without a mask and without positions, shuffling the
        tokens shuffles the rows of the result and changes none of them.
        """
        X, Ws = rng.normal(size=(2, 5, 4)), random_weights(rng, 4)
        order, expected = rng.permutation(5), heads_by_hand(X, Ws, 2)
        plain, shuffled = multi_head(X.copy(), *Ws, 2), multi_head(X[:, order], *Ws, 2)
        assert plain.shape == (2, 5, 4)
        assert_allclose(shuffled, plain[:, order], rtol=1e-9, atol=1e-12)
        assert_allclose(plain, expected, rtol=1e-9, atol=1e-12)

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
            actual = multi_head(X.copy(), *(W.copy() for W in Ws), n_heads, mask)
            assert actual.shape == (3, 5, 8)
            assert_allclose(actual, expected, rtol=1e-9, atol=1e-12)

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
        assert_allclose(many.result[:8], few.result, rtol=1e-9, atol=1e-12)
        assert many.steps < 2 * few.steps


class TestSinusoidalPositions:
    """Waves that tell positions apart."""

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
        assert_allclose(actual, [[0.0, 1.0] * 3], rtol=1e-9)

    def test_a_sine_and_its_cosine_share_a_frequency(self) -> None:
        """The exponent belongs to the pair. With one of its own for every column, the odd ones
        turn at other speeds, and a shift in position is no longer a rotation of each pair.
        """
        actual = sinusoidal_positions(4, 4)
        assert actual.shape == (4, 4)
        squares = actual[:, 0::2] ** 2 + actual[:, 1::2] ** 2
        assert_allclose(squares, np.ones((4, 2)), rtol=1e-9)

    def test_the_exponent_grows_by_two_per_pair(self) -> None:
        """The exponent of pair k is 2k/d, not k/d: with growing d the longest wave nears
        10000 * 2 pi positions, not 100 * 2 pi.
        """
        actual = sinusoidal_positions(2, 8)
        assert actual.shape == (2, 8)
        assert_allclose(actual[1, 6], math.sin(10_000 ** (-6 / 8)), rtol=1e-9)

    def test_an_odd_width_is_refused(self) -> None:
        """An odd d leaves a sine without its cosine, and a single sine cannot be rotated."""
        for d in (1, 3, 7):
            with pytest.raises(ValueError, match=r"\bd\b"):
                sinusoidal_positions(2, d)
        assert_allclose(sinusoidal_positions(1, 2), [[0.0, 1.0]], rtol=1e-9)

    def test_sizes_below_one_are_refused_by_name(self) -> None:
        """One position and one pair are the smallest table."""
        assert_allclose(sinusoidal_positions(1, 2), [[0.0, 1.0]], rtol=1e-9)
        for T, d, named in [(0, 2, "T"), (-1, 2, "T"), (2, 0, "d"), (2, -2, "d")]:
            with pytest.raises(ValueError, match=rf"\b{named}\b"):
                sinusoidal_positions(T, d)

    def test_random_sizes_follow_the_formula(self, rng: np.random.Generator) -> None:
        """Position by position and column by column, from the definition."""
        for _ in range(4):
            T, d = int(rng.integers(2, 12)), 2 * int(rng.integers(1, 10))
            actual = sinusoidal_positions(T, d)
            assert actual.shape == (T, d)
            assert actual.dtype == np.dtype(float)
            wave = [math.sin, math.cos]
            expected = [
                [wave[j % 2](t / 10_000 ** ((j - j % 2) / d)) for j in range(d)] for t in range(T)
            ]
            assert_allclose(actual, expected, rtol=1e-9, atol=1e-12)
