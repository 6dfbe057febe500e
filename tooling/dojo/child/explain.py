"""Why a test did not pass, in sentences: from an exception to an outcome, a message, a place."""

import errno
import inspect
import re
import sys
import traceback
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from opcode import opmap
from pathlib import Path, PurePath
from types import TracebackType
from typing import Any

from dojo.child.assertion import compared, explain_assertion, explain_silence
from dojo.child.contract import ContractError
from dojo.child.digest import digest_of
from dojo.child.recorder import Call, Escape, Recorder, Refusal
from dojo.kata.fingerprints import Digest
from dojo.kata.source import unfinished_merge
from dojo.run.verdict import Outcome
from dojo.show.relation import relation
from dojo.show.values import clip, text_of, told

LEAVERS = {
    "SystemExit": "called sys.exit() or raised SystemExit",
    "KeyboardInterrupt": "raised KeyboardInterrupt",
    "Skipped": "called pytest.skip()",
    "XFailed": "called pytest.xfail()",
    "Exit": "called pytest.exit()",
}
MISSING = re.compile(r"'([^']+)'$|^(\S+) not found\.$")
ALONE = ": only your own file is handed in, and data comes as arguments."


class InputAsked(OSError):
    """Code asked for what somebody types, where nobody does."""


@dataclass(frozen=True)
class Explanation:
    """How a test ended and why; `where` is file:line, of the test or of the learner's file.

    `relation` says how what came back is related to what was expected, if that is one thing;
    `asserted` is the digest of what a failed assertion compared with it.
    """

    outcome: Outcome
    message: str
    where: str
    relation: str = ""
    asserted: Digest | None = None


def explain(error: BaseException, recorder: Recorder, mine: Collection[str]) -> Explanation:
    """Explain why a test ended with an error; `mine` are the paths of the learner's files."""
    call = next((c for c in reversed(recorder.last) if c.error is not None), None)
    if isinstance(error, Refusal):
        where = error.where or place(error, mine)
        return Explanation(error.outcome, str(error), where)  # type: ignore[arg-type]
    if isinstance(error, ContractError):
        here = place(error, mine) or innermost(error)
        return Explanation("failed", f"{clip(text_of(error), 4)}{besides(recorder)}", here)
    if call is not None and call.error is not recorder.changed and came_from(error, call):
        told = explain_raise(call, call.error or error, mine)
        return replace(told, message=f"{told.message}{besides(recorder)}")
    if recorder.changed is not None:
        return Explanation("error", str(recorder.changed), recorder.changed.defined)
    here = place(error, mine) or innermost(error)
    if isinstance(error, AssertionError):
        pair = compared(error, recorder)
        text = explain_assertion(error, recorder, pair)
        if pair is None:
            return Explanation("failed", text, here)
        return Explanation("failed", text, here, relation(*pair), digest_of(pair[0], None))
    if type(error).__name__ == "Failed" and "DID NOT RAISE" in text_of(error):
        return Explanation("failed", explain_silence(error), here)
    if isinstance(error, MemoryError):
        return Explanation("memory", "The test ran out of memory.", here)
    last = next(iter(reversed(recorder.last)), None)
    subject = f"what {last.name} returned" if last else "the result"
    what = "".join(traceback.format_exception_only(error)).strip()
    return Explanation("failed", f"The test could not use {subject}.\n{clip(what, 4)}", here)


def besides(recorder: Recorder) -> str:
    """Say what was changed besides, where that is not what ended the test."""
    return f"\nBesides, {recorder.changed}" if recorder.changed else ""


def came_from(error: BaseException, call: Call) -> bool:
    """Tell whether an error is the one that left a learner's function."""
    return error is call.error or (isinstance(error, Escape) and error.__cause__ is call.error)


def explain_raise(call: Call, error: BaseException, mine: Collection[str]) -> Explanation:
    """Explain an exception that left a learner's function."""
    where = place(error, mine)
    line = f" in line {where.rpartition(':')[2]}" if where else ""
    name = str(error) if isinstance(error, Escape) else type(error).__name__
    if (function := unwritten(error, mine)) == call.name:
        return Explanation("not_started", f"{call.name} is not written yet.", where)
    if function:
        text = f"{call.name} raised {name}{line}: {function} is not written yet."
        return Explanation("error", text, where)
    if isinstance(error, MemoryError):
        return Explanation("memory", f"{call.name} asked for too much memory{line}.", where)
    if isinstance(error, RecursionError):
        text = f"{call.name} went on calling itself until Python's limit{line}."
        return Explanation("error", text, where)
    if name in LEAVERS or isinstance(error, Escape) or not isinstance(error, Exception):
        text = f"{call.name} {LEAVERS.get(name, f'raised {name}')}{line}; take that out."
        return Explanation("error", text, where)
    if asks_for_input(error):
        text = f"{call.name} reads what somebody types{line}; it gets its data as arguments."
        return Explanation("error", text, where)
    if file := missing_file(error):
        given = any(isinstance(part, Path) for part in (*call.args, *call.kwargs.values()))
        text = f"{call.name} opens {file}{line}, which is not there{'.' if given else ALONE}"
        return Explanation("error", text, where)
    text = f"{call.name} raised {name}{line}: {clip(told(error), 4)}".removesuffix(": ")
    if isinstance(error, Warning):
        text += "\nA warning of this kind inside your function counts as an error."
    return Explanation("error", text, where)


