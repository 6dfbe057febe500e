"""The specification of kata05_backprop."""

import math
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from numpy.testing import assert_allclose

from katas.kata05_backprop.backprop import (
    Layer,
    backward,
    bce_from_logits,
    find_fault,
    forward,
    init_params,
    mse,
    numeric_grads,
    relative_error,
    sgd_step,
)

Params = list[tuple[np.ndarray, np.ndarray]]
HIDDEN = ["sigmoid", "tanh", "relu"]
ANY_MESSAGE = "^"
# Fit for complex numbers, too: an imaginary step of 1e-30 gives gradients without cancellation.
ACTIVATIONS: dict[str, Callable[[np.ndarray], np.ndarray]] = {
    "linear": lambda z: z,
    "sigmoid": lambda z: 1 / (1 + np.exp(-z)),
    "tanh": np.tanh,
    "relu": lambda z: np.where(z.real > 0, z, 0),
}


def random_net(rng: np.random.Generator, *sizes: int) -> Params:
    """Draw weights and biases of order 1."""
    return [(rng.normal(size=(n, m)), rng.normal(size=m)) for n, m in pairwise(sizes)]


def walk(params: Params, X: np.ndarray, hidden: str, out: str) -> tuple[np.ndarray, list[Layer]]:
    """Go through the net by the definition: the prediction, and what each layer remembers."""
    cache = []
    for (W, b), name in zip(params, [hidden] * (len(params) - 1) + [out], strict=True):
        cache.append(Layer(X, X @ W + b, name))
        X = ACTIVATIONS[name](X @ W + b)
    return X, cache


def exact_grads(params: Params, X: np.ndarray, y: np.ndarray, hidden: str, out: str) -> Params:
    """Differentiate the mean squared error by the complex step: no backward pass anywhere."""
    moved = [(W.astype(complex), b.astype(complex)) for W, b in params]

    def slopes(array: np.ndarray) -> np.ndarray:
        result = np.zeros(array.shape)
        for i in np.ndindex(array.shape):
            array[i] += 1e-30j
            result[i] = np.mean((walk(moved, X, hidden, out)[0] - y) ** 2).imag / 1e-30
            array[i] = array[i].real
        return result

    return [(slopes(W), slopes(b)) for W, b in moved]


def shapes(params: Params) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
    """List the shapes of each (W, b)."""
    return [(W.shape, b.shape) for W, b in params]


def values(params: Params) -> list[float]:
    """List all numbers of all layers, W before b."""
    return [float(v) for pair in params for array in pair for v in array.ravel()]


def cell(*numbers: float) -> np.ndarray:
    """Make an array of one row."""
    return np.array([numbers], dtype=float)


def counted(shape: tuple[int, ...]) -> np.ndarray:
    """Fill a shape with 1, 2, 3 and so on."""
    return np.arange(1.0, math.prod(shape) + 1).reshape(shape)


# Losses for numeric_grads, named for the report: the one layer's W is [[w]] or [[w1, w2]].
def three_w(params: Params) -> float:
    """Rise evenly."""
    return float(3 * params[0][0][0, 0])


def w_cubed(params: Params) -> float:
    """Rise ever faster."""
    return float(params[0][0][0, 0] ** 3)


def three_w1_plus_five_w2(params: Params) -> float:
    """Rise by another slope for each weight."""
    return float(3 * params[0][0][0, 0] + 5 * params[0][0][0, 1])


def three_b1_plus_five_b2(params: Params) -> float:
    """Rise by another slope for each bias."""
    return float(3 * params[0][1][0] + 5 * params[0][1][1])


def w1_times_w2(params: Params) -> float:
    """Let the slope of each weight be the other one."""
    return float(params[0][0][0, 0] * params[0][0][0, 1])


def gradient_check(rng: np.random.Generator, scale: float = 1.0) -> tuple[Params, Params, Params]:
    """Draw a net of three layers, a gradient, and the same with the noise of a numeric one."""
    params, analytic = random_net(rng, 2, 2, 2, 1), random_net(rng, 2, 2, 2, 1)
    analytic = [(scale * W, scale * b) for W, b in analytic]

    def noisy(array: np.ndarray) -> np.ndarray:
        return array * (1 + rng.uniform(-1e-8, 1e-8, size=array.shape))

    return params, analytic, [(noisy(W), noisy(b)) for W, b in analytic]


def arrays(params: Params) -> list[np.ndarray]:
    """List all arrays, W before b."""
    return [array for pair in params for array in pair]


def array_of(params: Params, name: str) -> np.ndarray:
    """Return the array of a name such as W1 or b2."""
    return params[int(name[1]) - 1]["Wb".index(name[0])]


def error_of(a: np.ndarray, b: np.ndarray) -> float:
    """Work out the relative error from its definition, entry by entry."""
    pairs = list(zip(a.ravel().tolist(), b.ravel().tolist(), strict=True))
    return max(abs(p - q) for p, q in pairs) / max(max(abs(p), abs(q)) for p, q in pairs)


