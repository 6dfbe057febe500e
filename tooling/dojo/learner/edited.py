"""Which functions of a file a save has changed."""

import ast
from collections.abc import Mapping
from pathlib import Path


def sources(path: Path) -> dict[str, str]:
    """Return the functions of a file by name, without comments and blank lines.

    Nothing of a file that cannot be read as Python.
    """
    try:
        tree = ast.parse(path.read_bytes())
    except (OSError, SyntaxError, ValueError, RecursionError, MemoryError):
        return {}
    functions = [node for node in tree.body if isinstance(node, ast.FunctionDef)]
    return {function.name: ast.dump(function) for function in functions}


def changed(before: Mapping[str, str], now: Mapping[str, str]) -> list[str]:
    """List the functions that are new or other than before, in the order of the file."""
    return [name for name, source in now.items() if before.get(name) != source]
