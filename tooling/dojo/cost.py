"""What a call costs, counted in what does not depend on the machine: steps and bytes."""

import sys
import tracemalloc
from collections.abc import Callable
from dataclasses import dataclass
from types import FrameType
from typing import Any


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
        steps = 0

        def count(frame: FrameType, event: str, _: object) -> Any:
            nonlocal steps
            if event == "opcode":
                steps += 1
            return count

        def enter(frame: FrameType, event: str, _: object) -> Any:
            if frame.f_code.co_filename not in self.files:
                return None
            frame.f_trace_opcodes = True
            frame.f_trace_lines = False
            return count

        def traced() -> Any:
            before = sys.gettrace()
            sys.settrace(enter)
            try:
                return fn(*args, **kwargs)
            finally:
                sys.settrace(before)

        result, peak = peak_of(traced)
        return Cost(result, steps, peak)

    def peak_bytes(self, fn: Callable[..., Any], *args: Any, **kwargs: Any) -> int:
        """Call a function, and return its peak memory only: much quicker than counting steps."""
        return peak_of(lambda: fn(*args, **kwargs))[1]


def peak_of(run: Callable[[], Any]) -> tuple[Any, int]:
    """Call a function and return its result and the peak, in bytes, of what it allocated."""
    tracemalloc.start()
    try:
        held = tracemalloc.get_traced_memory()[0]
        result = run()
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    return result, max(0, peak - held)
