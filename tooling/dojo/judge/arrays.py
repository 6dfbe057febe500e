"""numpy, scipy and torch on the wire: a dtype, a shape and bytes."""

import math
import sys
from typing import Any, Literal

import numpy as np

from dojo.judge.values import Codec, Packed, entry, exactly, wrong
from dojo.judge.wire import WireError
from dojo.size import MAX_FRAME

COMPRESSED = ("csr", "csc", "bsr")
FORMATS = (*COMPRESSED, "coo", "dia", "dok", "lil")
# In values of a message: what is larger in memory than it is on the wire.
COST_OF_A_GENERATOR, COST_OF_A_MATRIX = 50, 20


def pack_dtype(dtype: np.dtype[Any]) -> Packed:
    """Write a dtype as numpy's file format does; WireError for one that is not plain bytes."""
    if dtype.hasobject:
        raise WireError(f"an array of {dtype}")
    return listed(np.lib.format.dtype_to_descr(dtype))


def listed(descr: Any) -> Packed:
    """Turn the tuples of a description into lists."""
    return [listed(part) for part in descr] if isinstance(descr, list | tuple) else descr


def tupled(descr: Packed) -> Any:
    """Turn a record's fields back into the tuples that numpy asks for: name, type, shape."""
    if isinstance(descr, str):
        return descr
    return [
        (tuple(name) if isinstance(name, list) else name, tupled(kind), *map(tuple, shape))
        for name, kind, *shape in descr
    ]


def unpack_dtype(descr: Packed) -> np.dtype[Any]:
    """Read a dtype; numbers, text, times and records of them only."""
    dtype = np.lib.format.descr_to_dtype(tupled(descr))
    return wrong("dtype") if dtype.hasobject else dtype


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
    codec: Codec, descr: Packed, shape: list[int], data: Any, order: str, writeable: bool
) -> np.ndarray:
    """Make an array of a shape from its elements."""
    if not all(isinstance(n, int) and 0 <= n <= MAX_FRAME for n in shape):
        return wrong("shape")
    size = math.prod(shape)
    flat = objects(codec, data) if descr == "object" else elements(descr, size, data)
    made = np.array(flat.reshape(shape, order="F" if order == "F" else "C"), order="K")
    made.flags.writeable = writeable is not False
    return made


def objects(codec: Codec, data: list[Packed]) -> np.ndarray:
    """Make an array of objects one by one: numpy would look into those that are sequences."""
    array = np.empty(len(exactly(list, data)), dtype=object)
    for position, part in enumerate(data):
        array[position] = codec.unpack(part)
    return array


def elements(descr: Packed, size: int, data: bytes) -> np.ndarray:
    """Make an array of plain elements from their bytes."""
    dtype = unpack_dtype(descr)
    if dtype.itemsize * size != len(exactly(bytes, data)) or size > MAX_FRAME:
        return wrong("array")
    return np.frombuffer(data, dtype) if dtype.itemsize else np.empty(size, dtype)


def pack_scalar(codec: Codec, scalar: Any) -> list[Packed]:
    """Send a numpy scalar as the array without axes that it is."""
    descr, _, data, *_ = pack_array(codec, np.asarray(scalar))
    return [descr, data]


def unpack_scalar(codec: Codec, descr: Packed, data: bytes) -> Any:
    """Take the only element of an array without axes."""
    return elements(descr, 1, data)[0]


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


# How many numbers a generator holds in advance, where it does.
BUFFERED = {"MT19937": 624, "Philox": 4}


def unpack_generator(codec: Codec, state: Packed, source: Packed) -> np.random.Generator:
    """Make a Generator that goes on where the other one stood."""
    with codec.nothing_lent():
        plain, seed = codec.unpack_as(dict, state), codec.unpack(source)
    codec.spend(COST_OF_A_GENERATOR)
    name = plain["bit_generator"]
    if name not in ("PCG64", "PCG64DXSM", "MT19937", "Philox", "SFC64"):
        return wrong("Generator")
    sequence = None
    if seed is not None:
        entropy, key, size, spawned = exactly(list, seed)
        codec.spend(size)
        sequence = np.random.SeedSequence(
            entropy, spawn_key=key, pool_size=size, n_children_spawned=spawned
        )
    bits = getattr(np.random, name)(sequence)
    inner = exactly(dict, plain["state"])
    place = exactly(int, inner.get("pos", plain.get("buffer_pos", 0)))
    if not 0 <= place <= BUFFERED.get(name, 0):
        return wrong("Generator")  # numpy would draw from foreign memory
    bits.state = plain
    return np.random.Generator(bits)


