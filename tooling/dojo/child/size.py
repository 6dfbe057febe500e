"""What an answer may hold: as much, and of such dtypes, as a message of grading can."""

import functools
import re
from collections.abc import Iterator
from typing import Any

from dojo import limits

# What surrounds an answer in a message, and what a number of Python's takes in one.
ENVELOPE, NUMBER = 512, 9
NUMBERS = {int, float, bool, type(None), complex}
TYPES_REFUSED = {
    *("fractions.Fraction", "decimal.Decimal", "pandas.Period", "pandas.Interval"),
    *("builtins.slice", "builtins.bytearray"),
}
# numpy's and pandas' names for what a message can hold: numbers of up to 64 bits, text, times.
DTYPES = re.compile(
    r"bool(ean)?|[uU]?[iI]nt(8|16|32|64)|[fF]loat(16|32|64)|complex(64|128)|object|category|"
    r"str(ing)?\d*|bytes\d*|(datetime|timedelta)64.*"
)


def uncheckable(answer: object) -> str:
    """Say of what an answer holds too much, or what no message can hold, or return ''."""
    values, count = 0, 0
    waiting: list[Any] = [answer]
    while waiting:
        part = waiting.pop()
        inside = parts(part)
        plain = set(map(type, inside)) <= NUMBERS
        values += 1 + len(inside) * plain
        count += weight(part) + len(inside) * NUMBER * plain
        if count > limits.FRAME_BYTES - ENVELOPE:
            return f"more than {limits.FRAME_BYTES // 2**20} MB"
        if values > limits.VALUES:
            return f"more than {limits.VALUES:,} values"
        if f"{type(part).__module__}.{type(part).__name__}" in TYPES_REFUSED:
            return f"values of the type {type(part).__name__}"
        for dtype in dtypes(part):
            if not is_known(dtype):
                return f"values of the dtype {dtype}"
        waiting += [] if plain else inside
    return ""


def parts(value: Any) -> list[Any]:
    """List what a container holds; nothing for anything else."""
    if isinstance(value, dict):
        return [*value.keys(), *value.values()]
    if isinstance(value, list | tuple | set | frozenset):
        return list(value)
    if getattr(getattr(value, "dtype", None), "kind", "") == "O" and getattr(value, "ndim", 0):
        return list(getattr(value, "flat", value))
    if hasattr(value, "__dataclass_fields__") and not isinstance(value, type):
        return list(getattr(value, "__dict__", {}).values())
    return []


def dtypes(value: Any) -> Iterator[Any]:
    """Yield the dtypes of an array, a number, a column or a table, of its labels and categories.

    Only what a type has is asked for: an object that stays in another process answers to any name.
    """
    kind = type(value)
    if not hasattr(kind, "dtype") and not hasattr(kind, "dtypes"):
        return
    own = value.dtypes if hasattr(kind, "dtypes") else value.dtype
    for dtype in own if hasattr(own, "iloc") else (own,):
        yield dtype
        yield from dtypes(getattr(dtype, "categories", None))
    for name in ("index", "columns"):
        if hasattr(kind, name):
            yield from dtypes(getattr(value, name))


@functools.lru_cache(100)
def is_known(dtype: Any) -> bool:
    """Tell whether a message can hold values of a dtype; one of torch's has no name."""
    return bool(DTYPES.fullmatch(getattr(dtype, "name", "object")))


def weight(value: Any) -> int:
    """Return the bytes of a value that is no container."""
    if isinstance(value, str | bytes):
        return len(value)
    if hasattr(value, "columns") and hasattr(value, "size"):
        return int(value.size) * NUMBER
    if hasattr(value, "nbytes"):
        return int(value.nbytes)
    if hasattr(value, "indptr") or hasattr(value, "tocoo"):
        return int(getattr(value, "nnz", 0)) * 2 * NUMBER
    return 0
