"""scipy's sparse matrices on the wire: the arrays that they consist of, and a shape.

scipy's own loops trust the numbers in these arrays, and its check of them can be passed by numbers
that contradict each other. So all are held against each other here, before scipy sees any.
"""

from typing import Any

import numpy as np

from dojo import limits
from dojo.author.judge.codec import Codec, between, exactly, wrong
from dojo.author.judge.types.entries import Packed, entry

COMPRESSED = ("csr", "csc", "bsr")
FORMATS = (*COMPRESSED, "coo", "dia", "dok", "lil")
STYLES = ("array", "matrix")
NUMBERS = ("b1", *["i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", "f4", "f8", "c8", "c16"])
# In values of a message: what is larger in memory than it is on the wire.
COST_OF_A_MATRIX, COST_OF_A_ROW = 20, 10


def pack_sparse(codec: Codec, matrix: Any) -> list[Packed]:
    """Send a sparse matrix or array as its format and the arrays it consists of."""
    style = "array" if type(matrix).__name__.endswith("_array") else "matrix"
    kept = matrix if matrix.format in COMPRESSED else matrix.tocoo()
    if kept.format == "coo":
        coords = list(kept.coords) if hasattr(kept, "coords") else [kept.row, kept.col]
        parts = [kept.data, *coords]
    else:
        stored = int(kept.indptr[-1])  # there may be room for more
        parts = [kept.data[:stored], kept.indices[:stored], kept.indptr]
    return [style, matrix.format, kept.format, list(matrix.shape), codec.pack_all(parts)]


def unpack_sparse(
    codec: Codec, style: str, form: str, kept: str, shape: list[int], parts: list[Packed]
) -> Any:
    """Make a sparse matrix of arrays that agree with each other."""
    from scipy import sparse

    name_of(style, form)
    if kept != (form if form in COMPRESSED else "coo"):
        return wrong("sparse matrix")
    lengths = tuple(between(0, n, limits.SPARSE_LENGTH) for n in exactly(list, shape))
    data, *where = (codec.unpack_as(np.ndarray, part) for part in exactly(list, parts))
    if not any(data.dtype == kind for kind in NUMBERS):
        return wrong("sparse matrix")
    codec.spend(COST_OF_A_MATRIX)
    make = getattr(sparse, name_of(style, kept))
    if kept == "coo":
        places = tuple(coordinates(data, where, lengths))
        made = make((data, places), shape=lengths)
    else:
        made = make((data, *compressed(form, data, where, lengths)), shape=lengths)
    codec.spend(size_as(form, made))
    return made if form == kept else made.asformat(form)


def name_of(style: str, form: str, *parts: Packed) -> str:
    """Return the name of a class of scipy's."""
    return f"{form}_{style}" if style in STYLES and form in FORMATS else wrong("sparse matrix")


def coordinates(
    data: np.ndarray, where: list[np.ndarray], lengths: tuple[int, ...]
) -> list[np.ndarray]:
    """Return the coordinates of all elements, an array for each axis."""
    if data.ndim != 1 or not 1 <= len(where) == len(lengths):
        return wrong("sparse matrix")
    return [
        numbers(axis, len(data), 0, length - 1) for axis, length in zip(where, lengths, strict=True)
    ]


def compressed(
    form: str, data: np.ndarray, where: list[np.ndarray], lengths: tuple[int, ...]
) -> list[np.ndarray]:
    """Return the indices of all elements or blocks, and where each row of them begins."""
    indices, starts = where
    blocks = data.shape[1:]
    if len(blocks) != (2 if form == "bsr" else 0) or 0 in blocks:
        return wrong("sparse matrix")
    if (form != "csr" and len(lengths) != 2) or any(
        n % b for n, b in zip(lengths, blocks, strict=False)
    ):
        return wrong("sparse matrix")
    counts = [n // b for n, b in zip(lengths, blocks or (1, 1), strict=False)]
    along, across = {1: (1, *counts), 2: tuple(counts)}[len(lengths)][:: -1 if form == "csc" else 1]
    rows = numbers(starts, along + 1, 0, len(data))
    if rows[0] != 0 or rows[-1] != len(data) or (np.diff(rows) < 0).any():
        return wrong("sparse matrix")
    return [numbers(indices, len(data), 0, across - 1), rows]


def numbers(array: np.ndarray, count: int, low: int, high: int) -> np.ndarray:
    """Return so many integers that lie within two bounds, as the machine holds them."""
    if array.shape != (count,) or array.dtype.kind not in "iu":
        return wrong("sparse matrix")
    if count and not low <= int(array.min()) <= int(array.max()) <= high:
        return wrong("sparse matrix")
    return array.astype(np.int32 if array.dtype.itemsize <= 4 else np.int64)


def size_as(form: str, matrix: Any) -> int:
    """Count what a matrix of coordinates becomes in a format that is not as sparse."""
    if form == "lil":
        return int(matrix.shape[0]) * COST_OF_A_ROW
    if form == "dia":
        diagonals = np.unique(matrix.col.astype(int) - matrix.row)
        return len(diagonals) * int(matrix.shape[1])
    return int(matrix.nnz) if form == "dok" else 0


SPARSE = [f"{f}_{style}" for f in FORMATS for style in STYLES]
entry(
    "sparse",
    *(f"scipy.sparse._{name.partition('_')[0]}.{name}" for name in SPARSE),
    pack=pack_sparse,
    unpack=unpack_sparse,
    named=name_of,
    guarded=True,
)
