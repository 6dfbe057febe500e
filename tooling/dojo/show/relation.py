"""How what came back differs from what was expected, where that is one thing in all of it."""

import sys
from typing import Any

# Relative; what is nearer than this is the same but for rounding.
NEAR = 1e-6
# A factor of a single number says something only if it is one that people mistake.
FACTORS = (2.0, 0.5, 10.0, 0.1, 100.0, 0.01, 1000.0, 0.001)
# Of fewer values, one relation or another holds by chance.
FEWEST = 3
# Up to here a whole number is a count, and twice or half of it is chance.
COUNTED = 20


def relation(actual: Any, desired: Any) -> str:
    """Say in a sentence how two values are related, or return ''."""
    numpy = sys.modules.get("numpy")
    if numpy is None:
        return ""
    try:
        pair = numbers(actual, numpy), numbers(desired, numpy)
        with numpy.errstate(all="ignore"):
            known = of_precision(actual, *pair, numpy) or related(*pair, numpy)
            return known or of_labels(actual, desired, *pair, numpy)
    except (TypeError, ValueError, AttributeError, OverflowError):
        return ""


def numbers(value: Any, numpy: Any) -> Any:
    """Return the numbers of a value as an array of floats; TypeError where it holds others."""
    array = numpy.asarray(value)
    if array.dtype.kind not in "iuf" or not array.size:
        raise TypeError("no numbers")
    return array.astype(float)


def related(a: Any, d: Any, numpy: Any) -> str:
    """Say how two arrays of numbers are related, or return ''."""
    if a.shape != d.shape:
        return of_shapes(a, d, numpy)
    if numpy.isnan(a).all() and not numpy.isnan(d).any():
        return "Every value is NaN." if a.size > 1 else ""
    if same(a, d, numpy):
        return ""
    if a.size == 1:
        return of_one(float(a.ravel()[0]), float(d.ravel()[0]))
    return of_all(a, d, numpy) or of_places(a, d, numpy) or of_some(a, d, numpy)


def of_precision(actual: Any, a: Any, d: Any, numpy: Any) -> str:
    """Say that values are right as far as their narrow type of floats goes."""
    dtype = getattr(actual, "dtype", None)
    if dtype not in (numpy.float16, numpy.float32) or a.shape != d.shape:
        return ""
    digits = 10 * float(numpy.finfo(dtype).eps)
    near = numpy.allclose(a, d, rtol=digits, atol=digits * scale(d, numpy), equal_nan=True)
    return f"Right but for rounding: {dtype} has too few digits." if near else ""


def same(a: Any, d: Any, numpy: Any) -> bool:
    """Tell whether two arrays are the same but for rounding."""
    return a.shape == d.shape and bool(
        numpy.allclose(a, d, rtol=NEAR, atol=NEAR * scale(d, numpy), equal_nan=True)
    )


def scale(d: Any, numpy: Any) -> float:
    """Return the size of the largest finite number, a little below which nothing counts."""
    finite = numpy.abs(d[numpy.isfinite(d)])
    return float(finite.max(initial=0.0)) * 1e-3


def of_shapes(a: Any, d: Any, numpy: Any) -> str:
    """Say how two arrays of different shapes are related."""
    if same(a.T, d, numpy):
        return "It is the transpose of what was expected."
    if a.size == d.size and same(a.ravel(), d.ravel(), numpy):
        return f"The values are right; their shape is {a.shape}, not {d.shape}."
    return ""


def of_one(a: float, d: float) -> str:
    """Say how two single numbers are related; of small counts, nothing."""
    if a.is_integer() and d.is_integer() and max(abs(a), abs(d)) <= COUNTED:
        return ""
    if d and abs(a / d + 1) < NEAR:
        return "It has the other sign."
    for factor in FACTORS:
        if d and abs(a / d / factor - 1) < NEAR:
            return f"It is {factor:g} times what was expected."
    if 0 < d < 1 and abs(a + d - 1) < NEAR:
        return "It is 1 minus what was expected."
    return ""


def of_all(a: Any, d: Any, numpy: Any) -> str:
    """Say what is the same difference in every value."""
    if a.size < FEWEST or not numpy.isfinite(a).all() or not numpy.isfinite(d).all():
        return ""
    some = numpy.abs(d) > scale(d, numpy)
    factor = float(numpy.median(a[some] / d[some])) if some.sum() >= FEWEST else 0.0
    if abs(factor + 1) < NEAR and same(a, -d, numpy):
        return "Every value has the other sign."
    if abs(factor) > NEAR and same(a, factor * d, numpy):
        return f"Every value is {factor:.4g} times what was expected."
    offset = float(numpy.median(a - d))
    if same(a, d + offset, numpy):
        return f"Every value is {abs(offset):.4g} too {'high' if offset > 0 else 'low'}."
    if same(a, 1 - d, numpy):
        return "Every value is 1 minus what was expected."
    return ""


def of_places(a: Any, d: Any, numpy: Any) -> str:
    """Say where the right values are in the wrong places."""
    if same(a.T, d, numpy):
        return "It is the transpose of what was expected."
    if len(a) < FEWEST:
        return ""
    if same(a[::-1], d, numpy):
        return "The values are right, in reverse order."
    if varies(d[:-1], numpy) and same(a[1:], d[:-1], numpy):
        return "The values are right, one row too late."
    if varies(d[1:], numpy) and same(a[:-1], d[1:], numpy):
        return "The values are right, one row too early."
    if same(numpy.sort(a, axis=None), numpy.sort(d, axis=None), numpy):
        return "The values are right, in another order."
    return ""


def varies(values: Any, numpy: Any) -> bool:
    """Tell whether there are so many different values that a shift by a row is no chance."""
    return bool(len(numpy.unique(values)) >= FEWEST)


def of_some(a: Any, d: Any, numpy: Any) -> str:
    """Say which few values are wrong."""
    wrong = ~numpy.isclose(a, d, rtol=NEAR, atol=NEAR * scale(d, numpy), equal_nan=True)
    count = int(wrong.sum())
    if a.size <= FEWEST or not count or 2 * count > a.size:
        return ""
    place = [int(n) for n in numpy.argwhere(wrong)[0]]
    spot = place[0] if len(place) == 1 else tuple(place)
    first = f"the one at {spot}" if count == 1 else f"{count} of {a.size}, the first at {spot}"
    return f"All values are right but {first}."


def of_labels(actual: Any, desired: Any, a: Any, d: Any, numpy: Any) -> str:
    """Say of a table or a column with the right values that its labels are others."""
    index, other = getattr(actual, "index", None), getattr(desired, "index", None)
    if index is None or other is None or callable(index) or not same(a, d, numpy):
        return ""
    return "" if index.equals(other) else "The values are right; the index is another."
