"""Gradebooks to report on: real verdicts, hostile learners, and a large cohort."""

import ast
import random
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import pytest
from dojo.author.grade.gradebook import Entry, Gradebook, Learner
from dojo.kata import catalog
from dojo.kata.catalog import Kata
from dojo.run.cold import run_cold
from dojo.run.request import ask
from dojo.run.verdict import TestResult, Verdict

HERE = Path(__file__).parent
ROOT = HERE.parents[2]

QUIET = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

# What a learner may choose: the name, and whatever the code says or prints.
NASTY = (
    "<script>document.title = 'owned'</script>",
    "<img src=x onerror=\"document.title = 'owned'\">",
    "</title></style></pre><h1>owned</h1>",
    '=HYPERLINK("https://owned.example","x")',
    "+cmd|' /C calc'!A0",
    "@SUM(A1)",
    "-2+3",
    "\t=1+1",
    "\r=1+1",
    "two\nlines\r\n=1+1",
    "a;=1+1",
    "\x1b]52;c;b3duZWQ=\x07\x1b[2J",
    "a\u202ecod.exe",
    "ann\u3164\u115f\u2800\u034f\ufe0f\U000e0100\U000e0041",
    "ann\u2060\u200b\u2066\u200f\ufeff",
    "Z" + 40 * "\u0351\u0489",
    "\n::error::owned",
    "[owned](javascript:alert(1))",
    "![owned](https://owned.example/x.png)",
    "`` ` ```` owned <b>owned</b>",
    "```\n# owned\n<script>document.title = 'owned'</script>",
    "~~~\n\n    <b>owned</b>",
    "a | b \\| c || https://owned.example @owned owned@owned.example",
    "]]></failure><!-- &lol; {{ 7 * 7 }} {% raw %}",
    "\x00\x0b\ud800\uffff",
    "../../owned",
    "a/b",
    "C:\\owned",
    "CON",
    "",
    " ",
    "Ann",
    "ann",
    "😀 Zoë 李",
    "x" * 300,
)


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> tuple[Kata, Kata]:
    """Return the two katas of a small workbook that nobody else changes."""
    root = tmp_path_factory.mktemp("reports") / "workbook"
    shutil.copytree(HERE.parent / "workbook", root, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", root)
    return Kata(root, "kata01_spread"), Kata(root, "kata02_runs")


@pytest.fixture(scope="session")
def real(small: tuple[Kata, Kata]) -> Callable[[str], Verdict]:
    """Return `real(mistake)`: the verdict on a mistake of the first kata, of a real run."""
    kata = small[0]

    @cache
    def run(mistake: str) -> Verdict:
        file = kata.solution / "mistakes" / f"{mistake}.py" if mistake else None
        return run_cold(ask(kata, 1, against="solutions", file=file, digests="told"))[0]

    return run


@pytest.fixture(scope="session")
def cohort(small: tuple[Kata, Kata], real: Callable[[str], Verdict]) -> Gradebook:
    """Return a small cohort: ann is done, ben and eve are not, and others have no verdict."""
    spread, runs = small
    broken = replace(real(""), fault="The tests cannot be collected.")
    entries = [
        Entry("ann", spread.name, "graded", verdict=real("")),
        Entry("ben", spread.name, "graded", verdict=real("population")),
        Entry("eve", spread.name, "untouched"),
        Entry("kim", spread.name, "unreadable", "The fork cannot be cloned."),
        Entry("lea", spread.name, "fault", "The tests cannot be collected.", broken),
        Entry("tom", spread.name, "graded", verdict=real("in_place")),
        Entry("ann", runs.name, "untouched"),
        Entry("ben", runs.name, "missing", "The fork has no katas/kata02_runs/runs.py."),
        Entry("eve", runs.name, "refused", "The file is a symbolic link."),
        Entry("kim", runs.name, "unreadable", "The fork cannot be cloned."),
        Entry("lea", runs.name, "untouched"),
        Entry("tom", runs.name, "untouched"),
    ]
    names = ("ann", "ben", "eve", "kim", "lea", "tom")
    learners = tuple(Learner(name, f"forks/{name}") for name in names)
    return Gradebook(7, "bubblewrap", "0.1.0", small, learners, tuple(entries))


@pytest.fixture(scope="session")
def hostile(small: tuple[Kata, Kata], real: Callable[[str], Verdict]) -> Gradebook:
    """Return a cohort whose names, messages, calls, output and reasons are all hostile."""
    spread, runs = small
    learners = tuple(Learner(name, name) for name in NASTY)
    entries = []
    for text in NASTY:
        graded = replace(real("population"), tests=spoiled(real("population").tests, text))
        entries.append(Entry(text, spread.name, "graded", verdict=graded))
        entries.append(Entry(text, runs.name, "refused", f"The file is called {text}."))
    return Gradebook(7, "bubblewrap", "0.1.0", small, learners, tuple(entries))


def spoiled(tests: tuple[TestResult, ...], text: str) -> tuple[TestResult, ...]:
    """Have every red test say what a learner wants it to say."""
    said = {"message": text, "calls": (f"spread({text})", text), "printed": f"{text}\n{text}"}
    return tuple(t if t.outcome == "passed" else replace(t, **said) for t in tests)


@pytest.fixture(scope="session")
def crowd() -> Callable[[int], Gradebook]:
    """Return `crowd(n)`: so many learners of all the project's katas, stronger and weaker."""
    katas = tuple(catalog.katas(ROOT))

    def make(count: int) -> Gradebook:
        chance = random.Random(1)
        learners = tuple(Learner(f"learner{n:03}", f"forks/{n}") for n in range(count))
        entries = tuple(
            guessed(learner, kata, chance, skill)
            for learner in learners
            for skill in [chance.random()]
            for kata in katas
        )
        return Gradebook(1, "bubblewrap", "0.1.0", katas, learners, entries)

    return make


def guessed(learner: Learner, kata: Kata, chance: random.Random, skill: float) -> Entry:
    """Make up a result: the stronger the learner, the more tests pass."""
    kind = chance.random()
    if kind < 0.15:
        return Entry(learner.name, kata.name, "untouched")
    if kind < 0.17:
        return Entry(learner.name, kata.name, "missing", f"The fork has no {kata.topic}.py.")
    if kind < 0.18:
        return Entry(learner.name, kata.name, "fault", "The sandbox did not start.")
    written = [f for f in kata.functions if chance.random() < 0.3 + skill]
    right = [f for f in written if chance.random() < 0.2 + 0.8 * skill]
    tests = tuple(
        replace(
            test,
            outcome="not_started"
            if test.function not in written
            else "failed"
            if test.function not in right and chance.random() < 0.4
            else "passed",
            message="came back  1555\nexpected   3077",
            calls=(f"{test.function}(0.01, 0.02) -> 1555",),
        )
        for test in specification(kata)
    )
    verdict = Verdict(kata.name, "mine", 1, "bubblewrap", kata.functions, tests)
    return Entry(learner.name, kata.name, "graded", verdict=verdict)


@cache
def specification(kata: Kata) -> tuple[TestResult, ...]:
    """List the tests of a kata as its file has them."""
    tree = ast.parse(kata.tests.read_text(encoding="utf-8"))
    return tuple(
        TestResult(
            id=f"{group.name}::{test.name}",
            function=kata.function_of(group.name),
            rule=test.name.removeprefix("test_").replace("_", " "),
            why=" ".join((ast.get_docstring(test) or "").split()),
            outcome="passed",
            where=f"{kata.tests.relative_to(ROOT)}:{test.lineno}",
        )
        for group in tree.body
        if isinstance(group, ast.ClassDef)
        for test in group.body
        if isinstance(test, ast.FunctionDef)
    )


class Elements(HTMLParser):
    """The elements of a page, each with its attributes and text, in their order."""

    def __init__(self, text: str) -> None:
        """Read a page."""
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element."""
        self.found.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        """Note a text."""
        self.texts.append(data)

    @property
    def tags(self) -> set[str]:
        """The kinds of elements."""
        return {tag for tag, _ in self.found}

    @property
    def text(self) -> str:
        """All texts in one."""
        return "".join(self.texts)

    def all(self, tag: str) -> list[dict[str, str | None]]:
        """List the attributes of all elements of one kind."""
        return [attributes for name, attributes in self.found if name == tag]


@pytest.fixture(scope="session")
def browse(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Elements]:
    """Return `browse(page, hash)`: what a browser makes of a page, its script run.

    Its own files are made once; it looks at a page once in each view, which nobody may change.
    """
    names = ("chromium", "chromium-browser", "google-chrome")
    browser = next(filter(None, map(shutil.which, names)), None)
    if browser is None:
        pytest.fail("These tests look at pages in Chromium: install it, as `chromium`.")
    own = tmp_path_factory.mktemp("browser")

    @cache
    def dump(page: Path, view: str = "") -> Elements:
        command = [browser, *QUIET, f"--user-data-dir={own}", "--dump-dom", page.as_uri() + view]
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        return Elements(done.stdout.decode())

    return dump


@pytest.fixture
def parse() -> Callable[[str], Elements]:
    """Return `parse(text)`: the elements of a text, no script run."""
    return Elements