class TestInitParams:
    """init_params(sizes, rng)."""

    def test_each_layer_is_w_of_n_in_by_n_out_and_b_of_n_out(self) -> None:
        """Inputs are rows here, so x @ W needs W as (n_in, n_out); torch stores the transpose."""
        params = init_params([3, 4, 1], np.random.default_rng(0))

        assert shapes(params) == [((3, 4), (4,)), ((4, 1), (1,))]

    def test_no_two_units_of_a_layer_start_alike(self, rng: np.random.Generator) -> None:
        """Units with equal weights get equal gradients and stay equal for ever.

        With all weights zero the hidden layer's gradient is exactly zero on top of that.
        """
        params = init_params([3, 5, 4], rng)

        different_columns = [len(np.unique(np.nan_to_num(W.T), axis=0)) for W, _ in params]
        assert different_columns == [5, 4]

    def test_every_bias_starts_at_zero(self) -> None:
        """Only the weights are drawn: they alone have to make the units of a layer differ."""
        params = init_params([3, 4, 2], np.random.default_rng(0))

        assert shapes(params) == [((3, 4), (4,)), ((4, 2), (2,))]
        assert [b.tolist() for _, b in params] == [[0, 0, 0, 0], [0, 0]]

    def test_the_generator_alone_decides_the_weights(self, rng: np.random.Generator) -> None:
        """A generator made inside, or a fixed seed, gives every run and every net one start."""
        seed = int(rng.integers(2**32))

        first, again, other = (
            values(init_params([2, 2], np.random.default_rng(s))) for s in (seed, seed, seed + 1)
        )

        assert again == first
        assert other != first

    def test_both_fans_count_alike(self, rng: np.random.Generator) -> None:
        """Swapping n_in and n_out leaves the spread alone: Glorot's limit has their sum.

        The limit of He et al. has n_in alone and is meant for relu.
        """
        ((wide_in, _),) = init_params([180, 20], rng)
        ((wide_out, _),) = init_params([20, 180], rng)

        assert_allclose(wide_in.std() / wide_out.std(), 1, rtol=0.06)

    def test_each_tenth_of_the_range_is_drawn_equally_often(self, rng: np.random.Generator) -> None:
        """Crowded in the middle: a normal draw, which has tails beyond any limit.

        Nothing below zero: drawn from 0 up to the limit, all units of a layer push the same way.
        """
        ((W, _),) = init_params([100, 100], rng)

        counts, _ = np.histogram(W / np.abs(W).max(), bins=10, range=(-1, 1))
        assert_allclose(counts, 1000, rtol=0, atol=4.5 * math.sqrt(1000 * 0.9))

    def test_the_largest_weight_reaches_the_limit(self, rng: np.random.Generator) -> None:
        """sqrt(2 / (n_in + n_out)) is the standard deviation; the limit is sqrt(3) times that."""
        ((W, _),) = init_params([40, 60], rng)

        assert_allclose(np.abs(W).max(), math.sqrt(6 / 100), rtol=0.02)

    def test_each_layer_has_the_limit_of_its_own_fans(self, rng: np.random.Generator) -> None:
        """One limit for the whole net fits one layer; the fans are those beside the weights."""
        params = init_params([120, 20, 10, 60], rng)

        assert shapes(params) == [((120, 20), (20,)), ((20, 10), (10,)), ((10, 60), (60,))]
        largest = [np.abs(W).max() for W, _ in params]
        limits = [math.sqrt(6 / fans) for fans in (140, 30, 70)]
        assert_allclose(np.divide(largest, limits), 1, rtol=0.08)


class TestForward:
    """forward(params, X, hidden, out)."""

    def test_the_prediction_and_the_cache_have_a_row_for_each_sample(
        self, rng: np.random.Generator
    ) -> None:
        """One Layer for each (W, b): the prediction goes on, and is no layer of its own."""
        pred, cache = forward(random_net(rng, 2, 3, 1), rng.normal(size=(4, 2)), "tanh", "linear")

        assert pred.shape == (4, 1)
        assert [layer.x.shape for layer in cache] == [(4, 2), (4, 3)]
        assert [layer.z.shape for layer in cache] == [(4, 3), (4, 1)]

    def test_one_linear_layer_is_x_w_plus_b(self, rng: np.random.Generator) -> None:
        """One row of X is one sample; the bias goes to every row."""
        W, b, X = (rng.uniform(1, 2, size=size) for size in ((2, 3), 3, (4, 2)))
        expected = [
            [sum(x[i] * W[i, j] for i in range(2)) + b[j] for j in range(3)] for x in X.tolist()
        ]

        pred, _ = forward([(W, b)], X, "relu", "linear")

        assert pred.shape == (4, 3)
        assert_allclose(pred, expected, rtol=1e-9, atol=1e-9)

    def test_the_last_layer_has_out_and_not_hidden(self) -> None:
        """With the hidden activation on it, the output is bounded: relu never gives -15."""
        params = [(cell(1), np.array([0.0])), (cell(-5), np.array([0.0]))]

        pred, _ = forward(params, cell(3), "relu", "linear")

        assert pred.shape == (1, 1)
        assert_allclose(pred, [[-15.0]], rtol=1e-9)

    @pytest.mark.parametrize("out", ["linear", "sigmoid"])
    @pytest.mark.parametrize("hidden", HIDDEN)
    def test_every_layer_but_the_last_has_the_hidden_activation(
        self, hidden: str, out: str, rng: np.random.Generator
    ) -> None:
        """Each layer hands on its activation, not its z: the layers in the middle, too."""
        params = random_net(rng, 2, 3, 3, 2)
        X = rng.normal(size=(4, 2))
        expected, _ = walk(params, X, hidden, out)

        pred, _ = forward(params, X, hidden, out)

        assert pred.shape == (4, 2)
        assert_allclose(pred, expected, rtol=1e-9, atol=1e-9)

    def test_the_cache_names_the_activation_of_each_layer(self, rng: np.random.Generator) -> None:
        """The name is all that backward is told: with the wrong one it takes the wrong slope."""
        _, cache = forward(random_net(rng, 2, 2, 2, 1), cell(1, 2), "relu", "sigmoid")

        assert [layer.activation for layer in cache] == ["relu", "relu", "sigmoid"]

    @pytest.mark.parametrize("out", ["linear", "sigmoid"])
    @pytest.mark.parametrize("hidden", HIDDEN)
    def test_the_cache_keeps_each_input_and_z_before_the_activation(
        self, hidden: str, out: str, rng: np.random.Generator
    ) -> None:
        """An activation kept in the place of z, or written into its array, loses z.

        For relu it shows where z is negative: there the cache holds 0.
        """
        params = random_net(rng, 2, 3, 3, 2)
        params[0][1][0] = -9  # keeps a unit below 0
        X = rng.uniform(-1, 1, size=(4, 2))
        _, expected = walk(params, X, hidden, out)

        _, cache = forward(params, X, hidden, out)

        assert [layer.z.shape for layer in cache] == [(4, 3), (4, 3), (4, 2)]
        assert [layer.x.shape for layer in cache] == [(4, 2), (4, 3), (4, 3)]
        for layer, right in zip(cache, expected, strict=True):
            assert_allclose(layer.z, right.z, rtol=1e-9, atol=1e-9)
            assert_allclose(layer.x, right.x, rtol=1e-9, atol=1e-9)

    @pytest.mark.parametrize("z", [800.0, 10_000.0])
    def test_sigmoid_of_a_large_z_is_one_without_overflow(self, z: float) -> None:
        """e^800 is beyond float64; np.where computes both its branches for every element."""
        params = [(cell(z), np.array([0.0]))] * 2

        pred, cache = forward(params, cell(1), "sigmoid", "sigmoid")

        assert [cache[1].x.shape, pred.shape] == [(1, 1), (1, 1)]
        assert_allclose([cache[1].x[0, 0], pred[0, 0]], [1.0, 1.0], rtol=1e-9)

    @pytest.mark.parametrize("z", [-800.0, -10_000.0])
    def test_sigmoid_of_a_very_negative_z_is_zero_without_overflow(self, z: float) -> None:
        """In 1 / (1 + e^-z) it is e^-z that overflows, at z below about -709."""
        pred, _ = forward([(cell(z), np.array([0.0]))], cell(1), "relu", "sigmoid")

        assert pred.shape == (1, 1)
        assert_allclose(pred, [[0.0]], atol=1e-9)

    @pytest.mark.parametrize("z", [-10_000.0, -800.0, 800.0, 10_000.0])
    def test_tanh_of_a_large_z_is_one_without_overflow(self, z: float) -> None:
        """Written with e^z or e^(-2z) it divides by infinity, or infinity by itself."""
        params = [(cell(z), np.array([0.0])), (cell(1), np.array([0.0]))]

        pred, _ = forward(params, cell(1), "tanh", "linear")

        assert pred.shape == (1, 1)
        assert_allclose(pred, [[math.copysign(1, z)]], rtol=1e-9)

    @pytest.mark.parametrize("z", [-10_000.0, 800.0, 10_000.0])
    def test_relu_and_a_linear_output_have_no_upper_end(self, z: float) -> None:
        """A clip that keeps e^z finite is for the sigmoid; here it cuts the value off."""
        params = [(cell(abs(z)), np.array([0.0])), (cell(math.copysign(1, z)), np.array([0.0]))]

        pred, _ = forward(params, cell(1), "relu", "linear")

        assert pred.shape == (1, 1)
        assert_allclose(pred, [[z]], rtol=1e-9)

    def test_more_samples_take_no_more_steps(
        self, rng: np.random.Generator, cost: Callable[..., Any]
    ) -> None:
        """The matrix product goes over the samples; a Python loop does it again, far slower."""
        params = random_net(rng, 3, 4, 2)
        few, many = (
            cost(forward, params, rng.normal(size=(n, 3)), "tanh", "linear") for n in (64, 256)
        )

        assert many.result[0].shape == (256, 2)
        assert many.steps <= 1.5 * few.steps


