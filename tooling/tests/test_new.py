"""`new`: both halves of a kata, and `verify` says what is left to write."""

import subprocess
import sys

import pytest
from dojo.author.verify.verify import CHECKS, prove
from dojo.author.verify.workbench import Bench
from dojo.kata import catalog
from dojo.kata.catalog import Kata
from dojo.run.pool import Pool
from dojo.run.request import ask

pytestmark = pytest.mark.timeout(120)


@pytest.fixture
def new(dojo, workbook):
    """Scaffold a kata, and return what was printed."""
    done = dojo("new", "kata03_p_values")
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def test_every_file_of_both_halves_is_there(new, workbook):
    """Each is named as it is made."""
    made = [row for row in new.splitlines() if "/" in row and " " not in row]

    assert sorted(made) == [
        "katas/kata03_p_values/README.md",
        "katas/kata03_p_values/debrief.md",
        "katas/kata03_p_values/hints.md",
        "katas/kata03_p_values/kata.toml",
        "katas/kata03_p_values/p_values.py",
        "katas/kata03_p_values/test_p_values.py",
        "solutions/kata03_p_values/blind.md",
        "solutions/kata03_p_values/mistakes.toml",
        "solutions/kata03_p_values/p_values.py",
        "solutions/kata03_p_values/survivors.toml",
        "solutions/kata03_p_values/test_oracles.py",
        "tooling/stubs/kata03_p_values.py",
    ]
    assert all((workbook / path).is_file() for path in made)
    assert "nox -s verify -- kata03" in new


def test_the_kata_is_one_of_the_workbook_s(new, workbook, dojo):
    """It can be found, checked and reset like any other."""
    kata = catalog.find(workbook, "p_values")
    done = dojo("check", "kata03")

    assert kata.functions == ("answer",)
    assert kata.mine.read_bytes() == kata.pristine.read_bytes()
    assert (done.returncode, done.stderr) == (1, "")
    assert "Write answer first" in done.stdout


def test_the_first_test_is_not_started(new, workbook, warm):
    """The scaffold keeps the rule that it asks of others."""
    kata = Kata(workbook, "kata03_p_values")
    verdict = warm(ask(kata, 1, against="stub"))[0]

    assert [t.outcome for t in verdict.tests] == ["not_started"]


def test_verify_says_what_is_left_to_write(new, workbook, warm_runner, sandboxed, tmp_path):
    """Every empty file, missing folder, hint and alternative; no proof crashes."""
    kata = Kata(workbook, "kata03_p_values")
    workers = Pool([warm_runner])
    found = prove(Bench(kata, workers, tmp_path, judges=lambda: Pool([sandboxed])), CHECKS)
    said = "\n".join(problem for proof in found for problem in proof.problems)

    for part in (
        "kata03_p_values/README.md is empty.",
        "kata03_p_values/debrief.md is empty.",
        "debrief.md has no line that begins with **The trap.**: write it below the title.",
        "kata03_p_values/hints.md is empty.",
        "kata03_p_values/blind.md is empty.",
        "kata03_p_values/alternatives is missing.",
        "kata03_p_values/mistakes.toml names no mistake.",
        "kata.toml: question is empty.",
        "hints.md has 0 rungs for answer; write 3.",
        "no alternative redefines answer",
        "the stub of answer shows no example.",
        "solutions is red under seed 1",
        "the oracles do not agree",
    ):
        assert part in said, part
    assert "could not be checked" not in said


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("kata01_other", "kata01_spread is there already; choose another number and topic."),
        ("kata09_spread", "kata01_spread is there already; choose another number and topic."),
        ("p_values", "'p_values' is not a kata's name; write it like kata08_p_values."),
        ("kata3_short", "is not a kata's name"),
        ("kata03_Upper", "is not a kata's name"),
        ("kata03_", "is not a kata's name"),
        ("../kata03_out", "is not a kata's name"),
        ("kata03_a/b", "is not a kata's name"),
        ("", "is not a kata's name"),
    ],
)
def test_a_name_that_is_taken_or_none_makes_no_file(dojo, workbook, name, sentence):
    """Exit code 2 and a sentence."""
    before = sorted(p for p in workbook.rglob("*") if "__pycache__" not in p.parts)
    done = dojo("new", name)
    after = sorted(p for p in workbook.rglob("*") if "__pycache__" not in p.parts)

    assert (done.returncode, done.stdout) == (2, "")
    assert sentence in done.stderr
    assert after == before


@pytest.mark.parametrize("name", ["kata03_numpy", "kata03_answer"])
def test_a_topic_may_be_the_name_of_something_else(dojo, workbook, warm, name):
    """A library's name, or that of the function."""
    dojo("new", name)
    kata = Kata(workbook, name)

    assert [t.outcome for t in warm(ask(kata, 1))[0].tests] == ["not_started"]


def test_a_topic_is_no_keyword(dojo, workbook):
    """`from katas.kata03_class.class import answer` is not Python."""
    done = dojo("new", "kata03_class")

    assert done.returncode == 2
    assert not (workbook / "katas" / "kata03_class").exists()


def test_the_scaffold_is_written_as_the_linter_wants_it(new, workbook):
    """What a new kata starts with breaks no rule of the project."""
    folders = [str(workbook / half / "kata03_p_values") for half in ("katas", "solutions")]
    check = [sys.executable, "-m", "ruff", "check", "--no-cache", *folders]
    form = [sys.executable, "-m", "ruff", "format", "--no-cache", "--check", *folders]

    for command in (check, form):
        done = subprocess.run(command, cwd=workbook, capture_output=True, text=True)
        assert done.returncode == 0, done.stdout
