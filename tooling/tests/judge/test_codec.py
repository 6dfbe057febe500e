"""Python's own values cross the wire and arrive as what they were, or are refused by name."""

import collections
import datetime
import decimal
import enum
import fractions
import math
import os
import subprocess
import sys
import types
import zoneinfo

import pytest
from dojo.author.judge.wire import WireError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

# Other processes may have the machine meanwhile.
SLOW = [HealthCheck.too_slow]
CASES = settings(derandomize=True, deadline=None, max_examples=60, suppress_health_check=SLOW)

ZONES = st.one_of(
    st.none(),
    st.just(datetime.UTC),
    st.timedeltas(datetime.timedelta(hours=-23), datetime.timedelta(hours=23)).map(
        datetime.timezone
    ),
    st.sampled_from(["Europe/Berlin", "America/New_York", "UTC"]).map(zoneinfo.ZoneInfo),
)
FOLDS = st.sampled_from([0, 1])
TEXT = st.text(st.characters(), max_size=20)
BIG = st.integers(-(2**5000), 2**5000)
LEAVES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(),
    st.binary(),
    st.complex_numbers(),
)
HASHABLE = st.one_of(st.booleans(), st.integers(), st.text(), st.binary(), st.tuples(st.integers()))
NESTED = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.lists(inner, max_size=4).map(tuple),
        st.dictionaries(HASHABLE, inner, max_size=4),
        st.sets(HASHABLE, max_size=4),
        st.frozensets(HASHABLE, max_size=4),
    ),
    max_leaves=12,
)


def same(one: object, other: object) -> bool:
    """Tell whether two values are of the same types and equal; NaN is NaN, and 0.0 is not -0.0."""
    return type(one) is type(other) and repr(one) == repr(other)


class TestNumbers:
    """Numbers of any size."""

    @CASES
    @given(BIG)
    def test_an_int_of_any_size_arrives(self, across, value):
        """Beyond 64 bits it goes as text."""
        assert same(across(value), value)

    @pytest.mark.parametrize("edge", [2**63 - 1, 2**63, -(2**63), -(2**63) - 1, 2**64, 0])
    def test_an_int_at_the_edge_of_64_bits_arrives(self, across, edge):
        """Where one form of message ends and the other begins."""
        assert same(across(edge), edge)

    @CASES
    @given(st.floats())
    def test_a_float_arrives_with_its_sign(self, across, value):
        """NaN, infinities and the negative zero too."""
        found = across(value)

        assert same(found, value)
        assert math.copysign(1, found) == math.copysign(1, value)

    @CASES
    @given(st.complex_numbers())
    def test_a_complex_number_arrives(self, across, value):
        """Both parts, whatever they are."""
        assert same(across(value), value)

    @CASES
    @given(st.booleans())
    def test_a_bool_is_no_int(self, across, value):
        """True is not 1."""
        assert across(value) is value


class TestText:
    """Text and bytes."""

    @CASES
    @given(TEXT)
    def test_text_arrives_with_half_a_character(self, across, value):
        """A lone surrogate is no UTF-8."""
        assert same(across(value), value)

    @pytest.mark.parametrize("value", ["\ud800", "a\udfffb", "\0", "", "é" * 1000])
    def test_strange_text_arrives(self, across, value):
        """Lone surrogates, null bytes, nothing at all."""
        assert same(across(value), value)

    @CASES
    @given(st.binary())
    def test_bytes_arrive(self, across, value):
        """As they are."""
        assert same(across(value), value)


class TestContainers:
    """Values in values."""

    @CASES
    @given(NESTED)
    def test_nested_containers_arrive(self, across, value):
        """Each as its own type, in its order."""
        found = across(value)

        assert type(found) is type(value)
        assert ordered(found) == ordered(value)

    def test_an_order_is_kept(self, across):
        """A dict's items arrive as they were put in."""
        assert list(across({"b": 1, "a": 2, 3: None})) == ["b", "a", 3]

    @pytest.mark.parametrize("depth", [1, 20, 60])
    def test_what_is_deep_arrives(self, across, depth):
        """As deep as any test's data."""
        value: object = ()
        for _ in range(depth):
            value = [value]

        assert across(value) == value

    def test_what_is_too_deep_is_refused(self, across):
        """A list that holds itself has no end."""
        endless: list[object] = []
        endless.append(endless)
        with pytest.raises(WireError, match="a list is nested too deeply"):
            across(endless)

    @CASES
    @given(st.integers(), st.integers(), st.integers().filter(bool))
    def test_a_range_arrives(self, across, start, stop, step):
        """With bounds of any size."""
        assert across(range(start, stop, step)) == range(start, stop, step)

    def test_a_view_of_a_dict_arrives_as_a_dict(self, across):
        """A mapping that cannot be written to."""
        assert same(across(types.MappingProxyType({"a": 1})), {"a": 1})