class TestMse:
    """mse(pred, y)."""

    def test_a_difference_of_three_costs_nine(self) -> None:
        """Half the square is another loss: its gradient lacks the factor 2."""
        assert_allclose(mse(cell(5), cell(2)), 9.0, rtol=1e-9)

    def test_the_mean_is_over_all_elements(self, rng: np.random.Generator) -> None:
        """Dividing by the number of rows alone makes the loss grow with the outputs."""
        pred, y = rng.normal(size=(2, 5, 3))

        squares = [(p - t) ** 2 for p, t in zip(pred.ravel(), y.ravel(), strict=True)]
        assert_allclose(mse(pred, y), sum(squares) / 15, rtol=1e-9)

    @pytest.mark.parametrize(
        ("pred", "y"),
        [
            pytest.param((3, 1), (3,), id="a vector for a column"),
            pytest.param((3, 2), (1, 2), id="one row for three"),
            pytest.param((1, 2), (3, 2), id="three rows for one"),
        ],
    )
    def test_y_has_exactly_the_shape_of_pred(
        self, pred: tuple[int, ...], y: tuple[int, ...]
    ) -> None:
        """(N, 1) - (N,) broadcasts to (N, N): every prediction is held against every target.

        1.33 for three right ones, 1, 2 and 3. A reshape inside gives 0, and hides the caller's
        mistake from the caller.
        """
        with pytest.raises(ValueError, match=ANY_MESSAGE):
            mse(counted(pred), counted(y))
        assert_allclose(mse(np.ones(pred), np.zeros(pred)), 1.0, rtol=1e-9)


