"""The kinds of columns that pandas has, on the wire: each as its parts, held against each other."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd

from dojo.author.judge.codec import Codec, exactly, wrong
from dojo.author.judge.promise import Promise
from dojo.author.judge.types.entries import NotPromisedError, Packed, entry
from dojo.author.judge.types.moments import UNITS
from dojo.author.judge.types.plain import zone_in
from dojo.author.judge.wire import WireError

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


def text(codec: Codec, promised: Promise, storage: str, na: str, data: Packed) -> Values:
    """Make a column of text."""
    missing = {"nan": np.nan, "NA": pd.NA}[na]
    texts = codec.unpack_as(list, data)
    if storage not in ("python", "pyarrow") or not set(map(type, texts)) <= {str, type(None)}:
        return wrong("column")
    return pd.array(texts, dtype=pd.StringDtype(storage, na_value=missing))


def category(
    codec: Codec, promised: Promise, codes: Packed, categories: Packed, ordered: bool
) -> Values:
    """Make a column of categories."""
    known, numbers = index_in(codec, promised, categories), array_in(codec, promised, codes)
    if not are_places(numbers, len(known)):
        return wrong("column")
    return pd.Categorical.from_codes(numbers, known, ordered=exactly(bool, ordered))


def are_places(numbers: np.ndarray, count: int) -> bool:
    """Tell whether numbers are places among so many, or -1, which stands for a gap."""
    if numbers.dtype.kind != "i":
        return False
    return not len(numbers) or -1 <= int(numbers.min()) <= int(numbers.max()) < count


def zoned(codec: Codec, promised: Promise, stamps: Packed, unit: str, zone: Packed) -> Values:
    """Make a column of stamps in a time zone."""
    place = zone_in(codec, promised, zone)
    if unit not in UNITS or place is None:
        return wrong("column")
    naive = integers_in(codec, promised, stamps).view(f"M8[{unit}]")
    return pd.DatetimeIndex(naive).tz_localize("UTC").tz_convert(place).array


def masked(codec: Codec, promised: Promise, values: Packed, mask: Packed) -> Values:
    """Make a column of numbers with pandas' own missing value."""
    numbers, gone = array_in(codec, promised, values), array_in(codec, promised, mask)
    if gone.dtype != bool or len(gone) != len(numbers) or not numbers.dtype.isnative:
        return wrong("column")
    return BY_NUMPY[numbers.dtype.name](numbers.copy(), gone.copy())


def plain(codec: Codec, promised: Promise, array: Packed) -> Values:
    """Make a column of numpy's; times are in a unit that pandas has."""
    made = array_in(codec, promised, array)
    timed = made.dtype.kind in "mM"
    if timed and np.datetime_data(made.dtype) not in [(unit, 1) for unit in UNITS]:
        return wrong("column")
    return made if timed or made.dtype.kind in "biufcO" else wrong("column")


def array_in(codec: Codec, promised: Promise, packed: Packed) -> np.ndarray:
    """Make an array of one axis."""
    made = codec.unpack_as(np.ndarray, packed, promised)
    return made if made.ndim == 1 else wrong("column")


def integers_in(codec: Codec, promised: Promise, packed: Packed) -> np.ndarray:
    """Make an array of one axis of integers of 64 bits."""
    made = array_in(codec, promised, packed)
    return made if made.dtype == np.int64 else wrong("column")


def index_in(codec: Codec, promised: Promise, packed: Packed) -> pd.Index:
    """Make an index of one level."""
    made = codec.unpack_as(pd.Index, packed, promised)
    return wrong("index") if isinstance(made, pd.MultiIndex) else made


COLUMNS: dict[str, Callable[..., Values]] = {
    "numpy": plain,
    "text": text,
    "masked": masked,
    "category": category,
    "zoned": zoned,
}
# The kinds that are made only where the stub promises a table, a column or an index; what they are
# called as a column and as an index.
GUARDED = {
    "category": ("Categorical", "CategoricalIndex"),
    "zoned": ("DatetimeArray", "DatetimeIndex"),
}


def unpack_values(codec: Codec, promised: Promise, data: list[Packed]) -> Values:
    """Make a column's values from its parts."""
    codec.spend(COST_OF_A_COLUMN)
    kind, *parts = exactly(list, data)
    if kind in GUARDED and not codec.admits(promised, "kinds"):
        raise NotPromisedError
    return COLUMNS[kind](codec, promised, *parts)


entry(
    "column",
    "pandas.api.extensions.ExtensionArray",
    pack=lambda codec, values: [pack_values(codec, values)],
    unpack=unpack_values,
    named=lambda data: GUARDED[data[0]][0],
    nests=True,
)
