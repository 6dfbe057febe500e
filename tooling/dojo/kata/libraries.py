"""Which libraries katas use: they are loaded before a run, since that is no learner's time."""

import ast
from collections.abc import Iterable, Sequence
from pathlib import Path

from dojo.kata.catalog import Kata
from dojo.kata.source import parsed

# What is used of the base group, part by part: a package alone does not load its parts.
BASE = (
    "numpy",
    "numpy.testing",
    "pandas",
    "pandas.testing",
    "scipy.stats",
    "scipy.special",
    "scipy.sparse",
    "sklearn.metrics",
    "sklearn.linear_model",
    "sklearn.neighbors",
    "sklearn.impute",
    "sklearn.utils.class_weight",
)


def libraries(katas: Iterable[Kata], *, solutions: bool = False) -> tuple[str, ...]:
    """Name what to load for katas: of the base what their files import, and what else they need.

    Of their files, the authors' are looked at where these are run too.
    """
    used: set[str] = set()
    needs: dict[str, None] = {}
    for kata in katas:
        authors = (kata.reference, *kata.solution.glob("*/*.py")) if solutions else ()
        for path in (kata.pristine, kata.tests, kata.mine, *authors):
            used |= {package_of(module) for module in imported(path)}
        needs |= dict.fromkeys(kata.facts.needs)
    return (*(name for name in BASE if package_of(name) in used), *needs)


def imported(path: Path) -> Sequence[str]:
    """List the modules that a file imports anywhere; one that is no Python imports none."""
    try:
        tree = parsed(path.read_bytes())
    except OSError:
        return []
    modules: list[str] = []
    for node in ast.walk(tree) if tree else ():
        if isinstance(node, ast.Import):
            modules += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            modules.append(node.module)
    return modules


def package_of(module: str) -> str:
    """Name the package at the top of a dotted name."""
    return module.partition(".")[0]
