"""The list of types that cross the wire: what each is called there, how it is written and read."""

import importlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dojo.kata.libraries import package_of

if TYPE_CHECKING:
    from dojo.author.judge.codec import Codec

Packed = Any


class NotPromisedError(Exception):
    """A part of a value is of a kind that is read only where the stub promises it."""


@dataclass(frozen=True)
class Entry:
    """How values of one type cross: see `entry`."""

    tag: str
    pack: Callable[["Codec", Any], list[Packed]]
    unpack: Callable[..., Any]
    named: Callable[..., str]
    guarded: bool
    nests: bool


BY_TYPE: dict[str, Entry] = {}
BY_TAG: dict[str, Entry] = {}
KNOWN: dict[type, Entry | None] = {}
PLAIN = "dojo.author.judge.types.plain"
# Where the entries for a library's types are; a run that does not use it does not wait for it.
HOMES = {
    **dict.fromkeys(("builtins", "datetime", "zoneinfo"), PLAIN),
    "numpy.random": "dojo.author.judge.types.generators",
    "numpy": "dojo.author.judge.types.arrays",
    "scipy": "dojo.author.judge.types.matrices",
    "torch": "dojo.author.judge.types.tensors",
    "pandas": "dojo.author.judge.types.tables",
}


def with_homes(libraries: Sequence[str]) -> Sequence[str]:
    """Name libraries, and the modules in which the entries for them are."""
    packages = {"builtins", *map(package_of, libraries)}
    homes = [home for library, home in HOMES.items() if package_of(library) in packages]
    return list(dict.fromkeys([*libraries, *homes]))


def entry(
    tag: str,
    *types: str,
    pack: Callable[["Codec", Any], list[Packed]],
    unpack: Callable[..., Any],
    named: Callable[..., str] | None = None,
    guarded: bool = False,
    nests: bool = False,
) -> None:
    """Add an entry for types, named as in `module.Name`, so that no library must be imported.

    `unpack` is called with the codec and what `pack` returned; where the entry `nests`, between
    both with what is promised of the value. `named` gives the type's name from what `pack`
    returned, for a stand-in; without it, the first type's name is used.
    """
    first = types[0].rpartition(".")[2]
    BY_TAG[tag] = made = Entry(tag, pack, unpack, named or (lambda *parts: first), guarded, nests)
    BY_TYPE.update(dict.fromkeys(types, made))


def entry_of(kind: type) -> Entry | None:
    """Find the entry for a type, or for the nearest of its base classes."""
    if kind not in KNOWN:
        KNOWN[kind] = look_up(kind)
    return KNOWN[kind]


def look_up(kind: type) -> Entry | None:
    """Find an entry by the names of a type and its base classes."""
    names = [f"{base.__module__}.{base.__qualname__}" for base in kind.__mro__]
    for library, home in HOMES.items():
        if any(name.startswith(f"{library}.") for name in names):
            importlib.import_module(home)
    return next((BY_TYPE[name] for name in names if name in BY_TYPE), None)


def entry_named(tag: str) -> Entry | None:
    """Find the entry of a tag, wherever it is."""
    for home in dict.fromkeys(HOMES.values()):
        if tag in BY_TAG:
            break
        importlib.import_module(home)
    return BY_TAG.get(tag)
