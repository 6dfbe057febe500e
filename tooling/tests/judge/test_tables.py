"""pandas' tables, columns, indexes and scalars arrive as what they were."""

import datetime
import zoneinfo

import numpy as np
import pandas as pd
import pytest
from dojo.author.judge.types.columns import MASKED
from dojo.author.judge.wire import WireError
from dojo.child.size import uncheckable
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra import pandas as pds
from pandas.testing import assert_frame_equal, assert_index_equal, assert_series_equal

# Other processes may have the machine meanwhile.
SLOW = [HealthCheck.too_slow]
CASES = settings(derandomize=True, deadline=None, max_examples=60, suppress_health_check=SLOW)

BERLIN = zoneinfo.ZoneInfo("Europe/Berlin")
OFFSET = datetime.timezone(datetime.timedelta(minutes=90))


def stamps(zone: object = None, unit: str = "ns") -> pd.DatetimeIndex:
    """Return some stamps, one of them missing, around an hour that comes twice."""
    times = pd.DatetimeIndex(["2024-10-27 00:30", "2024-10-27 01:30", None]).as_unit(unit)
    return times.tz_localize("UTC").tz_convert(zone) if zone else times


def columns() -> dict[str, object]:
    """Return a column of three rows of every kind, each with a gap where it can have one."""
    numbers = {name: pd.array([1, None, 3], dtype=name) for name in MASKED if name != "boolean"}
    plain = {
        name: np.array([1, 0, 1]).astype(name)
        for name in (*"?bBhHiIlLfdFD", "m8[ns]", "M8[s]", "M8[us]")
    }
    return {
        **numbers,
        **plain,
        "nan": np.array([1.5, np.nan, -np.inf]),
        "boolean": pd.array([True, None, False], dtype="boolean"),
        "object": np.array([None, "a", 1.5], dtype=object),
        "objects": np.array([pd.NA, pd.NaT, pd.Timestamp(0)], dtype=object),
        "str": pd.array(["a", None, "é"], dtype="str"),
        "string": pd.array(["a", None, ""], dtype="string"),
        "category": pd.Categorical(["b", None, "a"], categories=["c", "b", "a"]),
        "ordered": pd.Categorical([2, 1, None], categories=[2, 1], ordered=True),
        "category of stamps": pd.Categorical(stamps(BERLIN)),
        "stamps": stamps(),
        "stamps in seconds": stamps(unit="s"),
        "Berlin": stamps(BERLIN),
        "UTC": stamps(datetime.UTC, "us"),
        "offset": stamps(OFFSET, "ms"),
        "spans": pd.to_timedelta([1, None, 3], unit="h"),
    }


COLUMNS = columns()
kinds = pytest.mark.parametrize("kind", COLUMNS)