def pack_sparse(codec: Codec, matrix: Any) -> list[Packed]:
    """Send a sparse matrix or array as its format and the arrays it consists of."""
    style = "array" if type(matrix).__name__.endswith("_array") else "matrix"
    kept = matrix if matrix.format in COMPRESSED else matrix.tocoo()
    if kept.format == "coo":
        coords = list(kept.coords) if hasattr(kept, "coords") else [kept.row, kept.col]
        parts = [kept.data, *coords]
    else:
        parts = [kept.data, kept.indices, kept.indptr]
    return [style, matrix.format, kept.format, list(matrix.shape), codec.pack_all(parts)]


def unpack_sparse(
    codec: Codec, style: str, form: str, kept: str, shape: list[int], parts: list[Packed]
) -> Any:
    """Make a sparse matrix, and look through its indices: scipy's own loops trust them."""
    from scipy import sparse

    if form not in FORMATS or kept != (form if form in COMPRESSED else "coo"):
        return wrong("sparse matrix")
    make = getattr(sparse, f"{kept}_{'array' if style == 'array' else 'matrix'}")
    data, *where = (codec.unpack_as(np.ndarray, part) for part in exactly(list, parts))
    if data.dtype.kind not in "biufc":
        return wrong("sparse matrix")
    codec.spend(COST_OF_A_MATRIX)
    if kept == "coo":
        made = make((data, tuple(where)), shape=tuple(shape))
    else:
        made = make((data, *where), shape=tuple(shape))
        made.check_format(full_check=True)
    codec.spend(size_as(form, made))
    return made if form == kept else made.asformat(form)


def size_as(form: str, matrix: Any) -> int:
    """Count what a matrix of coordinates becomes in a format that is not as sparse."""
    if form == "lil":
        return int(matrix.shape[0])
    if form == "dia":
        diagonals = np.unique(matrix.col.astype(int) - matrix.row)
        return len(diagonals) * int(matrix.shape[1])
    return int(matrix.nnz) if form == "dok" else 0


def pack_tensor(codec: Codec, tensor: Any) -> list[Packed]:
    """Send a tensor as an array; bfloat16, which numpy lacks, as float32."""
    plain = tensor.detach().cpu()
    name = str(plain.dtype).removeprefix("torch.")
    array = (plain.float() if name == "bfloat16" else plain).numpy()
    gradient = codec.pack(tensor.grad) if tensor.is_leaf else None
    return [codec.pack(array), name, bool(tensor.requires_grad), gradient]


def unpack_tensor(codec: Codec, data: Packed, name: str, wanted: bool, gradient: Packed) -> Any:
    """Make a tensor; only where torch is loaded already, since a worker may not make us load it."""
    torch = sys.modules.get("torch")
    if torch is None:
        raise WireError("a tensor, where no torch is loaded")
    made = torch.from_numpy(codec.unpack_as(np.ndarray, data).copy())
    made = made.to(torch.bfloat16) if name == "bfloat16" else made
    made.requires_grad_(wanted)
    made.grad = codec.unpack(gradient)
    return made


SPARSE = [f"{f}_{style}" for f in FORMATS for style in ("array", "matrix")]
entry("array", "numpy.ndarray", pack=pack_array, unpack=unpack_array)
entry(
    "scalar", "numpy.generic", "numpy.str_", "numpy.bytes_", pack=pack_scalar, unpack=unpack_scalar
)
entry(
    "dtype",
    "numpy.dtype",
    pack=lambda codec, dtype: ["object" if dtype.kind == "O" else pack_dtype(dtype)],
    unpack=lambda codec, descr: np.dtype(object) if descr == "object" else unpack_dtype(descr),
)
entry(
    "generator",
    "numpy.random._generator.Generator",
    pack=pack_generator,
    unpack=unpack_generator,
)
entry(
    "sparse",
    *(f"scipy.sparse._{name.partition('_')[0]}.{name}" for name in SPARSE),
    pack=pack_sparse,
    unpack=unpack_sparse,
)
entry("tensor", "torch.Tensor", pack=pack_tensor, unpack=unpack_tensor)
