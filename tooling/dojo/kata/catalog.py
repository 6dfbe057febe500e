"""Which katas exist, and which of them a person means."""

import ast
import difflib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from dojo.errors import UsageError
from dojo.kata.decode import read_toml
from dojo.kata.facts import Facts

NAME = re.compile(r"kata(\d\d)_([a-z][a-z0-9_]*)")
NUMBER = re.compile(r"(?:kata_?)?([0-9]{1,4})")


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

    def goes_by(self, word: str) -> bool:
        """Tell whether a person may mean this kata by a word: 7, kata7, a name, a file's name."""
        plain = word.lower().removesuffix(".py").replace("-", "_")
        number = NUMBER.fullmatch(plain)
        return plain in (self.name, self.topic) or bool(number and int(number[1]) == self.number)

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
    def fingerprints(self) -> Path:
        """What its known mistakes return, made by `verify`."""
        return self.folder / "fingerprints.json"

    @property
    def files(self) -> frozenset[str]:
        """The names of the files of the learner's half: no other lies in its folder."""
        prose = ("README.md", "hints.md", "debrief.md")
        return frozenset((*prose, "kata.toml", self.mine.name, self.tests.name))

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
        return read_toml(self.folder / "kata.toml", Facts)

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


def find_root(start: Path) -> Path:
    """Find the workbook around a folder: the nearest parent that holds `katas/` and a noxfile."""
    for folder in (start, *start.parents):
        if (folder / "katas").is_dir() and (folder / "noxfile.py").is_file():
            return folder
    return Path(__file__).resolve().parents[3]


def katas(root: Path) -> list[Kata]:
    """List the katas of a workbook in their order; a folder of notes is none."""
    folders = (root / "katas").glob("kata*/")
    found = [Kata(root, f.name) for f in sorted(folders) if NAME.fullmatch(f.name)]
    return [k for k in found if k.pristine.exists() or (k.folder / "kata.toml").exists()]


def find(root: Path, word: str) -> Kata:
    """Find the kata that a person means by "7", "kata07", "sample_size" or a path.

    Raises UsageError, with the nearest name, where there is none.
    """
    known = katas(root)
    *folders, last = Path(word).parts or ("",)
    # A folder somewhere above that is called 7 does not mean kata07.
    named = (part for part in reversed(folders) if not part.isdigit())
    for part in (last, *named):
        for kata in known:
            if kata.goes_by(part):
                return kata
    shown = ", ".join(kata.name for kata in known) or "none yet"
    near = nearest(word, [name for kata in known for name in (kata.name, kata.topic)])
    raise UsageError(f"There is no kata {word!r}. {near}Katas: {shown}.")


def find_function(kata: Kata, word: str) -> str:
    """Find the function of a kata that a person names; UsageError where there is none."""
    if word in kata.functions:
        return word
    raise UsageError(f"{kata.short} has no function {word!r}. {did_you_mean(word, kata.functions)}")


def did_you_mean(word: str, names: Sequence[str]) -> str:
    """Name the nearest of some names, or all of them where none is near."""
    return nearest(word, names).strip() or f"There are: {', '.join(names)}."


def nearest(word: str, names: Sequence[str]) -> str:
    """Ask whether the nearest of some names was meant; nothing where none is near."""
    near = difflib.get_close_matches(word, names, n=1, cutoff=0.7)
    return f"Did you mean {near[0]!r}? " if near else ""
