"""A known wrong answer, and what it says about itself."""

import ast
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TypeGuard

from dojo.catalog import Kata

FAILS = re.compile(r"^Fails: (?P<test>Test\w+::test_\w+)(?P<error> \(error\))?$", re.M)
SEEN_FIRST = re.compile(r"^Seen first: (?P<test>Test\w+::test_\w+)$", re.M)


@dataclass(frozen=True)
class Mistake:
    """A mistake's file: the misconception, the test that must fail, and how it must end.

    `seen_first` is another test that a learner sees first, where the author has read its report.
    `problem` says what is wrong with the file's docstring; then the rest is empty.
    """

    path: Path
    misconception: str = ""
    test: str = ""
    outcome: str = "failed"
    seen_first: str = ""
    changed: frozenset[str] = frozenset()
    problem: str = ""


def mistakes(kata: Kata) -> list[Mistake]:
    """Read the mistakes of a kata, in the order of their names."""
    return [read(path) for path in sorted((kata.solution / "mistakes").glob("*.py"))]


def read(path: Path) -> Mistake:
    """Read one mistake."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    doc = ast.get_docstring(tree) or ""
    found = FAILS.search(doc)
    if not found:
        text = (
            "its docstring has no line 'Fails: TestName::test_name' (add ' (error)' if it raises)"
        )
        return Mistake(path, problem=text)
    return Mistake(
        path,
        misconception=doc.splitlines()[0],
        test=found["test"],
        outcome="error" if found["error"] else "failed",
        seen_first=first["test"] if (first := SEEN_FIRST.search(doc)) else "",
        changed=defined(tree),
    )


def defined(tree: ast.Module) -> frozenset[str]:
    """List the names that a file defines at its top level."""
    functions = {n.name for n in tree.body if isinstance(n, ast.FunctionDef | ast.ClassDef)}
    assigned = {
        t.id
        for n in tree.body
        if isinstance(n, ast.Assign)
        for t in n.targets
        if isinstance(t, ast.Name)
    }
    return frozenset(functions | assigned)


def is_use(node: ast.AST) -> TypeGuard[ast.Name]:
    """Tell whether a node reads a name; a field of a dataclass only sets one."""
    return isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)


def users(reference: Path, changed: frozenset[str]) -> frozenset[str]:
    """List the names of a reference that use any of some names, directly or through others."""
    tree = ast.parse(reference.read_text(encoding="utf-8"))
    mentions = {
        node.name: {n.id for n in ast.walk(node) if is_use(n)}
        for node in tree.body
        if isinstance(node, ast.FunctionDef | ast.ClassDef)
    }
    reached = set(changed)
    while more := {name for name, used in mentions.items() if used & reached} - reached:
        reached |= more
    return frozenset(reached)