class TestColumns:
    """Every kind of column."""

    @kinds
    def test_a_series_arrives(self, across, kind):
        """Its values, their type, its index and its name."""
        series = pd.Series(COLUMNS[kind], index=["x", "x", "y"], name=kind)

        assert_series_equal(across(series), series, check_freq=True)
        assert across(series).dtype == series.dtype

    @kinds
    def test_a_series_without_rows_arrives(self, across, kind):
        """Its type is all that there is of it."""
        series = pd.Series(COLUMNS[kind])[:0]

        assert_series_equal(across(series), series)

    @kinds
    def test_an_index_arrives(self, across, kind):
        """As its own class."""
        index = pd.Index(COLUMNS[kind], name=("a", 1))
        found = across(index)

        assert type(found) is type(index)
        assert_index_equal(found, index, exact=True)
        assert found.name == ("a", 1)

    @kinds
    def test_a_table_of_it_arrives(self, across, kind):
        """Between other columns."""
        frame = pd.DataFrame({"before": [1, 2, 3], "it": COLUMNS[kind], "after": ["a", "b", None]})

        assert_frame_equal(across(frame), frame)
        assert across(frame).dtypes.tolist() == frame.dtypes.tolist()

    @kinds
    def test_what_arrived_can_be_written_to(self, across, kind):
        """A function may change a copy in place, and a test the table that it got."""
        series = pd.Series(COLUMNS[kind])
        found, frame = across(series), across(pd.DataFrame({"it": series}))
        found.iloc[1] = series.iloc[0]
        frame.loc[1, "it"] = series.iloc[0]
        series.iloc[1] = series.iloc[0]

        assert_series_equal(found, series)
        assert_series_equal(frame["it"], series, check_names=False)

    @pytest.mark.parametrize(
        "kind", [name for name, made in COLUMNS.items() if hasattr(pd.Series(made).array, "isna")]
    )
    def test_an_array_of_pandas_arrives(self, across, kind):
        """Without an index around it."""
        values = pd.Series(COLUMNS[kind]).array
        if isinstance(values.dtype, np.dtype) or "Numpy" in type(values).__name__:
            values = values.to_numpy()
        found = across(values)

        assert type(found) is type(values)
        assert_series_equal(pd.Series(found), pd.Series(values))

    def test_an_integer_keeps_its_value_beyond_what_a_float_holds(self, across):
        """A missing value beside it must not make it a float."""
        series = pd.Series([2**63 - 1, None], dtype="Int64")

        assert across(series)[0] == 2**63 - 1
        assert across(series).isna().tolist() == [False, True]

    def test_nan_is_not_na(self, across):
        """Each is missing in its own way."""
        series = pd.Series([np.nan, None, pd.NA, pd.NaT], dtype=object)

        assert list(map(repr, across(series))) == ["nan", "None", "<NA>", "NaT"]

    @pytest.mark.parametrize(
        "values",
        [pd.arrays.SparseArray([0, 0, 1]), pd.array([1.5], dtype=pd.SparseDtype(float))],
        ids=["ints", "floats"],
    )
    def test_a_column_of_another_type_is_refused_by_name(self, across, values):
        """Sparse columns stand for all that are not listed."""
        with pytest.raises(WireError, match="a column of pandas' type Sparse"):
            across(pd.DataFrame({"a": values}))

    @pytest.mark.parametrize(
        "labels",
        [pd.period_range("2024-01", periods=3, freq="M"), pd.interval_range(0, 3)],
        ids=["periods", "intervals"],
    )
    @pytest.mark.parametrize(
        "place",
        [
            lambda labels: pd.DataFrame({"a": labels}),
            lambda labels: pd.Series(labels),
            lambda labels: pd.Series(1, index=labels),
            lambda labels: pd.DataFrame([[1, 2, 3]], columns=labels),
            lambda labels: pd.DataFrame({"a": pd.Categorical(labels)}),
            lambda labels: pd.MultiIndex.from_product([["a"], labels]),
        ],
        ids=["column", "series", "rows", "names", "categories", "levels"],
    )
    def test_periods_and_intervals_are_refused_wherever_they_are(self, across, labels, place):
        """On the wire, and in a sentence of check's."""
        table = place(labels)
        with pytest.raises(WireError, match=f"a column of pandas' type {labels.dtype.name[:6]}"):
            across(table)
        assert uncheckable(table) == f"values of the dtype {labels.dtype}"

    @kinds
    def test_check_takes_what_arrives(self, kind):
        """As a column, as rows and as categories."""
        frame = pd.DataFrame({"it": COLUMNS[kind]})

        assert [uncheckable(t) for t in (frame, frame.set_index("it"), frame["it"])] == [""] * 3

    @CASES
    @given(
        pds.data_frames(
            [pds.column("a", dtype=float), pds.column("b", dtype=bool), pds.column("c", dtype=int)],
            index=pds.range_indexes(min_size=0, max_size=5),
        )
    )
    def test_any_table_of_numbers_arrives(self, across, frame):
        """Empty or not, NaN or not."""
        assert_frame_equal(across(frame), frame)

    @CASES
    @given(st.lists(st.one_of(st.none(), st.text(), st.floats(allow_nan=False), st.integers())))
    def test_any_column_of_objects_arrives(self, across, parts):
        """Text, numbers and gaps, side by side."""
        series = pd.Series(parts, dtype=object)

        assert across(series).tolist() == parts


INDEXES = {
    "range": pd.RangeIndex(2, 8, 3, name="n"),
    "range backwards": pd.RangeIndex(5, 0, -1),
    "empty range": pd.RangeIndex(0),
    "empty": pd.Index([]),
    "empty objects": pd.Index([], dtype=object, name="a"),
    "repeated": pd.Index(["a", "a", None]),
    "days": pd.date_range("2024-01-01", periods=3, freq="D"),
    "business days in a zone": pd.date_range("2024-01-01", periods=3, freq="B", tz=BERLIN),
    "month ends": pd.date_range("2024-01-01", periods=3, freq="ME", unit="s"),
    "hours": pd.timedelta_range("1h", periods=3, freq="2h"),
    "categories": pd.CategoricalIndex(["a", None, "b"], ordered=True),
    "levels": pd.MultiIndex.from_product([["a", "b"], [1, 2]], names=["x", None]),
    "levels of one name": pd.MultiIndex.from_tuples([(1, "a"), (1, "a")], names=["x", "x"]),
    "levels with gaps": pd.MultiIndex.from_arrays([[1.0, np.nan], ["a", None]]),
    "levels of stamps": pd.MultiIndex.from_product([stamps(BERLIN)[:2], [True, False]]),
    "levels that nobody uses": pd.MultiIndex.from_product([list("abc"), [1]])[:1],
    "empty levels": pd.MultiIndex.from_arrays([[], []], names=["a", "b"]),
}
indexes = pytest.mark.parametrize("index", INDEXES.values(), ids=INDEXES)


