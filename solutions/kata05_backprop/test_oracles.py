"""The reference against torch's autograd, scipy, closed forms and the figures of the texts."""

import math

import numpy as np
import pytest
from numpy.testing import assert_allclose
from scipy.optimize import approx_fprime

from solutions.kata05_backprop.backprop import (
    Hidden,
    Layer,
    Out,
    Params,
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

torch = pytest.importorskip("torch")
HIDDEN: list[Hidden] = ["sigmoid", "tanh", "relu"]
OUT: list[Out] = ["linear", "sigmoid"]


def data(seed: int, *sizes: int, n: int = 7) -> tuple[Params, np.ndarray, np.ndarray]:
    """Draw a net, inputs and targets."""
    rng = np.random.default_rng(seed)
    params = [(W, rng.normal(size=b.shape)) for W, b in init_params(sizes, rng)]
    return params, rng.normal(size=(n, sizes[0])), rng.normal(size=(n, sizes[-1]))


@pytest.mark.parametrize("out", OUT)
@pytest.mark.parametrize("hidden", HIDDEN)
@pytest.mark.parametrize("sizes", [(3, 2), (3, 4, 1), (3, 5, 4, 2), (2, 3, 3, 3, 3, 1)])
def test_gradients_equal_autograds(sizes: tuple[int, ...], hidden: Hidden, out: Out) -> None:
    """Torch in float64: prediction, loss and every gradient."""
    act = {
        "linear": lambda z: z,
        "sigmoid": torch.sigmoid,
        "tanh": torch.tanh,
        "relu": torch.relu,
    }
    for seed in range(5):
        params, X, y = data(seed, *sizes)
        tensors = [
            (torch.tensor(W, requires_grad=True), torch.tensor(b, requires_grad=True))
            for W, b in params
        ]
        a = torch.tensor(X)
        for i, (W, b) in enumerate(tensors):
            a = act[out if i == len(tensors) - 1 else hidden](a @ W + b)
        loss = torch.nn.functional.mse_loss(a, torch.tensor(y))
        loss.backward()

        pred, cache = forward(params, X, hidden, out)
        grads = backward(params, cache, y)

        assert_allclose(pred, a.detach().numpy(), rtol=1e-12, atol=1e-14)
        assert_allclose(mse(pred, y), loss.item(), rtol=1e-12)
        for (dW, db), (tW, tb) in zip(grads, tensors, strict=True):
            assert_allclose(dW, tW.grad.numpy(), rtol=1e-10, atol=1e-14)
            assert_allclose(db, tb.grad.numpy(), rtol=1e-10, atol=1e-14)


def test_relu_has_slope_zero_at_zero_in_torch_too() -> None:
    """The convention of this kata is the frameworks'."""
    z = torch.zeros(1, requires_grad=True)
    torch.relu(z).sum().backward()
    params = [(np.zeros((1, 1)), np.zeros(1)), (np.ones((1, 1)), np.zeros(1))]
    _, cache = forward(params, np.ones((1, 1)), "relu", "linear")
    grads = backward(params, cache, np.array([[-1.0]]))
    assert z.grad.item() == grads[0][1].item() == 0.0


def test_a_linear_net_has_the_gradient_of_least_squares() -> None:
    """2 X'(Xw + b - y) / (N n_out), and none at the least-squares solution."""
    params, X, y = data(3, 4, 2, n=30)
    pred, cache = forward(params, X, "tanh", "linear")
    ((dW, db),) = backward(params, cache, y)
    assert_allclose(dW, 2 * X.T @ (X @ params[0][0] + params[0][1] - y) / y.size, rtol=1e-12)
    assert_allclose(db, 2 * np.sum(pred - y, axis=0) / y.size, rtol=1e-12)

    solution, *_ = np.linalg.lstsq(np.column_stack([X, np.ones(30)]), y, rcond=None)
    best = [(solution[:-1], solution[-1])]
    _, cache = forward(best, X, "tanh", "linear")
    assert all(np.abs(g).max() < 1e-14 for g in backward(best, cache, y)[0])


def test_logits_loss_equals_torchs() -> None:
    """BCEWithLogits in float64, hard and soft labels, and the far ends."""
    rng = np.random.default_rng(0)
    for scale in (1, 10, 100, 1e4):
        z, y = rng.normal(scale=scale, size=(20, 3)), rng.uniform(size=(20, 3))
        for labels in (y, np.round(y)):
            expected = torch.nn.functional.binary_cross_entropy_with_logits(
                torch.tensor(z), torch.tensor(labels)
            )
            assert_allclose(bce_from_logits(z, labels), expected.item(), rtol=1e-12)
    assert bce_from_logits(np.array([1e4, -1e4]), np.array([0.0, 1.0])) == 1e4
    assert bce_from_logits(np.array([1e4, -1e4]), np.array([1.0, 0.0])) == 0.0


def test_weights_have_the_spread_of_torchs_xavier_uniform() -> None:
    """Same limit, same variance, at a size where chance has no say."""
    ((W, b),) = init_params([300, 200], np.random.default_rng(0))
    xavier = torch.nn.init.xavier_uniform_(torch.empty(200, 300)).numpy()
    assert np.abs(W).max() <= math.sqrt(6 / 500)
    assert_allclose(np.abs(W).max(), np.abs(xavier).max(), rtol=1e-3)
    assert_allclose(W.var(), xavier.var(), rtol=0.03)
    assert not b.any()


def test_numeric_gradients_agree_to_1e_7_and_scipys_one_sided_ones_do_not() -> None:
    """scipy.optimize.approx_fprime asks one side only."""
    params, X, y = data(1, 3, 4, 1, n=8)
    _, cache = forward(params, X, "tanh", "linear")
    exact = np.concatenate([a.ravel() for pair in backward(params, cache, y) for a in pair])

    def loss(p: Params) -> float:
        return mse(forward(p, X, "tanh", "linear")[0], y)

    def unflatten(row: np.ndarray) -> Params:
        arrays = []
        for array in (a for pair in params for a in pair):
            arrays.append(row[: array.size].reshape(array.shape))
            row = row[array.size :]
        return list(zip(arrays[::2], arrays[1::2], strict=True))

    central = np.concatenate([a.ravel() for pair in numeric_grads(params, loss) for a in pair])
    here = np.concatenate([a.ravel() for pair in params for a in pair])
    one_sided = approx_fprime(here, lambda row: loss(unflatten(row)), 1e-6)
    assert relative_error(exact, central) < 1e-8
    assert 1e-7 < relative_error(exact, one_sided) < 1e-5


def test_the_figures_of_the_slope_at_the_activation_hold() -> None:
    """28 % off in dW1 and 6 % in db1, yet only 2.4e-5 in absolute terms."""
    rng = np.random.default_rng(42)
    params = init_params([3, 4, 1], rng)
    X = rng.normal(size=(8, 3))
    pred, cache = forward(params, X, "sigmoid", "linear")
    (dW, db), _ = backward(params, cache, pred + 1e-3)
    s = 1 / (1 + np.exp(-cache[1].x))
    delta = (-2e-3 / 8) * params[1][0].T * s * (1 - s)
    assert_allclose(relative_error(dW, X.T @ delta), 0.281, atol=5e-4)
    assert_allclose(relative_error(db, delta.sum(axis=0)), 0.061, atol=5e-4)
    assert_allclose(np.abs(dW - X.T @ delta).max(), 2.35e-5, rtol=0.01)


def test_zero_and_equal_weights_never_part() -> None:
    """Zero: the first dW1 is exactly 0. Equal: after 1,000 steps there is still one unit."""
    rng = np.random.default_rng(0)
    X = rng.normal(size=(64, 2))
    y = X[:, :1] * X[:, 1:]
    zero = [(np.zeros((2, 8)), np.zeros(8)), (np.zeros((8, 1)), np.zeros(1))]
    equal = [(np.full((2, 8), 0.5), np.zeros(8)), (np.full((8, 1), 0.5), np.zeros(1))]
    assert not backward(zero, forward(zero, X, "sigmoid", "linear")[1], y)[0][0].any()
    glorot = init_params([2, 8, 1], rng)
    losses = []
    for params in (zero, equal, glorot):
        for _ in range(1000):
            pred, cache = forward(params, X, "sigmoid", "linear")
            params = sgd_step(params, backward(params, cache, y), 0.5)
        losses.append(mse(pred, y))
    assert_allclose(losses, [0.432, 0.609, 0.002], atol=5e-4)
    for start in (zero, equal):
        for _ in range(100):
            start = sgd_step(
                start, backward(start, forward(start, X, "sigmoid", "linear")[1], y), 0.5
            )
        assert np.ptp(start[0][0], axis=1).max() < 1e-12


def test_a_target_one_millionth_away_hides_a_gradient_of_zeros() -> None:
    """The whole gradient is below 2.1e-6: zeros pass an absolute tolerance of 1e-5."""
    params, X, _ = data(0, 3, 4, 1, n=8)
    pred, cache = forward(params, X, "sigmoid", "linear")
    grads = [a for pair in backward(params, cache, pred + 1e-6) for a in pair]
    assert 0 < max(np.abs(a).max() for a in grads) < 2.1e-6
    assert min(relative_error(a, np.zeros_like(a)) for a in grads) == 1.0


def test_the_example_of_the_readme_holds() -> None:
    """Three samples, two layers, by hand."""
    params = [(np.array([[1.0, -1.0]]), np.zeros(2)), (np.array([[2.0], [3.0]]), np.array([1.0]))]
    X, y = np.array([[2.0], [-1.0], [1.0]]), np.array([[2.0], [7.0], [-3.0]])
    pred, cache = forward(params, X, "relu", "linear")
    (dW1, db1), (dW2, db2) = backward(params, cache, y)
    assert isinstance(cache[0], Layer)
    assert pred.tolist() == [[5.0], [4.0], [3.0]]
    assert mse(pred, y) == 18.0
    assert (dW2.tolist(), db2.tolist()) == ([[8.0], [-2.0]], [4.0])
    assert (dW1.tolist(), db1.tolist()) == ([[16.0, 6.0]], [12.0, -6.0])


def test_wrong_gradients_train_to_the_losses_of_the_debrief() -> None:
    """2-8-1 sigmoid units on y = x1 x2: every one falls, and none raises."""
    rng = np.random.default_rng(0)
    X = rng.normal(size=(64, 2))
    y = X[:, :1] * X[:, 1:]
    start = init_params([2, 8, 1], rng)

    def damaged(grads: Params, how: str, params: Params, cache: list[Layer]) -> Params:
        if how == "half":
            return [(W / 2, b / 2) for W, b in grads]
        if how == "bias averaged":
            return [(W, b / 64) for W, b in grads]
        if how == "no bias":
            return [(W, 0 * b) for W, b in grads]
        if how == "slope at the activation":
            s = 1 / (1 + np.exp(-cache[1].x))
            delta = (2 / 64) * (cache[1].z - y) @ params[1][0].T * s * (1 - s)
            return [(X.T @ delta, delta.sum(axis=0)), grads[1]]
        return grads

    hows = ["right", "half", "bias averaged", "slope at the activation", "no bias"]
    first, last = [], []
    for how in hows:
        params = start
        losses = []
        for _ in range(1000):
            pred, cache = forward(params, X, "sigmoid", "linear")
            losses.append(mse(pred, y))
            grads = damaged(backward(params, cache, y), how, params, cache)
            params = sgd_step(params, grads, 0.5)
        first.append(losses[0])
        last.append(losses[-1])
    right, half, bias_averaged, at_the_activation, no_bias = last
    assert_allclose([right, half, bias_averaged, no_bias], [0.002, 0.013, 0.33, 0.69], atol=2e-3)
    assert 0.4 < at_the_activation < 0.8
    assert max(last) < min(first)


def test_a_fault_of_a_real_net_is_found() -> None:
    """Backpropagation against central differences, each mistake made in turn."""
    params, X, y = data(5, 3, 4, 3, 2, n=6)

    def loss(p: Params) -> float:
        return mse(forward(p, X, "tanh", "linear")[0], y)

    def with_penalty(p: Params) -> float:
        return loss(p) + 0.05 * sum(float(np.sum(W**2)) for W, _ in p)

    _, cache = forward(params, X, "tanh", "linear")
    grads, numeric = backward(params, cache, y), numeric_grads(params, loss)
    assert find_fault(params, grads, numeric, 6)[:2] == ("", "right")
    averaged = [(W, b / 6) for W, b in grads]
    assert find_fault(params, averaged, numeric, 6)[:2] == ("b3", "averaged")
    summed = [(6 * W, 6 * b) for W, b in grads]
    assert find_fault(params, summed, numeric, 6)[:2] == ("W3", "summed")
    minus = [(-W, -b) for W, b in grads]
    assert find_fault(params, minus, numeric, 6)[:2] == ("W3", "sign")
    assert find_fault(params, grads, numeric_grads(params, with_penalty), 6)[:2] == (
        "W3",
        "penalty",
    )
    cache[1].z[...] = np.tanh(cache[1].z)
    assert find_fault(params, backward(params, cache, y), numeric, 6)[:2] == ("W2", "other")


def test_numpys_matrix_norm_is_a_row_sum() -> None:
    """A third, where the largest entries give a half."""
    a, b = np.array([[2.0, 1.0], [1.0, 1.0]]), np.ones((2, 2))
    norms = [np.linalg.norm(array, np.inf) for array in (a - b, a)]
    assert norms[0] / norms[1] == pytest.approx(1 / 3)
    assert relative_error(a, b) == 0.5
