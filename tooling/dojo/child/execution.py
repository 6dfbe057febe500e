"""Executing a learner's files: what answers for each function of the stub, or why nothing does."""

import importlib.abc
import importlib.machinery
import importlib.util
import inspect
import os
import sys
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import FunctionType, ModuleType
from typing import Any, Protocol

from dojo.child import explain
from dojo.child.alike import settle
from dojo.child.arguments import guarded
from dojo.child.beside import beside, keep_to_itself
from dojo.child.forbid import forbidden_use
from dojo.child.recorder import Refusal
from dojo.kata.catalog import Kata, did_you_mean
from dojo.kata.source import why_no_source


@dataclass(frozen=True)
class Answers:
    """What a learner's file has: an answer for each function of the stub, and other names."""

    functions: dict[str, Callable[..., Any] | Refusal]
    names: dict[str, Any] = field(default_factory=dict)


class Execute(Protocol):
    """Executes the files of a kata."""

    def __call__(self, *, kata: Kata, stub: ModuleType, files: tuple[Path, ...]) -> Answers:
        """Return what answers for the functions of the stub."""


def execute_here(
    kata: Kata, stub: ModuleType, files: tuple[Path, ...], home: Path | None = None
) -> Answers:
    """Execute a learner's files in this process; their functions get copies of their arguments.

    Where it has a home, this process becomes as a worker is: alone, in an empty folder.
    """
    found = execute_unguarded(kata, stub, files, home)
    return Answers(guard(stub, found.functions), found.names)


def execute_unguarded(
    kata: Kata, stub: ModuleType, files: tuple[Path, ...], home: Path | None = None
) -> Answers:
    """Execute a learner's files in this process; their functions get a test's own objects."""
    sources: Sequence[Source] = files
    if home is not None:
        mine = frozenset(map(str, files))
        settle(home, kata.root, mine)
        keep_to_itself(kata.module, beside(kata), mine)
        sources = [Copy(str(file), file.read_bytes, home) for file in files]
    try:
        learner = execute(kata.name, sources, kata.facts.forbid, kata.module)
    except Refusal as refusal:
        return Answers(dict.fromkeys(function_names(stub), refusal))
    names = {k: v for k, v in vars(learner).items() if not k.startswith("__")}
    return Answers(answers(stub, learner), names)


def guard(
    stub: ModuleType, found: dict[str, Callable[..., Any] | Refusal]
) -> dict[str, Callable[..., Any] | Refusal]:
    """Have learners' functions work on copies of their arguments."""
    return {
        name: mine
        if isinstance(mine, Refusal)
        else guarded(mine, getattr(stub, name), explain.definition(mine))
        for name, mine in found.items()
    }


def answers(stub: ModuleType, learner: ModuleType) -> dict[str, Callable[..., Any] | Refusal]:
    """Return the learner's function for each of the stub's, or the reason why there is none."""
    found: dict[str, Callable[..., Any] | Refusal] = {}
    for name in function_names(stub):
        mine = find_function(stub, learner, name)
        if not isinstance(mine, Refusal):
            mine = wrong_signature(mine, getattr(stub, name)) or mine
        found[name] = mine
    return found


def function_names(stub: ModuleType) -> list[str]:
    """Name the functions that a stub defines, in their order."""
    return [name for name, value in defined_in(stub).items() if isinstance(value, FunctionType)]


class Source(Protocol):
    """A file to execute: its name, and how to read it."""

    @property
    def name(self) -> str:
        """The last part of its path."""

    def read_bytes(self) -> bytes:
        """Read it."""

    def __fspath__(self) -> str:
        """Where its own code finds it; as a string, it is what tracebacks name."""


class Copy:
    """A file that is executed as if it lay in another folder; tracebacks name the original."""

    def __init__(self, path: str, read: Callable[[], bytes], folder: Path) -> None:
        """Read a file of a path, and put a copy into a folder."""
        self.path, self.read = path, read
        self.name = Path(path).name
        self.place = folder / self.name

    def read_bytes(self) -> bytes:
        """Read it, and make the copy."""
        content = self.read()
        self.place.write_bytes(content)
        return content

    def __fspath__(self) -> str:
        """Return the copy."""
        return str(self.place)

    def __str__(self) -> str:
        """Return the original."""
        return self.path


