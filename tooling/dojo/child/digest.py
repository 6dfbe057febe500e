"""What a call returned, in a few numbers: to be compared with what a known mistake returns."""

import dataclasses
import math
import sys
import zlib
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from dojo import limits
from dojo.kata.fingerprints import COARSE, FINE, Digest

# A form that is longer holds labels or texts, by which it is known.
PLAIN = 40
# The type in which labels of a kind are compared.
WIDE = {"i": "int64", "u": "int64", "f": "float64", "M": "datetime64[ns]", "m": "timedelta64[ns]"}


def digest_of(result: Any, error: BaseException | None) -> Digest | None:
    """Digest what came back of a call: its form, and the numbers in it; None of what is too large.

    Containers, shapes, labels, dates and texts make the form. Of numbers there are all, up to
    eight, or else how many are not finite, their mean, that of their sizes, one weighed by place,
    and four.
    """
    if error is not None:
        return Digest(hashed(f"raised {type(error).__name__}".encode()))
    walk = Walk()
    try:
        form = walk.form(result)
    except (TypeError, ValueError, OverflowError, RecursionError, AttributeError):
        return None
    if walk.count > limits.DIGESTED_NUMBERS:
        return None
    within = COARSE if walk.coarse else FINE
    plain = len(form) <= PLAIN
    return Digest(hashed(form.encode(errors="replace")), tuple(walk.summary()), within, plain)


class Walk:
    """A walk through a value, which takes its numbers along; `coarse` where some are float32."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.numbers: list[Any] = []
        self.count = 0
        self.coarse = False

    def form(self, value: Any) -> str:
        """Return the form of a value: all of it but its numbers."""
        if value is None or isinstance(value, str | bytes):
            return repr(value)
        if isinstance(value, bool | int | float):
            return self.take([float(value)], "")
        if isinstance(value, dict):
            inside = ",".join(f"{key!r}:{self.form(part)}" for key, part in value.items())
            return f"{{{inside}}}"
        if isinstance(value, list | tuple):
            return self.form_of_list(value)
        if isinstance(value, set | frozenset):
            return f"set{self.form_of_list(sorted(value))}"
        if dataclasses.is_dataclass(value) and not isinstance(value, type):
            parts = (getattr(value, field.name) for field in dataclasses.fields(value))
            return f"{type(value).__name__}({','.join(map(self.form, parts))})"
        return self.form_of_library(value)

    def form_of_list(self, values: Iterable[Any]) -> str:
        """Return the form of a list or a tuple."""
        values = list(values)
        if values and all(isinstance(part, bool | int | float) for part in values):
            return self.take([float(part) for part in values], f"list({len(values)},)")
        return f"[{','.join(map(self.form, values))}]"

    def form_of_library(self, value: Any) -> str:
        """Return the form of what numpy, pandas, scipy or torch have made, or the type's name."""
        kind = type(value)
        package, name = kind.__module__.partition(".")[0], kind.__name__
        if package == "pandas" and name == "DataFrame":
            columns = ",".join(f"{key!r}:{self.form(value[key].array)}" for key in value.columns)
            return f"table {known_by(value.index)} {columns}"
        if package == "pandas" and name == "Series":
            return f"series {known_by(value.index)} {self.form(value.array)}"
        if package == "scipy" and hasattr(value, "toarray"):
            return f"sparse {self.form(value.toarray())}"
        if package == "torch" and hasattr(value, "detach"):
            return self.form(value.detach().cpu().numpy())
        if package in ("numpy", "pandas"):
            return self.form_of_array(value)
        return name

    def form_of_array(self, value: Any) -> str:
        """Return the form of an array, numpy's or pandas', or of one of its elements."""
        numpy = sys.modules["numpy"]
        array = numpy.asarray(value)
        if array.dtype.kind in "mM":
            return f"{array.dtype.kind}{array.shape}{known_by(array.ravel())}"
        if array.dtype.kind == "O" and all(map(is_number, array.ravel())):
            array = numpy.array([missing_or(x) for x in array.ravel()]).reshape(array.shape)
        if array.dtype.kind not in "biufc":
            return f"{array.shape}{known_by(array.ravel())}"
        self.coarse |= array.dtype.char in "efF"  # 16 and 32 bits, and complex of 32
        flat = array.ravel()
        wide = flat.astype("complex128").view("float64") if array.dtype.kind == "c" else flat
        form = f"{array.dtype.str[1:]}{array.shape}" if array.shape else ""
        return self.take(wide.astype("float64", copy=False), form)

    def take(self, numbers: Any, form: str) -> str:
        """Take numbers along; return what stands for them in the form."""
        self.numbers.append(numbers)
        self.count += len(numbers)
        return f"#{form}"

    def summary(self) -> Iterable[float]:
        """Return the numbers, or what is told of many."""
        if self.count <= limits.DIGEST_LENGTH:
            return [float(x) for part in self.numbers for x in part]
        numpy, count = sys.modules["numpy"], self.count
        parts = [numpy.asarray(part, "float64") for part in self.numbers]
        every = finite = parts[0] if len(parts) == 1 else numpy.concatenate(parts)
        missing = 0.0
        with numpy.errstate(all="ignore"):
            if not math.isfinite(every.sum()):
                missing = count - numpy.isfinite(every).sum()
                finite = numpy.where(numpy.isfinite(every), every, 0.0)
            sums = (missing, finite.sum(), abs(finite).sum(), finite @ weights(count))
        some = (every[place * (count - 1) // 3] for place in range(4))
        return [*(float(x) / count for x in sums), *map(float, some)]


@lru_cache(64)
def weights(count: int) -> Any:
    """Return numbers between 0 and 1, no two alike, by which places are told apart."""
    return sys.modules["numpy"].arange(1, count + 1) * math.sqrt(5) % 1


def known_by(values: Any) -> str:
    """Return a short name for labels or texts; how many bits a label has makes no difference."""
    labels = sys.modules["numpy"].asarray(values)
    wide = WIDE.get(labels.dtype.kind)
    data = repr(list(values)).encode() if wide is None else labels.astype(wide).tobytes()
    return hashed(data)


def hashed(data: bytes) -> str:
    """Return a short name for data, in eight letters."""
    return f"{zlib.crc32(data):08x}"


def is_number(value: Any) -> bool:
    """Tell whether an element of an object array is a number, or stands for a missing one."""
    return isinstance(value, bool | int | float) or type(value).__name__ in ("NAType", "NaTType")


def missing_or(value: Any) -> float:
    """Return a number, NaN for a missing one."""
    return float(value) if isinstance(value, bool | int | float) else math.nan
