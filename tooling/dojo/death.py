"""How a child process hung or died, in words, and where its dumped stack says it was."""

import re
import signal

from dojo.verdict import Outcome

FRAME = re.compile(r'^  File "(?P<file>.*)", line (?P<line>\d+) in (?P<function>.*)$', re.M)


def how(outcome: Outcome, code: int | None, limit: float) -> str:
    """Say how a child hung or died."""
    if outcome == "timeout":
        return f"was still running after {limit:g} s"
    if code is None or code >= 0:
        return f"ended Python itself (exit code {code}), as os._exit() does"
    name = name_of(-code)
    because = {"SIGSEGV": " (a segmentation fault)", "SIGKILL": " (out of memory, most likely)"}
    return f"crashed Python with {name}{because.get(name, '')}"


def name_of(number: int) -> str:
    """Name a signal; those for real time have numbers only."""
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"signal {number}"


def last_line_in(trace: str, files: set[str]) -> str:
    """Return the line number of the innermost frame of a dumped stack in one of some files."""
    stack = trace.rpartition("most recent call first")[2]
    return next((m["line"] for m in FRAME.finditer(stack) if m["file"] in files), "")