class TestIndexes:
    """Every kind of index."""

    @indexes
    def test_an_index_arrives(self, across, index):
        """Its class, its type, its names, and how it repeats."""
        found = across(index)

        assert type(found) is type(index)
        assert_index_equal(found, index, exact=True)
        assert found.names == index.names
        assert getattr(found, "freq", None) == getattr(index, "freq", None)

    @indexes
    def test_a_table_has_it_as_rows(self, across, index):
        """Repeated labels are no reason to sort or to align."""
        frame = pd.DataFrame({"a": np.arange(len(index)), "b": "x"}, index=index)
        found = across(frame)

        assert_frame_equal(found, frame, check_freq=True, check_index_type=True)

    @indexes
    def test_a_table_has_it_as_columns(self, across, index):
        """Names repeat, are None, or have several levels."""
        frame = pd.DataFrame(np.arange(2 * len(index)).reshape(2, -1), columns=index)
        found = across(frame)

        assert_frame_equal(found, frame, check_column_type=True)
        assert type(found.columns) is type(frame.columns)

    def test_levels_that_nobody_uses_are_kept(self, across):
        """A groupby that observes all of them sees them."""
        index = INDEXES["levels that nobody uses"]

        assert [level.tolist() for level in across(index).levels] == [["a", "b", "c"], [1]]

    @pytest.mark.parametrize("name", [None, 0, ("a", 1), "a", pd.Timestamp(0)], ids=str)
    def test_a_name_arrives(self, across, name):
        """Whatever it is."""
        assert across(pd.Series([1], name=name)).name == name

    @pytest.mark.parametrize(
        "frame",
        [
            pd.DataFrame(),
            pd.DataFrame(index=["a", "b"]),
            pd.DataFrame(columns=["a", "b"]),
            pd.DataFrame({"a": [1]}).iloc[:0],
            pd.DataFrame([[1, "a", 2.5]], columns=["x", "x", None]),
        ],
        ids=["nothing", "rows only", "columns only", "no rows", "names repeat"],
    )
    def test_a_table_with_little_in_it_arrives(self, across, frame):
        """The edges of tables."""
        assert_frame_equal(across(frame), frame)


class Here(datetime.tzinfo):
    """A zone that somebody wrote."""

    def utcoffset(self, when: object) -> datetime.timedelta:
        """It is an hour ahead."""
        return datetime.timedelta(hours=1)

    def dst(self, when: object) -> None:
        """No summer time."""


class Ledger(pd.DataFrame):
    """A table that is not plain."""

    @property
    def _constructor(self) -> type:
        """Stay a ledger."""
        return Ledger


class TestScalars:
    """What stands in a column."""

    @pytest.mark.parametrize("zone", [None, BERLIN, datetime.UTC, OFFSET], ids=str)
    @pytest.mark.parametrize("unit", ["s", "ms", "us", "ns"])
    def test_a_stamp_arrives(self, across, zone, unit):
        """Its unit and its zone; the hour that comes twice, both times."""
        for hour in ("00:30", "01:30"):
            utc = pd.Timestamp(f"2024-10-27 {hour}", tz="UTC").as_unit(unit)
            stamp = utc.tz_convert(zone)
            found = across(stamp)

            assert type(found) is pd.Timestamp
            assert (found, found.unit) == (stamp, stamp.unit)
            assert (found.tzinfo, found.fold) == (stamp.tzinfo, stamp.fold)

    @pytest.mark.parametrize(
        "value",
        [
            pd.Timestamp.max,
            pd.Timedelta("1D"),
            pd.Timedelta(-1, unit="s").as_unit("s"),
        ],
        ids=repr,
    )
    def test_a_scalar_arrives(self, across, value):
        """As what it is."""
        found = across(value)

        assert type(found) is type(value)
        assert found == value
        assert getattr(found, "unit", None) == getattr(value, "unit", None)

    def test_what_is_missing_arrives_as_itself(self, across):
        """There is one of each."""
        assert across(pd.NA) is pd.NA
        assert across(pd.NaT) is pd.NaT
        assert list(map(repr, across([pd.NaT, pd.NA]))) == ["NaT", "<NA>"]

    def test_a_subclass_arrives_as_a_table(self, across):
        """What its methods would say stays behind."""
        ledger = Ledger({"a": [1]})

        assert type(across(ledger)) is pd.DataFrame
        assert_frame_equal(across(ledger), pd.DataFrame({"a": [1]}))
        assert type(across(ledger["a"])) is pd.Series

    def test_a_zone_of_no_standard_is_refused(self, across):
        """Only the standard library's zones have a name that both sides know."""
        with pytest.raises(WireError, match="a Here cannot cross"):
            across(datetime.datetime(2024, 1, 1, tzinfo=Here()))
        with pytest.raises(WireError, match="time zone"):
            across(pd.DatetimeIndex(["2024-01-01"]).tz_localize(Here()))
