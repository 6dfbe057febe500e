"""Which katas exist, and which of them a person means."""

import ast
import difflib
import re
import tomllib
from dataclasses import dataclass, field, fields
from functools import cached_property
from pathlib import Path
from typing import Any

from dojo.errors import UsageError

NAME = re.compile(r"kata(\d\d)_([a-z][a-z0-9_]*)")


@dataclass(frozen=True)
class Facts:
    """What `kata.toml` states about a kata; `timeout` is in seconds a test."""

    title: str
    question: str
    track: str
    level: int
    minutes: int
    learned: str
    needs: list[str] = field(default_factory=list)
    forbid: list[str] = field(default_factory=list)
    timeout: float = 10.0
    points: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Kata:
    """One kata: where its halves lie and what its stub asks for."""

    root: Path
    name: str

    @property
    def number(self) -> int:
        """The two digits of the folder's name, as a number."""
        return int(self.name[4:6])

    @property
    def short(self) -> str:
        """The name a person types: kata07."""
        return self.name[:6]

    @property
    def topic(self) -> str:
        """The name of the module: sample_size."""
        return self.name[7:]

    @property
    def module(self) -> str:
        """The dotted name that tests import: katas.kata07_sample_size.sample_size."""
        return f"katas.{self.name}.{self.topic}"

    @property
    def folder(self) -> Path:
        """The learner's half."""
        return self.root / "katas" / self.name

    @property
    def solution(self) -> Path:
        """The author's half."""
        return self.root / "solutions" / self.name

    @property
    def mine(self) -> Path:
        """The file that the learner edits."""
        return self.folder / f"{self.topic}.py"

    @property
    def tests(self) -> Path:
        """The specification."""
        return self.folder / f"test_{self.topic}.py"

    @property
    def pristine(self) -> Path:
        """The stub as its author wrote it."""
        return self.root / "tooling" / "stubs" / f"{self.name}.py"

    @property
    def reference(self) -> Path:
        """The reference solution."""
        return self.solution / f"{self.topic}.py"

    @cached_property
    def facts(self) -> Facts:
        """What `kata.toml` states; UsageError where it is missing or wrong."""
        return read_facts(self.folder / "kata.toml")

    @cached_property
    def functions(self) -> tuple[str, ...]:
        """The functions that the stub leaves to the learner, in the order of work."""
        try:
            tree = ast.parse(self.pristine.read_text(encoding="utf-8"))
        except (OSError, SyntaxError, UnicodeDecodeError) as error:
            raise UsageError(
                f"The pristine stub {self.pristine} cannot be read ({error}); restore it with git."
            ) from None
        functions = (node for node in tree.body if isinstance(node, ast.FunctionDef))
        return tuple(node.name for node in functions if is_unsolved(node))

    def function_of(self, test_class: str) -> str:
        """Name the function that a test class is about: TestNPerArm is about n_per_arm."""
        return self.by_class.get(test_class, test_class)

    @cached_property
    def by_class(self) -> dict[str, str]:
        """The functions by the names of their test classes."""
        return {camel(name): name for name in self.functions}


def is_unsolved(function: ast.FunctionDef) -> bool:
    """Tell whether a function of a stub is left to the learner."""
    last = function.body[-1]
    raises = isinstance(last, ast.Raise) and "NotImplementedError" in ast.unparse(last)
    return raises and not function.name.startswith("_")


def camel(function: str) -> str:
    """Name the test class of a function: n_per_arm is tested by TestNPerArm."""
    return "Test" + "".join(part.capitalize() for part in function.split("_"))


def read_facts(path: Path) -> Facts:
    """Read and check a `kata.toml`; UsageError names the first thing that is wrong."""
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError:
        raise UsageError(f"{path} is missing; restore it with git.") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"{path} is not valid TOML: {error}.") from None
    known = {f.name: f.type for f in fields(Facts)}
    for key in table:
        if key not in known:
            raise UsageError(f"{path} has an unknown key {key!r}; known are {', '.join(known)}.")
    try:
        facts = Facts(**table)
    except TypeError as error:
        raise UsageError(f"{path} is incomplete: {str(error).partition('() ')[2]}.") from None
    check_types(path, facts)
    return facts


def check_types(path: Path, facts: Facts) -> None:
    """Raise UsageError for the first fact that has the wrong type or range."""
    wanted: dict[str, Any] = {
        "title": str,
        "question": str,
        "track": str,
        "level": int,
        "minutes": int,
        "learned": str,
        "needs": list,
        "forbid": list,
        "timeout": (int, float),
        "points": dict,
    }
    for key, kind in wanted.items():
        if not isinstance(getattr(facts, key), kind):
            raise UsageError(f"{path}: {key} has the wrong type.")
    if not 1 <= facts.level <= 5:
        raise UsageError(f"{path}: level is {facts.level}; it goes from 1 to 5.")
    for function, points in facts.points.items():
        if type(points) not in (int, float) or not 0 <= points < float("inf"):
            raise UsageError(f"{path}: {function} has {points!r} points; give a number from 0.")
    if not facts.timeout > 0:
        raise UsageError(f"{path}: timeout is {facts.timeout}; it must be positive.")


def find_root(start: Path) -> Path:
    """Find the workbook around a folder: the nearest parent that holds `katas/` and a noxfile."""
    for folder in (start, *start.parents):
        if (folder / "katas").is_dir() and (folder / "noxfile.py").is_file():
            return folder
    return Path(__file__).resolve().parents[2]


def katas(root: Path) -> list[Kata]:
    """List the katas of a workbook in their order; a folder of notes is none."""
    folders = (root / "katas").glob("kata*/")
    found = [Kata(root, f.name) for f in sorted(folders) if NAME.fullmatch(f.name)]
    return [k for k in found if k.pristine.exists() or (k.folder / "kata.toml").exists()]


def find(root: Path, word: str) -> Kata:
    """Find the kata that a person means by "7", "kata07", "sample_size" or a path.

    Raises UsageError, with the nearest name, where there is none.
    """
    names: dict[str, Kata] = {}
    for kata in katas(root):
        names |= dict.fromkeys((kata.name, kata.short, kata.topic, str(kata.number)), kata)
    for part in (word, word.lstrip("0"), *reversed(Path(word).parts)):
        if part in names:
            return names[part]
    raise UsageError(f"There is no kata {word!r}. {did_you_mean(word, names)}")


def find_function(kata: Kata, word: str) -> str:
    """Find the function of a kata that a person names; UsageError where there is none."""
    if word in kata.functions:
        return word
    raise UsageError(f"{kata.short} has no function {word!r}. {did_you_mean(word, kata.functions)}")


def did_you_mean(word: str, names: Any) -> str:
    """Name the nearest of some names, or all of them where none is near."""
    near = difflib.get_close_matches(word, list(names), n=1, cutoff=0.7)
    if near:
        return f"Did you mean {near[0]!r}?"
    shown = [n for n in names if not n.isdigit() and not re.fullmatch(r"kata\d\d", n)]
    return f"There are: {', '.join(shown) or 'none yet'}."
