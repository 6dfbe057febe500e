"""Exceptions on the wire: names of classes and what they say, never the exception itself."""

import re
import sys
from collections.abc import Collection, Mapping
from typing import Any

from dojo import limits
from dojo.author.judge.codec import Codec
from dojo.author.judge.wire import Raised, Refused, Spoilt, WireError
from dojo.child.arguments import Changed, Terms
from dojo.child.explain import LEAVERS, InputAsked, place, unwritten
from dojo.child.recorder import Escape, Refusal
from dojo.run.verdict import OUTCOMES
from dojo.show.values import text_of

# Where the exceptions are defined that a test may expect; nothing of pytest's or of ours.
MODULES = (
    "builtins",
    "json.decoder",
    "numpy.exceptions",
    "numpy.linalg",
    "pandas.errors",
    "sqlite3",
    "sklearn.exceptions",
    "scipy.linalg",
    "zoneinfo",
    "dojo.child.contract",
)
INPUT_ASKED = f"{InputAsked.__module__}.{InputAsked.__qualname__}"
OWN = "number_of_the_tests"
WORD = re.compile(r"\w{1,80}")
# Names that say something to pytest, or to whoever explains what it raised.
PYTESTS = {"Failed", *LEAVERS}


def describe(error: BaseException, codec: Codec, files: Collection[str]) -> Raised:
    """Put an exception into a message; `files` are those whose lines matter."""
    names = [f"{base.__module__}.{base.__qualname__}" for base in type(error).__mro__]
    try:
        texts = [part for part in error.args if isinstance(part, str | bytes)]
        is_short = all(len(text) <= limits.ERROR_CHARACTERS for text in texts)
        args = codec.pack_all(error.args) if is_short else []
    except WireError:
        args = []
    refused = None
    if isinstance(error, Refusal):
        refused = Refused(error.outcome, str(error), error.where or place(error, files))
    return Raised(
        names,
        short(text_of(error)).encode("utf-16", "surrogatepass").decode("utf-16", "replace"),
        args,
        not isinstance(error, Exception) or names[0] == "_pytest.outcomes.Exit",
        refused,
        place(error, files),
        unwritten(error, files),
        own if isinstance(own := getattr(error, OWN, 0), int) else 0,
    )


def short(text: str) -> str:
    """Cut a text that a message need not carry to its end."""
    return text[: limits.ERROR_CHARACTERS]


def rebuild(
    reply: Raised, codec: Codec, classes: Mapping[str, type], files: Collection[str], verb: str
) -> BaseException:
    """Make the exception that a message describes: one that tests may expect, or a Refusal.

    What would end a test or the process there is an Escape here, whatever its name.
    """
    if reply.refused is not None:
        return refusal(reply.refused, files)
    if reply.leaves:
        name = reply.names[0].rpartition(".")[2] if reply.names else ""
        return with_place(Escape(name if WORD.fullmatch(name) else "an exception"), reply, files)
    if verb == "next" and reply.names[:1] == ["builtins.StopIteration"]:
        return StopIteration()
    args = codec.unpack_all(reply.args)
    for name in reply.names:
        kind = find_class(name, classes)
        error = named(kind, reply.names[0], args, short(reply.message)) if kind else None
        if error is not None:
            return with_place(error, reply, files)
    raise WireError("an exception without a name")


def named(kind: type[Exception], name: str, args: list[Any], message: str) -> Exception | None:
    """Make an exception of a class, or of one below it that is called and speaks as the original's.

    That was the learner's own class, of which the name and the words are all that comes.
    """
    short = name.rpartition(".")[2]
    ours = name.startswith("dojo.") or short in PYTESTS
    if ours or short == kind.__name__ or not WORD.fullmatch(short):
        return instance(kind, args, message)
    made = instance(type(short, (kind,), {}), args, message)
    if made is not None and text_of(made) != message:
        speaking = type(short, (kind,), {"__str__": lambda self: message})
        return instance(speaking, args, message)
    return made


def find_class(name: str, classes: Mapping[str, type]) -> type[Exception] | None:
    """Find an exception that tests may expect by its full name."""
    if name == INPUT_ASKED:
        return InputAsked
    module, _, short = name.rpartition(".")
    found: Any = classes.get(short)
    if module in MODULES and module in sys.modules:
        found = getattr(sys.modules[module], short, None)
    usable = isinstance(found, type) and issubclass(found, Exception)
    return found if usable and short not in ("StopIteration", "StopAsyncIteration") else None


def instance(kind: type[Exception], args: list[Any], message: str) -> Exception | None:
    """Make an exception that says what the original said, or almost; None if this class cannot."""
    made = None
    for given in (args, [message]):
        try:
            made = kind(*given)
        except Exception:
            continue
        if text_of(made) == message:
            break
    return made


def with_place(error: BaseException, reply: Raised, files: Collection[str]) -> BaseException:
    """Note the line of the learner's file and the unwritten function, where the message names them.

    A worker that claims the latter makes a test red with other words.
    """
    error.where = checked_place(reply.where, files)  # type: ignore[attr-defined]
    named = reply.unwritten if WORD.fullmatch(reply.unwritten) else ""
    error.unwritten = named  # type: ignore[attr-defined]
    return error


def describe_changed(error: Changed, codec: Codec, files: Collection[str]) -> Raised:
    """Put into a message which argument a function changed, and what it raised besides."""
    cause = error.__cause__
    raised = describe(cause, codec, files) if cause is not None else Raised([], "")
    raised.spoilt = Spoilt(error.argument, error.defined)
    return raised


def changed(spoilt: Spoilt, function: int | str, terms: Terms, files: Collection[str]) -> Changed:
    """Make the error of a function that changed an argument; WireError if it has none such."""
    if spoilt.argument not in terms.parameters:
        raise WireError("a change of an argument that there is not")
    return Changed(str(function), spoilt.argument, checked_place(spoilt.where, files))


def checked_place(where: str, files: Collection[str]) -> str:
    """Keep a file:line only if it lies in one of the learner's files."""
    file, _, line = where.rpartition(":")
    return where if file in files and line.isascii() and line.isdigit() and len(line) < 8 else ""


def refusal(refused: Refused, files: Collection[str]) -> Refusal:
    """Make the refusal that a worker reports; it may not say that all is well."""
    known = refused.outcome in OUTCOMES and refused.outcome not in ("passed", "not_started")
    outcome = refused.outcome if known else "error"
    return Refusal(outcome, short(refused.sentence), checked_place(refused.where, files))
