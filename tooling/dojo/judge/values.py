"""The values that can cross the wire: a closed list, each type one entry of pack and unpack.

What crosses is plain: `None`, bool, int of 64 bits, float, str and bytes as they are; everything
else as a list whose first element names its entry. A subclass arrives as the plain type. Nothing
is ever unpickled or evaluated. What has no entry is lent instead of sent, if its owner knows how:
see `Estate`.
"""

import datetime
import decimal
import fractions
import importlib
import zoneinfo
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NoReturn, Protocol, TypeVar

from dojo.judge.wire import WireError

Packed = Any
T = TypeVar("T")
LENT = ("path", "sqlite", "record", "yours", "mine")
MAX_VALUES = 2_000_000
MAX_BITS = 400_000


class Estate(Protocol):
    """What one side owns and the other may only use, through a name; its tags are `LENT`."""

    def lend(self, codec: "Codec", value: Any) -> list[Packed]:
        """Name a value that has no entry; WireError, naming its type, if it cannot be lent."""

    def find(self, codec: "Codec", tag: str, parts: list[Packed]) -> Any:
        """Return what a name stands for; WireError if it stands for nothing."""


@dataclass(frozen=True)
class Entry:
    """How values of one type cross."""

    tag: str
    pack: Callable[["Codec", Any], list[Packed]]
    unpack: Callable[..., Any]


BY_TYPE: dict[str, Entry] = {}
BY_TAG: dict[str, Entry] = {}
KNOWN: dict[type, Entry | None] = {}
# Where the entries for a library's types are; a run that does not use it does not wait for it.
HOMES = {
    "numpy": "dojo.judge.arrays",
    "scipy": "dojo.judge.arrays",
    "torch": "dojo.judge.arrays",
    "pandas": "dojo.judge.tables",
}


def entry(
    tag: str,
    *types: str,
    pack: Callable[["Codec", Any], list[Packed]],
    unpack: Callable[..., Any],
) -> None:
    """Add an entry for types, named as in `module.Name`, so that no library must be imported.

    `unpack` is called with the codec and what `pack` returned.
    """
    BY_TAG[tag] = made = Entry(tag, pack, unpack)
    BY_TYPE.update(dict.fromkeys(types, made))


def entry_of(kind: type) -> Entry | None:
    """Find the entry for a type, or for the nearest of its base classes."""
    if kind not in KNOWN:
        KNOWN[kind] = look_up(kind)
    return KNOWN[kind]


def look_up(kind: type) -> Entry | None:
    """Find an entry by the names of a type and its base classes."""
    names = [f"{base.__module__}.{base.__qualname__}" for base in kind.__mro__]
    for library in {name.partition(".")[0] for name in names} & HOMES.keys():
        importlib.import_module(HOMES[library])
    return next((BY_TYPE[name] for name in names if name in BY_TYPE), None)


def entry_named(tag: str) -> Entry | None:
    """Find the entry of a tag, wherever it is."""
    if tag not in BY_TAG:
        for home in HOMES.values():
            importlib.import_module(home)
    return BY_TAG.get(tag)


class Codec:
    """Turns values into what a message can hold, and back."""

    def __init__(self, estate: Estate) -> None:
        """Leave to `estate` what cannot cross."""
        self.estate = estate
        self.left = MAX_VALUES

    def pack(self, value: Any) -> Packed:
        """Turn a value into lists, strings, bytes and numbers; WireError for a strange type."""
        if value is None or type(value) in (bool, float, bytes):
            return value
        found = entry_of(type(value))
        if found is not None and found.tag == "int" and int.bit_length(value) < 64:
            return int.__int__(value)
        if found is not None and found.tag == "str" and encodable(value):
            return str.__str__(value)
        try:
            return [found.tag, *found.pack(self, value)] if found else self.estate.lend(self, value)
        except WireError:
            raise
        except RecursionError:
            raise WireError(f"a {type(value).__name__} is nested too deeply") from None
        except Exception as error:
            name, why = type(value).__name__, type(error).__name__
            raise WireError(f"a {name} cannot cross the wire ({why})") from None

    def spend(self, values: int) -> None:
        """Count the values of a message; WireError for one that would fill the memory."""
        self.left -= values
        if self.left < 0:
            raise WireError(f"more than {MAX_VALUES} values in one message")

    def unpack(self, data: Packed) -> Any:
        """Turn it back; WireError for whatever this side would not have written."""
        self.spend(1)
        if data is None or type(data) in (bool, int, float, str, bytes):
            return data
        if not isinstance(data, list) or not data or not isinstance(data[0], str):
            raise WireError("a value of no known form")
        tag, *parts = data
        if tag in LENT:
            return self.estate.find(self, tag, parts)
        found = entry_named(tag)
        if found is None:
            raise WireError("a value of no known type")
        try:
            return found.unpack(self, *parts)
        except WireError:
            raise
        except Exception as error:
            raise WireError(f"a {tag} that cannot be read ({type(error).__name__})") from None

    def unpack_as(self, kind: type[T], data: Packed) -> T:
        """Turn back what must be of a type: nothing is built from an iterator of the other side."""
        return exactly(kind, self.unpack(data))

    def pack_all(self, values: Any) -> list[Packed]:
        """Pack one after the other."""
        return [self.pack(value) for value in values]

    def unpack_all(self, data: list[Packed]) -> list[Any]:
        """Unpack one after the other."""
        return [self.unpack(part) for part in exactly(list, data)]


def exactly(kind: type[T], value: Any) -> T:
    """Return a value that is of a type; WireError if it is not."""
    return value if isinstance(value, kind) else wrong(kind.__name__)


def encodable(text: str) -> bool:
    """Tell whether a text can be written as UTF-8: lone surrogates cannot."""
    try:
        str.encode(text)
    except UnicodeEncodeError:
        return False
    return True


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
entry(
    "datetime",
    "datetime.datetime",
    pack=lambda codec, value: [
        value.replace(tzinfo=None).isoformat(),
        value.fold,
        codec.pack(value.tzinfo),
    ],
    unpack=lambda codec, text, fold, zone: datetime.datetime.fromisoformat(text).replace(
        fold=fold, tzinfo=codec.unpack(zone)
    ),
)
from_text("date", "datetime.date", read=datetime.date.fromisoformat)
entry(
    "time",
    "datetime.time",
    pack=lambda codec, value: [
        value.replace(tzinfo=None).isoformat(),
        value.fold,
        codec.pack(value.tzinfo),
    ],
    unpack=lambda codec, text, fold, zone: datetime.time.fromisoformat(text).replace(
        fold=fold, tzinfo=codec.unpack(zone)
    ),
)
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


def wrong(tag: str) -> NoReturn:
    """Refuse what is not of an entry's form."""
    raise WireError(f"a {tag} of the wrong form")
