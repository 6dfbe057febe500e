"""Values as a person reads them in a report."""

from dataclasses import dataclass
from pathlib import PosixPath, PurePosixPath

import numpy as np
import pandas as pd
import pytest
from dojo.show.values import LINES, clip, on_one_line, show
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

pytestmark = pytest.mark.timeout(120)


class Shy:
    """A value whose repr is an error."""

    def __repr__(self) -> str:
        """Raise."""
        raise RuntimeError("no")


class Talkative:
    """A value whose repr has no end of lines."""

    def __repr__(self) -> str:
        """Return a thousand lines."""
        return "many\n" * 1000


@dataclass
class Point:
    """A class as a learner writes it."""

    x: float
    y: np.ndarray


scalars = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.integers(min_value=10**5000, max_value=10**5001),
    st.floats(),
    st.complex_numbers(),
    st.text(max_size=300),
    st.binary(max_size=300),
    st.builds(Shy),
    st.builds(Talkative),
    st.builds(object),
    st.sampled_from([len, np.float32(0.1), np.str_("a"), np.timedelta64(3, "D"), pd.NaT, pd.NA]),
)
arrays = hnp.arrays(
    dtype=st.one_of(hnp.scalar_dtypes(), hnp.array_dtypes(max_size=2)),
    shape=hnp.array_shapes(min_dims=0, max_dims=4, min_side=0, max_side=6),
)
frames = arrays.filter(lambda a: a.ndim == 2 and a.dtype.kind in "fib").map(pd.DataFrame)
values = st.recursive(
    st.one_of(scalars, arrays, frames, arrays.map(lambda a: Point(1.0, a))),
    lambda inner: st.one_of(
        st.lists(inner, max_size=20),
        st.lists(inner, max_size=20).map(tuple),
        st.dictionaries(st.text(max_size=5), inner, max_size=20),
    ),
    max_leaves=8,
)


@settings(derandomize=True, deadline=None)
@given(values)
def test_show_never_raises_and_stays_short(value):
    """Whatever the value, a few lines of bounded length come back."""
    text = show(value)
    rows = text.splitlines()

    assert len(rows) <= LINES + 1
    assert all(len(row) <= 204 for row in rows)


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (1.5, "1.5"),
        (np.float64(0.1), "0.1"),
        (np.int64(3), "3"),
        (np.bool_(True), "True"),
        (True, "True"),
        (None, "None"),
        ("text", "'text'"),
        ([1.0, np.float64(2.5)], "[1.0, 2.5]"),
        ((np.int64(1),), "(1,)"),
        (np.array([1.0, 2.0]), "array([1., 2.])"),
        (np.array([1, 2]), "array([1, 2])"),
        (np.array([1.0], dtype="float32"), "array([1.], dtype=float32)"),
        (np.zeros((0, 3)), "array([], shape=(0, 3))"),
        (np.random.default_rng(1), "rng"),
        (PosixPath("/tmp/somewhere/data.csv"), "<file data.csv>"),
        (len, "<built-in function len>"),
        (test_show_never_raises_and_stays_short, "test_show_never_raises_and_stays_short"),
    ],
    ids=lambda value: type(value).__name__,
)
def test_common_values_are_shown_without_noise(value, shown):
    """Numbers without their types, arrays with what is unusual about them."""
    assert show(value) == shown


def test_a_long_array_is_cut_and_its_shape_told():
    """The middle is left out."""
    shown = show(np.arange(1000.0))

    assert shown == "array([  0.,   1.,   2., ..., 997., 998., 999.], shape=(1000,))"


def test_numbers_inside_containers_are_plain():
    """A list of numpy's numbers reads like a list of numbers."""
    assert show([np.int64(1), np.bool_(False), {"a": np.float32(0.5)}]) == "[1, False, {'a': 0.5}]"


@pytest.mark.parametrize(
    "value",
    [np.datetime64("2024-05-01"), np.datetime64("2024-05-01", "ns"), pd.Timestamp("2024-05-01")],
    ids=["days", "nanoseconds", "pandas"],
)
def test_a_date_is_shown_as_a_date(value):
    """Nanoseconds since 1970 tell nobody anything."""
    shown = show(value)

    assert "2024" in shown
    assert "1714521600" not in shown


def test_no_date_is_not_nothing():
    """A missing date is not None."""
    assert "NaT" in show(np.datetime64("NaT"))


def test_a_frame_is_shown_as_a_table():
    """Ten rows at most, and every column's name."""
    shown = show(pd.DataFrame({"day": range(100), "sales": 1.5}))
    rows = shown.splitlines()

    assert rows[0].split() == ["day", "sales"]
    assert rows[1].split() == ["0", "0", "1.5"]
    assert rows[-1].split() == ["99", "99", "1.5"]
    assert len(rows) <= LINES + 1


def test_a_column_is_shown_with_its_index():
    """The dtype belongs to what is compared."""
    rows = show(pd.Series([1.5, 2.5], index=["a", "b"])).splitlines()

    assert [row.split() for row in rows] == [["a", "1.5"], ["b", "2.5"], ["dtype:", "float64"]]


def test_a_repr_that_raises_is_named():
    """The class is named, and the error with it."""
    shown = show(Shy())

    assert "Shy" in shown


def test_a_list_that_holds_itself_has_an_end():
    """Levels are counted."""
    loop: list = []
    loop.append(loop)

    assert len(show(loop)) < 100


def test_clip_says_how_much_it_left_out():
    """Lines beyond the limit are counted, and none of them is endless."""
    text = clip("\n".join(["a" * 1000, *"bcdef"]), 3)

    assert text == "\n".join(["a" * 200 + " ...", "b", "c", "... 3 more lines"])


@pytest.mark.parametrize("text", ["", "one", "one\ntwo"])
def test_clip_leaves_short_texts_alone(text):
    """Nothing was left out, so nothing is said."""
    assert clip(text, 2) == text


def test_a_call_s_line_takes_short_values_only():
    """What is long or has lines stands under the call."""
    assert on_one_line("array([1., 2.])")
    assert not on_one_line("a\nb")
    assert not on_one_line("a" * 61)


def test_a_path_that_is_no_file_s_is_left_to_python():
    """Only real paths are shortened."""
    assert "PurePosixPath" in show(PurePosixPath("/a/b"))
