"""What `check` says of an honest file, grading says too: outcome, message, place and print.

Each file of `honest/` is one thing that an honest learner may do. Its docstring says what it is,
how tests end (`Ends:`, if not all pass) and what the first red one says (`Says:`). `Function:`
names another than center; `Beside:` puts a module and data beside the stub, in the folder of the
kata or of the workbook. Where both cannot say the same, the reason stands here.
"""

import ast
import re
import shutil
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from dojo.author.judge.judge import Judge, run_judged
from dojo.kata.catalog import Kata
from dojo.run.cold import run_cold
from dojo.run.request import Request, ask
from dojo.run.verdict import Verdict
from dojo.run.warm import Runner, start_runner

HONEST = sorted((Path(__file__).parent / "honest").glob("*.py"))
FACT = re.compile(r"^(Ends|Says|Function|Beside): (.*)$", re.M)
FREE = """
import subprocess
from pathlib import Path


def center(x):
    if not len(x):
        raise ValueError("x is empty")
    subprocess.run(["true"], check=True)
    assert Path("pyproject.toml").exists()
    return x - x.mean()
"""
HELPER = 'def average(x):\n    """Return the mean."""\n    return x.mean()\n'

WORDS = {
    "both_streams_printed": "a worker's two streams are one file, in the order of their flushes",
    "result_matrix": "what is left of a subclass is the plain array",
}
# In which a mistake is named.
KNOWN = {"known_mistake", "argument_changed"}

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
    return Honest(
        facts.get("Function", "center"), ends, facts.get("Says", ""), facts.get("Beside", "")
    )


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
    return [
        (t.id, t.outcome, t.message, t.relation, t.where, t.printed, *t.calls)
        for t in verdict.tests
    ]


def ends(verdict: Verdict) -> list[tuple[str, str, str]]:
    """Return how each test ended and why."""
    return [(t.id, t.outcome, t.message) for t in verdict.tests]


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory, pristine: Path) -> Iterator[Path]:
    """Return the folder of a workbook, and put a secret into the environment of what runs there."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("REDTEAM_TOKEN", "secret")
        folder = tmp_path_factory.mktemp("parity") / "workbook"
        shutil.copytree(pristine, folder, symlinks=True)
        yield folder


@pytest.fixture(scope="module")
def here(desk: Path) -> Iterator[Runner]:
    """Return what `check` runs a file with, all libraries loaded."""
    with closing(start_runner(desk)) as runner:
        yield runner


@pytest.fixture(scope="module")
def there(desk: Path) -> Iterator[Runner]:
    """Return what grading runs a file with."""
    with closing(Judge(desk, [Kata(desk, "kata01_spread")])) as runner:
        yield runner


def asked(kata: Kata, honest: Honest) -> Request:
    """Ask for the tests of what a file answers; libraries may take their time to load."""
    return replace(ask(kata, 1, functions=(honest.function,)), timeout=60.0, digests="told")


@pytest.mark.parametrize("path", HONEST, ids=lambda path: path.stem)
def test_check_and_grading_say_the_same(path, spread, here, there):
    """The tests of its function end as the file says, and in the same words."""
    honest = hand_in(path, spread)
    request = asked(spread, honest)
    checked, graded = here.run(request)[0], there.run(request)[0]
    red = next((test for test in checked.tests if test.outcome != "passed"), None)

    assert (checked.fault, graded.fault) == ("", "")
    assert ends(checked) == ends(graded)
    assert (told(checked) == told(graded)) == (path.stem not in WORDS)
    assert checked.diagnosis == graded.diagnosis
    assert bool(checked.diagnosis) == (path.stem in KNOWN)
    assert {test.outcome for test in checked.tests} - {"passed"} == honest.ends - {"passed"}
    assert honest.says in (red.message if red else "")


@pytest.mark.parametrize("name", ["process_pool", "helper_relative", "data_beside", "thread_pool"])
def test_a_run_that_is_started_afresh_says_so_too(name, spread):
    """What is refused depends on no warm process."""
    path = Path(__file__).parent / "honest" / f"{name}.py"
    request = asked(spread, hand_in(path, spread))
    checked, graded = run_cold(request)[0], run_judged(request)[0]

    assert told(checked) == told(graded)
    assert {test.outcome for test in checked.tests} - {"passed"} == described(path).ends - {
        "passed"
    }


def test_pytest_passed_through_is_left_alone(spread, dojo):
    """Who debugs may start what they like, and works in the workbook's folder."""
    spread.mine.write_text(FREE)
    done = dojo("check", "kata01", "center", "-v")

    assert done.returncode == 0, done.stdout + done.stderr


def test_every_exception_to_the_rule_has_its_file():
    """A list that nothing reads would grow old."""
    assert WORDS.keys() | KNOWN <= {path.stem for path in HONEST}
