"""What known mistakes return: `fingerprints.json`, made by `verify`, beside a kata's tests."""

import base64
import math
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from struct import pack, unpack

import msgspec

# How far two numbers may lie apart, as a part of their size: doubles, and floats of 32 bits.
FINE, COARSE = 1e-6, 1e-4
# In place of the number of a call: none returns something else, or only what was asserted shows it.
NONE, ASSERTED = -1, -2


class Digest(msgspec.Struct, frozen=True, array_like=True):
    """What came back of a call, in short.

    `form` is all of it but its numbers, hashed; `within` the tolerance that the numbers need. It is
    `plain` where the form has no labels or texts by which it is known.
    """

    form: str
    numbers: tuple[float, ...] = ()
    within: float = FINE
    plain: bool = True

    def is_like(self, other: "Digest") -> bool:
        """Tell whether two calls returned the same, but for rounding."""
        if self.form != other.form or len(self.numbers) != len(other.numbers):
            return False
        within = max(self.within, other.within)
        scale = max(map(size, (*self.numbers, *other.numbers)), default=0.0)
        pairs = zip(self.numbers, other.numbers, strict=True)
        return all(is_near(a, b, within * scale / 10, within) for a, b in pairs)

    @property
    def tells_little(self) -> bool:
        """Whether many a mistake returns this: None, a bool, 0 or 1, NaN, a word, or an error."""
        return self.plain and all(math.isnan(x) or x in (0.0, 1.0) for x in self.numbers)


def size(number: float) -> float:
    """Return the size of a number; nothing, of one that has none."""
    return abs(number) if math.isfinite(number) else 0.0


def is_near(a: float, b: float, apart: float, within: float) -> bool:
    """Tell whether two numbers are the same but for rounding; NaN is like NaN."""
    if not (math.isfinite(a) and math.isfinite(b)):
        return str(a) == str(b)
    return abs(a - b) <= apart + within * max(abs(a), abs(b))


class Known(msgspec.Struct, frozen=True, omit_defaults=True):
    """A mistake: its name, what is said of it, and the rung of the hints that answers it."""

    name: str
    says: str
    rung: int = 1


class Print(msgspec.Struct, frozen=True, array_like=True):
    """What a mistake does to a test, `red` or not: the first call that returns something else.

    `mistake` is the number of one, `call` that of a call of the test's. Where all calls return the
    same, and the test is red, it is ASSERTED, with what the failed assertion compared, or NONE.
    `seeds` are those under which it is so, none for all.
    """

    mistake: int
    red: bool
    call: int
    form: str = ""
    numbers: str = ""
    within: float = FINE
    seeds: tuple[int, ...] = ()

    @property
    def digest(self) -> Digest:
        """What came back of the call."""
        data = base64.b85decode(self.numbers)
        return Digest(self.form, unpack(f"<{len(data) // 4}f", data), self.within)


class Fingerprints(msgspec.Struct, frozen=True):
    """All mistakes of a kata, and their prints by test, made under `seeds`."""

    seeds: tuple[int, ...] = ()
    mistakes: tuple[Known, ...] = ()
    tests: Mapping[str, tuple[Print, ...]] = {}

    def covers(self, seed: int, test: str) -> bool:
        """Tell whether it is known what happens in a test under a seed.

        Where all mistakes do the same under all seeds of the file, they do so under any other.
        """
        return seed in self.seeds or not any(found.seeds for found in self.tests.get(test, ()))

    def under(self, seed: int, test: str) -> Iterator[Print]:
        """Yield the prints of a test under a seed."""
        for found in self.tests.get(test, ()):
            if not found.seeds or seed in found.seeds:
                yield found


def written(digest: Digest) -> tuple[str, str, float]:
    """Write a digest as a print has it; its numbers lose what no comparison looks at."""
    numbers = pack(f"<{len(digest.numbers)}f", *map(narrow, digest.numbers))
    return digest.form, base64.b85encode(numbers).decode(), digest.within


def narrow(number: float) -> float:
    """Return a number that 32 bits can hold."""
    most = 3.4e38
    return max(-most, min(most, number)) if math.isfinite(number) else number


@lru_cache(4)
def read(path: Path, stamp: tuple[int, int]) -> Fingerprints:
    """Read a file that was last written at a time; one that cannot be read knows no mistake."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=Fingerprints)
    except (OSError, msgspec.DecodeError):
        return Fingerprints()


def fingerprints(path: Path) -> Fingerprints:
    """Read the fingerprints of a kata, where there are any."""
    try:
        stat = path.stat()
    except OSError:
        return Fingerprints()
    return read(path, (stat.st_mtime_ns, stat.st_size))
