"""pandas on the wire: columns with their dtypes, indexes, and the scalars that stand in them."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd

from dojo.judge.values import Codec, Packed, entry, exactly, wrong
from dojo.judge.wire import WireError

COST_OF_A_COLUMN = 50  # in values of a message: its size in memory, however few rows it has

Values = Any  # a numpy array or one of pandas' extension arrays


def pack_values(codec: Codec, values: Values) -> Packed:
    """Send a column's values: a numpy array, or an extension array as its parts."""
    if isinstance(values, np.ndarray):
        return ["numpy", codec.pack(values)]
    dtype = values.dtype
    if isinstance(dtype, pd.StringDtype):
        texts = [None if gone else text for text, gone in zip(values, values.isna(), strict=True)]
        na = "nan" if dtype.na_value is np.nan else "NA"
        return ["text", str(dtype.storage), na, codec.pack(texts)]
    if isinstance(dtype, pd.CategoricalDtype):
        codes, categories = codec.pack(values.codes), codec.pack(values.categories)
        return ["category", codes, categories, bool(values.ordered)]
    if isinstance(dtype, pd.DatetimeTZDtype):
        stamps = codec.pack(values.asi8)
        return ["zoned", stamps, dtype.unit, codec.pack(zone_of(dtype.tz))]
    if isinstance(dtype, pd.PeriodDtype):
        return ["period", codec.pack(values.asi8), dtype.name[len("period[") : -1]]
    if isinstance(dtype, pd.IntervalDtype):
        ends = [codec.pack(values.left), codec.pack(values.right)]
        return ["interval", *ends, str(values.closed)]
    if values.dtype.name in MASKED:
        plain = np.asarray(values.to_numpy(dtype=values.dtype.numpy_dtype, na_value=0))
        return ["masked", codec.pack(plain), codec.pack(np.asarray(values.isna()))]
    if isinstance(dtype, np.dtype):
        return ["numpy", codec.pack(np.asarray(values))]
    raise WireError(f"a column of pandas' type {dtype.name}")


INTEGERS = [f"{sign}Int{bits}" for sign in ("", "U") for bits in (8, 16, 32, 64)]
MASKED = {
    "boolean": pd.arrays.BooleanArray,
    "Float32": pd.arrays.FloatingArray,
    "Float64": pd.arrays.FloatingArray,
    **dict.fromkeys(INTEGERS, pd.arrays.IntegerArray),
}
BY_NUMPY = {name.lower().removesuffix("ean"): made for name, made in MASKED.items()}


def zone_of(zone: Any) -> Any:
    """Return a time zone of the standard library's for whatever pandas holds."""
    return zone if type(zone).__module__ in ("datetime", "zoneinfo") else wrong("time zone")


def text(codec: Codec, storage: str, na: str, data: Packed) -> Values:
    """Make a column of text."""
    missing = np.nan if na == "nan" else pd.NA
    texts = codec.unpack_as(list, data)
    return pd.array(texts, dtype=pd.StringDtype(storage, na_value=missing))


def category(codec: Codec, codes: Packed, categories: Packed, ordered: bool) -> Values:
    """Make a column of categories."""
    plain = codec.unpack_as(pd.Index, categories)
    return pd.Categorical.from_codes(array_in(codec, codes), plain, ordered=bool(ordered))


def zoned(codec: Codec, stamps: Packed, unit: str, zone: Packed) -> Values:
    """Make a column of stamps in a time zone."""
    naive = array_in(codec, stamps).view(f"M8[{unit}]")
    return pd.DatetimeIndex(naive).tz_localize("UTC").tz_convert(codec.unpack(zone)).array


def period(codec: Codec, ordinals: Packed, freq: str) -> Values:
    """Make a column of periods."""
    return pd.PeriodIndex.from_ordinals(array_in(codec, ordinals), freq=freq).array


def interval(codec: Codec, left: Packed, right: Packed, closed: Any) -> Values:
    """Make a column of intervals."""
    ends = codec.unpack_as(pd.Index, left), codec.unpack_as(pd.Index, right)
    return pd.arrays.IntervalArray.from_arrays(*ends, closed)


def masked(codec: Codec, values: Packed, mask: Packed) -> Values:
    """Make a column of numbers with pandas' own missing value."""
    plain, gone = array_in(codec, values), array_in(codec, mask)
    return BY_NUMPY[plain.dtype.name](plain.copy(), gone.copy())


def plain(codec: Codec, array: Packed) -> Values:
    """Make a column of numpy's."""
    return array_in(codec, array)


def array_in(codec: Codec, packed: Packed) -> np.ndarray:
    """Make an array of one axis."""
    made = codec.unpack_as(np.ndarray, packed)
    return made if made.ndim == 1 else wrong("column")


COLUMNS: dict[str, Callable[..., Values]] = {
    "numpy": plain,
    "text": text,
    "category": category,
    "zoned": zoned,
    "period": period,
    "interval": interval,
    "masked": masked,
}


def unpack_values(codec: Codec, data: list[Packed]) -> Values:
    """Make a column's values from its parts."""
    codec.spend(COST_OF_A_COLUMN)
    kind, *parts = data
    return COLUMNS[kind](codec, *parts)


def pack_index(codec: Codec, index: pd.Index) -> list[Packed]:
    """Send an index that is one column."""
    freq = getattr(index, "freqstr", None) if isinstance(index, TIMED) else None
    return [pack_values(codec, column_of(index)), codec.pack(index.name), freq]


