"""What a call did to its arguments: noticed where it happened, repeated on the originals."""

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import msgspec
import numpy as np

from dojo.judge.values import Codec, Packed

UNCHANGING = (type(None), bool, int, float, complex, str, bytes, np.generic)


class Watch:
    """The arguments of one call, as they were before it."""

    def __init__(self, codec: Codec, args: list[Any], kwargs: dict[str, Any]) -> None:
        """Write down what can change."""
        self.codec = codec
        named = named_values(args, kwargs)
        self.values = [(name, v) for name, v in named if not isinstance(v, UNCHANGING)]
        self.before = [written(codec.pack(value)) for _, value in self.values]

    def changed(self) -> Iterator[tuple[int | str, Packed]]:
        """Yield, packed, what is no longer what it was."""
        for (name, value), before in zip(self.values, self.before, strict=True):
            packed = self.codec.pack(value)
            if written(packed) != before:
                yield name, packed

    def name_of(self, value: Any) -> int | str | None:
        """Name the argument that a value is; what changes it later changes both."""
        return next((name for name, own in self.values if own is value), None)


def named_values(args: Sequence[Any], kwargs: Mapping[str, Any]) -> list[tuple[int | str, Any]]:
    """Pair arguments with their positions and names."""
    return [*enumerate(args), *kwargs.items()]


def written(packed: Packed) -> bytes:
    """Write a packed value, to compare: NaN is not equal to itself, its bytes are."""
    return msgspec.msgpack.encode(packed)


def repeat(original: Any, changed: Any) -> None:
    """Make an original look like its changed copy, in place, where its type allows."""
    if isinstance(original, np.ndarray):
        repeat_array(original, changed)
    elif isinstance(original, np.random.Generator):
        repeat_draws(original, changed)
    elif isinstance(original, list):
        original[:] = keep(original, changed)
    elif isinstance(original, tuple):
        repeat_parts(original, changed)
    elif isinstance(original, dict):
        kept = {k: original[k] if same(original.get(k), v) else v for k, v in changed.items()}
        original.clear()
        original.update(kept)
    elif isinstance(original, set):
        original.clear()
        original.update(changed)
    elif isinstance(original, bytearray):
        original[:] = changed
    elif dataclasses.is_dataclass(original) and type(original) is type(changed):
        for field in dataclasses.fields(original):
            repeat_attribute(original, changed, field.name)
    elif hasattr(original, "_update_inplace"):
        original._update_inplace(changed)  # what pandas' own inplace=True does
    elif hasattr(original, "serialize") and hasattr(changed, "backup"):
        original.rollback()
        changed.backup(original)
    elif hasattr(original, "detach"):
        original.data.copy_(changed)
    elif type(original).__module__.startswith("scipy.sparse"):
        original.__dict__.update(changed.__dict__)


def same(original: Any, changed: Any) -> bool:
    """Repeat a change on an original that can change; tell whether it now stands for its copy."""
    if isinstance(original, UNCHANGING) or type(original) is not type(changed):
        return False
    repeat(original, changed)
    return not isinstance(original, np.ndarray) or original.shape == changed.shape


def repeat_array(original: np.ndarray, changed: Any) -> None:
    """Copy the elements; an array that was made read-only may have been made writeable."""
    if not isinstance(changed, np.ndarray) or original.shape != changed.shape:
        return
    writeable = original.flags.writeable
    original.flags.writeable = True
    original[...] = changed
    original.flags.writeable = writeable


def repeat_draws(original: np.random.Generator, changed: Any) -> None:
    """Draw on where the copy stands; ValueError, from numpy, if it is another kind."""
    original.bit_generator.state = changed.bit_generator.state
    ours, theirs = original.bit_generator.seed_seq, changed.bit_generator.seed_seq
    if isinstance(ours, np.random.SeedSequence) and isinstance(theirs, np.random.SeedSequence):
        ahead = theirs.n_children_spawned - ours.n_children_spawned
        ours.spawn(min(max(ahead, 0), 10_000))


def repeat_parts(original: Any, changed: Any) -> None:
    """Repeat the changes of the elements of a sequence of the same length."""
    if len(original) == len(changed):
        for old, new in zip(original, changed, strict=True):
            same(old, new)


def keep(original: list[Any], changed: list[Any]) -> list[Any]:
    """Return the changed list with the original's own elements where these can stand for them."""
    if len(original) != len(changed):
        return changed
    return [old if same(old, new) else new for old, new in zip(original, changed, strict=True)]


def repeat_attribute(original: Any, changed: Any, name: str) -> None:
    """Repeat the change of one attribute."""
    if hasattr(changed, name) and not same(getattr(original, name, None), getattr(changed, name)):
        object.__setattr__(original, name, getattr(changed, name))
