"""The reference against torch and scipy."""

import numpy as np
import pytest
from scipy.special import softmax as scipy_softmax

from solutions.kata06_attention.attention import (
    attend,
    causal_mask,
    multi_head,
    padding_mask,
    saturated_widths,
    sinusoidal_positions,
    softmax,
)

torch = pytest.importorskip("torch")


def random_mask(rng: np.random.Generator, shape: tuple[int, ...]) -> np.ndarray:
    """Half of the keys allowed, the first one always."""
    mask = rng.random(shape) < 0.5
    mask[..., 0] = True
    return mask


@pytest.mark.parametrize("axis", [0, 1, 2, -1])
def test_softmax_equals_scipys(axis: int) -> None:
    """Both are exp(x - max) over the sum."""
    x = np.random.default_rng(1).normal(scale=50, size=(3, 4, 5))
    np.testing.assert_allclose(softmax(x, axis), scipy_softmax(x, axis=axis), rtol=1e-12)


@pytest.mark.parametrize("masked", [False, True], ids=["all", "masked"])
def test_attend_equals_torch(masked: bool) -> None:
    """A boolean mask of torch has our sense: True may attend."""
    rng = np.random.default_rng(2)
    Q, K, V = (rng.normal(size=s) for s in [(2, 3, 5, 8), (2, 3, 7, 8), (2, 3, 7, 6)])
    mask = random_mask(rng, (2, 1, 5, 7)) if masked else None
    expected = torch.nn.functional.scaled_dot_product_attention(
        *map(torch.from_numpy, (Q, K, V)),
        attn_mask=None if mask is None else torch.from_numpy(mask),
    )
    np.testing.assert_allclose(attend(Q, K, V, mask)[0], expected.numpy(), rtol=1e-10, atol=1e-14)


def test_a_row_without_keys_equals_torchs_zeros() -> None:
    """In torch 2.13 the row is zeros; older versions returned NaN."""
    Q, K, V = np.random.default_rng(3).normal(size=(3, 1, 4, 4))
    mask = np.ones((4, 4), dtype=bool)
    mask[2] = False
    tensors = map(torch.from_numpy, (Q, K, V, mask))
    expected = torch.nn.functional.scaled_dot_product_attention(*tensors).numpy()
    assert expected[0, 2].tolist() == [0.0] * 4
    np.testing.assert_allclose(attend(Q, K, V, mask)[0], expected, rtol=1e-10)


@pytest.mark.parametrize("root", [True, False], ids=["divided", "undivided"])
def test_saturated_widths_equal_torchs_softmax(root: bool) -> None:
    """The mean of the row maxima of torch's softmax, for every width."""
    rng = np.random.default_rng(6)
    Q, K = rng.normal(size=(20, 64)), rng.normal(size=(30, 64))
    expected = {}
    for d in (4, 16, 64):
        scores = torch.from_numpy(Q[:, :d] @ K[:, :d].T) / (d**0.5 if root else 1)
        expected[d] = torch.softmax(scores, dim=1).amax(dim=1).mean().item()
    assert saturated_widths(Q, K, [4, 16, 64], root, 0.0) == pytest.approx(expected, rel=1e-12)
    assert sorted(saturated_widths(Q, K, [4, 16, 64], root, 0.5)) == ([] if root else [16, 64])


@pytest.mark.parametrize(("Tq", "Tk"), [(4, 4), (3, 6), (6, 3)])
def test_causal_mask_equals_torchs_is_causal(Tq: int, Tk: int) -> None:
    """With is_causal torch aligns at the top left, like causal_mask."""
    rng = np.random.default_rng(4)
    Q, K, V = rng.normal(size=(1, Tq, 8)), rng.normal(size=(1, Tk, 8)), rng.normal(size=(1, Tk, 8))
    expected = torch.nn.functional.scaled_dot_product_attention(
        *map(torch.from_numpy, (Q, K, V)), is_causal=True
    )
    actual, _ = attend(Q, K, V, causal_mask(Tq, Tk))
    np.testing.assert_allclose(actual, expected.numpy(), rtol=1e-10, atol=1e-14)


@pytest.mark.parametrize("n_heads", [1, 2, 4])
@pytest.mark.parametrize("kind", ["none", "causal", "padding"])
def test_multi_head_equals_torchs_module(n_heads: int, kind: str) -> None:
    """nn.MultiheadAttention holds transposed weights, and True in its masks means blocked."""
    rng = np.random.default_rng(5)
    X, W = rng.normal(size=(4, 5, 8)), rng.normal(size=(4, 8, 8))
    module = torch.nn.MultiheadAttention(
        8, n_heads, bias=False, batch_first=True, dtype=torch.float64
    )
    with torch.no_grad():
        module.in_proj_weight.copy_(torch.from_numpy(np.concatenate([w.T for w in W[:3]])))
        module.out_proj.weight.copy_(torch.from_numpy(W[3].T.copy()))
    x = torch.from_numpy(X)
    if kind == "causal":
        mask = causal_mask(5, 5)
        options = {"attn_mask": torch.from_numpy(~mask)}
    elif kind == "padding":
        mask = padding_mask([5, 1, 3, 4], 5)
        options = {"key_padding_mask": torch.from_numpy(~mask[:, 0])}
    else:
        mask, options = None, {}
    expected, _ = module(x, x, x, **options)
    actual = multi_head(X, W[0], W[1], W[2], W[3], n_heads, mask)
    np.testing.assert_allclose(actual, expected.detach().numpy(), rtol=1e-10, atol=1e-13)


def test_positions_rotate_with_the_distance() -> None:
    """A shift by k turns each pair by k times its frequency, whatever the position (torch)."""
    table = torch.from_numpy(sinusoidal_positions(50, 16))
    pairs = torch.complex(table[:, 1::2], table[:, 0::2])
    frequency = torch.pow(
        torch.tensor(10000.0, dtype=torch.float64),
        -torch.arange(0, 16, 2, dtype=torch.float64) / 16,
    )
    turned = pairs[:-7] * torch.polar(torch.ones(8, dtype=torch.float64), 7 * frequency)
    np.testing.assert_allclose(turned.numpy(), pairs[7:].numpy(), rtol=0, atol=1e-12)
