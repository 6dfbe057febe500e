"""pandas' scalars on the wire: stamps, spans of time, and what is missing."""

import re
from typing import Any

import numpy as np
import pandas as pd
from pandas.tseries.frequencies import to_offset

from dojo import limits
from dojo.author.judge.codec import Codec, between, exactly, wrong
from dojo.author.judge.promise import Promise
from dojo.author.judge.types.entries import Packed, entry
from dojo.author.judge.types.plain import zone_in

UNITS = ("s", "ms", "us", "ns")
FREQ = re.compile(r"-?(\d{1,9})?[A-Za-z]+(-[A-Z0-9]{1,4}){0,3}", re.ASCII)


def freq_of(text: str) -> Any:
    """Return the frequency of an index by its name, one that pandas need not search long for."""
    good = len(exactly(str, text)) <= limits.OFFSET_CHARACTERS and FREQ.fullmatch(text)
    made = to_offset(text) if good else wrong("frequency")
    return wrong("frequency") if is_stepped(made) and abs(made.n) > limits.OFFSET_STEPS else made


def is_stepped(freq: Any) -> bool:
    """Tell whether a frequency is no fixed span of time: pandas walks from one date to the next."""
    return not isinstance(freq, pd.offsets.Tick)


def int64(value: Any) -> int:
    """Return a number of 64 bits."""
    return between(-(2**63), value, 2**63 - 1)


def unit_of(name: Any) -> Any:
    """Return a unit that pandas has."""
    return name if name in UNITS else wrong("unit")


def pack_stamp(codec: Codec, stamp: pd.Timestamp) -> list[Packed]:
    """Send one stamp of pandas'."""
    return [stamp.unit, stamp.as_unit(stamp.unit)._value, codec.pack(stamp.tzinfo)]


def unpack_stamp(
    codec: Codec, promised: Promise, unit: str, value: int, zone: Packed
) -> pd.Timestamp:
    """Make one stamp of pandas'."""
    place = zone_in(codec, promised, zone)
    made = pd.Timestamp(np.datetime64(int64(value), unit_of(unit)))
    return made if place is None else made.tz_localize("UTC").tz_convert(place)


def unpack_delta(codec: Codec, unit: str, value: int) -> pd.Timedelta:
    """Make one span of time of pandas'."""
    return pd.Timedelta(np.timedelta64(int64(value), unit_of(unit)))


entry("na", "pandas.api.typing.NAType", pack=lambda codec, v: [], unpack=lambda codec: pd.NA)
entry("nat", "pandas.api.typing.NaTType", pack=lambda codec, v: [], unpack=lambda codec: pd.NaT)
entry("stamp", "pandas.Timestamp", pack=pack_stamp, unpack=unpack_stamp, nests=True)
entry(
    "delta",
    "pandas.Timedelta",
    pack=lambda codec, value: [value.unit, value._value],
    unpack=unpack_delta,
)
