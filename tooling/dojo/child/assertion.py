"""A failed assertion: what it compared, and what came back above what was expected."""

import re
import textwrap
import traceback
from typing import Any

import pytest

from dojo.child.recorder import Recorder
from dojo.show.values import clip, show, text_of

Pair = tuple[Any, Any]

NUMPY = re.compile(r"^ ACTUAL: (?P<actual>.*?)^ DESIRED: (?P<desired>.*)", re.M | re.S)
PANDAS = re.compile(r"^\[left\]: +(?P<actual>.*?)^\[right\]: +(?P<desired>.*)", re.M | re.S)
REGEX = re.compile(r"Expected regex: (?P<regex>.*)\n +Actual message: (?P<message>.*)", re.S)
FLAT = re.compile(r"(array\()?\[[^\[\]]*\](, dtype=\w+)?\)?")
HEADS = ("Mismatched", "Max", "(shapes", "x and y")
EXPECTED = "expected   "
# In place of that, where it is an answer of the learner's own to another call.
OTHER_CALL = "other call "
# The functions of numpy and pandas that compare, and what each calls the two sides.
COMPARERS = {
    "assert_allclose": ("actual", "desired"),
    "assert_array_equal": ("actual", "desired"),
    "assert_equal": ("actual", "desired"),
    "assert_series_equal": ("left", "right"),
    "assert_frame_equal": ("left", "right"),
    "assert_index_equal": ("left", "right"),
}
# A tolerance up to this one is not worth a reader's attention.
ROUNDING = 1e-6
OPERATORS = {"==": "", "!=": "anything but ", "in": "one of ", "not in": "none of "}


def compared(error: AssertionError, recorder: Recorder) -> Pair | None:
    """Return what a failed assertion compared, where pytest, numpy or pandas let us see it."""
    if recorder.comparison is not None:
        op, left, right = recorder.comparison
        return (left, exact(right)) if op == "==" else None
    for frame, _ in traceback.walk_tb(error.__traceback__):
        names, seen = COMPARERS.get(frame.f_code.co_name, ()), frame.f_locals
        if names and all(name in seen for name in names):
            return seen[names[0]], seen[names[1]]
    return None


def exact(value: Any) -> Any:
    """Return what pytest.approx was given, where a value is made by it."""
    return value.expected if type(value).__module__ == pytest.approx.__module__ else value


def without_rounding(value: Any) -> Any:
    """Return a value without what pytest.approx allows for rounding, in tuples and lists too."""
    if type(value) in (tuple, list):
        return type(value)(map(without_rounding, value))
    if value is exact(value) or max(value.rel or 0, value.abs or 0) > ROUNDING:
        return value
    return exact(value)


def explain_assertion(error: AssertionError, recorder: Recorder, pair: Pair | None) -> str:
    """Say what came back and what was expected, from what pytest, numpy or pandas say."""
    text = text_of(error)
    expected = OTHER_CALL if pair and recorder.has_returned(pair[1]) else EXPECTED
    if found := NUMPY.search(text):
        head = [r for r in text[: found.start()].splitlines() if r.startswith(HEADS)]
        if pair and getattr(pair[1], "ndim", 1) == 0:  # there is but one element
            head = []
        values = found["actual"], found["desired"]
        return "\n".join([came_back(*values, expected), *map(str.strip, head)])
    if found := PANDAS.search(text):
        values = found["actual"], found["desired"]
        return "\n".join([came_back(*values, expected), text[: found.start()].splitlines()[0]])
    if found := REGEX.search(text):
        return came_back(f"an error that says {found['message']}", asked_of_error(found["regex"]))
    text = re.sub(r"^assert ", "", text.strip()) or "An assertion failed."
    if recorder.comparison is None:
        return clip(text, 12)
    op, left, right = recorder.comparison
    left, right = show(left), show(without_rounding(right))
    said = text.partition("\nassert ")[0] if "\nassert " in text else ""
    wanted = OPERATORS.get(op, f"{op} ") + right
    return came_back(left, wanted, expected) + (f"\n{clip(said, 6)}" if said else "")


def asked_of_error(regex: str) -> str:
    """Say what a test asks of an error's text, where it names something; else how it matches."""
    text = regex.strip().strip("'\"").replace("\\\\", "\\").replace(r"\b", "")
    plain = re.sub(r"\\(\W)", r"\1", text)
    named = plain.replace("_", "").replace(".", "").isalnum()
    return f"one that names `{plain}`" if named else f"one that matches {regex}"


def came_back(actual: str, desired: str, expected: str = EXPECTED) -> str:
    """Set what came back above what was expected, so that the eye compares them."""
    return f"came back  {block(actual)}\n{expected}{block(desired)}"


def block(text: str) -> str:
    """Indent the further lines of a value to where its first line starts."""
    text = re.sub(r"^array\(([^\[\]()]*)\)$", r"\1", text.strip())
    if FLAT.fullmatch(text):
        # Numpy has broken it for its own width; with the indent that is more than a terminal has.
        text = textwrap.fill(text, 62)
    rows = clip(text, 8).splitlines() or [""]
    return "\n".join([rows[0].strip(), *(" " * 11 + row for row in rows[1:])])


def explain_silence(error: BaseException) -> str:
    """Say that an error was expected and did not come; the call itself is shown elsewhere."""
    return came_back("no error", re.sub(r"^DID NOT RAISE ", "", text_of(error)))