def execute(
    name: str, files: Sequence[Source], forbidden: Sequence[str], full_name: str = ""
) -> ModuleType:
    """Execute files in one namespace; Refusal, in a sentence, for whatever a file does wrong.

    Under its short `name` a module is found by pickle; its full one is that of a stand-in, from
    which tests import, and by which relative imports know their package.
    """
    module = ModuleType(name)
    module.__file__ = os.fspath(files[-1])
    module.__package__ = full_name.rpartition(".")[0] or None
    sys.modules[name] = module
    for file in files:
        source = b""
        try:
            source = file.read_bytes()
            if why := why_no_source(source):
                raise Refusal("error", f"{file.name} {why}.", f"{file}:1")
            code = compile(source, str(file), "exec", dont_inherit=True)
            use = forbidden_use(importlib.util.decode_source(source), forbidden)
            if use:
                raise Refusal(
                    "forbidden",
                    f"{file.name} uses {use[1]} in line {use[0]}; this kata asks you to write "
                    f"that yourself.",
                    f"{file}:{use[0]}",
                )
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                exec(code, module.__dict__)
        except Refusal as refusal:
            refusal.where = refusal.where or explain.place(refusal, {str(file)})
            raise
        except BaseException as error:
            raise explain.refuse_import(error, str(file), source) from error
    return module


def defined_in(stub: ModuleType) -> dict[str, Any]:
    """Return the functions and classes that a stub itself defines, by name."""
    return {name: value for name, value in vars(stub).items() if is_defined_in(stub, value)}


def is_defined_in(stub: ModuleType, value: Any) -> bool:
    """Tell whether a value is a function or a class that the stub itself defines."""
    if not isinstance(value, FunctionType | type):
        return False
    return value.__module__ == stub.__name__ and not value.__name__.startswith("_")


def find_function(stub: ModuleType, learner: ModuleType, name: str) -> Callable[..., Any] | Refusal:
    """Return a learner's function, or the sentence that says that it is missing."""
    mine = getattr(learner, name, None)
    if callable(mine):
        return mine  # type: ignore[no-any-return]
    others = [k for k, v in vars(learner).items() if isinstance(v, FunctionType)]
    strangers = [k for k in others if not hasattr(stub, k)]
    hint = did_you_mean(name, strangers) if strangers else "Put it back as in the stub."
    file = Path(str(learner.__file__)).name
    what = "has no function" if mine is None else "has something else under the name of"
    return Refusal("error", f"{file} {what} {name}. {hint}")


def wrong_signature(mine: Callable[..., Any], stub: Callable[..., Any]) -> Refusal | None:
    """Return the sentence for a function that cannot be called as the stub's, or None.

    More parameters are allowed where they have defaults; annotations do not matter.
    """
    try:
        got, want = inspect.signature(mine), inspect.signature(stub)
    except (TypeError, ValueError):
        return None
    parameters = list(got.parameters.values())
    wanted = [(p.name, p.kind, repr(p.default)) for p in want.parameters.values()]
    offered = [(p.name, p.kind, repr(p.default)) for p in parameters[: len(wanted)]]
    optional = (inspect.Parameter.VAR_POSITIONAL, inspect.Parameter.VAR_KEYWORD)
    extra = parameters[len(wanted) :]
    if offered == wanted and all(p.kind in optional or p.default is not p.empty for p in extra):
        return None
    return Refusal(
        "error",
        f"{stub.__name__} takes {plain(got)}, but the stub says {plain(want)}; "
        f"put the stub's parameters back.",
        explain.definition(mine),
    )


def plain(signature: inspect.Signature) -> str:
    """Write a signature without its annotations."""
    bare = [p.replace(annotation=p.empty) for p in signature.parameters.values()]
    return str(signature.replace(parameters=bare, return_annotation=signature.empty))