class TestBackward:
    """backward(params, cache, y)."""

    def test_each_gradient_has_the_shape_of_its_parameter(self) -> None:
        """A bias gradient of (1, n_out) adds to a bias of (n_out,) and makes it (1, n_out)."""
        params = [(np.eye(2), np.zeros(2))]
        X = np.array([[1.0, 2.0], [3.0, 4.0], [5.0, 7.0]])

        grads = backward(params, [Layer(X, X, "linear")], np.ones((3, 2)))

        assert shapes(grads) == [((2, 2), (2,))]

    def test_one_sample_by_hand(self) -> None:
        """The loss rises with a prediction that is too high: both slopes are positive.

        [-12, -4]: the error was y - pred. [6, 2]: the slope of half the square.
        """
        params = [(cell(2), np.array([1.0]))]

        grads = backward(params, [Layer(cell(3), cell(7), "linear")], cell(5))

        assert shapes(grads) == [((1, 1), (1,))]
        assert_allclose(values(grads), [12.0, 4.0], rtol=1e-9)

    def test_the_mean_covers_the_outputs_too(self, rng: np.random.Generator) -> None:
        """The loss divides by N times n_out; a gradient divided by N alone is n_out times it."""
        params = random_net(rng, 2, 3)
        X, y = rng.normal(size=(1, 2)), rng.normal(size=(1, 3))
        pred, cache = walk(params, X, "tanh", "linear")

        grads = backward(params, cache, y)

        assert shapes(grads) == [((2, 3), (3,))]
        assert_allclose(grads[0][1], 2 * (pred - y)[0] / 3, rtol=1e-9)

    def test_eight_copies_of_a_sample_have_the_weight_gradient_of_one(
        self, rng: np.random.Generator
    ) -> None:
        """The 1/N of the mean counts once. Without it the gradient grows with the batch.

        With it both in the error and at the matrix product, the gradient shrinks.
        """
        params = random_net(rng, 2, 1)
        x, y = rng.normal(size=(1, 2)), rng.normal(size=(1, 1))
        pred, cache = walk(params, np.repeat(x, 8, axis=0), "tanh", "linear")

        grads = backward(params, cache, np.repeat(y, 8, axis=0))

        assert shapes(grads) == [((2, 1), (1,))]
        assert_allclose(grads[0][0], 2 * (pred - y)[0] * x.T, rtol=1e-9)

    def test_every_sample_reaches_the_bias_gradient(self) -> None:
        """Code made for one sample takes the first row's error for the whole batch's."""
        params = [(cell(1), np.array([0.0]))]
        column = np.array([[1.0], [2.0]])

        grads = backward(params, [Layer(column, column, "linear")], np.array([[0.0], [3.0]]))

        assert shapes(grads) == [((1, 1), (1,))]
        assert grads[0][1].tolist() == [0.0]

    def test_the_bias_gradient_is_a_sum_over_the_batch(self, rng: np.random.Generator) -> None:
        """The mean is in the error already: averaging again is 8 times too small at N = 8.

        One sample cannot show it.
        """
        params = random_net(rng, 2, 1)
        X, y = rng.normal(size=(8, 2)), rng.uniform(20, 30, size=(8, 1))
        pred, cache = walk(params, X, "tanh", "linear")
        expected = [2 * np.mean(pred - y)]

        grads = backward(params, cache, y)

        assert shapes(grads) == [((2, 1), (1,))]
        assert_allclose(grads[0][1], expected, rtol=1e-9)

    def test_the_gradients_come_in_the_order_of_params(self) -> None:
        """The way back meets the last layer first, so the list has to be reversed."""
        params = [(cell(2), np.array([0.0])), (cell(3), np.array([0.0]))]
        cache = [Layer(cell(1), cell(2), "relu"), Layer(cell(2), cell(6), "linear")]

        grads = backward(params, cache, cell(5))

        assert shapes(grads) == [((1, 1), (1,)), ((1, 1), (1,))]
        assert_allclose(values(grads), [6.0, 6.0, 4.0, 2.0], rtol=1e-9)

    def test_the_error_goes_back_through_w_transposed(self) -> None:
        """Where a layer is as wide as the next, delta @ W has the right shape and is wrong."""
        swap_and_scale = np.array([[0.0, 1.0], [5.0, 0.0]])
        params = [(np.eye(2), np.zeros(2)), (swap_and_scale, np.zeros(2))]
        cache = [Layer(cell(1, 1), cell(1, 1), "relu"), Layer(cell(1, 1), cell(5, 1), "linear")]

        grads = backward(params, cache, cell(4, 1))

        assert shapes(grads) == [((2, 2), (2,))] * 2
        assert_allclose(grads[0][1], [0.0, 5.0], rtol=1e-9)

    @pytest.mark.parametrize("hidden", ["sigmoid", "tanh"])
    def test_the_slope_of_an_activation_is_taken_at_z(
        self, hidden: str, rng: np.random.Generator
    ) -> None:
        """s(1 - s) and 1 - t^2 want the activation; a function that takes z must get z.

        Once the error is small, both mix-ups pass an absolute tolerance of 1e-4.
        """
        z = rng.uniform(1.5, 3)
        params = [(cell(z), np.array([0.0])), (cell(1), np.array([0.0]))]
        pred, cache = walk(params, cell(1), hidden, "linear")

        grads = backward(params, cache, pred - 1)

        slope = 1 / (4 * math.cosh(z / 2) ** 2) if hidden == "sigmoid" else 1 / math.cosh(z) ** 2
        assert shapes(grads) == [((1, 1), (1,)), ((1, 1), (1,))]
        assert_allclose(grads[0][1], [2 * slope], rtol=1e-9)

    def test_a_sigmoid_output_brings_its_own_slope(self, rng: np.random.Generator) -> None:
        """The error at z is pred - y for log loss only, where the sigmoid's slope cancels."""
        params = random_net(rng, 2, 1)
        X, y = rng.normal(size=(3, 2)), rng.uniform(size=(3, 1))
        _, cache = walk(params, X, "tanh", "sigmoid")
        expected = exact_grads(params, X, y, "tanh", "sigmoid")

        grads = backward(params, cache, y)

        assert shapes(grads) == [((2, 1), (1,))]
        assert_allclose(values(grads), values(expected), rtol=1e-9, atol=1e-9)

    @pytest.mark.parametrize(
        ("z", "expected"),
        [pytest.param(-2.0, 0.0, id="below"), pytest.param(3.0, 2.0, id="above")],
    )
    def test_relu_lets_nothing_back_below_zero(self, z: float, expected: float) -> None:
        """The slope is 1 above 0 and 0 below: a unit that is off learns nothing."""
        a = max(z, 0.0)
        params = [(cell(z), np.zeros(1)), (cell(1), np.zeros(1))]
        cache = [Layer(cell(1), cell(z), "relu"), Layer(cell(a), cell(a), "linear")]

        grads = backward(params, cache, cell(a - 1))

        assert shapes(grads) == [((1, 1), (1,)), ((1, 1), (1,))]
        assert_allclose(grads[0][1], [expected], rtol=1e-9)

    def test_relu_lets_nothing_back_at_zero(self) -> None:
        """At 0 there is no slope: the convention of the frameworks, and of this kata, is 0."""
        params = [(cell(0), np.zeros(1)), (cell(1), np.zeros(1))]
        cache = [Layer(cell(1), cell(0), "relu"), Layer(cell(0), cell(0), "linear")]

        grads = backward(params, cache, cell(-1))

        assert shapes(grads) == [((1, 1), (1,)), ((1, 1), (1,))]
        assert grads[0][1].tolist() == [0.0]

    @pytest.mark.parametrize("out", ["linear", "sigmoid"])
    @pytest.mark.parametrize("hidden", HIDDEN)
    def test_a_slope_counts_for_every_layer_below(
        self, hidden: str, out: str, rng: np.random.Generator
    ) -> None:
        """What goes back through W is the error at z, slope included.

        An error passed on without its slope is right for two layers and a linear output, and for
        nothing deeper.
        """
        params = random_net(rng, 2, 3, 4, 2)
        X, y = rng.normal(size=(5, 2)), rng.normal(size=(5, 2))
        _, cache = walk(params, X, hidden, out)
        expected = exact_grads(params, X, y, hidden, out)

        grads = backward(params, cache, y)

        assert shapes(grads) == shapes(expected)
        assert_allclose(values(grads), values(expected), rtol=1e-9, atol=1e-9)

    def test_weights_of_zero_let_no_error_back(self, rng: np.random.Generator) -> None:
        """No net starts at zero for this reason: the first layer's gradient is exactly 0."""
        params = [(rng.normal(size=(2, 3)), np.zeros(3)), (np.zeros((3, 1)), np.zeros(1))]
        X, y = rng.normal(size=(4, 2)), rng.normal(size=(4, 1))
        _, cache = walk(params, X, "tanh", "linear")
        expected = cache[1].x.T @ (-2 * y) / 4

        grads = backward(params, cache, y)

        assert shapes(grads) == [((2, 3), (3,)), ((3, 1), (1,))]
        assert values(grads[:1]) == [0.0] * 9
        assert_allclose(grads[1][0], expected, rtol=1e-9, atol=1e-9)

    @pytest.mark.parametrize("hidden", ["sigmoid", "tanh"])
    @pytest.mark.parametrize("z", [-10_000.0, -800.0, 800.0, 10_000.0])
    def test_a_saturated_unit_lets_nothing_back_without_overflow(
        self, z: float, hidden: str
    ) -> None:
        """1 / cosh(z)^2 and e^-z / (1 + e^-z)^2 are right on paper and overflow at 800."""
        a = {"sigmoid": float(z > 0), "tanh": math.copysign(1, z)}[hidden]
        params = [(cell(z), np.zeros(1)), (cell(1), np.zeros(1))]
        cache = [Layer(cell(1), cell(z), hidden), Layer(cell(a), cell(a), "linear")]

        grads = backward(params, cache, cell(5))

        assert shapes(grads) == [((1, 1), (1,)), ((1, 1), (1,))]
        assert_allclose(values(grads), [0, 0, 2 * (a - 5) * a, 2 * (a - 5)], rtol=1e-9, atol=1e-9)

    @pytest.mark.parametrize("z", [-10_000.0, -800.0, 800.0, 10_000.0])
    def test_a_saturated_output_lets_nothing_back_without_overflow(self, z: float) -> None:
        """The prediction is computed again from the last z, with the same care as on the way."""
        grads = backward([(cell(z), np.zeros(1))], [Layer(cell(1), cell(z), "sigmoid")], cell(0.5))

        assert shapes(grads) == [((1, 1), (1,))]
        assert_allclose(values(grads), [0.0, 0.0], atol=1e-9)

    def test_a_large_linear_output_has_a_large_error(self, rng: np.random.Generator) -> None:
        """A z that was clipped for the sigmoid's sake gives another prediction."""
        z, x = rng.uniform(2000, 10_000), rng.uniform(1, 2)

        grads = backward([(cell(z / x), np.zeros(1))], [Layer(cell(x), cell(z), "linear")], cell(1))

        assert shapes(grads) == [((1, 1), (1,))]
        assert_allclose(values(grads), [2 * (z - 1) * x, 2 * (z - 1)], rtol=1e-9)

    @pytest.mark.parametrize(
        ("n", "outputs", "y"),
        [
            pytest.param(3, 1, (3,), id="a vector for a column"),
            pytest.param(3, 2, (1, 2), id="one row for three"),
        ],
    )
    def test_y_has_exactly_the_shape_of_the_prediction(
        self, n: int, outputs: int, y: tuple[int, ...], rng: np.random.Generator
    ) -> None:
        """(N, 1) - (N,) broadcasts to (N, N): every prediction meets every target.

        A ValueError that numpy raises at a later product says nothing of y, and depends on luck.
        """
        params = random_net(rng, 2, outputs)
        pred, cache = walk(params, rng.normal(size=(n, 2)), "tanh", "linear")

        with pytest.raises(ValueError, match=ANY_MESSAGE) as error:
            backward(params, cache, np.ones(y))

        of_numpy = ("matmul: Input", "could not be broadcast together", "not aligned:")
        assert [words for words in of_numpy if words in str(error.value)] == []
        assert shapes(backward(params, cache, pred)) == shapes(params)

    def test_more_samples_take_no_more_steps(
        self, rng: np.random.Generator, cost: Callable[..., Any]
    ) -> None:
        """x.T @ delta is the sum over the samples; a Python loop does it again, far slower."""
        params = random_net(rng, 3, 4, 2)
        caches = {n: walk(params, rng.normal(size=(n, 3)), "tanh", "linear")[1] for n in (64, 256)}

        few, many = (cost(backward, params, caches[n], np.ones((n, 2))) for n in (64, 256))

        assert shapes(many.result) == shapes(params)
        assert many.steps <= 1.5 * few.steps


