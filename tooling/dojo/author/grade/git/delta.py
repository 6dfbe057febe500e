"""A delta of git's: how to make an object out of another one."""

from dojo.author.grade.git.inflate import Damaged

WHOLE = 0x10000
LONGEST = 63


def sizes(delta: bytes) -> tuple[int, int]:
    """Return the sizes of the base and of the result, which stand at the beginning."""
    try:
        base, at = varint(delta, 0)
        return base, varint(delta, at)[0]
    except IndexError:
        raise Damaged("a delta is too short") from None


def varint(data: bytes, at: int) -> tuple[int, int]:
    """Read a number, seven bits a byte, the lowest first; return it and where it ends."""
    value = shift = 0
    while shift <= LONGEST:
        value |= (data[at] & 0x7F) << shift
        at, shift = at + 1, shift + 7
        if not data[at - 1] & 0x80:
            return value, at
    raise Damaged("a size of a delta is too long")


def apply(base: bytes, delta: bytes) -> bytes:
    """Make the result; Damaged where it is not of the size that the delta states."""
    try:
        wanted, at = varint(delta, 0)
        size, at = varint(delta, at)
        result = built(base, delta, at, size)
    except IndexError:
        raise Damaged("a delta is too short") from None
    if wanted != len(base) or len(result) != size:
        raise Damaged("a delta belongs to another object")
    return result


def built(base: bytes, delta: bytes, at: int, size: int) -> bytes:
    """Follow the instructions from a position on: copy from the base, or take from the delta."""
    pieces = bytearray()
    while at < len(delta) and len(pieces) <= size:
        operation, at = delta[at], at + 1
        if operation & 0x80:
            start, at = little_endian(delta, at, operation & 15)
            count, at = little_endian(delta, at, operation >> 4 & 7)
            pieces += base[start : start + (count or WHOLE)]
        else:
            pieces += delta[at : at + operation]
            at += operation or len(delta)
    return bytes(pieces)


def little_endian(data: bytes, at: int, present: int) -> tuple[int, int]:
    """Read a number of which only the bytes that some bits name are there."""
    value = shift = 0
    while present >> shift:
        if present >> shift & 1:
            value |= data[at] << 8 * shift
            at += 1
        shift += 1
    return value, at
