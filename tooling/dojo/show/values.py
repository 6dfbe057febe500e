"""Values as a person reads them in a report: short, on one line where possible."""

import functools
import re
import reprlib
import sys
from typing import Any

WIDTH = 60
LINES = 12
RNG = "rng"
ADDRESS = re.compile(r" at 0x[0-9a-f]+(?=>)")
FOLDER = re.compile(r"'[^'\n]*[/\\]([^'/\\\n]+)'")


class StandIn:
    """What stands for a value that was not built: it knows the name of that value's type."""

    def __repr__(self) -> str:
        """Say what it stands for; longer than what a sentence quotes."""
        return f"<a {type(self).__name__}, which the stub does not promise>"


@functools.lru_cache(100)
def stand_in_type(name: str) -> type[StandIn]:
    """Return the type of what stands for values of a type of that name."""
    return type(name, (StandIn,), {})


def stand_in(name: str) -> StandIn:
    """Return a stand-in for a value of a type of that name."""
    return stand_in_type(name)()


class Shower(reprlib.Repr):
    """The standard library's short repr, taught about arrays and frames."""

    def __init__(self) -> None:
        """Set how much of a container is shown."""
        super().__init__()
        self.maxlevel = 4
        self.maxlist = self.maxtuple = self.maxdict = self.maxset = self.maxdeque = 10
        self.maxstring = self.maxother = 160
        self.maxlong = 40

    def repr1(self, value: Any, level: int) -> str:
        """Show a number of numpy's as the plain number, inside containers too."""
        if isinstance(value, StandIn):
            return RNG if type(value).__name__ == "Generator" else repr(value)
        numpy = sys.modules.get("numpy")
        if numpy is not None and isinstance(value, numpy.datetime64 | numpy.timedelta64):
            return str(value)
        if numpy is not None and isinstance(value, numpy.generic):
            value = value.item()
        return super().repr1(value, level)

    def repr_float(self, value: float, level: int) -> str:
        """A float without the noise of its type: numpy's float64 is one."""
        return float.__repr__(value)

    def repr_ndarray(self, value: Any, level: int) -> str:
        """An array with its shape where it is cut, and its dtype where that is unusual."""
        import numpy as np

        with np.printoptions(threshold=24, edgeitems=3, precision=6, linewidth=62, suppress=False):
            text = np.array2string(np.asarray(value), separator=", ", prefix="array(")
        usual = (value.dtype.kind in "f" and value.dtype.itemsize == 8) or value.dtype.kind in "ibU"
        notes = [] if usual else [f"dtype={value.dtype}"]
        if value.size > 24 or value.size == 0:
            notes.append(f"shape={value.shape}")
        return f"array({', '.join([text, *notes])})"

    def repr_DataFrame(self, value: Any, level: int) -> str:  # noqa: N802 - reprlib's protocol
        """A small table."""
        return str(value.to_string(max_rows=10, max_cols=8, line_width=72))

    def repr_Series(self, value: Any, level: int) -> str:  # noqa: N802 - reprlib's protocol
        """A column with its index."""
        return str(value.to_string(max_rows=10, dtype=True))

    def repr_Generator(self, value: Any, level: int) -> str:  # noqa: N802 - reprlib's protocol
        """Randomness is an argument like others; its state tells nobody anything."""
        return RNG

    def repr_PosixPath(self, value: Any, level: int) -> str:  # noqa: N802 - reprlib's protocol
        """The name of a file; where the test put it does not matter."""
        return f"<file {value.name}>"

    repr_WindowsPath = repr_PosixPath  # noqa: N815 - reprlib's protocol

    def repr_ApproxMapping(self, value: Any, level: int) -> str:  # noqa: N802 - reprlib's protocol
        """What pytest.approx() holds, without a tolerance an element."""
        return f"{self.repr1(value.expected, level)}, approximately"

    repr_ApproxSequenceLike = repr_ApproxNumpy = repr_ApproxMapping  # noqa: N815 - the same

    def repr_function(self, value: Any, level: int) -> str:
        """The name of a function."""
        return str(value.__name__)


SHOWER = Shower()


def show(value: object) -> str:
    """Render one value, in few lines; never raises."""
    try:
        text = ADDRESS.sub("", SHOWER.repr(value))
    except Exception as error:
        return f"<a {type(value).__name__} whose repr raises {type(error).__name__}>"
    return clip(text, LINES)


def text_of(error: BaseException) -> str:
    """Return what an error says; nothing, if it cannot say it."""
    try:
        return str(error)
    except Exception:
        return ""


def told(error: BaseException) -> str:
    """Return what an error says; of a file the name, since its folder is one of ours."""
    text = text_of(error)
    return FOLDER.sub(r"'\1'", text) if isinstance(error, OSError) else text


def clip(text: str, lines: int) -> str:
    """Keep the first lines of a text, none of them endless, and say how many were left out."""
    rows = [row if len(row) <= 200 else row[:200] + " ..." for row in text.splitlines()]
    left = len(rows) - lines
    return "\n".join(rows if left <= 0 else [*rows[:lines], f"... {left} more lines"])


def on_one_line(text: str) -> bool:
    """Tell whether a rendered value fits into a call's line."""
    return "\n" not in text and len(text) <= WIDTH
