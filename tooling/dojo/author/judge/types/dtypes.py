"""dtypes on the wire: numbers, text, times, and records of them; and what their bytes may be."""

import math
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import numpy as np

from dojo import limits
from dojo.author.judge.codec import exactly, wrong
from dojo.author.judge.types.entries import Packed
from dojo.author.judge.wire import WireError

PLAIN = re.compile(r"\|b1|[|<>][iu]1|[<>]([iu][248]|f(2|4|8|16)|c(8|16|32))|[|<>][SUV]\d{1,8}")
TIME = re.compile(r"[<>][mM]8(\[(\d{1,9})?(Y|M|W|D|h|m|s|ms|us|ns|ps|fs|as)\])?")
# Numbers of up to 64 bits, which all bytes are.
ANY_BYTES = frozenset("bBhHiIlLqQefd")
LAST_CHARACTER = 0x10FFFF
# Of numbers with 80 bits: the first bit of the digits is written, and the machine relies on it.
EXTENDED = np.finfo(np.longdouble).nmant == 63


@lru_cache(500)
def pack_dtype(dtype: np.dtype[Any]) -> Packed:
    """Write a dtype as numpy's file format does; WireError for one that is not plain bytes."""
    if dtype.hasobject:
        raise WireError(f"an array of {dtype}")
    return listed(np.lib.format.dtype_to_descr(dtype))


def listed(descr: Any) -> Packed:
    """Turn the tuples of a description into lists."""
    return [listed(part) for part in descr] if isinstance(descr, list | tuple) else descr


def unpack_dtype(descr: Packed) -> np.dtype[Any]:
    """Read a dtype: one of numpy's plain ones, or a record's fields one behind the other."""
    return plain_dtype(descr) if isinstance(descr, str) else read_dtype(descr)


@lru_cache(500)
def plain_dtype(descr: str) -> np.dtype[Any]:
    """Read one of numpy's plain dtypes."""
    return read_dtype(descr)


def read_dtype(descr: Packed) -> np.dtype[Any]:
    """Read a dtype, piece by piece."""
    return np.lib.format.descr_to_dtype(described(descr, [limits.DTYPE_FIELDS]))


def described(descr: Packed, left: list[int]) -> Any:
    """Return a description as numpy asks for it: a record's fields are tuples."""
    if isinstance(descr, str):
        return descr if PLAIN.fullmatch(descr) or TIME.fullmatch(descr) else wrong("dtype")
    left[0] -= len(exactly(list, descr))
    if left[0] < 0 or not descr:
        return wrong("dtype")
    fields = [field(left, *part) for part in descr]
    return fields if sum(map(size_of, fields)) <= limits.FRAME_BYTES else wrong("dtype")


def field(left: list[int], name: Packed, kind: Packed, shape: Packed = None) -> Any:
    """Return one field of a record: its name, perhaps with a title, its type and its shape."""
    names = name if isinstance(name, list) else [name]
    if not all(isinstance(text, str) for text in names) or len(names) > 2:
        return wrong("dtype")
    made = (tuple(names) if len(names) == 2 else name, described(kind, left))
    return made if shape is None else (*made, axes(shape))


def size_of(described_field: Any) -> int:
    """Return the bytes that a field takes; numpy adds them up in 32 bits."""
    _, kind, *shape = described_field
    return int(np.lib.format.descr_to_dtype(kind).itemsize) * math.prod(shape[0] if shape else ())


def axes(shape: Packed) -> tuple[int, ...]:
    """Return a shape that memory can hold, an axis without elements counted as one."""
    if not all(type(n) is int and 0 <= n <= limits.FRAME_BYTES for n in exactly(list, shape)):
        return wrong("shape")
    if len(shape) > limits.ARRAY_AXES or math.prod(max(n, 1) for n in shape) > limits.FRAME_BYTES:
        return wrong("shape")
    return tuple(shape)


def check_elements(array: np.ndarray) -> np.ndarray:
    """Return an array all of whose bytes are such as numpy itself writes.

    numpy counts a truth that is 2 as two elements, and makes room for one.
    """
    if array.dtype.char in ANY_BYTES:
        return array
    for part in columns(array):
        kind = part.dtype.kind
        strange = (
            (kind == "b" and part.view(np.uint8).max(initial=0) > 1)
            or (kind == "U" and most(characters(part)) > LAST_CHARACTER)
            or (kind in "fc" and EXTENDED and not is_canonical(part))
        )
        if strange:
            return wrong("array")
    return array


def columns(array: np.ndarray) -> Iterator[np.ndarray]:
    """Yield an array without fields: itself, or the fields of its fields."""
    if array.dtype.names is None:
        yield array
        return
    for name in array.dtype.names:
        yield from columns(array[name])


def most(numbers: np.ndarray) -> int:
    """Return the largest of some numbers; 0 of none."""
    return int(numbers.max(initial=0))


def characters(text: np.ndarray) -> np.ndarray:
    """Return the numbers of all characters in an array of text."""
    width = text.dtype.itemsize // 4
    order = text.dtype.byteorder
    return np.ascontiguousarray(text).view(f"{order}u4") if width else np.zeros(0, "u4")


def is_canonical(numbers: np.ndarray) -> bool:
    """Tell whether numbers of 80 bits have the first of their digits where they should."""
    long = {"f": np.longdouble, "c": np.clongdouble}[numbers.dtype.kind]
    if numbers.dtype.itemsize != np.dtype(long).itemsize:
        return True
    native = np.ascontiguousarray(numbers)
    if not native.dtype.isnative:
        native = native.byteswap().view(native.dtype.newbyteorder())
    words = native.view(np.uint64).reshape(-1, 2)
    exponents = words[:, 1] & np.uint64(0x7FFF)
    return bool(np.array_equal(words[:, 0] >> np.uint64(63) > 0, exponents > 0))
