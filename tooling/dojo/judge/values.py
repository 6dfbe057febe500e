"""The values that can cross the wire: a closed list, each type one entry of pack and unpack.

What crosses is plain: `None`, bool, int of 64 bits, float, str and bytes as they are; everything
else as a list whose first element names its entry. A subclass arrives as the plain type. Nothing
is ever unpickled or evaluated. What has no entry is lent instead of sent, if its owner knows how:
see `Estate`.
"""

import importlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, NoReturn, Protocol, TypeVar

from dojo.judge.wire import WireError
from dojo.size import MAX_VALUES

Packed = Any
T = TypeVar("T")
LENT = ("path", "sqlite", "record", "yours", "mine")
# In values of a message: a stand-in has a type of its own, which is larger than a number.
COST_OF_A_LOAN = 50


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
PLAIN = "dojo.judge.plain"
# Where the entries for a library's types are; a run that does not use it does not wait for it.
HOMES = {
    **dict.fromkeys(("builtins", "datetime", "decimal", "fractions", "zoneinfo"), PLAIN),
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
    for home in dict.fromkeys(HOMES.values()):
        if tag in BY_TAG:
            break
        importlib.import_module(home)
    return BY_TAG.get(tag)


class Codec:
    """Turns values into what a message can hold, and back."""

    def __init__(self, estate: Estate) -> None:
        """Leave to `estate` what cannot cross."""
        self.estate = estate
        self.left = MAX_VALUES
        self.refuses_lent = False

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
            if self.refuses_lent:
                raise WireError("something lent where a value has to be")
            self.spend(COST_OF_A_LOAN)
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

    @contextmanager
    def nothing_lent(self) -> Iterator[None]:
        """Refuse in the block what is lent: it would answer a check as it likes, and then again."""
        self.refuses_lent = True
        try:
            yield
        finally:
            self.refuses_lent = False

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


def wrong(tag: str) -> NoReturn:
    """Refuse what is not of an entry's form."""
    raise WireError(f"a {tag} of the wrong form")