class TestNumericGrads:
    """numeric_grads(params, loss_fn, eps)."""

    def test_the_slope_of_3_w_is_3(self) -> None:
        """The two points are w - eps and w + eps, and 2 eps apart.

        Twice the slope: divided by eps. Half the slope: the loss was asked at w, not at w - eps,
        such as after a step up by eps and a step down by eps.
        """
        grads = numeric_grads([(cell(2), np.zeros(1))], three_w, eps=0.5)

        assert shapes(grads) == [((1, 1), (1,))]
        assert_allclose(values(grads), [3.0, 0.0], rtol=1e-9)

    def test_both_sides_are_asked(self, rng: np.random.Generator) -> None:
        """The central difference of w^3 is 3 w^2 + eps^2. The one-sided one adds 3 w eps.

        A step that grows with w gives 3 w^2 + (eps w)^2.
        """
        w = float(rng.integers(6, 16)) / 4

        grads = numeric_grads([(cell(w), np.zeros(1))], w_cubed, eps=0.5)

        assert shapes(grads) == [((1, 1), (1,))]
        assert_allclose(grads[0][0], [[3 * w**2 + 0.25]], rtol=1e-9)

    def test_one_entry_moves_at_a_time(self) -> None:
        """Moving a whole array gives the sum of its slopes, for every entry the same."""
        grads = numeric_grads([(cell(1, 2), np.zeros(1))], three_w1_plus_five_w2, eps=0.5)

        assert shapes(grads) == [((1, 2), (1,))]
        assert_allclose(values(grads), [3.0, 5.0, 0.0], rtol=1e-9)

    def test_biases_are_checked_too(self) -> None:
        """A check of the weights alone never sees the sum over the batch that biases need."""
        params = [(cell(2), np.array([1.0, 4.0]))]

        grads = numeric_grads(params, three_b1_plus_five_b2, eps=0.5)

        assert shapes(grads) == [((1, 1), (2,))]
        assert_allclose(values(grads), [0.0, 3.0, 5.0], rtol=1e-9)

    def test_an_entry_is_put_back_before_the_next_one_moves(self) -> None:
        """In w1 * w2 the slope of w2 is w1, and w1 - eps if w1 was left where it stood last."""
        grads = numeric_grads([(cell(2, 4), np.zeros(1))], w1_times_w2, eps=0.5)

        assert shapes(grads) == [((1, 2), (1,))]
        assert_allclose(values(grads), [4.0, 2.0, 0.0], rtol=1e-9)

    def test_the_default_step_gives_seven_digits(self, rng: np.random.Generator) -> None:
        """At 1e-6 a central difference in float64 has about nine digits, a one-sided one six.

        In float32 a step of 1e-6 is a few roundings wide: one or two digits are left.
        """
        params = random_net(rng, 2, 3, 1)
        X, y = rng.normal(size=(4, 2)), rng.normal(size=(4, 1))

        def loss_of_a_tanh_net(p: Params) -> float:
            return float(np.mean((walk(p, X, "tanh", "linear")[0] - y) ** 2))

        exact = exact_grads(params, X, y, "tanh", "linear")

        grads = numeric_grads(params, loss_of_a_tanh_net)

        assert shapes(grads) == shapes(exact)
        expected = np.array(values(exact))
        largest = np.abs(expected).max()
        assert_allclose(np.array(values(grads)) / largest, expected / largest, rtol=0, atol=1e-7)

    def test_the_order_of_an_array_in_memory_is_no_matter(self, rng: np.random.Generator) -> None:
        """All slopes zero: ravel() of an array in column order is a copy, and the loss sees none.

        W.T of an array is in that order.
        """
        slopes = rng.integers(1, 9, size=(2, 3)).astype(float)
        W = np.asfortranarray(rng.integers(1, 9, size=(2, 3)).astype(float))

        def weighted_sum_of_w(p: Params) -> float:
            return float(np.sum(slopes * p[0][0]))

        grads = numeric_grads([(W, np.zeros(3))], weighted_sum_of_w, eps=0.5)

        assert shapes(grads) == [((2, 3), (3,))]
        assert_allclose(grads[0][0], slopes, rtol=1e-9)


