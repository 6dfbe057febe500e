"""What a call costs, counted in what does not depend on the machine: steps and bytes."""

import gc
import sys
import tracemalloc
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from types import FrameType
from typing import Any

# Garbage in cycles, such as the class that itertuples makes anew at each call, counts until it is
# collected. Collected this often, how much of it there is does not depend on what ran before.
EAGER = (30, 1, 1)


@dataclass(frozen=True)
class Cost:
    """A call's result, the bytecode steps it ran in the learner's file, its peak memory in bytes.

    Steps differ between versions of Python and bytes between versions of libraries: compare two
    costs of one run, never one cost with a constant.
    """

    result: Any
    steps: int
    peak_bytes: int


class Meter:
    """Measures calls: steps are those of frames in `files` only, wherever they are called from."""

    def __init__(self, files: frozenset[str]) -> None:
        """Count the steps of some files."""
        self.files = files

    def __call__(self, fn: Callable[..., Any], *args: Any, **kwargs: Any) -> Cost:
        """Call a function, and count its steps and its peak memory."""
        with self.measuring(steps=True) as counted:
            result = fn(*args, **kwargs)
        return Cost(result, counted.steps, counted.peak_bytes)

    def peak_bytes(self, fn: Callable[..., Any], *args: Any, **kwargs: Any) -> int:
        """Call a function, and return its peak memory only: much quicker than counting steps."""
        with self.measuring(steps=False) as counted:
            fn(*args, **kwargs)
        return counted.peak_bytes

    @contextmanager
    def measuring(self, *, steps: bool) -> Iterator["Counted"]:
        """Count what a block costs; the figures are there when it ends."""
        counted = Counted()
        before, thresholds = sys.gettrace(), gc.get_threshold()
        gc.freeze()  # what there is already is not looked through again and again
        gc.collect()  # Python keeps freed tuples and floats for later: from here on, none
        gc.set_threshold(*EAGER)
        tracemalloc.start()
        try:
            counted.held = tracemalloc.get_traced_memory()[0]
            UNDER_WAY.append(counted)
            if steps:
                sys.settrace(self.tracer(counted))
            yield counted
        finally:
            if steps:
                sys.settrace(before)
            counted.note_peak()
            UNDER_WAY.remove(counted)
            tracemalloc.stop()
            gc.set_threshold(*thresholds)

    def tracer(self, counted: "Counted") -> Callable[..., Any]:
        """Make a trace function that counts the bytecode steps in the files."""

        def count(frame: FrameType, event: str, _: object) -> Any:
            if event == "opcode":
                counted.steps += 1
            return count

        def enter(frame: FrameType, event: str, _: object) -> Any:
            if frame.f_code.co_filename not in self.files:
                return None
            frame.f_trace_opcodes = True
            frame.f_trace_lines = False
            return count

        return enter


@dataclass(eq=False)
class Counted:
    """The figures of one measurement; `held` are bytes that are no part of it."""

    steps: int = 0
    peak_bytes: int = 0
    held: int = 0

    def note_peak(self) -> None:
        """Take down how much memory there was at most since the last time."""
        peak = tracemalloc.get_traced_memory()[1]
        self.peak_bytes = max(self.peak_bytes, peak - self.held)

    @contextmanager
    def aside(self) -> Iterator[None]:
        """Leave out of the measurement what a block allocates or frees."""
        self.note_peak()
        before = tracemalloc.get_traced_memory()[0]
        yield
        self.held += tracemalloc.get_traced_memory()[0] - before
        tracemalloc.reset_peak()


# tracemalloc is one for all of a process, and so is the measurement that goes on.
UNDER_WAY: list[Counted] = []


def aside() -> AbstractContextManager[None]:
    """Leave a block out of the measurement that goes on, if there is one."""
    return UNDER_WAY[-1].aside() if UNDER_WAY else nullcontext()
