"""What a stub's annotations promise of a value, of its parts, and of what is done with it.

A promise is the alternatives of an annotation, or a function of the stub's. Where an annotation
is missing, `Any` or `object`, nothing is promised.
"""

import functools
import inspect
import types
import typing
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from dojo.author.judge.types.entries import entry_of
from dojo.child.contract import promised_fields

Promise = tuple[Any, ...]
NOTHING: Promise = ()

CONTAINERS: dict[str, type] = {
    "list": list,
    "tuple": tuple,
    "set": set,
    "frozenset": frozenset,
    "dict": dict,
}
MOMENT = frozenset({"zone"})
TABLE = frozenset({"zone", "kinds"})
# What belongs to a value of an entry, beside itself.
WITHIN = {
    **dict.fromkeys(("date", "datetime", "time", "stamp"), MOMENT),
    **dict.fromkeys(("frame", "series", "index", "multiindex", "rows", "column"), TABLE),
}
# Classes that have no entry of their own, by where they are defined.
FAMILIES = {
    "scipy.sparse": frozenset({"sparse"}),
    "sqlite3": frozenset({"sqlite"}),
    "collections.abc": frozenset({"object"}),
}
METHODS = {"call": "__call__", "iter": "__iter__", "next": "__next__", "item": "__getitem__"}


def promise(annotation: Any) -> Promise:
    """Return what an annotation promises: its alternatives."""
    origin, inner = typing.get_origin(annotation), typing.get_args(annotation)
    if annotation is Any or annotation is object or annotation is None:
        return NOTHING
    if origin in (typing.Union, types.UnionType):
        return merged(map(promise, inner))
    if origin in (typing.Annotated, typing.Final, typing.ClassVar):
        return promise(inner[0])
    if isinstance(annotation, typing.NewType):
        return promise(annotation.__supertype__)
    if isinstance(annotation, typing.TypeVar):
        return merged(map(promise, annotation.__constraints__ or (annotation.__bound__,)))
    if hasattr(annotation, "__value__"):  # what `type Name = ...` makes, from Python 3.12 on
        return promise(annotation.__value__)
    return (annotation,)


def merged(promises: Any) -> Promise:
    """Return what any of several promises promises."""
    return tuple(dict.fromkeys(member for one in promises for member in one))


@functools.cache
def admitted(promised: Promise) -> frozenset[str]:
    """List the entries of which a value is promised, and what belongs to such a value."""
    return frozenset().union(*map(admitted_by, promised))


def admitted_by(member: Any) -> frozenset[str]:
    """List the entries that one alternative promises."""
    kind = typing.get_origin(member) or member
    if not isinstance(kind, type) or kind is object:
        return frozenset()
    if own := entry_of(kind):
        return WITHIN.get(own.tag, frozenset()) | {own.tag}
    families = (tags for name, tags in FAMILIES.items() if f"{kind.__module__}.".startswith(name))
    return next(families, MOMENT if kind.__module__ == "datetime" else frozenset())


@functools.cache
def inside(promised: Promise, tag: str) -> tuple[tuple[Promise, ...], Promise]:
    """Return what the first elements of a container promise, one by one, and what the others do.

    Of a dict: its keys, and its values.
    """
    own = [typing.get_args(m) for m in promised if holds(m, CONTAINERS[tag])]
    fixed = [inner for inner in own if tag == "dict" or (tag == "tuple" and is_fixed(inner))]
    rest = merged(promise(inner[0]) for inner in own if inner not in fixed)
    first = (
        merged([rest, *(promise(inner[place]) for inner in fixed if place < len(inner))])
        for place in range(max(map(len, fixed), default=0))
    )
    return tuple(first), rest


def holds(member: Any, kind: type) -> bool:
    """Tell whether an alternative says what is in a container of a kind."""
    origin: Any = typing.get_origin(member)
    return isinstance(origin, type) and issubclass(kind, origin) and bool(typing.get_args(member))


def is_fixed(inner: tuple[Any, ...]) -> bool:
    """Tell whether a tuple has a type for each place: `tuple[int, ...]` and `Iterable[int]` not."""
    return len(inner) > 1 and inner[-1] is not Ellipsis