def missing_file(error: BaseException) -> str:
    """Name the file that an error says is missing; where it was looked for does not matter."""
    found = MISSING.search(text_of(error)) if isinstance(error, FileNotFoundError) else None
    return PurePath(found[1] or found[2]).name if found else ""


def refuse_import(error: BaseException, file: str, source: bytes = b"") -> Refusal:
    """Explain why a learner's file, a path and what was read there, could not be imported."""
    name, kind = Path(file).name, type(error).__name__
    where = place(error, {file})
    line = f" in line {where.rpartition(':')[2]}" if where else ""
    if isinstance(error, SyntaxError) and error.filename in (file, None, "<unknown>"):
        number, what = syntax_error(error, source)
        return Refusal("error", f"{name} {what}.", f"{file}:{number}")
    if isinstance(error, FileNotFoundError) and error.filename == file:
        return Refusal("error", f"{name} does not exist; {way_back(file)}.")
    if isinstance(error, IsADirectoryError) and error.filename == file:
        return Refusal("error", f"{name} is a folder; move it away, then {way_back(file)}.")
    if missing := missing_file(error):
        text = f"{name} opens {missing}{line}, which is not there{ALONE}"
        return Refusal("error", text, where)
    if isinstance(error, OSError) and error.errno == errno.EFBIG:
        text = f"{name} prints or writes too much{line}, when imported. Take the print out."
        return Refusal("error", text, where)
    if asks_for_input(error):
        text = f"{name} reads what somebody types{line}, when imported; take that out."
        return Refusal("error", text, where)
    if isinstance(error, UnicodeDecodeError | ValueError) and not where:
        return Refusal("error", f"{name} is not readable as Python text: {text_of(error)}.")
    if isinstance(error, MemoryError):
        return Refusal("memory", f"{name} runs out of memory{line}, when imported.", where)
    if kind in LEAVERS or not isinstance(error, Exception):
        what = LEAVERS.get(kind, f"raised {kind}")
        return Refusal("error", f"{name} {what}{line}, when imported; take that out.", where)
    detail = clip(f"{kind}{line}: {told(error)}", 4)
    return Refusal("error", f"{name} cannot be imported: {detail}.", where)


def syntax_error(error: SyntaxError, source: bytes) -> tuple[int, str]:
    """Return the line of a syntax error, and what is wrong: what git left there, or Python says."""
    if merge := unfinished_merge(source):
        mark, line = merge
        return line, (
            f"holds a merge conflict ({mark} in line {line}): keep one of the two versions, "
            "and take the lines of <<<<<<<, ======= and >>>>>>> out"
        )
    spot = f" in line {error.lineno}" if error.lineno else ""
    return error.lineno or 1, f"has a syntax error{spot}: {error.msg}"


def way_back(file: str) -> str:
    """Say which command puts the stub of a learner's file back."""
    return f"nox -s reset -- {Path(file).stem} puts the stub back"


def asks_for_input(error: BaseException) -> bool:
    """Tell whether an error came from a standard input that nobody types at: a worker's, pytest's.

    What an error says is no sign of it: a learner may have written that.
    """
    capture = sys.modules.get("_pytest.capture")
    raisers = [file for file, _ in frames(error)][-1:]
    return isinstance(error, InputAsked) or (
        capture is not None and type(error) is OSError and raisers == [capture.__file__]
    )


def place(error: BaseException, files: Collection[str]) -> str:
    """Return file:line of the innermost frame of an error that lies in one of some files, or ''.

    An error that was raised in another process brings its place along.
    """
    mine = [(file, line) for file, line in frames(error) if file in files]
    if hasattr(error, "where") and not mine:
        return str(error.where)
    return f"{mine[-1][0]}:{mine[-1][1]}" if mine else ""


def innermost(error: BaseException) -> str:
    """Return file:line of the last frame of an error that lies in a test file, or ''."""
    tests = [(file, line) for file, line in frames(error) if Path(file).name.startswith("test_")]
    return f"{tests[-1][0]}:{tests[-1][1]}" if tests else ""


def unwritten(error: BaseException, files: Collection[str]) -> str:
    """Name the function of some files that raised an error as a stub does, or return ''.

    A stub's function says `raise NotImplementedError`, itself and without a word; who does so is
    not written yet. A library that raises it, or a method, has other reasons. An error that was
    raised in another process brings the name along.
    """
    if type(error) is not NotImplementedError or error.args:
        return ""
    if error.__traceback__ is not None:
        last = last_of(error.__traceback__)
        code = last.tb_frame.f_code
        own = code.co_filename in files and code.co_qualname == code.co_name
        if own and code.co_code[last.tb_lasti] == opmap["RAISE_VARARGS"]:
            return code.co_name
    return str(getattr(error, "unwritten", ""))


def last_of(trace: TracebackType) -> TracebackType:
    """Return the innermost part of a traceback."""
    while trace.tb_next is not None:
        trace = trace.tb_next
    return trace


def frames(error: BaseException) -> list[tuple[str, int]]:
    """List file and line of an error's frames, the outermost first."""
    return [(f.f_code.co_filename, n) for f, n in traceback.walk_tb(error.__traceback__)]


def definition(function: Callable[..., Any]) -> str:
    """Return file:line of a function's definition, or ''."""
    code = getattr(inspect.unwrap(function), "__code__", None)
    return f"{code.co_filename}:{code.co_firstlineno}" if code else ""
