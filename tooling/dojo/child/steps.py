"""Bytecode steps in some files, counted while a block runs, whatever runs them: a thread too.

From Python 3.12 on, `sys.monitoring` tells of every instruction. `sys.settrace` does so on 3.11
only: later, a code object that runs for the first time has no opcodes to tell of.
"""

import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import CodeType, FrameType
from typing import Any

from dojo.errors import UsageError

TOOL = "dojo steps"
# A profiler's own number and those of nobody first: coverage tools and debuggers have 0 and 1.
TOOL_IDS = (2, 3, 4, 5, 1, 0)


@dataclass(eq=False)
class Steps:
    """How many there were so far; where one count lies within another, the inner one has them."""

    steps: int = 0


if sys.version_info >= (3, 12):

    @contextmanager
    def counting(files: frozenset[str], counted: Steps) -> Iterator[None]:
        """Count the steps of these files while a block runs, and leave no trace of it."""
        monitoring, events = sys.monitoring, sys.monitoring.events
        codes: list[CodeType] = []

        def enter(code: CodeType, *_: object) -> None:
            if code.co_filename in files and not monitoring.get_local_events(tool, code):
                monitoring.set_local_events(tool, code, events.INSTRUCTION)
                codes.append(code)

        def count(code: CodeType, offset: int) -> None:
            counted.steps += 1

        entries = (events.PY_START, events.PY_RESUME, events.PY_THROW)
        callbacks = dict.fromkeys(entries, enter) | {events.INSTRUCTION: count}
        with tool_id() as tool, registered(tool, callbacks):
            before = monitoring.get_events(tool)
            monitoring.set_events(tool, sum(entries))
            try:
                yield
            finally:
                monitoring.set_events(tool, before)
                for code in codes:
                    monitoring.set_local_events(tool, code, events.NO_EVENTS)

    @contextmanager
    def tool_id() -> Iterator[int]:
        """Take a number that no other tool has; a measurement within another shares its number."""
        names = {tool: sys.monitoring.get_tool(tool) for tool in TOOL_IDS}
        shared = next((tool for tool, name in names.items() if name == TOOL), None)
        if shared is not None:
            yield shared
            return
        free = next((tool for tool, name in names.items() if name is None), None)
        if free is None:
            raise UsageError("Steps cannot be counted: six other tools watch this Python already.")
        sys.monitoring.use_tool_id(free, TOOL)
        try:
            yield free
        finally:
            sys.monitoring.free_tool_id(free)

    @contextmanager
    def registered(tool: int, callbacks: dict[int, Callable[..., None]]) -> Iterator[None]:
        """Have events told to these callbacks, and afterwards to those that were there."""
        register = sys.monitoring.register_callback
        before = {event: register(tool, event, call) for event, call in callbacks.items()}
        try:
            yield
        finally:
            for event, call in before.items():
                register(tool, event, call)

else:

    @contextmanager
    def counting(files: frozenset[str], counted: Steps) -> Iterator[None]:
        """Count the steps of these files while a block runs, and leave no trace of it."""
        before, before_in_threads = sys.gettrace(), threading.gettrace()

        def count(frame: FrameType, event: str, _: object) -> Any:
            if event == "opcode":
                counted.steps += 1
            return count

        def enter(frame: FrameType, event: str, _: object) -> Any:
            if frame.f_code.co_filename not in files:
                return None
            frame.f_trace_opcodes = True
            frame.f_trace_lines = False
            return count

        threading.settrace(enter)
        sys.settrace(enter)
        try:
            yield
        finally:
            sys.settrace(before)
            threading.settrace(before_in_threads)  # type: ignore[arg-type]
