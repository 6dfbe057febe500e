"""A learner's function works on copies, and is told where it changed one."""

import sqlite3
from typing import Annotated, Any

import numpy as np
import pandas as pd
import pytest
from dojo.child.arguments import Changed, Terms, guarded
from dojo.child.cost import Meter
from dojo.child.recorder import Recorder


def stub(x: Any, y: Annotated[Any, "in place"] = None, z: Any = None) -> Any:
    """Say what is asked; y is changed."""
    raise NotImplementedError


def test_a_stub_declares_what_is_changed():
    """By an annotation, whatever else that says."""
    terms = Terms.of(stub)

    assert terms == Terms(("x", "y", "z"), frozenset({"y"}))
    assert list(terms.named((1, 2), {"z": 3})) == [("x", 1), ("y", 2), ("z", 3)]
    assert list(terms.named(range(4), {}))[3] == ("arg3", 3)


@pytest.mark.parametrize(
    ("function", "args", "kwargs", "name"),
    [
        (lambda x: x.sort(), (np.array([2.0, 1.0]),), {}, "x"),
        (lambda x: x.pop("a"), (pd.DataFrame({"a": [1]}),), {}, "x"),
        (lambda x, z: z.append(x), ([1],), {"z": [2]}, "z"),
        (lambda x, y, z: z.append(x), ([1], None, [2]), {}, "z"),
        (lambda x: x["a"][0].pop(), ({"a": [[1]]},), {}, "x"),
        (lambda x: x[1].append(x[0].random()), ([np.random.default_rng(1), []],), {}, "x"),
    ],
    ids=["array", "frame", "named", "third", "deep", "beside an rng"],
)
def test_a_changed_argument_is_an_error_and_the_caller_s_own_is_not_changed(
    function, args, kwargs, name
):
    """It is named as in the stub, and what the call would have returned is not looked at."""
    before = repr([args, kwargs])
    with pytest.raises(Changed, match=f"^stub changed its argument {name}; work on a copy.$"):
        guarded(function, stub)(*args, **kwargs)

    assert repr([args, kwargs]) == before


def test_what_is_not_changed_is_passed_and_comes_back():
    """The result may be the copy itself, or a view of it."""
    given = np.arange(4.0)
    found = guarded(lambda x: x[::2], stub)(given)

    assert found.tolist() == [0, 2]
    assert not np.shares_memory(found, given)


def test_what_was_changed_and_put_back_was_not_changed():
    """As a numeric gradient does."""

    def nudge(x):
        before = x[0]
        x[0] += 1
        x[0] = before

    assert guarded(nudge, stub)(np.array([0.1])) is None


def test_what_a_function_keeps_is_not_the_caller_s():
    """A later call cannot change what an earlier one was given."""
    kept = []

    def keep(x):
        kept.append(x)
        kept[0][:] = 9
        return x

    given = [np.zeros(2), np.zeros(2)]
    call = guarded(keep, stub)
    with pytest.raises(Changed):
        call(given[0])
    call(given[1])

    assert [g.tolist() for g in given] == [[0, 0], [0, 0]]


def test_what_moves_on_or_is_declared_is_the_caller_s_own():
    """An rng, a connection, an iterator, a function, and what changes in place by contract."""
    own = (np.random.default_rng(1), sqlite3.connect(":memory:"), iter([1]), print)
    seen = []
    declared = [1]
    guarded(lambda x, y: (seen.extend(x), y.append(2)), stub)(own, declared)

    assert all(map(lambda a, b: a is b, seen, own))
    assert declared == [1, 2]


def test_an_error_that_comes_with_a_change_is_its_cause():
    """Both can be told."""

    def fail(x):
        x.clear()
        raise ValueError("x")

    with pytest.raises(Changed) as caught:
        guarded(fail, stub)([1])

    assert repr(caught.value.__cause__) == "ValueError('x')"
    with pytest.raises(ValueError, match="x"):
        guarded(fail, stub)([])


def test_what_a_callback_changes_is_a_change_of_the_function_that_handed_it_out():
    """It could have given a copy away."""
    given = [np.zeros(2)]

    def add(array):
        array += 1

    with pytest.raises(Changed, match="its argument z"):
        guarded(lambda x, z: x(z[0]), stub)(add, z=given)
    assert guarded(lambda x, z: x(z[0].copy()), stub)(add, z=given) is None
    assert given[0].tolist() == [0, 0]


def test_a_copy_that_is_kept_is_no_part_of_it_either():
    """A result that is a view keeps the copy alive: it was not the function that made it."""
    function = guarded(lambda x: x[:1], stub)
    recorder = Recorder(isolated=True)
    wrapped = recorder.wrap(function, stub)

    assert Meter(frozenset())(wrapped, np.ones(100_000)).peak_bytes < 20_000
    allocating = recorder.wrap(guarded(lambda x: x * 2, stub), stub)
    xs = [np.ones(100_000) for _ in range(3)]
    cost = Meter(frozenset())(lambda: [allocating(x) for x in xs])
    assert 3 * 800_000 <= cost.peak_bytes < 3.5 * 800_000