class TestRelativeError:
    """relative_error(a, b)."""

    def test_other_units_change_nothing(self, rng: np.random.Generator) -> None:
        """An absolute difference says nothing: gradients shrink as the net learns.

        Near the optimum a backward pass that returns zeros passes an absolute 1e-5.
        """
        a, b = rng.normal(size=(2, 4))

        assert_allclose(relative_error(1000 * a, 1000 * b), relative_error(a, b), rtol=1e-9)

    def test_the_scale_is_the_larger_of_the_two(self, rng: np.random.Generator) -> None:
        """4 for 5 is a fifth off, not a ninth: the sum of both is no scale."""
        off = rng.uniform(0.1, 0.5)

        assert_allclose(relative_error(cell(5), cell(5 * (1 - off))), off, rtol=1e-9)

    def test_one_wrong_entry_among_a_thousand_shows(self, rng: np.random.Generator) -> None:
        """A mean, or a norm, dilutes the one bias that is wrong."""
        a = np.ones(1000)
        a[rng.integers(1000)] = 2.0

        assert_allclose(relative_error(a, np.ones(1000)), 0.5, rtol=1e-9)

    def test_a_negative_entry_counts_like_a_positive_one(self, rng: np.random.Generator) -> None:
        """Without the absolute value in all three places, a gradient below 0 has no size."""
        off = rng.uniform(0.1, 0.5)

        assert_allclose(relative_error(cell(-5), cell(-5 * (1 - off))), off, rtol=1e-9)

    def test_a_matrix_is_a_heap_of_entries(self, rng: np.random.Generator) -> None:
        """A third instead of a half: numpy's inf-norm of a matrix is its largest sum of a row."""
        a = np.ones((2, 2))
        a[rng.integers(2), rng.integers(2)] = 2.0

        assert_allclose(relative_error(a, np.ones((2, 2))), 0.5, rtol=1e-9)

    def test_a_tiny_entry_does_not_decide(self) -> None:
        """Entry by entry, the rounding noise of a slope near 0 counts as an error of half.

        So it does row by row, or column by column.
        """
        tiny = np.array([[0.0, 0.0, 1.0], [0.0, 0.0, 1.0], [1.0, 1.0, 1.0]])
        a, b = 1 - tiny + 1e-9 * tiny, 1 - tiny + 2e-9 * tiny

        assert_allclose(relative_error(a, b), 1e-9, rtol=1e-6)

    def test_swapping_the_two_changes_nothing(self, rng: np.random.Generator) -> None:
        """Scaled by one of them alone, a pair is 99 apart one way round and 0.99 the other."""
        a = rng.normal(size=(2, 3))
        b = a / 100

        assert_allclose(relative_error(b.copy(), a.copy()), 0.99, rtol=1e-9)
        assert_allclose(relative_error(a, b), 0.99, rtol=1e-9)

    def test_two_arrays_of_zeros_agree(self) -> None:
        """0 / 0 is not a number: the floor of 1e-12 keeps the scale above 0."""
        assert relative_error(np.zeros(3), np.zeros(3)) == 0.0
        assert_allclose(relative_error(np.array([1e-13]), np.array([0.0])), 0.1, rtol=1e-9)

    def test_a_nan_gives_a_nan(self) -> None:
        """Skipped, or lost in Python's max(), a NaN leaves the rest to look right."""
        one, wrong = np.array([1.0, 1.0]), np.array([1.0, np.nan])

        assert_allclose(relative_error(wrong, one), math.nan)
        assert_allclose(relative_error(one, wrong), math.nan)
        assert_allclose(relative_error(one, 2 * one), 0.5, rtol=1e-9)


