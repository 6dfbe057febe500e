"""dtypes on the wire: numbers, text and times; and what their bytes may be."""

import math
import re
from typing import Any

import numpy as np

from dojo import limits
from dojo.author.judge.codec import exactly, wrong
from dojo.author.judge.types.entries import Packed
from dojo.author.judge.wire import WireError

PLAIN = re.compile(r"\|b1|[|<>][iu]1|[<>]([iu][248]|f[248]|c8|c16)|[|<>][SU]\d{1,8}")
TIME = re.compile(r"[<>][mM]8(\[(\d{1,9})?(Y|M|W|D|h|m|s|ms|us|ns|ps|fs|as)\])?")
LAST_CHARACTER = 0x10FFFF


def pack_dtype(dtype: np.dtype[Any]) -> Packed:
    """Write a dtype as numpy itself does; WireError for one of other things than these."""
    if not is_plain(dtype.str):
        raise WireError(f"an array of {dtype}")
    return dtype.str


def unpack_dtype(descr: Packed) -> np.dtype[Any]:
    """Read a dtype."""
    return np.dtype(descr) if is_plain(descr) else wrong("dtype")


def is_plain(descr: Packed) -> bool:
    """Tell whether a dtype is one of numbers, text or times."""
    return isinstance(descr, str) and bool(PLAIN.fullmatch(descr) or TIME.fullmatch(descr))


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
    kind = array.dtype.kind
    strange = (kind == "b" and array.view(np.uint8).max(initial=0) > 1) or (
        kind == "U" and characters(array).max(initial=0) > LAST_CHARACTER
    )
    return wrong("array") if strange else array


def characters(text: np.ndarray) -> np.ndarray:
    """Return the numbers of all characters in an array of text."""
    width = text.dtype.itemsize // 4
    order = text.dtype.byteorder
    return np.ascontiguousarray(text).view(f"{order}u4") if width else np.zeros(0, "u4")
