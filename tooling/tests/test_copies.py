"""A copy is like what it was copied from, shares nothing that can change, and tells a change."""

import collections
import sqlite3
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from dojo.child.copies import copied, same
from scipy import sparse


@dataclass(frozen=True)
class Box:
    """Something with fields."""

    label: str
    things: list = field(default_factory=list)


def put(value, key, new):
    """Set one element."""
    value[key] = new


def table():
    """Return a table of several dtypes, one of them of objects."""
    made = pd.DataFrame(
        {
            "n": [1, 2],
            "x": [0.5, np.nan],
            "s": ["a", None],
            "when": pd.to_datetime(["2024-01-01", "2024-01-02"]),
            "kind": pd.Categorical(["u", "v"]),
            "maybe": pd.array([1, None], dtype="Int64"),
            "bag": pd.Series([[1], None], dtype=object),
        }
    ).set_axis(pd.Index([7, 7], name="row"))
    made.attrs["unit"] = ["m"]
    return made


def matrix():
    """Return a matrix whose second row's indices are in no order."""
    return sparse.csr_array(([1.0, 2.0, 3.0], [0, 2, 1], [0, 1, 3]), shape=(2, 3))


# What is made, and the ways to change it in place.
CHANGES = {
    "list": (lambda: [1, float("nan"), "a"], [lambda v: v.append(1), lambda v: put(v, 0, 1.0)]),
    "list in a list": (lambda: [[1]], [lambda v: v[0].append(2), lambda v: put(v, 0, (1,))]),
    "tuple": (lambda: (1, [2]), [lambda v: v[1].clear()]),
    "dict": (
        lambda: {"a": 1, "b": [2]},
        [lambda v: v["b"].pop(), lambda v: v.pop("a"), lambda v: put(v, "a", v.pop("a"))],
    ),
    "defaultdict": (lambda: collections.defaultdict(list, a=[1]), [lambda v: v["new"]]),
    "set": (lambda: {1, float("nan")}, [lambda v: v.add(3)]),
    "array": (
        lambda: np.array([0.0, np.nan, 1.0]),
        [lambda v: put(v, 0, -0.0), lambda v: put(v, 1, 0), lambda v: v.sort()],
    ),
    "array of objects": (
        lambda: np.array([[1], "a", None], dtype=object),
        [lambda v: v[0].append(2), lambda v: put(v, 2, np.nan)],
    ),
    "array of text": (
        lambda: np.array(["a", "b"], dtype=np.dtypes.StringDType()),
        [lambda v: put(v, 0, "longer than short text is stored")],
    ),
    "array in Fortran's order": (
        lambda: np.asfortranarray(np.arange(6.0).reshape(2, 3)),
        [lambda v: put(v, (1, 2), 0)],
    ),
    "record": (lambda: Box("b", [np.zeros(1)]), [lambda v: put(v.things[0], 0, 1)]),
    "frame": (
        table,
        [
            lambda v: put(v, "new", 1),
            lambda v: put(v, "n", v["n"].astype(float)),
            lambda v: put(v, "x", [0.5, 1.0]),
            lambda v: put(v, "s", ["a", "b"]),
            lambda v: put(v, "kind", ["u", "u"]),
            lambda v: put(v, "maybe", v["maybe"].fillna(0)),
            lambda v: put(v, "when", v["when"].dt.tz_localize("UTC")),
            lambda v: v.pop("n"),
            lambda v: put(v, "n", [2, 1]),
            lambda v: setattr(v, "index", pd.RangeIndex(2)),
            lambda v: setattr(v, "columns", list("abcdefg")),
            lambda v: setattr(v.index, "name", "other"),
            lambda v: v["bag"].iloc[0].append(2),
            lambda v: v.attrs["unit"].append("cm"),
        ],
    ),
    "series": (
        lambda: pd.Series([1.0, np.nan], index=["a", "b"], name="s"),
        [
            lambda v: put(v, "a", 2.0),
            lambda v: put(v, "c", 2.0),
            lambda v: setattr(v, "name", "t"),
            lambda v: setattr(v, "index", [0, 1]),
        ],
    ),
    "series of objects": (
        lambda: pd.Series([[1], "a"], dtype=object),
        [lambda v: v.iloc[0].append(2)],
    ),
    "index": (lambda: pd.Index([1, 2]), [lambda v: setattr(v, "name", "i")]),
    "column": (
        lambda: pd.array([1, None], dtype="Int64"),
        [lambda v: put(v, 1, 5)],
    ),
    "sparse matrix": (
        matrix,
        [lambda v: put(v.data, 0, 5), lambda v: put(v, (0, 0), 0.0), lambda v: v.resize(2, 2)],
    ),
    "sparse vector": (lambda: sparse.coo_array([0.0, 1.0]), [lambda v: put(v.data, 0, 5)]),
}
CASES = [(name, make, change) for name, (make, ways) in CHANGES.items() for change in ways]