TIMED = (pd.DatetimeIndex, pd.TimedeltaIndex)


def column_of(labelled: Any) -> Values:
    """Return the values of an index or a series: numpy's own array where it is one."""
    return labelled.to_numpy() if isinstance(labelled.dtype, np.dtype) else labelled.array


def unpack_index(codec: Codec, data: list[Packed], name: Packed, freq: str | None) -> pd.Index:
    """Make an index that is one column."""
    values = unpack_values(codec, data)
    made = pd.Index(values, name=codec.unpack(name), dtype=values.dtype)
    if freq is not None and isinstance(made, TIMED):
        made.freq = freq
    return made


def pack_multi(codec: Codec, index: pd.MultiIndex) -> list[Packed]:
    """Send an index of several levels."""
    levels, codes = codec.pack_all(index.levels), codec.pack_all(map(np.asarray, index.codes))
    return [levels, codes, codec.pack_all(index.names)]


def unpack_multi(
    codec: Codec, levels: list[Packed], codes: list[Packed], names: list[Packed]
) -> pd.MultiIndex:
    """Make an index of several levels; pandas holds the codes against the levels."""
    return pd.MultiIndex(
        levels=[codec.unpack_as(pd.Index, level) for level in exactly(list, levels)],
        codes=[array_in(codec, part) for part in exactly(list, codes)],
        names=codec.unpack_all(names),
    )


def pack_series(codec: Codec, series: Any) -> list[Packed]:
    """Send a column with its index."""
    return [
        pack_values(codec, column_of(series)),
        codec.pack(series.index),
        codec.pack(series.name),
    ]


def unpack_series(codec: Codec, data: list[Packed], index: Packed, name: Packed) -> Any:
    """Make a column with its index."""
    values = unpack_values(codec, data)
    rows = codec.unpack_as(pd.Index, index)
    return pd.Series(values, index=rows, name=codec.unpack(name), dtype=values.dtype, copy=True)


def pack_frame(codec: Codec, frame: Any) -> list[Packed]:
    """Send a table column by column: names may repeat, so they are not keys."""
    columns = [pack_values(codec, column_of(frame.iloc[:, i])) for i in range(frame.shape[1])]
    return [columns, codec.pack(frame.index), codec.pack(frame.columns)]


def unpack_frame(codec: Codec, data: list[Any], index: Packed, names: Packed) -> Any:
    """Make a table from its columns."""
    rows = codec.unpack_as(pd.Index, index)
    columns = [unpack_values(codec, column) for column in exactly(list, data)]
    made = pd.DataFrame(
        {i: pd.Series(v, index=rows, dtype=v.dtype) for i, v in enumerate(columns)}, index=rows
    )
    made.columns = codec.unpack_as(pd.Index, names)
    return made


def pack_stamp(codec: Codec, stamp: pd.Timestamp) -> list[Packed]:
    """Send one stamp of pandas'."""
    return [stamp.unit, stamp.as_unit(stamp.unit)._value, codec.pack(stamp.tzinfo)]


def unpack_stamp(codec: Codec, unit: str, value: int, zone: Packed) -> pd.Timestamp:
    """Make one stamp of pandas'."""
    tz = codec.unpack(zone)
    made = pd.Timestamp(np.datetime64(value, unit))  # type: ignore[call-overload]
    return made if tz is None else made.tz_localize("UTC").tz_convert(tz)


entry("na", "pandas.api.typing.NAType", pack=lambda codec, v: [], unpack=lambda codec: pd.NA)
entry("nat", "pandas.api.typing.NaTType", pack=lambda codec, v: [], unpack=lambda codec: pd.NaT)
entry("stamp", "pandas.Timestamp", pack=pack_stamp, unpack=unpack_stamp)
entry(
    "delta",
    "pandas.Timedelta",
    pack=lambda codec, value: [value.unit, value._value],
    unpack=lambda codec, unit, value: pd.Timedelta(np.timedelta64(value, unit)),
)
entry(
    "span",
    "pandas.Period",
    pack=lambda codec, value: [value.ordinal, value.freqstr],
    unpack=lambda codec, ordinal, freq: pd.Period(ordinal=ordinal, freq=freq),
)
entry(
    "stretch",
    "pandas.Interval",
    pack=lambda codec, v: [codec.pack(v.left), codec.pack(v.right), v.closed],
    unpack=lambda codec, a, b, closed: pd.Interval(codec.unpack(a), codec.unpack(b), closed),
)
entry(
    "rows",
    "pandas.RangeIndex",
    pack=lambda codec, i: [i.start, i.stop, i.step, codec.pack(i.name)],
    unpack=lambda codec, *r: pd.RangeIndex(*r[:3], name=codec.unpack(r[3])),
)
entry("multiindex", "pandas.MultiIndex", pack=pack_multi, unpack=unpack_multi)
entry("index", "pandas.Index", pack=pack_index, unpack=unpack_index)
entry(
    "column",
    "pandas.api.extensions.ExtensionArray",
    pack=lambda codec, values: [pack_values(codec, values)],
    unpack=unpack_values,
)
entry("series", "pandas.Series", pack=pack_series, unpack=unpack_series)
entry("frame", "pandas.DataFrame", pack=pack_frame, unpack=unpack_frame)
