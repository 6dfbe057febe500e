"""Debuggers: where nobody can answer one, it is refused, with the command that does start one."""

import bdb
import sys
from collections.abc import Collection
from types import TracebackType
from typing import NoReturn

from dojo.child.recorder import Refusal


def refuse_debuggers(kata: str) -> None:
    """Have breakpoint(), pdb.set_trace() and their like say how a kata is debugged."""

    def refuse(*args: object, **kwargs: object) -> NoReturn:
        raise Refusal(
            "error",
            "Nobody can answer a debugger here. To stop at breakpoint(), or where a test fails: "
            f"nox -s check -- {kata} -- --pdb",
        )

    sys.breakpointhook = refuse
    bdb.Bdb.set_trace = refuse  # type: ignore[method-assign]
    if "pdb" in sys.modules:
        # Pytest has put its own there, which takes the terminal before it asks.
        sys.modules["pdb"].set_trace = refuse  # type: ignore[attr-defined]


def end_in(trace: TracebackType | None, files: Collection[str]) -> None:
    """Cut a traceback behind the last frame of some files, where a debugger then stops."""
    last = None
    while trace is not None:
        last = trace if trace.tb_frame.f_code.co_filename in files else last
        trace = trace.tb_next
    if last is not None:
        last.tb_next = None