@pytest.mark.parametrize("name", CHANGES)
def test_a_copy_is_like_its_original(name):
    """To the last bit, of the same type, and NaN is like NaN."""
    make, _ = CHANGES[name]
    value = make()
    made = copied(value)

    assert made is not value
    assert type(made) is type(value)
    assert same(value, made)


@pytest.mark.parametrize(("name", "make", "change"), CASES, ids=[name for name, *_ in CASES])
def test_a_change_of_the_copy_is_seen_and_stays_with_it(name, make, change):
    """The original is like one that was made anew."""
    value = make()
    made = copied(value)
    change(made)

    assert not same(value, made)
    assert same(copied(value), value)
    untouched = copied(value)
    change(untouched)
    assert not same(value, untouched)


@pytest.mark.parametrize(
    "value",
    [
        *(None, 1, "a", (1, "a"), frozenset({1}), np.float64(1), pd.Timestamp(0), Path("x")),
        *(np.random.default_rng(1), iter([1]), print, sqlite3.connect(":memory:")),
        *(object(), Box, range(3)),
    ],
    ids=lambda value: type(value).__name__,
)
def test_what_cannot_change_or_is_meant_to_be_used_is_its_own_copy(value):
    """Inside a list, too."""
    assert copied(value) is value
    assert copied([value])[0] is value


def test_an_array_keeps_its_order_and_stays_read_only():
    """A test may rely on both, and making a copy writeable is no change."""
    value = np.asfortranarray(np.ones((2, 3)))
    value.flags.writeable = False
    made = copied(value)

    assert made.flags.f_contiguous
    assert not made.flags.c_contiguous
    assert not made.flags.writeable
    made.flags.writeable = True
    assert same(value, made)


@pytest.mark.parametrize(
    "other", [np.array([1, 2]), np.array([[1.0, 2.0]]), np.array([1.0, 2.0], "f4"), [1.0, 2.0]]
)
def test_dtype_shape_and_type_count(other):
    """Equal numbers are not enough."""
    assert not same(np.array([1.0, 2.0]), other)


def test_none_and_nan_in_cells_differ():
    """Pandas takes both for missing."""
    one, other = (pd.DataFrame({"a": pd.Series([x], dtype=object)}) for x in (None, np.nan))

    assert not same(one, other)
    assert not same(one["a"], other["a"])


@pytest.mark.parametrize("values", [[1, 2], (1.0, "a"), {"a": float("nan")}, [None, b"x"]])
def test_plain_elements_are_compared_with_their_types(values):
    """An equal number of another type is another one; NaN is NaN, whichever object it is."""
    made = copied(values)

    assert same(values, made)
    assert not same([1, 2], [1.0, 2])
    assert not same({"a": True}, {"a": 1})
    assert same([float("nan"), 1], [float("nan"), 1])


def test_scipy_may_put_a_matrix_in_order():
    """It does so unasked, for a function that only reads."""
    value = matrix()
    made = copied(value)
    made.sort_indices()
    made.sum_duplicates()

    assert same(value, made)


def test_what_is_large_may_be_left_out():
    """A report shows none of it; what stands beside it is copied."""
    large, small = np.zeros(9), np.zeros(2)
    made = copied([large, small], limit=5)

    assert made[0] is large
    assert made[1] is not small
    assert copied(large, limit=5) is large


def test_values_that_cannot_be_compared_are_not_alike():
    """A learner may put anything into a list."""

    class Odd:
        """Equal to nothing."""

        def __eq__(self, other: object) -> bool:
            """Raise."""
            raise ValueError("no")

        __hash__ = None

    assert not same([Odd()], [Odd()])