@functools.cache
def of_fields(kind: type) -> dict[str, Promise]:
    """Return what the fields of a dataclass promise."""
    return {name: promise(annotation) for name, annotation in promised_fields(kind).items()}


@functools.cache
def of_use(promised: Promise, verb: str, name: str = "") -> Promise:
    """Return what comes of a thing that is called, iterated over, indexed or asked for a name."""
    return merged(use_of(member, verb, name) for member in promised)


def use_of(member: Any, verb: str, name: str) -> Promise:
    """Return what comes of it, by one alternative."""
    origin, inner = typing.get_origin(member), typing.get_args(member)
    if isinstance(member, types.FunctionType | types.MethodType):
        return promise(hints(member).get("return")) if verb == "call" else NOTHING
    if origin is type:
        return promise(inner[0]) if verb == "call" else NOTHING
    if is_of_stub(member):
        found = of_attribute(member, METHODS.get(verb, name))
        return of_use(found, "call") if verb in METHODS else found
    if not inner or not isinstance(origin, type):
        return NOTHING
    if issubclass(origin, Callable):  # type: ignore[arg-type]
        return promise(inner[-1]) if verb == "call" else NOTHING
    if verb == "iter":
        return (types.GenericAlias(Iterator, inner[0]),)
    return promise(inner[0 if verb == "next" else -1]) if verb in METHODS else NOTHING


def is_of_stub(member: Any) -> bool:
    """Tell whether an alternative is a class of the stub's."""
    return isinstance(member, type) and member.__module__.startswith("katas.")


def of_attribute(kind: type, name: str) -> Promise:
    """Return what an attribute of a class's objects promises: a method promises itself."""
    found = inspect.getattr_static(kind, name, None)
    if isinstance(found, property):
        return promise(hints(found.fget).get("return"))
    if isinstance(found, staticmethod):
        return (found.__func__,)
    if isinstance(found, classmethod):
        found = found.__func__
    if isinstance(found, types.FunctionType):
        return (types.MethodType(found, kind),)
    return promise(typing.get_type_hints(kind).get(name))


@functools.cache
def hints(function: Any) -> Mapping[str, Any]:
    """Return the annotations of a function of the stub's."""
    return typing.get_type_hints(function)


@functools.lru_cache(1000)
def of_argument(promised: Promise, place: int | str) -> Promise:
    """Return what an argument promises, of something that is called: by position or by name."""
    return merged(argument_of(member, place) for member in promised)


def argument_of(member: Any, place: int | str) -> Promise:
    """Return what an argument promises, by one alternative.

    A `Callable` has no names for its arguments: each may be any of them.
    """
    if is_of_stub(member):
        return of_argument(of_attribute(member, "__call__"), place)
    if typing.get_origin(member) is type:
        return of_argument(of_attribute(typing.get_args(member)[0], "__init__"), place)
    if isinstance(member, types.FunctionType | types.MethodType):
        return parameter(member, place)
    arguments = (*typing.get_args(member), ...)[0]
    if not isinstance(arguments, list):
        return NOTHING
    if isinstance(place, str):
        return merged(map(promise, arguments))
    return promise(arguments[place]) if place < len(arguments) else NOTHING


def parameter(function: Any, place: int | str) -> Promise:
    """Return what a parameter of a function of the stub's promises."""
    parameters = list(inspect.signature(function).parameters)
    if isinstance(place, int):
        place = parameters[place] if place < len(parameters) else ""
    return promise(hints(function).get(place))


@functools.cache
def lendable(promised: Promise) -> Promise:
    """Return the functions and iterators that are promised somewhere in a value.

    So it is known what may be handed to a function that lies in a list, or in a dataclass.
    """
    found: dict[Any, None] = {}
    waiting, seen = list(promised), set()
    while waiting:
        member = waiting.pop()
        if member in seen:
            continue
        seen.add(member)
        found[member] = None
        if is_of_stub(member):
            waiting += merged(of_fields(member).values())
        elif typing.get_origin(member) is not Callable:
            waiting += merged(promise(part) for part in typing.get_args(member))
    return tuple(found)


def of_names(stub: Mapping[str, Any]) -> dict[int | str, Promise]:
    """Return what the functions and classes of a stub promise, by name."""
    return {n: (type[v],) if isinstance(v, type) else (v,) for n, v in stub.items()}
