"""The standard library's types on the wire."""

import datetime
import re
import zoneinfo
from collections.abc import Callable
from typing import Any

from dojo.author.judge.codec import Codec, between, exactly, wrong
from dojo.author.judge.promise import Promise, inside
from dojo.author.judge.types.entries import NotPromisedError, Packed, entry
from dojo.show.values import StandIn

# A name of the time zone database: no path, and no zone of another library's.
KEY = re.compile(r"[A-Za-z][\w+-]{0,30}(/[A-Za-z][\w+-]{0,30}){0,2}", re.ASCII)


def container(tag: str, name: str, make: Callable[[Any], Any]) -> None:
    """Add an entry for a container of values in an order."""
    entry(
        tag,
        f"builtins.{name}",
        pack=lambda codec, value: [codec.pack_all(value)],
        unpack=lambda codec, promised, parts: make(codec.unpack_all(parts, *inside(promised, tag))),
        nests=True,
    )


def pairs(codec: Codec, promised: Promise, data: list[list[Packed]]) -> dict[Any, Any]:
    """Unpack the items of a mapping."""
    kinds, rest = inside(promised, "dict")
    key, value = (*kinds, rest, rest)[:2]
    return {codec.unpack(k, key): codec.unpack(v, value) for k, v in exactly(list, data)}


def with_zone(tag: str, kind: type[datetime.datetime] | type[datetime.time]) -> None:
    """Add an entry for a time of the clock: its text, which of two alike it is, its zone."""

    def unpack(codec: Codec, promised: Promise, text: str, fold: int, zone: Packed) -> Any:
        naive = kind.fromisoformat(exactly(str, text))
        if naive.tzinfo is not None:
            return wrong(tag)
        return naive.replace(fold=between(0, fold, 1), tzinfo=zone_in(codec, promised, zone))

    entry(
        tag,
        f"datetime.{kind.__name__}",
        pack=lambda codec, value: [
            value.replace(tzinfo=None).isoformat(),
            value.fold,
            codec.pack(value.tzinfo),
        ],
        unpack=unpack,
        nests=True,
    )


def zone_in(codec: Codec, promised: Promise, data: Packed) -> datetime.tzinfo | None:
    """Unpack the zone of something: None, an offset, or one of the time zone database."""
    zone: Any = codec.unpack(data, promised)
    if isinstance(zone, StandIn):
        raise NotPromisedError
    known = zone is None or type(zone) in (datetime.timezone, zoneinfo.ZoneInfo)
    return zone if known else wrong("time zone")  # type: ignore[no-any-return]


def zone_of_key(codec: Codec, key: str) -> zoneinfo.ZoneInfo:
    """Return a zone of the time zone database; no path of the other side's is opened."""
    return zoneinfo.ZoneInfo(key) if KEY.fullmatch(exactly(str, key)) else wrong("time zone")


def offset(codec: Codec, span: Packed, name: Packed = "") -> datetime.timezone:
    """Make a zone of a fixed distance, which may have a name."""
    parts = codec.unpack_as(datetime.timedelta, span), exactly(str, name)
    return datetime.timezone(*parts) if name else datetime.timezone(parts[0])


def count(codec: Codec, *parts: Packed) -> range:
    """Make a range of ints."""
    return range(*(codec.unpack_as(int, part) for part in parts))


container("list", "list", list)
container("tuple", "tuple", tuple)
container("set", "set", set)
container("frozenset", "frozenset", frozenset)
entry(
    "dict",
    "builtins.dict",
    "builtins.mappingproxy",
    pack=lambda codec, value: [[[codec.pack(k), codec.pack(v)] for k, v in value.items()]],
    unpack=pairs,
    nests=True,
)
entry(
    "int",
    "builtins.int",
    pack=lambda codec, value: [f"{int(value):x}"],
    unpack=lambda codec, text: int(exactly(str, text), 16),
)
entry(
    "bool",
    "builtins.bool",
    pack=lambda codec, value: [bool(value)],
    unpack=lambda codec, value: exactly(bool, value),
)
entry(
    "float",
    "builtins.float",
    pack=lambda codec, value: [float.__float__(value)],
    unpack=lambda codec, value: exactly(float, value),
)
entry(
    "complex",
    "builtins.complex",
    pack=lambda codec, value: [value.real, value.imag],
    unpack=lambda codec, real, imag: complex(exactly(float, real), exactly(float, imag)),
)
entry(
    "str",
    "builtins.str",
    pack=lambda codec, value: [str.encode(value, "utf-8", "surrogatepass")],
    unpack=lambda codec, data: exactly(bytes, data).decode("utf-8", "surrogatepass"),
)
entry(
    "bytes",
    "builtins.bytes",
    pack=lambda codec, value: [bytes.__bytes__(value)],
    unpack=lambda codec, data: exactly(bytes, data),
)
entry(
    "range",
    "builtins.range",
    pack=lambda codec, value: codec.pack_all([value.start, value.stop, value.step]),
    unpack=count,
)
with_zone("datetime", datetime.datetime)
entry(
    "date",
    "datetime.date",
    pack=lambda codec, value: [str(value)],
    unpack=lambda codec, text: datetime.date.fromisoformat(exactly(str, text)),
)
with_zone("time", datetime.time)
entry(
    "offset",
    "datetime.timezone",
    pack=lambda codec, zone: codec.pack_all(zone.__getinitargs__()),
    unpack=offset,
)
entry(
    "zone",
    "zoneinfo.ZoneInfo",
    pack=lambda codec, zone: [str(zone)],
    unpack=zone_of_key,
    guarded=True,
)
entry(
    "timedelta",
    "datetime.timedelta",
    pack=lambda codec, value: [value.days, value.seconds, value.microseconds],
    unpack=lambda codec, *parts: datetime.timedelta(*(exactly(int, part) for part in parts)),
)
