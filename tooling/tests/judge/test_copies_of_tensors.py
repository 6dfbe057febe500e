"""Tensors are copied with what they have gathered, and compared to the last bit."""

import pytest
import torch
from dojo.child.copies import copied, same


def leaf():
    """Return a tensor that has gathered a gradient."""
    made = torch.tensor([1.0, float("nan")], requires_grad=True)
    (2 * made).sum().backward()
    return made


def on_the_way():
    """Return a tensor in the middle of a graph."""
    return 2 * torch.tensor([1.0, float("nan")], requires_grad=True)


MAKERS = [leaf, on_the_way, lambda: torch.nn.Parameter(torch.ones(2)), lambda: torch.ones(2).bool()]


@pytest.mark.parametrize("make", MAKERS)
def test_a_copy_is_like_its_original(make):
    """Of the same type, dtype and elements; NaN is like NaN."""
    value = make()
    made = copied(value)

    assert made is not value
    assert (type(made), made.requires_grad) == (type(value), value.requires_grad)
    assert same(value, made)


@pytest.mark.parametrize("make", MAKERS)
def test_a_change_of_the_copy_is_seen_and_stays_with_it(make):
    """The original keeps its elements."""
    value = make()
    made = copied(value)
    made.data[0] = 0

    assert not same(value, made)
    assert value[0] != 0


@pytest.mark.parametrize(
    "change", [lambda t: t.grad.zero_(), lambda t: (t * t).sum().backward()], ids=["zero", "more"]
)
def test_what_was_gathered_counts(change):
    """A backward pass adds to the gradient of its leaves."""
    value = leaf()
    made = copied(value)
    change(made)

    assert not same(value, made)
    assert same(value.grad, torch.tensor([2.0, 2.0]))


def test_shape_and_dtype_count():
    """Equal numbers are not enough."""
    assert not same(torch.ones(2), torch.ones(2, 1))
    assert not same(torch.ones(2), torch.ones(2, dtype=torch.float64))
