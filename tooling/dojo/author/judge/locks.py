"""What a kata forbids is not there in a worker: no module, and no function of one."""

import contextlib
import importlib.abc
import importlib.machinery
import importlib.util
import sys
from collections.abc import Iterable, Sequence
from types import ModuleType

from dojo.child.forbid import names_used
from dojo.child.recorder import Refusal


class Locked(importlib.abc.MetaPathFinder):
    """Refuses to import what a kata forbids, under whatever name it is asked for."""

    def __init__(self, names: Sequence[str]) -> None:
        """Refuse these modules and all below them, and take these functions from their modules."""
        self.names = names
        self.parents = {name.rpartition(".")[0] for name in names}

    def find_spec(
        self, fullname: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        """Refuse, or leave it to the next finder."""
        if is_forbidden(fullname, self.names):
            raise Refusal("forbidden", f"This kata forbids {fullname}: write that yourself.")
        return self.stripped(fullname, path, target) if fullname in self.parents else None

    def stripped(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None
    ) -> importlib.machinery.ModuleSpec | None:
        """Find a module that has forbidden functions; it loses them when it is loaded."""
        others = (f.find_spec for f in sys.meta_path if f is not self)
        spec = next(filter(None, (find(fullname, path, target) for find in others)), None)
        if spec is not None and spec.loader is not None:
            load = spec.loader.exec_module

            def load_and_strip(module: ModuleType) -> None:
                load(module)
                take_away(self.names)

            spec.loader.exec_module = load_and_strip  # type: ignore[method-assign]
        return spec


def lock_out(names: Sequence[str], sources: Iterable[bytes]) -> None:
    """Take away what a kata forbids, for good.

    What the sources import is loaded before: libraries use each other's functions, and one that
    is loaded later may not find what it needs.
    """
    if not names:
        return
    if any(name in vars(sys.modules.get(p, object)) for p, _, name in map(split, names)):
        sources = (*sources, b"from dojo.author.judge.types import arrays, tables")
    for source in sources:
        for name in imported(source):
            if not is_forbidden(name, names):
                with contextlib.suppress(Exception):
                    importlib.import_module(name)
    take_away(names)
    sys.meta_path.insert(0, Locked(names))


def split(name: str) -> tuple[str, str, str]:
    """Split a dotted name before its last part."""
    return name.rpartition(".")


def imported(source: bytes) -> list[str]:
    """List what a source imports, and the attributes that it uses of that."""
    with contextlib.suppress(Exception):
        return [name for _, name in names_used(importlib.util.decode_source(source))]
    return []


def is_forbidden(module: str, names: Sequence[str]) -> bool:
    """Tell whether a module is one of those that are forbidden, or below one."""
    return f"{module}.".startswith(tuple(f"{name}." for name in names))


def take_away(names: Sequence[str]) -> None:
    """Take away loaded modules, and functions from where they are known."""
    taken = {name: loaded(name) for name in names}
    for module in [module for module in sys.modules if is_forbidden(module, names)]:
        del sys.modules[module]
    for name, found in taken.items():
        parent, _, leaf = split(name)
        homes = {parent, getattr(found, "__module__", "")}
        for home in filter(None, map(sys.modules.get, homes)):
            if getattr(home, leaf, None) is found is not None:
                delattr(home, leaf)


def loaded(name: str) -> object:
    """Return the module or the function of a name, if it is loaded."""
    parent, _, leaf = split(name)
    return getattr(sys.modules.get(parent), leaf, None) if parent else sys.modules.get(name)
