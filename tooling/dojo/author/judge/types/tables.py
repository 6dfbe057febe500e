"""pandas' tables on the wire: columns with their dtypes, and indexes."""

from collections.abc import Hashable
from typing import Any

import numpy as np
import pandas as pd

from dojo import limits
from dojo.author.judge.codec import Codec, exactly, wrong
from dojo.author.judge.promise import Promise
from dojo.author.judge.types.columns import (
    GUARDED,
    Values,
    are_places,
    array_in,
    index_in,
    pack_values,
    unpack_values,
)
from dojo.author.judge.types.entries import NotPromisedError, Packed, entry
from dojo.author.judge.types.moments import freq_of, int64, is_stepped
from dojo.author.judge.wire import WireError
from dojo.show.values import StandIn

# In values of a message: pandas walks along the dates, to see whether they are a step apart.
COST_OF_A_STEP = 200


def label(codec: Codec, data: Packed) -> Hashable:
    """Unpack the name of a column or an index."""
    with codec.nothing_lent():
        name = codec.unpack(data)
    hash(name)
    return name  # type: ignore[no-any-return]


def pack_index(codec: Codec, index: pd.Index) -> list[Packed]:
    """Send an index that is one column."""
    freq = getattr(index, "freqstr", None) if isinstance(index, TIMED) else None
    return [pack_values(codec, column_of(index)), codec.pack(index.name), freq]


TIMED = (pd.DatetimeIndex, pd.TimedeltaIndex)


def column_of(labelled: Any) -> Values:
    """Return the values of an index or a series: numpy's own array where it is one."""
    return labelled.to_numpy() if isinstance(labelled.dtype, np.dtype) else labelled.array


def unpack_index(
    codec: Codec, promised: Promise, data: list[Packed], name: Packed, freq: str | None
) -> pd.Index:
    """Make an index that is one column."""
    values = unpack_values(codec, promised, data)
    made = pd.Index(values, name=label(codec, name), dtype=values.dtype)
    if freq is not None and isinstance(made, TIMED):
        step = freq_of(freq)
        codec.spend(len(made) * COST_OF_A_STEP if is_stepped(step) else 0)
        made.freq = step
    return made


def unpack_rows(
    codec: Codec, promised: Promise, start: int, stop: int, step: int, name: Packed
) -> pd.RangeIndex:
    """Make an index of numbers at equal distances."""
    made = pd.RangeIndex(int64(start), int64(stop), int64(step), name=label(codec, name))
    if len(made) > limits.INDEX_ROWS and not codec.trusting and codec.admits(promised, "kinds"):
        raise WireError(f"an index of more than {limits.INDEX_ROWS} rows")
    return made


def pack_multi(codec: Codec, index: pd.MultiIndex) -> list[Packed]:
    """Send an index of several levels."""
    levels, codes = codec.pack_all(index.levels), codec.pack_all(map(np.asarray, index.codes))
    return [levels, codes, codec.pack_all(index.names)]


def unpack_multi(
    codec: Codec,
    promised: Promise,
    levels: list[Packed],
    codes: list[Packed],
    names: list[Packed],
) -> pd.MultiIndex:
    """Make an index of several levels."""
    known = [index_in(codec, promised, level) for level in exactly(list, levels)]
    numbers = [array_in(codec, promised, part) for part in exactly(list, codes)]
    if not len(known) == len(numbers) == len(exactly(list, names)):
        return wrong("index")
    fit = all(are_places(n, len(level)) for n, level in zip(numbers, known, strict=True))
    if not fit or len(set(map(len, numbers))) != 1:
        return wrong("index")
    return pd.MultiIndex(levels=known, codes=numbers, names=[label(codec, n) for n in names])


def pack_series(codec: Codec, series: Any) -> list[Packed]:
    """Send a column with its index."""
    return [
        pack_values(codec, column_of(series)),
        codec.pack(series.index),
        codec.pack(series.name),
    ]


def rows_in(codec: Codec, promised: Promise, index: Packed) -> pd.Index:
    """Make the index of a series or a table."""
    made = codec.unpack(index, promised)
    if isinstance(made, StandIn):
        raise NotPromisedError
    return exactly(pd.Index, made)


def unpack_series(
    codec: Codec, promised: Promise, data: list[Packed], index: Packed, name: Packed
) -> Any:
    """Make a column with its index."""
    values = unpack_values(codec, promised, data)
    rows = rows_in(codec, promised, index)
    if len(rows) != len(values):
        return wrong("series")
    return pd.Series(values, index=rows, name=label(codec, name), dtype=values.dtype, copy=True)


def pack_frame(codec: Codec, frame: Any) -> list[Packed]:
    """Send a table column by column: names may repeat, so they are not keys."""
    columns = [pack_values(codec, column_of(frame.iloc[:, i])) for i in range(frame.shape[1])]
    return [columns, codec.pack(frame.index), codec.pack(frame.columns)]


def unpack_frame(
    codec: Codec, promised: Promise, data: list[Any], index: Packed, names: Packed
) -> Any:
    """Make a table from its columns."""
    rows, titles = rows_in(codec, promised, index), rows_in(codec, promised, names)
    columns = [unpack_values(codec, promised, column) for column in exactly(list, data)]
    if len(titles) != len(columns) or any(len(column) != len(rows) for column in columns):
        return wrong("table")
    made = pd.DataFrame(
        {i: pd.Series(v, index=rows, dtype=v.dtype) for i, v in enumerate(columns)}, index=rows
    )
    made.columns = titles
    return made


entry(
    "rows",
    "pandas.RangeIndex",
    pack=lambda codec, i: [i.start, i.stop, i.step, codec.pack(i.name)],
    unpack=unpack_rows,
    nests=True,
)
entry("multiindex", "pandas.MultiIndex", pack=pack_multi, unpack=unpack_multi, nests=True)
entry(
    "index",
    "pandas.Index",
    pack=pack_index,
    unpack=unpack_index,
    named=lambda data, *parts: GUARDED[data[0]][1],
    nests=True,
)
entry("series", "pandas.Series", pack=pack_series, unpack=unpack_series, nests=True)
entry("frame", "pandas.DataFrame", pack=pack_frame, unpack=unpack_frame, nests=True)
