"""How large an answer may be: as large as a message of grading, in `check` as well."""

from typing import Any

from dojo import limits

# What surrounds an answer in a message, and what a number of Python's takes in one.
ENVELOPE, NUMBER = 512, 9
NUMBERS = {int, float, bool, type(None), complex}


def too_large(answer: object) -> str:
    """Say of what an answer holds too much, or return ''."""
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


def weight(value: Any) -> int:
    """Return the bytes of a value that is no container."""
    if isinstance(value, str | bytes | bytearray):
        return len(value)
    if hasattr(value, "columns") and hasattr(value, "size"):
        return int(value.size) * NUMBER
    if hasattr(value, "nbytes"):
        return int(value.nbytes)
    if hasattr(value, "indptr") or hasattr(value, "tocoo"):
        return int(getattr(value, "nnz", 0)) * 2 * NUMBER
    return 0