class TestFindFault:
    """find_fault(params, analytic, numeric, n)."""

    def test_a_right_gradient_is_called_right(self, rng: np.random.Generator) -> None:
        """The noise of a numeric gradient is about 1e-8: a tighter tolerance blames it.

        The number is the worst of all arrays, not that of the last one looked at.
        """
        params, analytic, numeric = gradient_check(rng)
        errors = [error_of(a, g) for a, g in zip(arrays(analytic), arrays(numeric), strict=True)]

        where, why, error = find_fault(params, analytic, numeric, 8)

        assert (where, why) == ("", "right")
        assert_allclose(error, max(errors), rtol=1e-6)

    @pytest.mark.parametrize("name", ["W3", "b3", "W2", "b2", "W1", "b1"])
    def test_a_wrong_array_is_named(self, name: str, rng: np.random.Generator) -> None:
        """A check of the weights alone, or of one layer alone, calls the rest right."""
        params, analytic, numeric = gradient_check(rng)
        wrong = array_of(analytic, name)
        wrong[...] = rng.normal(size=wrong.shape)
        expected = error_of(wrong, array_of(numeric, name))

        where, why, error = find_fault(params, analytic, numeric, 8)

        assert (where, why) == (name, "other")
        assert_allclose(error, expected, rtol=1e-9)

    @pytest.mark.parametrize("scale", [1e-6, 1e-9])
    def test_zeros_are_wrong_where_the_gradient_is_small(
        self, scale: float, rng: np.random.Generator
    ) -> None:
        """Near the optimum a gradient of zeros passes any absolute tolerance.

        np.allclose has one of 1e-8 even if none is given.
        """
        params, analytic, numeric = gradient_check(rng, scale)
        array_of(analytic, "b1")[...] = 0

        where, why, error = find_fault(params, analytic, numeric, 8)

        assert (where, why) == ("b1", "other")
        assert_allclose(error, 1.0, rtol=1e-9)

    def test_a_small_array_is_not_hidden_by_a_large_one(self, rng: np.random.Generator) -> None:
        """With one scale for a net, or for a layer, only its largest gradient is checked."""
        params, analytic, numeric = gradient_check(rng)
        for grads in (analytic, numeric):
            array_of(grads, "W3")[...] *= 1e7
            array_of(grads, "W2")[...] *= 1e7
        array_of(analytic, "b2")[...] *= 1.5

        where, why, error = find_fault(params, analytic, numeric, 8)

        assert (where, why) == ("b2", "other")
        assert_allclose(error, 1 / 3, rtol=1e-6)

    def test_of_several_the_one_nearest_the_output_is_named(self, rng: np.random.Generator) -> None:
        """An error at one layer goes into every layer below: the lower ones are its victims."""
        params, analytic, numeric = gradient_check(rng)
        for name in ("W1", "b1", "W2", "b2"):
            wrong = array_of(analytic, name)
            wrong[...] = rng.normal(size=wrong.shape)
        expected = error_of(array_of(analytic, "W2"), array_of(numeric, "W2"))

        where, why, error = find_fault(params, analytic, numeric, 8)

        assert (where, why) == ("W2", "other")
        assert_allclose(error, expected, rtol=1e-9)

    def test_minus_the_gradient_is_a_matter_of_sign(self, rng: np.random.Generator) -> None:
        """Compared by size alone, the wrong direction looks right."""
        params, analytic, numeric = gradient_check(rng)
        array_of(analytic, "W2")[...] *= -1

        where, why, error = find_fault(params, analytic, numeric, 8)

        assert (where, why) == ("W2", "sign")
        assert_allclose(error, 2.0, rtol=1e-6)

    def test_a_gradient_n_times_too_small_was_averaged_again(
        self, rng: np.random.Generator
    ) -> None:
        """Summed and averaged are easily swapped. The noise of the check stays in the ratio."""
        n = int(rng.integers(5, 50))
        params, analytic, numeric = gradient_check(rng)
        array_of(analytic, "b2")[...] /= n

        where, why, error = find_fault(params, analytic, numeric, n)

        assert (where, why) == ("b2", "averaged")
        assert_allclose(error, 1 - 1 / n, rtol=1e-6)

    def test_a_gradient_n_times_too_large_was_not_averaged(self, rng: np.random.Generator) -> None:
        """The 1/N of the loss is missing. The noise of the check stays in the ratio."""
        n = int(rng.integers(5, 50))
        params, analytic, numeric = gradient_check(rng)
        array_of(analytic, "W3")[...] *= n

        where, why, error = find_fault(params, analytic, numeric, n)

        assert (where, why) == ("W3", "summed")
        assert_allclose(error, 1 - 1 / n, rtol=1e-6)

    @pytest.mark.parametrize(
        "c", [pytest.param(2.0, id="in the loss alone"), pytest.param(-0.5, id="in the gradient")]
    )
    def test_a_penalty_on_w_is_off_by_a_multiple_of_w(
        self, c: float, rng: np.random.Generator
    ) -> None:
        """Each entry is off by c times itself, and c is whatever the penalty's weight was."""
        params, analytic, numeric = gradient_check(rng)
        W, right = array_of(params, "W2"), array_of(numeric, "W2")
        array_of(analytic, "W2")[...] = right - c * rng.uniform(0.5, 1) * W
        expected = error_of(array_of(analytic, "W2"), right)

        where, why, error = find_fault(params, analytic, numeric, 8)

        assert (where, why) == ("W2", "penalty")
        assert_allclose(error, expected, rtol=1e-9)

    def test_a_bias_has_no_penalty(self, rng: np.random.Generator) -> None:
        """Weight decay is for weights: what is off by c * b needs another explanation."""
        params, analytic, numeric = gradient_check(rng)
        array_of(analytic, "b2")[...] = array_of(numeric, "b2") - array_of(params, "b2")
        expected = error_of(array_of(analytic, "b2"), array_of(numeric, "b2"))

        where, why, error = find_fault(params, analytic, numeric, 8)

        assert (where, why) == ("b2", "other")
        assert_allclose(error, expected, rtol=1e-9)

    def test_an_explanation_fits_every_entry(self, rng: np.random.Generator) -> None:
        """One ratio from the norms, from the means or from one entry is no proof."""
        params, analytic, numeric = gradient_check(rng)
        right = array_of(numeric, "W2")
        right[...] = [[1, 2], [3, 4]]
        wrong = array_of(analytic, "W2")
        wrong[...] = [[8, 16], [32, 24]]

        where, why, error = find_fault(params, analytic, numeric, 8)

        assert (where, why) == ("W2", "other")
        assert_allclose(error, 29 / 32, rtol=1e-9)

    def test_units_that_are_off_have_no_ratio(self, rng: np.random.Generator) -> None:
        """A relu that is off leaves a column of the gradient at 0, and 0 / 0 explains nothing."""
        params, analytic, numeric = gradient_check(rng)
        array_of(numeric, "W1")[:, 1] = 0
        array_of(analytic, "W1")[:, 1] = 0
        array_of(analytic, "W1")[...] /= 8

        where, why, error = find_fault(params, analytic, numeric, 8)

        assert (where, why) == ("W1", "averaged")
        assert_allclose(error, 7 / 8, rtol=1e-6)

    @pytest.mark.parametrize("name", ["b3", "W1"])
    def test_a_nan_is_never_right(self, name: str, rng: np.random.Generator) -> None:
        """NaN > 1e-5 is False: asked whether the error is too large, a NaN passes."""
        params, analytic, numeric = gradient_check(rng)
        array_of(analytic, name).flat[0] = np.nan

        where, why, error = find_fault(params, analytic, numeric, 8)

        assert (where, why) == (name, "other")
        assert_allclose(error, math.nan)
        assert find_fault(params, numeric, numeric, 8) == ("", "right", 0.0)

    def test_the_border_is_1e_5(self, rng: np.random.Generator) -> None:
        """What is right by a tolerance of 1e-4 or wrong by one of 1e-6 has its own report."""
        params, analytic, numeric = gradient_check(rng)
        below, above = 1 + 0.8e-5, 1 + 1.2e-5

        array_of(analytic, "b2")[...] = below * array_of(numeric, "b2")
        assert find_fault(params, analytic, numeric, 8)[:2] == ("", "right")

        array_of(analytic, "b2")[...] = above * array_of(numeric, "b2")
        assert find_fault(params, analytic, numeric, 8)[:2] == ("b2", "other")


