"""Modules that lie beside a learner's file: they are not handed in, so nothing may import them."""

import importlib.abc
import importlib.machinery
import sys
from collections.abc import Collection, Mapping, Sequence
from types import ModuleType

from dojo.kata.catalog import Kata

FOLDERS = ("katas", "solutions")


def beside(kata: Kata) -> dict[str, str]:
    """Return the modules of the kata's folder and of the workbook's: their names and files."""
    files = [path for folder in (kata.root, kata.folder) for path in folder.glob("*.py")]
    packages = [path.parent for path in kata.root.glob("*/__init__.py")]
    return {path.stem: path.name for path in (*packages, *files) if path != kata.mine}


class Beside(importlib.abc.MetaPathFinder):
    """Refuses to import for a learner's file what is not handed in with it."""

    def __init__(self, files: Mapping[str, str], mine: Collection[str]) -> None:
        """Refuse to code of the files `mine` the modules that lie beside it: names and files."""
        self.files = files
        self.mine = mine

    def find_spec(
        self, fullname: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        """Refuse, or find a library of the name, or leave it to the next finder."""
        first, last = fullname.partition(".")[0], fullname.rpartition(".")[2]
        if first not in {*self.files, *FOLDERS} - sys.stdlib_module_names or not self.is_asked():
            return None
        if first not in FOLDERS:
            found = importlib.machinery.PathFinder.find_spec(fullname, path or libraries())
            if found is not None:
                return found
        what = self.files.get(last, fullname)
        # Without a name: Python looks for an attribute of this name first, and tells of that.
        raise ModuleNotFoundError(
            f"{what} is not handed in, only your own file is; put what you need of it there"
        )

    def is_asked(self) -> bool:
        """Tell whether it is the learner's file that imports."""
        frame = sys._getframe(2)
        while frame.f_back is not None and "importlib" in frame.f_code.co_filename:
            frame = frame.f_back
        return frame.f_code.co_filename in self.mine


def libraries() -> list[str]:
    """List the folders that Python's own modules and installed ones lie in."""
    bases = (sys.prefix, sys.base_prefix)
    return [path for path in sys.path if path.startswith(bases) or "site-packages" in path]


def keep_to_itself(module: str, files: Mapping[str, str], mine: Collection[str]) -> None:
    """Let a learner's module import nothing from beside it, by whatever name.

    Relative imports and full names find their package, and nothing in it.
    """
    package = module.rpartition(".")[0]
    for name in (package.partition(".")[0], package):
        if name not in sys.modules:
            sys.modules[name] = made = ModuleType(name)
            made.__path__ = []
    sys.meta_path.insert(0, Beside(files, mine))
