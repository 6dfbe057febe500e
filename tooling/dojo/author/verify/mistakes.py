"""Known wrong answers: `mistakes.toml` says what each is, and how it differs from the reference."""

import ast
import re
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Literal, TypeGuard

import msgspec

from dojo.errors import UsageError
from dojo.kata.catalog import Kata, did_you_mean
from dojo.kata.decode import read_toml
from dojo.kata.edits import Edit, EditError, edited, laid_over
from dojo.kata.hints import RUNGS

# Two sentences: what was done, and what it costs.
LONGEST = 240
NAME = re.compile(r"[a-z][a-z0-9_]*")
TEST = re.compile(r"Test\w+::test_\w+")


class Mistake(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One misconception: what is said of it, the test that must fail, and what it changes.

    The change is one edit of the reference, `was` and `now`, or several, each an `edit`; `base`
    names an alternative that is edited instead. Without any of these it is a file of its own in
    `mistakes/`, which is executed over the reference. `rung` is that of the hints at which somebody
    who makes it begins. `ends` is how the test ends; `seen_first`
    is another test that a learner sees first, where the author has read its report.
    """

    name: str
    says: Annotated[str, msgspec.Meta(max_length=LONGEST)]
    fails: str
    rung: Annotated[int, msgspec.Meta(ge=1, le=RUNGS)] = 1
    ends: Literal["failed", "error"] = "failed"
    seen_first: str = ""
    base: str = ""
    was: str = ""
    now: str = ""
    edit: tuple[Edit, ...] = ()

    @property
    def edits(self) -> tuple[Edit, ...]:
        """Its edits, in the order in which they are made."""
        return (Edit(self.was, self.now), *self.edit) if self.was else self.edit

    def source(self, kata: Kata) -> str:
        """Return what a learner who makes it hands in; EditError where an edit does not fit."""
        reference = kata.reference.read_text(encoding="utf-8")
        if not self.edits:
            return laid_over(reference, read(self.file(kata), "write it, or an edit"))
        if not self.base:
            return edited(reference, self.edits)
        return laid_over(reference, edited(self.based_on(kata), self.edits))

    def changed(self, kata: Kata) -> frozenset[str]:
        """Name what it defines in another way than what it is based on does."""
        reference = kata.reference.read_text(encoding="utf-8")
        based = laid_over(reference, self.based_on(kata)) if self.base else reference
        before, after = definitions(based), definitions(self.source(kata))
        return frozenset(name for name, code in after.items() if before.get(name) != code)

    def based_on(self, kata: Kata) -> str:
        """Read the alternative that it edits; EditError where there is none."""
        path = kata.solution / "alternatives" / f"{self.base}.py"
        return read(path, "name another base")

    def file(self, kata: Kata) -> Path:
        """Return where the code of a mistake without edits lies."""
        return kata.solution / "mistakes" / f"{self.name}.py"


class Mistakes(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What mistakes.toml holds."""

    mistake: tuple[Mistake, ...] = ()


def path_of(kata: Kata) -> Path:
    """Return where the mistakes of a kata stand."""
    return kata.solution / "mistakes.toml"


def mistakes(kata: Kata) -> Sequence[Mistake]:
    """Read the mistakes of a kata, in their order; UsageError for a file that errs."""
    path = path_of(kata)
    if not path.exists():
        return ()
    found = read_toml(path, Mistakes).mistake
    names = [mistake.name for mistake in found]
    for number, mistake in enumerate(found):
        if problem := form_problem(mistake, names[:number]):
            where = f"{kata.solution.name}/{path.name}, mistake {number + 1}"
            raise UsageError(f"{where}: {problem}")
    return found


def form_problem(mistake: Mistake, before: Sequence[str]) -> str:
    """Say what is wrong with what a mistake says of itself, or return ''."""
    if not NAME.fullmatch(mistake.name):
        return f"its name {mistake.name!r} is none; write it like one_variance_for_both_arms."
    if mistake.name in before:
        return f"the name {mistake.name} is taken by another one."
    if not mistake.says:
        return f"{mistake.name} says nothing; say what was done, and what it costs."
    for test in filter(None, (mistake.fails, mistake.seen_first)):
        if not TEST.fullmatch(test):
            return f"{mistake.name} names {test!r}; write a test as TestName::test_name."
    if not mistake.fails:
        return f"{mistake.name} names no test that fails."
    if mistake.now and not mistake.was:
        return f"{mistake.name} says what is there `now`, and not what `was`."
    if mistake.base and not mistake.edits:
        return f"{mistake.name} has a base, and no edit of it."
    return ""


def find(kata: Kata, name: str) -> Mistake:
    """Return the mistake of a name; UsageError, with a guess, if there is none."""
    known = {mistake.name: mistake for mistake in mistakes(kata)}
    if name not in known:
        hint = did_you_mean(name, list(known))
        raise UsageError(f"{kata.short} has no mistake {name!r}. {hint}")
    return known[name]


def write(mistake: Mistake, kata: Kata, folder: Path) -> Path:
    """Write a mistake as a learner's file into a folder; EditError where an edit does not fit."""
    path = folder / kata.name / f"{mistake.name}.py"
    source = mistake.source(kata)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(source, encoding="utf-8")
    return path


@contextmanager
def handed_in(kata: Kata, name: str) -> Iterator[Path]:
    """Write a mistake as a learner's file, for the block; UsageError where that cannot be."""
    mistake = find(kata, name)
    with tempfile.TemporaryDirectory(prefix="dojo-") as folder:
        try:
            path = write(mistake, kata, Path(folder))
        except EditError as error:
            raise UsageError(f"{name}: {error}") from None
        yield path


def read(path: Path, advice: str) -> str:
    """Read a source; EditError, with what to do, where there is none."""
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise EditError(f"there is no {path.parent.name}/{path.name}: {advice}.") from None


def definitions(source: str) -> dict[str, str]:
    """Return the code of each name that a source defines at its top level, without layout."""
    found: dict[str, str] = {}
    for node in ast.parse(source).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            found[node.name] = ast.dump(node)
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            found |= {t.id: ast.dump(node) for t in targets if isinstance(t, ast.Name)}
    return found


def is_use(node: ast.AST) -> TypeGuard[ast.Name]:
    """Tell whether a node reads a name; a field of a dataclass only sets one."""
    return isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)


def users(source: str, changed: frozenset[str]) -> frozenset[str]:
    """List the names of a source that use any of some names, directly or through others."""
    tree = ast.parse(source)
    mentions: dict[str, set[str]] = {}
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            used = {n.id for n in ast.walk(node) if is_use(n)}
            mentions[node.name] = mentions.get(node.name, set()) | used
    reached = set(changed)
    while more := {name for name, used in mentions.items() if used & reached} - reached:
        reached |= more
    return frozenset(reached)
