"""Small changes of a reference, made by cosmic-ray's operators, that tests must notice."""

import ast
import contextlib
import difflib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from dojo.kata.decode import read_toml
from dojo.kata.edits import Edit


@dataclass(frozen=True)
class Mutant:
    """A reference with one change: `was` and `now` are the changed lines, `function` the place."""

    source: str
    operator: str
    function: str
    line: int
    was: str
    now: str

    def __str__(self) -> str:
        """Say what was changed."""
        return f"line {self.line}: {self.was.strip()}  ->  {self.now.strip()}"


class Survivor(Edit, frozen=True, forbid_unknown_fields=True):
    """A mutant that is known to live: an edit of whole lines, which need not be the only ones."""

    why: str

    def explains(self, mutant: Mutant) -> bool:
        """Tell whether this is the reason why a mutant lives."""
        return (self.was.strip(), self.now.strip()) == (mutant.was.strip(), mutant.now.strip())


class Survivors(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What survivors.toml holds."""

    survivor: tuple[Survivor, ...] = ()


def mutate(source: str) -> tuple[list[Mutant], int]:
    """Make every distinct mutant of a source; also count those that change annotations only."""
    plain = without_annotations(source)
    seen, made, annotations = {plain}, [], 0
    for operator, mutated in variants(source):
        try:
            bare = without_annotations(mutated)
        except SyntaxError:
            continue
        if bare == plain:
            annotations += 1
        elif bare not in seen:
            seen.add(bare)
            made.append(describe(source, mutated, operator))
    return made, annotations


def variants(source: str) -> Iterator[tuple[str, str]]:
    """Yield the operator's name and the mutated source, for every mutation there is."""
    from cosmic_ray.ast import ast_nodes, get_ast
    from cosmic_ray.mutating import mutate_code
    from cosmic_ray.plugins import get_operator, operator_names

    tree = get_ast(source)
    for name in sorted(operator_names()):
        kind = get_operator(name)
        if kind.arguments():
            continue
        operator: Any = kind()
        count = sum(len(list(operator.mutation_positions(node))) for node in ast_nodes(tree))
        for occurrence in range(count):
            # cosmic-ray 8.7 cannot replace the dotted name in `except (KeyError, np.linalg.Error)`.
            with contextlib.suppress(AttributeError):
                if mutated := mutate_code(source, operator, occurrence):
                    yield name, mutated


class Unannotated(ast.NodeTransformer):
    """Takes the annotations out of a syntax tree."""

    def visit_arg(self, node: ast.arg) -> ast.arg:
        """Drop a parameter's annotation."""
        node.annotation = None
        return node

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.FunctionDef:
        """Drop the annotation of what is returned."""
        self.generic_visit(node)
        node.returns = None
        return node

    def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.AST:
        """Keep a field's name and value, and drop its annotation."""
        self.generic_visit(node)
        node.annotation = ast.Constant(None)
        return node


def without_annotations(source: str) -> str:
    """Write a source anew, without annotations, comments and layout; SyntaxError if it is none."""
    return ast.unparse(Unannotated().visit(ast.parse(source)))


def describe(source: str, mutated: str, operator: str) -> Mutant:
    """Find the lines that a mutation changed, and the function that they belong to."""
    before, after = source.splitlines(), mutated.splitlines()
    changes = difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    _, low, high, new_low, new_high = next(c for c in changes if c[0] != "equal")
    return Mutant(
        source=mutated,
        operator=operator,
        function=enclosing(source, low + 1),
        line=low + 1,
        was="\n".join(before[low:high]),
        now="\n".join(after[new_low:new_high]),
    )


def enclosing(source: str, line: int) -> str:
    """Name the top-level function that holds a line, or ''."""
    for node in ast.parse(source).body:
        first = min([node.lineno, *(d.lineno for d in getattr(node, "decorator_list", []))])
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and first <= line <= (
            node.end_lineno or 0
        ):
            return node.name
    return ""


def read_survivors(path: Path) -> list[Survivor]:
    """Read the mutants that are known to live; UsageError where the file is not as it should be."""
    if not path.exists():
        return []
    return list(read_toml(path, Survivors).survivor)