class TestSgdStep:
    """sgd_step(params, grads, lr)."""

    def test_the_step_goes_against_the_gradient(self, rng: np.random.Generator) -> None:
        """The gradient points uphill."""
        params, grads = random_net(rng, 2, 3), random_net(rng, 2, 3)
        expected = params[0][0] - 0.1 * grads[0][0]

        after = sgd_step(params, grads, 0.1)

        assert shapes(after) == [((2, 3), (3,))]
        assert_allclose(after[0][0], expected, rtol=1e-9, atol=1e-9)

    def test_biases_step_too(self, rng: np.random.Generator) -> None:
        """A bias that never moves stays at 0, and the net has to pass through the origin."""
        params, grads = random_net(rng, 2, 3, 1), random_net(rng, 2, 3, 1)
        expected = np.array(values(params)) - 0.5 * np.array(values(grads))

        after = sgd_step(params, grads, 0.5)

        assert shapes(after) == [((2, 3), (3,)), ((3, 1), (1,))]
        assert_allclose(values(after), expected, rtol=1e-9, atol=1e-9)


class TestBceFromLogits:
    """bce_from_logits(z, y)."""

    def test_moderate_logits_agree_with_the_definition(self, rng: np.random.Generator) -> None:
        """Minus the log of the probability that the true label was given.

        That is p = sigmoid(z) for a 1, and 1 - p for a 0.
        """
        z = rng.uniform(-5, 5)
        p = 1 / (1 + math.exp(-z))

        assert_allclose(bce_from_logits(cell(z), cell(1)), -math.log(p), rtol=1e-9)
        assert_allclose(bce_from_logits(cell(z), cell(0)), -math.log(1 - p), rtol=1e-9)

    def test_the_mean_is_over_all_elements(self, rng: np.random.Generator) -> None:
        """A sum grows with the batch, and the best learning rate shrinks with it."""
        z, y = rng.normal(size=(3, 2)), rng.integers(0, 2, size=(3, 2)).astype(float)
        p = 1 / (1 + np.exp(-z))

        losses = -np.log(np.where(y == 1, p, 1 - p))
        assert_allclose(bce_from_logits(z, y), losses.mean(), rtol=1e-9)

    def test_a_label_may_lie_between_zero_and_one(self, rng: np.random.Generator) -> None:
        """A choice between two formulas by y == 1 takes every smoothed label for a 0."""
        z, y = rng.normal(size=4), rng.uniform(size=4)
        p = 1 / (1 + np.exp(-z))

        losses = -(y * np.log(p) + (1 - y) * np.log(1 - p))
        assert_allclose(bce_from_logits(z, y), losses.mean(), rtol=1e-9)

    def test_a_sure_and_wrong_answer_costs_its_logit(self) -> None:
        """Past z = 37 the probability rounds to 1 and log(1 - p) is lost.

        Clipping p hides it: at 1e-12 no answer can cost more than 27.6.
        """
        assert_allclose(bce_from_logits(cell(50), cell(0)), 50, rtol=1e-9)
        assert_allclose(bce_from_logits(cell(-50), cell(1)), 50, rtol=1e-9)

    @pytest.mark.parametrize("z", [-10_000.0, -800.0, 800.0, 10_000.0])
    def test_logits_up_to_ten_thousand_do_not_overflow(self, z: float) -> None:
        """log(1 + e^z) is about z for a large z, but e^z is beyond float64 above z = 709."""
        right, wrong = float(z > 0), float(z < 0)

        assert_allclose(bce_from_logits(cell(z), cell(wrong)), abs(z), rtol=1e-9)
        assert_allclose(bce_from_logits(cell(z), cell(right)), 0, atol=1e-9)

    @pytest.mark.parametrize(
        ("z", "y"),
        [
            pytest.param((3, 1), (3,), id="a vector for a column"),
            pytest.param((3, 2), (1, 2), id="one row for three"),
        ],
    )
    def test_y_has_exactly_the_shape_of_z(self, z: tuple[int, ...], y: tuple[int, ...]) -> None:
        """(N, 1) * (N,) is (N, N): every logit meets every label, and the mean looks sane."""
        with pytest.raises(ValueError, match=ANY_MESSAGE):
            bce_from_logits(np.zeros(z), np.ones(y))
        assert_allclose(bce_from_logits(np.zeros(z), np.ones(z)), math.log(2), rtol=1e-9)
