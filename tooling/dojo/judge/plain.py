"""The standard library's types on the wire."""

import datetime
import decimal
import fractions
import zoneinfo
from collections.abc import Callable
from typing import Any

from dojo.judge.values import Codec, Packed, entry, exactly, wrong

MAX_BITS = 400_000


def container(tag: str, name: str, make: Callable[[Any], Any]) -> None:
    """Add an entry for a container of values in an order."""
    entry(
        tag,
        f"builtins.{name}",
        pack=lambda codec, value: [codec.pack_all(value)],
        unpack=lambda codec, parts: make(codec.unpack_all(parts)),
    )


def pairs(codec: Codec, data: list[list[Packed]]) -> dict[Any, Any]:
    """Unpack the items of a mapping."""
    return {codec.unpack(key): codec.unpack(value) for key, value in exactly(list, data)}


def from_text(tag: str, *types: str, read: Callable[[str], Any]) -> None:
    """Add an entry for a type that writes itself as a short text and reads it back."""
    entry(
        tag,
        *types,
        pack=lambda codec, value: [str(value)],
        unpack=lambda codec, text: read(exactly(str, text)),
    )


def with_zone(tag: str, kind: type[datetime.datetime] | type[datetime.time]) -> None:
    """Add an entry for a time of the clock: its text, which of two alike it is, its zone."""
    entry(
        tag,
        f"datetime.{kind.__name__}",
        pack=lambda codec, value: [
            value.replace(tzinfo=None).isoformat(),
            value.fold,
            codec.pack(value.tzinfo),
        ],
        unpack=lambda codec, text, fold, zone: kind.fromisoformat(text).replace(
            fold=fold, tzinfo=codec.unpack(zone)
        ),
    )


def fraction(codec: Codec, above: Packed, below: Packed) -> fractions.Fraction:
    """Make a fraction of two ints; reducing it takes the square of its length."""
    parts = codec.unpack_as(int, above), codec.unpack_as(int, below)
    if max(map(int.bit_length, parts)) > MAX_BITS:
        return wrong("fraction")
    return fractions.Fraction(*parts)


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
)
entry(
    "int",
    "builtins.int",
    pack=lambda codec, value: [f"{int(value):x}"],
    unpack=lambda codec, text: int(exactly(str, text), 16),
)
entry("bool", "builtins.bool", pack=lambda codec, value: [bool(value)], unpack=lambda c, v: bool(v))
entry(
    "float",
    "builtins.float",
    pack=lambda codec, v: [float.__float__(v)],
    unpack=lambda c, v: float(v),
)
entry(
    "complex",
    "builtins.complex",
    pack=lambda codec, value: [value.real, value.imag],
    unpack=lambda codec, real, imag: complex(real, imag),
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
    "bytearray",
    "builtins.bytearray",
    pack=lambda codec, value: [bytes(value)],
    unpack=lambda codec, data: bytearray(exactly(bytes, data)),
)
entry("ellipsis", "builtins.ellipsis", pack=lambda codec, v: [], unpack=lambda codec: ...)
entry(
    "range",
    "builtins.range",
    pack=lambda codec, value: codec.pack_all([value.start, value.stop, value.step]),
    unpack=lambda codec, *parts: range(*codec.unpack_all(list(parts))),
)
entry(
    "slice",
    "builtins.slice",
    pack=lambda codec, value: codec.pack_all([value.start, value.stop, value.step]),
    unpack=lambda codec, *parts: slice(*codec.unpack_all(list(parts))),
)
entry(
    "fraction",
    "fractions.Fraction",
    pack=lambda codec, value: codec.pack_all([value.numerator, value.denominator]),
    unpack=fraction,
)
from_text("decimal", "decimal.Decimal", read=decimal.Decimal)
with_zone("datetime", datetime.datetime)
from_text("date", "datetime.date", read=datetime.date.fromisoformat)
with_zone("time", datetime.time)
entry(
    "offset",
    "datetime.timezone",
    pack=lambda codec, zone: codec.pack_all(zone.__getinitargs__()),
    unpack=lambda codec, *parts: datetime.timezone(*codec.unpack_all(list(parts))),
)
from_text("zone", "zoneinfo.ZoneInfo", read=zoneinfo.ZoneInfo)
entry(
    "timedelta",
    "datetime.timedelta",
    pack=lambda codec, value: [value.days, value.seconds, value.microseconds],
    unpack=lambda codec, *parts: datetime.timedelta(*parts),
)
