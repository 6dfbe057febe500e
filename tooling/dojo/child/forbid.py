"""Where a learner's file uses a library that its kata forbids."""

import ast
from collections.abc import Iterator, Sequence
from functools import lru_cache

IMPORTERS = ("__import__", "import_module")


def forbidden_use(source: str, forbidden: Sequence[str]) -> tuple[int, str] | None:
    """Return the line and the dotted name of the first forbidden use in a source, or None.

    Reads `import`, `from ... import`, constant arguments of the import functions, and attributes
    of imported modules. A name put together at run time is the judged worker's business, where
    the library is missing.
    """
    if not forbidden:
        return None
    for line, used in names_used(source):
        for name in forbidden:
            everything = used.endswith("*") and f"{name}.".startswith(used[:-1])
            if everything or f"{used}.".startswith(f"{name}."):
                return line, name
    return None


@lru_cache(4)
def names_used(source: str) -> Sequence[tuple[int, str]]:
    """List line and full dotted name of what a source uses of modules; SyntaxError if it is none.

    A judged worker asks twice of the same file.
    """
    return sorted(dotted_names(ast.parse(source)))


def dotted_names(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Yield line and full dotted name of every import and every attribute of an import."""
    bound: dict[str, str] = {}
    nodes = list(ast.walk(tree))
    for node in nodes:
        if isinstance(node, ast.Import):
            for alias in node.names:
                first = alias.name.partition(".")[0]
                bound[alias.asname or first] = alias.name if alias.asname else first
                yield node.lineno, alias.name
        elif isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                bound[alias.asname or alias.name] = f"{node.module}.{alias.name}"
                yield node.lineno, f"{node.module}.{alias.name}"
    for node in nodes:
        if isinstance(node, (ast.Attribute, ast.Call)):
            used = resolve(node, bound)
            if used:
                yield node.lineno, used


def resolve(node: ast.expr, bound: dict[str, str]) -> str:
    """Return the dotted name that an attribute of an imported module stands for, or ''."""
    if isinstance(node, ast.Name):
        return bound.get(node.id, "")
    if isinstance(node, ast.Call):
        return imported_by_call(node)
    if isinstance(node, ast.Attribute) and (owner := resolve(node.value, bound)):
        return f"{owner}.{node.attr}"
    return ""


def imported_by_call(node: ast.expr) -> str:
    """Return the module that a call of an import function names, or ''."""
    if not isinstance(node, ast.Call):
        return ""
    called = node.func.attr if isinstance(node.func, ast.Attribute) else ""
    called = node.func.id if isinstance(node.func, ast.Name) else called
    if called in IMPORTERS and node.args and isinstance(node.args[0], ast.Constant):
        return str(node.args[0].value)
    return ""
