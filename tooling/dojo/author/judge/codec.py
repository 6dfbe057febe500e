"""The values that can cross the wire: a closed list, each type one entry (`types/entries.py`).

What crosses is plain: `None`, bool, int of 64 bits, float, str and bytes as they are; everything
else as a list whose first element names its entry. A subclass arrives as the plain type. Nothing
is ever unpickled or evaluated. What has no entry is lent instead of sent, if its owner knows how:
see `Remote`.

Of what a worker sends, an entry that is `guarded` is read only where the stub promises such a value
(`promise.py`); elsewhere a stand-in arrives, which knows the name of the type and nothing else.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import chain, repeat
from typing import Any, NoReturn, Protocol, TypeVar

from dojo import limits
from dojo.author.judge.promise import NOTHING, Promise, admitted
from dojo.author.judge.types.entries import Entry, NotPromisedError, Packed, entry_named, entry_of
from dojo.author.judge.wire import WireError
from dojo.show.values import stand_in

T = TypeVar("T")
AS_THEY_ARE = frozenset({type(None), bool, int, float, str, bytes})
ALWAYS_FIT = frozenset({type(None), bool, float, bytes})
LENT = ("path", "sqlite", "record", "yours", "mine")
# In values of a message: a stand-in has a type of its own, which is larger than a number.
COST_OF_A_LOAN = 50


class Remote(Protocol):
    """What one side owns and the other may only use, through a name; its tags are `LENT`."""

    def lend(self, codec: "Codec", value: Any) -> list[Packed]:
        """Name a value that has no entry; WireError, naming its type, if it cannot be lent."""

    def find(self, codec: "Codec", tag: str, parts: list[Packed], promised: Promise) -> Any:
        """Return what a name stands for; WireError if it stands for nothing."""


class Codec:
    """Turns values into what a message can hold, and back."""

    def __init__(self, remote: Remote, *, trusting: bool) -> None:
        """Leave to `remote` what cannot cross; `trusting` is who is sent to by the tests."""
        self.remote = remote
        self.trusting = trusting
        self.left = limits.VALUES
        self.refuses_lent = False

    def pack(self, value: Any) -> Packed:
        """Turn a value into lists, strings, bytes and numbers; WireError for a strange type."""
        kind = type(value)
        if kind in ALWAYS_FIT or (kind is int and -(2**63) <= value < 2**63):
            return value
        if kind is str and value.isascii():
            return value
        found = entry_of(type(value))
        if found is not None and found.tag == "int" and int.bit_length(value) < 64:
            return int.__int__(value)
        if found is not None and found.tag == "str" and encodable(value):
            return str.__str__(value)
        try:
            return [found.tag, *found.pack(self, value)] if found else self.remote.lend(self, value)
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
            raise WireError(f"more than {limits.VALUES} values in one message")

    def admits(self, promised: Promise, tag: str) -> bool:
        """Tell whether a value of a guarded entry is promised."""
        return self.trusting or tag in admitted(promised)

    def unpack(self, data: Packed, promised: Promise = NOTHING) -> Any:
        """Turn it back; WireError for whatever this side would not have written."""
        self.spend(1)
        if type(data) in AS_THEY_ARE:
            return data
        if not isinstance(data, list) or not data or not isinstance(data[0], str):
            raise WireError("a value of no known form")
        tag, *parts = data
        if tag in LENT:
            self.spend(COST_OF_A_LOAN)
            return self.remote.find(self, tag, parts, promised)
        found = entry_named(tag)
        if found is None:
            raise WireError(f"a value of no known type, {tag[:20]!r}")
        try:
            return self.read(found, parts, promised)
        except WireError:
            raise
        except Exception as error:
            raise WireError(f"a {tag} that cannot be read ({type(error).__name__})") from None

    def read(self, found: Entry, parts: list[Packed], promised: Promise) -> Any:
        """Read a value of an entry, or stand in for one that is not promised."""
        if found.guarded and not self.admits(promised, found.tag):
            return stand_in(found.named(*parts))
        try:
            return found.unpack(self, *([promised] if found.nests else []), *parts)
        except NotPromisedError:
            return stand_in(found.named(*parts))

    def unpack_as(self, kind: type[T], data: Packed, promised: Promise = NOTHING) -> T:
        """Turn back what must be of a type: nothing is built from an iterator of the other side."""
        return exactly(kind, self.unpack(data, promised))

    @contextmanager
    def nothing_lent(self) -> Iterator[None]:
        """Stand in, in the block, for what is lent: it would answer as it likes, whenever asked."""
        before, self.refuses_lent = self.refuses_lent, True
        try:
            yield
        finally:
            self.refuses_lent = before

    def pack_all(self, values: Any) -> list[Packed]:
        """Pack one after the other."""
        listed = list(values)
        return listed if set(map(type, listed)) <= ALWAYS_FIT else [self.pack(v) for v in listed]

    def unpack_all(
        self, data: list[Packed], first: tuple[Promise, ...] = (), rest: Promise = NOTHING
    ) -> list[Any]:
        """Unpack one after the other; the first may promise something else than the rest."""
        kinds = set(map(type, exactly(list, data)))
        if kinds <= AS_THEY_ARE:
            self.spend(len(data))
            return data
        promises = chain(first, repeat(rest))
        return [self.unpack(part, one) for part, one in zip(data, promises, strict=False)]


def exactly(kind: type[T], value: Any) -> T:
    """Return a value that is of a type; WireError if it is not."""
    return value if isinstance(value, kind) else wrong(kind.__name__)


def between(low: int, value: Any, high: int) -> int:
    """Return a plain int that lies within two bounds; WireError if it does not."""
    return value if type(value) is int and low <= value <= high else wrong("number")


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
