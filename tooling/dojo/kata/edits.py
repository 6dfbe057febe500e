"""Changes of a source that are written down: what stands there, and what stands there instead."""

import ast
from collections.abc import Iterable

import msgspec


class EditError(Exception):
    """An edit cannot be made; says why, so that it can follow a colon."""


class Edit(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One change: `was` stands in a source, and must occur once; `now` stands there instead."""

    was: str
    now: str


def edited(source: str, edits: Iterable[Edit]) -> str:
    """Return a source with edits made, one after the other; EditError where one fits nowhere."""
    for edit in edits:
        count = source.count(edit.was) if edit.was else 0
        if count != 1:
            times = f"occurs {count} times" if count else "does not occur"
            raise EditError(f"{first_line(edit.was)!r} {times} in it, and must occur once.")
        source = source.replace(edit.was, edit.now)
    return source


def first_line(text: str) -> str:
    """Return the first line of a text that says something."""
    return next((line.strip() for line in text.splitlines() if line.strip()), "")


def laid_over(source: str, change: str) -> str:
    """Put a change, which defines only what it changes, behind a source, in one file.

    Its imports from the source, which are there for type checkers, are left out; what it has from
    `__future__` goes to the top, where alone Python takes it.
    """
    lines = change.splitlines(keepends=True)
    futures = []
    for node in ast.parse(change).body:
        ours = slice(node.lineno - 1, node.end_lineno)
        if is_future(node):
            futures += lines[ours]
        if is_future(node) or is_for_type_checkers(node):
            lines[ours] = [""] * len(lines[ours])
    return "".join([*futures, source.rstrip(), "\n\n\n", *lines])


def is_future(node: ast.stmt) -> bool:
    """Tell whether a statement imports from `__future__`."""
    return isinstance(node, ast.ImportFrom) and node.module == "__future__"


def is_for_type_checkers(node: ast.stmt) -> bool:
    """Tell whether a statement is read by type checkers only."""
    return isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
