"""numpy's Generators on the wire: the state of one of five kinds, field by field, and its seed."""

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np

from dojo.author.judge.codec import Codec, between, exactly, wrong
from dojo.author.judge.types.entries import Packed, entry

# In values of a message: what is larger in memory than it is on the wire.
COST_OF_A_GENERATOR = 50
# Of a seed: mixing takes the product of both.
MAX_POOL, MAX_WORDS = 64, 64


def words(kind: str, count: int, value: Any) -> np.ndarray:
    """Return so many unsigned numbers of a kind; WireError for anything else."""
    array = exactly(np.ndarray, value)
    return array if array.dtype == kind and array.shape == (count,) else wrong("Generator")


def twister(value: Any) -> np.ndarray:
    """Return the state of a Mersenne twister; one of zeros stays so, and numpy waits for a one.

    Of the first number it uses the first bit only.
    """
    array = words("u4", 624, value)
    return array if array[0] >> 31 or array[1:].any() else wrong("Generator")


def odd(value: Any) -> int:
    """Return an odd number of 128 bits, as a step has to be."""
    return between(0, value, 2**128 - 1) if value % 2 else wrong("Generator")


def fields(checks: dict[str, Callable[[Any], Any]], value: Any) -> dict[str, Any]:
    """Return a dict of exactly these fields, each of which its check lets pass."""
    if exactly(dict, value).keys() != checks.keys():
        return wrong("Generator")
    return {name: check(value[name]) for name, check in checks.items()}


def number(bits: int) -> Callable[[Any], int]:
    """Return a check for an unsigned number of so many bits."""
    return lambda value: between(0, value, 2**bits - 1)


def place(last: int) -> Callable[[Any], int]:
    """Return a check for a place among numbers that were drawn in advance.

    numpy draws from whatever lies at that place.
    """
    return lambda value: between(0, value, last)


def state(checks: dict[str, Callable[[Any], Any]]) -> dict[str, Callable[[Any], Any]]:
    """Return the check for the inner fields of a state."""
    return {"state": partial(fields, checks)}


# Half of 64 bits, kept for the next draw of 32.
HALF = {"has_uint32": place(1), "uinteger": number(32)}
LINEAR = {**state({"state": number(128), "inc": odd}), **HALF}
FOUR = partial(words, "u8", 4)
STATES: dict[str, dict[str, Callable[[Any], Any]]] = {
    "PCG64": LINEAR,
    "PCG64DXSM": LINEAR,
    "MT19937": state({"key": twister, "pos": place(624)}),
    "Philox": {
        **state({"counter": FOUR, "key": partial(words, "u8", 2)}),
        "buffer": FOUR,
        "buffer_pos": place(4),
        **HALF,
    },
    "SFC64": {**state({"state": FOUR}), **HALF},
}


def pack_generator(codec: Codec, generator: Any) -> list[Packed]:
    """Send a Generator's state, and the seed from which it would spawn others."""
    bits = generator.bit_generator
    seed = getattr(bits, "seed_seq", None)
    source = (
        [seed.entropy, list(seed.spawn_key), seed.pool_size, seed.n_children_spawned]
        if isinstance(seed, np.random.SeedSequence)
        else None
    )
    return [codec.pack(bits.state), codec.pack(source)]


def unpack_generator(codec: Codec, data: Packed, source: Packed) -> np.random.Generator:
    """Make a Generator that goes on where the other one stood."""
    codec.spend(COST_OF_A_GENERATOR)
    with codec.nothing_lent():
        plain, seed = codec.unpack_as(dict, data), codec.unpack(source)
    name = exactly(str, plain.pop("bit_generator"))
    checked = fields(STATES[name], plain)
    bits = getattr(np.random, name)(None if seed is None else sequence(*exactly(list, seed)))
    bits.state = {"bit_generator": name, **checked}
    return np.random.Generator(bits)


def sequence(entropy: Any, key: Any, size: Any, spawned: Any) -> np.random.SeedSequence:
    """Make the source of further seeds."""
    numbers = entropy if isinstance(entropy, list) else [entropy]
    for value in (*numbers, *exactly(list, key)):
        between(0, value, 2 ** (32 * MAX_WORDS))
    if len(numbers) > MAX_WORDS or len(key) > MAX_WORDS:
        return wrong("Generator")
    return np.random.SeedSequence(
        entropy,
        spawn_key=key,
        pool_size=between(4, size, MAX_POOL),
        n_children_spawned=between(0, spawned, 2**31),
    )


entry(
    "generator",
    "numpy.random._generator.Generator",
    pack=pack_generator,
    unpack=unpack_generator,
    guarded=True,
)
