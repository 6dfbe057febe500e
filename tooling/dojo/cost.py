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


def measure(files: frozenset[str], fn: Callable[..., Any], *args: Any, **kwargs: Any) -> Cost:
    """Call a function and count what it costs; steps are those of frames in `files` only."""
    steps = 0

    def count(frame: FrameType, event: str, _: object) -> Any:
        nonlocal steps
        if event == "opcode":
            steps += 1
        return count

    def enter(frame: FrameType, event: str, _: object) -> Any:
        if frame.f_code.co_filename not in files:
            return None
        frame.f_trace_opcodes = True
        frame.f_trace_lines = False
        return count

    before = sys.gettrace()
    tracemalloc.start()
    try:
        held = tracemalloc.get_traced_memory()[0]
        sys.settrace(enter)
        try:
            result = fn(*args, **kwargs)
        finally:
            sys.settrace(before)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    return Cost(result, steps, max(0, peak - held))
