"""Which file answers a test's import of a learner's module.

`katas.<kata>.<topic>` is answered by this finder. It executes the chosen files one after the other
in one namespace and hands tests a stand-in that has every function of the stub, wrapped by the
recorder: a file that cannot be imported, or lacks a function, makes tests red with a sentence,
and never hides the other functions.
"""

import importlib.abc
import importlib.machinery
import importlib.util
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from types import FunctionType, ModuleType
from typing import NoReturn

from dojo.child.execution import Execute, defined_in, execute, execute_here
from dojo.child.placeholder import Late
from dojo.child.recorder import Recorder, Refusal
from dojo.child.streams import keep_open
from dojo.kata.catalog import Kata

LAYERS = ("mistakes", "alternatives")


def choose(kata: Kata, against: str, file: Path | None) -> tuple[Path, ...]:
    """List the files to execute, in order.

    `against` is "mine", "solutions" or "stub". A file from a solution's mistakes or alternatives
    is executed over the reference, so that it may define only what it changes.
    """
    if file is not None:
        layered = file.parent.parent == kata.solution and file.parent.name in LAYERS
        return (kata.reference, file) if layered else (file,)
    return ({"mine": kata.mine, "solutions": kata.reference, "stub": kata.pristine}[against],)


class Seam(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """The finder and loader of learners' modules."""

    def __init__(
        self,
        katas: Sequence[Kata],
        files: Callable[[Kata], tuple[Path, ...]],
        recorder: Recorder,
        execute: Execute = execute_here,
    ) -> None:
        """Answer for these katas with these files, when `execute` has executed them."""
        self.katas = {kata.module: kata for kata in katas}
        self.files = files
        self.recorder = recorder
        self.executed: set[str] = set()
        self.execute = execute
        self.waiting: list[tuple[Kata, ModuleType, Late]] | None = None

    def find_spec(
        self, fullname: str, path: object = None, target: object = None
    ) -> importlib.machinery.ModuleSpec | None:
        """Answer for a learner's module, and for nothing else."""
        kata = self.katas.get(fullname)
        if kata is None:
            return None
        origin = str(self.files(kata)[-1])
        return importlib.machinery.ModuleSpec(fullname, self, origin=origin)

    def exec_module(self, module: ModuleType) -> None:
        """Execute the chosen files and fill the stand-in, now or when all is bound."""
        kata = self.katas[module.__name__]
        stub = execute(kata.module, (kata.pristine,), ())
        if self.waiting is None:
            self.fill(module, kata, stub)
        else:
            self.waiting.append((kata, stub, Late(module, defined_in(stub))))
        sys.modules[kata.module] = module

    def wait(self) -> None:
        """Give out stand-ins from now on, and execute no file before `bind`."""
        self.waiting = []

    def bind(self, modules: Sequence[ModuleType]) -> None:
        """Execute the files of all stand-ins that were given out, and fill these."""
        waiting, self.waiting = self.waiting or [], None
        for kata, stub, late in waiting:
            real = ModuleType(kata.module)
            self.fill(real, kata, stub)
            sys.modules[kata.module] = late.module
            late.bind(real, modules)

    def fill(self, module: ModuleType, kata: Kata, stub: ModuleType) -> None:
        """Give a stand-in everything that the stub has: the learner's, or the reason why not."""
        files = self.files(kata)
        self.executed.update(map(str, files))
        keep_open()
        learned = self.execute(kata=kata, stub=stub, files=files)
        module.__dict__.update(learned.names)
        for name, original in defined_in(stub).items():
            if isinstance(original, FunctionType):
                answer = learned.functions[name]
                mine = refusing(answer) if isinstance(answer, Refusal) else answer
                setattr(module, name, self.recorder.wrap(mine, original))
            else:
                module.__dict__.setdefault(name, original)


def refusing(refusal: Refusal) -> Callable[..., NoReturn]:
    """Make a function that says, at every call, why there is none."""

    def refuse(*args: object, **kwargs: object) -> NoReturn:
        raise Refusal(refusal.outcome, str(refusal), refusal.where)

    return refuse
