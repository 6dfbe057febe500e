"""What a stub promises, and the sentence for what is something else."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any, Literal, Optional

import numpy as np
import pandas as pd
import pytest
from dojo.child import contract
from dojo.child.contract import ContractError
from hypothesis import given, settings
from hypothesis import strategies as st


@dataclass(frozen=True)
class Summary:
    """A class as a stub defines it."""

    mean: float


Summary.__module__ = "katas.kata01_spread.spread"

FITTING = [
    (float, 1.5),
    (float, 2),
    (float, np.float32(1.5)),
    (float, np.int64(3)),
    (int, 3),
    (int, np.uint8(3)),
    (bool, True),
    (bool, np.bool_(False)),
    (str, "a"),
    (np.ndarray, np.zeros(2)),
    (np.ndarray, np.zeros(2).view(np.matrix) if hasattr(np, "matrix") else np.zeros(2)),
    (pd.Series, pd.Series([1.0])),
    (pd.DataFrame, pd.DataFrame()),
    (None, None),
    (float | None, None),
    (Optional[float], 1.0),  # noqa: UP045 - the old way of writing it
    (int | str, "a"),
    (tuple[int, float], (1, 2.0)),
    (tuple[float, ...], ()),
    (tuple[float, ...], (1.0, 2, np.float64(3))),
    (list[int], [1, np.int64(2)]),
    (dict[str, float], {"a": 1.0}),
    (dict[str, list[int]], {"a": [1]}),
    (Literal["a", "b"], "b"),
    (list, [1, "a"]),
    (Callable[[float], float], abs),
    (Iterator[int], iter([1])),
    (Any, object()),
    (Summary, Summary(1.0)),
    (list[Summary], [Summary(1.0)]),
]

MISFITS = [
    (float, True, "a bool, True"),
    (int, False, "a bool, False"),
    (int, 3.0, "a float, 3.0"),
    (int, np.float64(3), "a float64, 3.0"),
    (float, "1.5", "a str, '1.5'"),
    (bool, 1, "an int, 1"),
    (float, np.zeros(2), "an ndarray, array([0., 0.])"),
    (np.ndarray, [1.0], "a list, [1.0]"),
    (np.ndarray, 1.0, "a float, 1.0"),
    (pd.Series, np.zeros(20), "an ndarray"),
    (float | None, "a", "a str, 'a'"),
    (tuple[int, float], (1,), "a tuple of 1"),
    (tuple[int, float], (1, "a"), "a tuple that holds a str, 'a'"),
    (tuple[int, float], [1, 2.0], "a list, [1, 2.0]"),
    (tuple[float, ...], (1.0, None), "a tuple that holds None"),
    (list[int], [1, 2.5], "a list that holds a float, 2.5"),
    (dict[str, float], {1: 1.0}, "a dict that holds an int, 1"),
    (dict[str, float], {"a": "b"}, "a dict that holds a str, 'b'"),
    (list[list[int]], [[1], [True]], "a list that holds a list that holds a bool, True"),
    (Literal["a", "b"], "c", "a str, 'c'"),
    (Summary, (1.0,), "a tuple, (1.0,)"),
]


def promised_by(annotation: Any) -> Any:
    """Return what a function with this annotation promises."""

    def stub():
        raise NotImplementedError

    stub.__annotations__["return"] = annotation
    return contract.promise(stub)


@pytest.mark.parametrize(("annotation", "value"), FITTING, ids=lambda x: type(x).__name__)
def test_what_was_promised_passes(annotation, value):
    """Python's numbers and numpy's, containers, unions and the stub's own classes."""
    contract.check("f", value, promised_by(annotation))


@pytest.mark.parametrize(
    ("annotation", "value", "described"), MISFITS, ids=lambda x: type(x).__name__
)
def test_what_is_something_else_is_described(annotation, value, described):
    """The sentence says what came back, and what the stub promises."""
    with pytest.raises(ContractError) as caught:
        contract.check("f", value, promised_by(annotation))

    assert str(caught.value).startswith(f"f returned {described}; the stub promises ")


@pytest.mark.parametrize(
    ("annotation", "promise"),
    [
        (np.ndarray, "an ndarray"),
        (float, "a float"),
        (int | str, "an int or a str"),
        (tuple[float, ...], "a tuple[float, ...]"),
        (dict[str, list[int]], "a dict[str, list[int]]"),
        (Literal["a", "b"], "typing.Literal['a', 'b']"),
        (Summary, "a Summary"),
    ],
)
def test_none_asks_for_the_missing_return(annotation, promise):
    """None comes from a missing return, far more often than from anything else."""
    with pytest.raises(ContractError) as caught:
        contract.check("f", None, promised_by(annotation))

    assert (
        str(caught.value) == f"f returned None; the stub promises {promise}. Is a return missing?"
    )


