"""What a call did to what it may change: noticed where it happened, repeated on the original."""

import dataclasses
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import msgspec
import numpy as np

from dojo import limits
from dojo.author.judge.codec import Codec
from dojo.author.judge.types.entries import Packed, entry_of
from dojo.child.arguments import Terms
from dojo.child.copies import fields_of

# Nothing in a value of these types draws or writes; most arguments are of one of them.
STILL = frozenset({type(None), bool, int, float, str, bytes, np.ndarray, np.float64, np.int64})
MOVING = (np.random.Generator, sqlite3.Connection)
UNCHANGING = (type(None), bool, int, float, complex, str, bytes, np.generic)


class Watch:
    """What a call may change, as it was before it."""

    def __init__(self, codec: Codec, values: list[Any]) -> None:
        """Write it down."""
        self.codec = codec
        self.values = values
        self.before = [written(codec.pack(value)) for value in values]

    def changed(self) -> Iterator[tuple[int, Packed]]:
        """Yield, packed, what is no longer what it was, and its place."""
        for place, (value, before) in enumerate(zip(self.values, self.before, strict=True)):
            packed = self.codec.pack(value)
            if written(packed) != before:
                yield place, packed

    def place_of(self, value: Any) -> int | None:
        """Return the place of a value that is one of these: what changes it changes both."""
        return next((place for place, own in enumerate(self.values) if own is value), None)


def moving(terms: Terms, args: Sequence[Any], kwargs: Mapping[str, Any]) -> Iterator[Any]:
    """Yield what a learner's function may change: what its stub declares, and what moves on."""
    for name, value in terms.named(args, kwargs):
        if name in terms.in_place:
            yield value
        else:
            yield from movers(value)


def movers(value: Any) -> Iterator[Any]:
    """Yield the generators and databases in a value: using them is no change of an argument."""
    if type(value) in STILL:
        return
    if isinstance(value, MOVING):
        yield value
    elif isinstance(value, (list, tuple)):
        for part in value:
            yield from movers(part)
    elif isinstance(value, dict):
        yield from movers(list(value.values()))
    elif dataclasses.is_dataclass(value) and not isinstance(value, type):
        yield from movers([getattr(value, name) for name in fields_of(value)])


def written(packed: Packed) -> bytes:
    """Write a packed value, to compare: NaN is not equal to itself, its bytes are."""
    return msgspec.msgpack.encode(packed)


def repeat(codec: Codec, original: Any, changed: Any) -> bool:
    """Make an original what its changed copy is; tell whether it now stands for it.

    What cannot change in place stands for its copy if it is the same. A copy that is not of the
    original's kind is left alone: it may be an iterator of the other side's, without an end.
    """
    if original is changed:
        return True
    ours, theirs = entry_of(type(original)), entry_of(type(changed))
    if ours is not None and ours.tag in BECOMING:
        return ours is theirs and BECOMING[ours.tag](codec, original, changed)
    if isinstance(original, sqlite3.Connection):
        return isinstance(changed, sqlite3.Connection) and become_database(original, changed)
    if dataclasses.is_dataclass(original) and type(original) is type(changed):
        return become_record(codec, original, changed)
    return ours is theirs and written(codec.pack(original)) == written(codec.pack(changed))


def become_list(codec: Codec, original: list[Any], changed: list[Any]) -> bool:
    """Keep the original's own elements where they can stand for the new ones."""
    old = [*original, *(None for _ in range(len(changed) - len(original)))]
    original[:] = [a if repeat(codec, a, b) else b for a, b in zip(old, changed, strict=False)]
    return True


def become_tuple(codec: Codec, original: tuple[Any, ...], changed: tuple[Any, ...]) -> bool:
    """Change the elements; none can be exchanged."""
    if len(original) != len(changed):
        return False
    kept = [repeat(codec, a, b) for a, b in zip(original, changed, strict=True)]
    return all(kept)


def become_dict(codec: Codec, original: dict[Any, Any], changed: dict[Any, Any]) -> bool:
    """Keep the original's own values where they can stand for the new ones."""
    old = dict(original)
    original.clear()
    for key, value in changed.items():
        kept = key in old and repeat(codec, old[key], value)
        original[key] = old[key] if kept else value
    return True


def become_set(codec: Codec, original: set[Any], changed: set[Any]) -> bool:
    """Take over the elements; they cannot change."""
    original.clear()
    original.update(changed)
    return True


def become_array(codec: Codec, original: np.ndarray, changed: np.ndarray) -> bool:
    """Copy the elements; an array that was made read-only may have been made writeable."""
    if (original.shape, original.dtype) != (changed.shape, changed.dtype):
        return False
    writeable = original.flags.writeable
    original.flags.writeable = True
    original[...] = changed
    original.flags.writeable = writeable
    return True


def become_generator(
    codec: Codec, original: np.random.Generator, changed: np.random.Generator
) -> bool:
    """Draw on where the copy stands; ValueError, from numpy, if it is another kind."""
    original.bit_generator.state = changed.bit_generator.state
    ours, theirs = original.bit_generator.seed_seq, changed.bit_generator.seed_seq
    if isinstance(ours, np.random.SeedSequence) and isinstance(theirs, np.random.SeedSequence):
        ahead = theirs.n_children_spawned - ours.n_children_spawned
        ours.spawn(min(max(ahead, 0), limits.SPAWNED_GENERATORS))
    return True


def become_table(codec: Codec, original: Any, changed: Any) -> bool:
    """Do what pandas' own inplace=True does."""
    original._update_inplace(changed)
    return True


def become_column(codec: Codec, original: Any, changed: Any) -> bool:
    """Copy the elements of one of pandas' own arrays."""
    if (len(original), original.dtype) != (len(changed), changed.dtype):
        return False
    original[:] = changed
    return True


def become_matrix(codec: Codec, original: Any, changed: Any) -> bool:
    """Take over what a sparse matrix consists of."""
    if type(original) is not type(changed):
        return False
    original.__dict__.update(changed.__dict__)
    return True


def become_tensor(codec: Codec, original: Any, changed: Any) -> bool:
    """Copy the elements, and what was added to the gradient."""
    if (original.shape, original.dtype) != (changed.shape, changed.dtype):
        return False
    original.data.copy_(changed.data)
    if original.is_leaf:
        original.requires_grad_(changed.requires_grad)
        original.grad = changed.grad
    return True


def become_database(original: sqlite3.Connection, changed: sqlite3.Connection) -> bool:
    """Write over what is in a database."""
    original.rollback()
    changed.backup(original)
    return True


def become_record(codec: Codec, original: Any, changed: Any) -> bool:
    """Change the fields of a dataclass, a frozen one too."""
    for field in dataclasses.fields(original):
        if hasattr(changed, field.name):
            new = getattr(changed, field.name)
            if not repeat(codec, getattr(original, field.name, None), new):
                object.__setattr__(original, field.name, new)
    return True


BECOMING: dict[str, Callable[[Codec, Any, Any], bool]] = {
    "list": become_list,
    "tuple": become_tuple,
    "dict": become_dict,
    "set": become_set,
    "array": become_array,
    "generator": become_generator,
    "series": become_table,
    "frame": become_table,
    "column": become_column,
    "sparse": become_matrix,
    "tensor": become_tensor,
}
