"""What `check` says of an honest file, grading says too: outcome, message, place and print.

Each file of `honest/` is one thing that an honest learner may do. Its docstring says what it is,
how tests end (`Ends:`, if not all pass) and what the first red one says (`Says:`). `Function:`
names another than center; `Beside:` puts a module and data beside the stub, in the folder of the
kata or of the workbook. Where both cannot say the same, the reason stands here.
"""

import ast
import re
from dataclasses import dataclass
from pathlib import Path

import pytest
from dojo.catalog import Kata
from dojo.request import ask
from dojo.run import run_cold
from dojo.verdict import Verdict

HONEST = sorted((Path(__file__).parent / "honest").glob("*.py"))
FACT = re.compile(r"^(Ends|Says|Function|Beside): (.*)$", re.M)
HELPER = 'def average(x):\n    """Return the mean."""\n    return x.mean()\n'

pytestmark = pytest.mark.timeout(120)


@dataclass(frozen=True)
class Honest:
    """What an honest file says of itself."""

    function: str
    ends: set[str]
    says: str
    beside: str


def described(path: Path) -> Honest:
    """Read what an honest file says of itself."""
    docstring = ast.get_docstring(ast.parse(path.read_bytes())) or ""
    facts = dict(FACT.findall(docstring))
    ends = set(facts.get("Ends", "passed").split())
    return Honest(facts.get("Function", "center"), ends, facts.get("Says", ""), facts.get("Beside", ""))


def hand_in(path: Path, kata: Kata) -> Honest:
    """Put a file in the stub's place, and what it needs beside it."""
    honest = described(path)
    text = path.read_text(encoding="utf-8")
    kata.mine.write_text(text.replace("{workbook}", str(kata.root)), encoding="utf-8")
    folders = {"kata": kata.folder, "workbook": kata.root}
    if honest.beside:
        folder = folders[honest.beside]
        (folder / "helper.py").write_text(HELPER)
        (folder / "data.csv").write_text("0\n")
    return honest


def told(verdict: Verdict) -> list[tuple[str, ...]]:
    """Return what a person may read of each test."""
    return [(t.id, t.outcome, t.message, t.where, t.printed, *t.calls) for t in verdict.tests]


@pytest.mark.parametrize("path", HONEST, ids=lambda path: path.stem)
def test_check_and_grading_say_the_same(path, spread, warm, judged, monkeypatch):
    """The tests of its function end as the file says, and in the same words."""
    honest = hand_in(path, spread)
    request = ask(spread, 1, functions=(honest.function,))
    here, there = warm(spread, request)[0], judged(spread, request)
    red = next((test for test in here.tests if test.outcome != "passed"), None)

    assert (here.fault, there.fault) == ("", "")
    assert told(here) == told(there)
    assert {test.outcome for test in here.tests} - {"passed"} == honest.ends - {"passed"}
    assert honest.says in (red.message if red else "")