def test_a_class_counts_by_its_name():
    """The learner's file may define the stub's dataclass anew; it is the same by name."""
    twin = type("Summary", (), {"__module__": "elsewhere", "mean": 1.0})

    contract.check("f", twin(), Summary)


EMPTY = np.array([])
OBJECTS = np.array([EMPTY, 1.0, None], dtype=object)


@pytest.mark.parametrize(
    ("promised", "value", "sentence"),
    [
        (Summary, Summary(EMPTY), "a Summary whose mean is an ndarray"),
        (Summary, Summary(None), "a Summary whose mean is None"),
        (Summary, object.__new__(Summary), "a Summary without mean"),
        (list[Summary], [Summary(1.0), Summary("1")], "a list that holds a Summary whose mean"),
        (np.ndarray, OBJECTS, "an ndarray that holds arrays"),
        (pd.Series, pd.Series(OBJECTS), "a Series that holds arrays"),
        (pd.DataFrame, pd.DataFrame({"a": [1.0] * 3, "b": OBJECTS}), "a DataFrame that holds"),
        (dict[str, np.ndarray], {"a": OBJECTS}, "a dict that holds an ndarray that holds arrays"),
    ],
)
def test_an_empty_array_hides_nowhere(promised, value, sentence):
    """An empty array equals any number for pytest.approx, and for whoever asks `.all()`."""
    assert pytest.approx(2.5) == EMPTY
    with pytest.raises(ContractError, match=f"f returned {sentence}"):
        contract.check("f", value, promised)


@pytest.mark.parametrize(
    "value",
    [
        np.array([1, "a", None, (1, 2)], dtype=object),
        pd.DataFrame({"a": ["x", None], "b": [pd.Timestamp(0), 1]}, dtype=object),
        pd.Series(["a", "b"], dtype="category"),
        pd.DataFrame(),
        np.zeros((2, 3)),
    ],
    ids=["objects", "table", "categories", "nothing", "numbers"],
)
def test_other_cells_are_the_tests_business(value):
    """Only an array within an array is refused: nothing that a kata asks for has one."""
    contract.check("f", value, type(value))


def test_no_annotation_promises_nothing():
    """Whatever comes back fits."""

    def stub():
        raise NotImplementedError

    assert contract.promise(stub) is Any
    contract.check("f", None, Any)


def test_an_array_is_no_word():
    """An array compared with the words of a Literal is an array of answers, not one."""
    with pytest.raises(ContractError, match="f returned an ndarray"):
        contract.check("f", np.zeros(3), Literal["a", "b"])


annotations = st.recursive(
    st.sampled_from([int, float, bool, str, np.ndarray, Summary, type(None), Literal["a", 1]]),
    lambda inner: st.one_of(
        inner.map(lambda t: list[t]),
        inner.map(lambda t: tuple[t, ...]),
        st.tuples(inner, inner).map(lambda pair: tuple[pair]),
        st.tuples(inner, inner).map(lambda pair: dict[pair]),
        st.tuples(inner, inner).map(lambda pair: pair[0] | pair[1]),
    ),
    max_leaves=4,
)
plain_values = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(),
        st.floats(),
        st.text(max_size=3),
        st.builds(Summary, st.floats()),
        st.sampled_from([np.float32(1), np.int8(1), np.bool_(True)]),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.lists(inner, max_size=3).map(tuple),
        st.dictionaries(st.text(max_size=3), inner, max_size=3),
    ),
    max_leaves=6,
)


@settings(derandomize=True, deadline=None)
@given(annotations, plain_values)
def test_the_check_says_yes_or_a_sentence(annotation, value):
    """Nothing but ContractError, whatever was promised and whatever came back."""
    said = ""
    try:
        contract.check("f", value, annotation)
    except ContractError as error:
        said = str(error)

    assert (said == "") == contract.fits(value, annotation)
    assert said == "" or said.startswith("f returned ")


@pytest.mark.parametrize(
    "value",
    [
        *(Fraction(1, 3), Decimal(1), slice(2), bytearray(b"a")),
        *(pd.Period("2024", "Y"), pd.Interval(0, 1)),
    ],
    ids=lambda value: type(value).__name__,
)
def test_what_grading_cannot_send_is_refused_wherever_it_is(value):
    """Where no type is promised, in a container, and as an element of an array."""
    cells = np.array([None, 1], dtype=object)
    cells[0] = value
    for answer in (value, {"a": [value]}, cells, pd.Series(cells)):
        with pytest.raises(ContractError) as caught:
            contract.check("f", answer, Any)

        name = type(value).__name__
        assert str(caught.value) == (
            f"f returned values of the type {name}; such an answer is not checked."
        )
