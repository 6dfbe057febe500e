"""numpy's arrays and scalars on the wire: a dtype, a shape and bytes."""

import math
from typing import Any, Literal

import numpy as np

from dojo.author.judge.codec import Codec, exactly, wrong
from dojo.author.judge.promise import Promise, admitted
from dojo.author.judge.types.dtypes import axes, check_elements, pack_dtype, unpack_dtype
from dojo.author.judge.types.entries import Packed, entry


def pack_array(codec: Codec, array: Any) -> list[Packed]:
    """Send an array's elements; those of an object array one by one."""
    plain = np.asarray(array)
    shape = list(plain.shape)
    column_major = plain.ndim > 1 and plain.flags.f_contiguous and not plain.flags.c_contiguous
    order: Literal["F", "C"] = "F" if column_major else "C"
    if plain.dtype == object:
        data: Packed = codec.pack_all(plain.ravel(order).tolist())
        return ["object", shape, data, order, plain.flags.writeable]
    return [pack_dtype(plain.dtype), shape, plain.tobytes(order), order, plain.flags.writeable]


def unpack_array(
    codec: Codec,
    promised: Promise,
    descr: Packed,
    shape: list[int],
    data: Any,
    order: str,
    writeable: bool,
) -> np.ndarray:
    """Make an array of a shape from its elements."""
    size = math.prod(axes(shape))
    is_plain = descr != "object"
    flat = elements(codec, descr, size, data) if is_plain else cells(codec, promised, data)
    if len(flat) != size or order not in ("C", "F"):
        return wrong("array")
    made = np.array(flat.reshape(shape, order="F" if order == "F" else "C"), order="K")
    made.flags.writeable = exactly(bool, writeable)
    return made


def cells(codec: Codec, promised: Promise, data: list[Packed]) -> np.ndarray:
    """Make an array of objects one by one: numpy would look into those that are sequences.

    Nothing that is lent may be in it: numpy and pandas ask objects what they are. Where a table is
    promised, its cells may be what a table of pandas' holds.
    """
    array = np.empty(len(exactly(list, data)), dtype=object)
    promised = tuple(member for member in promised if "kinds" in admitted((member,)))
    with codec.nothing_lent():
        for position, part in enumerate(data):
            array[position] = codec.unpack(part, promised)
    return array


def elements(codec: Codec, descr: Packed, size: int, data: bytes) -> np.ndarray:
    """Make an array of plain elements from their bytes."""
    dtype = unpack_dtype(descr)
    if dtype.itemsize * size != len(exactly(bytes, data)):
        return wrong("array")
    if not dtype.itemsize:
        codec.spend(size)
        return np.empty(size, dtype)
    return check_elements(np.frombuffer(data, dtype))


def pack_scalar(codec: Codec, scalar: Any) -> list[Packed]:
    """Send a numpy scalar as the array without axes that it is."""
    descr, _, data, *_ = pack_array(codec, np.asarray(scalar))
    return [descr, data]


def unpack_scalar(codec: Codec, descr: Packed, data: bytes) -> Any:
    """Take the only element of an array without axes."""
    return elements(codec, descr, 1, data)[0]


entry("array", "numpy.ndarray", pack=pack_array, unpack=unpack_array, nests=True)
entry(
    "scalar", "numpy.generic", "numpy.str_", "numpy.bytes_", pack=pack_scalar, unpack=unpack_scalar
)
entry(
    "dtype",
    "numpy.dtype",
    pack=lambda codec, dtype: ["object" if dtype.kind == "O" else pack_dtype(dtype)],
    unpack=lambda codec, descr: np.dtype(object) if descr == "object" else unpack_dtype(descr),
)