class TestTimes:
    """Dates, times, spans and zones."""

    @CASES
    @given(st.datetimes(), ZONES, FOLDS)
    def test_a_datetime_arrives_with_its_zone_and_fold(self, across, value, zone, fold):
        """The hour that comes twice is told apart by its fold."""
        value = value.replace(tzinfo=zone, fold=fold)
        found = across(value)

        assert type(found) is datetime.datetime
        assert (found.replace(tzinfo=None), found.fold) == (value.replace(tzinfo=None), fold)
        assert same(found.tzinfo, zone)

    @CASES
    @given(st.times(), ZONES, FOLDS)
    def test_a_time_arrives_with_its_zone_and_fold(self, across, value, zone, fold):
        """As datetimes do."""
        value = value.replace(tzinfo=zone, fold=fold)

        assert same(across(value), value)

    @CASES
    @given(st.dates(), st.timedeltas())
    def test_a_date_and_a_span_arrive(self, across, day, span):
        """To the first day and the last."""
        assert same(across(day), day)
        assert same(across(span), span)

    def test_a_zone_keeps_its_name(self, across):
        """An offset may be called something."""
        zone = datetime.timezone(datetime.timedelta(hours=1), "CET")

        assert across(zone).tzname(None) == "CET"


class Length(float):
    """A float that is not plain."""


class Count(int):
    """An int that is not plain."""


class Name(str):
    """A text that is not plain, and lies."""

    def __str__(self) -> str:
        """Say something else."""
        return "something else"


class Blob(bytes):
    """Bytes that are not plain."""


class Colour(enum.IntEnum):
    """An int with a name."""

    RED = 3


class Column(list):
    """A list that is not plain."""


PLAIN = [
    (Length(1.5), 1.5),
    (Count(7), 7),
    (Count(2**70), 2**70),
    (Colour.RED, 3),
    (Name("a"), "a"),
    (Blob(b"a"), b"a"),
    (Column([1]), [1]),
    (collections.OrderedDict(a=1), {"a": 1}),
    (collections.defaultdict(list, a=[1]), {"a": [1]}),
    (collections.Counter("aab"), {"a": 2, "b": 1}),
    (collections.namedtuple("Pair", "a b")(1, 2), (1, 2)),
]


@pytest.mark.parametrize(("value", "plain"), PLAIN, ids=lambda v: type(v).__name__)
def test_a_subclass_arrives_as_the_plain_type(across, value, plain):
    """What its methods would say stays behind."""
    assert same(across(value), plain)
    assert same(across([value]), [plain])


@pytest.mark.parametrize(
    ("value", "name"),
    [
        (object(), "a object"),
        (collections.deque([1]), "a deque"),
        (types.SimpleNamespace(a=1), "a SimpleNamespace"),
        (float, "a type"),
        (types, "a module"),
        (NotImplemented, "a NotImplementedType"),
        (memoryview(b"abc"), "a memoryview"),
        (decimal.Decimal(1), "a Decimal"),
        (fractions.Fraction(1, 3), "a Fraction"),
        (slice(1, 2), "a slice"),
        (bytearray(b"abc"), "a bytearray"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_cannot_cross_is_refused_by_name(across, value, name):
    """The tests' end lends functions and iterators, and no objects; inside containers too."""
    with pytest.raises(WireError, match=name):
        across(value)
    with pytest.raises(WireError, match=name):
        across({"a": [value]})


PLAIN_ONLY = """
import sys
from pathlib import Path
from dojo.author.judge.remote import Remote
from dojo.author.judge.codec import Codec
codec = Codec(Remote(Path("/nowhere"), {}, print, lends_objects=False), trusting=True)
print(codec.unpack(codec.pack([1, (2.0, "three")])), {"numpy", "pandas"} & sys.modules.keys())
"""


def test_plain_values_wait_for_no_library():
    """A cold judged check of a kata that uses none would else import numpy and pandas."""
    command = [sys.executable, "-c", PLAIN_ONLY]
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run(command, env=env, capture_output=True, text=True)
    assert done.stdout == "[1, (2.0, 'three')] set()\n"


def ordered(value: object) -> str:
    """Write a value in a way that does not depend on the order inside sets."""
    if isinstance(value, set | frozenset):
        return f"{type(value).__name__}{sorted(map(repr, value))}"
    if isinstance(value, list | tuple):
        return f"{type(value).__name__}{[ordered(part) for part in value]}"
    if isinstance(value, dict):
        return f"dict{[(repr(key), ordered(part)) for key, part in value.items()]}"
    return repr(value)
