"""Which functions of a file a save has changed."""

import ast
from collections.abc import Mapping
from pathlib import Path

from dojo.kata.source import parsed


def sources(path: Path) -> dict[str, str]:
    """Return the lines of the functions of a file by name; none where it is not Python."""
    try:
        source = path.read_bytes().decode(errors="replace")
    except OSError:
        return {}
    if (tree := parsed(source)) is None:
        return {}
    rows = source.splitlines()
    functions = [node for node in tree.body if isinstance(node, ast.FunctionDef)]
    return {f.name: "\n".join(rows[f.lineno - 1 : f.end_lineno]) for f in functions}


def changed(before: Mapping[str, str], now: Mapping[str, str]) -> list[str]:
    """List the functions that are new or other than before, in the order of the file."""
    return [name for name, source in now.items() if before.get(name) != source]
