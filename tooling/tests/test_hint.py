"""`hint`: one rung after the other, as far as the journal remembers."""

import shutil

import pytest
from dojo.kata.hints import read_hints
from dojo.learner import journal

pytestmark = pytest.mark.timeout(120)


def test_each_call_goes_one_rung_further(dojo, workbook):
    """Three rungs; the last is shown again, which is no further hint, with the way onwards."""
    shown = [dojo("hint", "kata01", "center") for _ in range(4)]

    assert [done.returncode for done in shown] == [0] * 4
    assert [done.stdout.splitlines()[0] for done in shown] == [
        "kata01 center, hint 1 of 3",
        "kata01 center, hint 2 of 3",
        "kata01 center, hint 3 of 3",
        "kata01 center, hint 3 of 3",
    ]
    assert "What is the sum of the values after centering?" in shown[0].stdout
    assert "Refuse an empty x" in shown[2].stdout.replace("`", "")
    assert "nox -s solution -- kata01" not in shown[1].stdout
    assert shown[3].stdout.endswith(
        "That was the last one. The reference: nox -s solution -- kata01\n"
    )
    assert journal.read(workbook)["kata01_spread"].hints == {"center": 3}


def test_the_last_hint_leads_to_no_reference_that_is_not_there(dojo, workbook):
    """The learner's edition has none."""
    shutil.rmtree(workbook / "solutions")
    shown = [dojo("hint", "kata01", "center") for _ in range(3)]

    assert shown[2].stdout.endswith("That was the last one.\n")


def test_each_function_has_its_own_rungs(dojo):
    """How far one went with one function says nothing of another."""
    dojo("hint", "kata01", "center")

    assert dojo("hint", "1", "spread").stdout.startswith("kata01 spread, hint 1 of 3")


def test_without_a_function_it_is_the_first_that_is_not_green(dojo, spread, solve):
    """The learner's file is tested to find it."""
    solve(spread, "center")

    assert dojo("hint", "kata01").stdout.startswith("kata01 spread, hint 1 of 3")


def test_without_a_kata_it_is_the_first_that_is_not_green(dojo, spread, solve):
    """As `check` takes it, from the journal."""
    solve(spread)
    dojo("check", "kata01")

    assert dojo("hint").stdout.startswith("kata02 longest_run, hint 1 of 3")


def test_a_green_kata_needs_no_hint(dojo, spread, solve):
    """Nothing is left to hint at."""
    solve(spread)
    done = dojo("hint", "kata01")

    assert done.returncode == 0
    assert done.stdout == "kata01 is green; there is nothing left to hint at.\n"


def test_a_wrong_function_is_answered_with_the_nearest(dojo):
    """Exit code 2, on stderr."""
    done = dojo("hint", "kata01", "centre")

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "kata01 has no function 'centre'. Did you mean 'center'?\n"


def test_missing_hints_are_a_sentence(dojo, spread):
    """The author forgot them, or the learner's edition has none."""
    (spread.folder / "hints.md").unlink()
    done = dojo("hint", "kata01", "center")

    assert done.returncode == 2
    assert done.stderr == "There are no hints for center in kata01_spread/hints.md.\n"


def test_a_hint_needs_no_working_file(dojo, spread):
    """A syntax error is when one needs it."""
    spread.mine.write_text("def (")

    assert dojo("hint", "kata01").stdout.startswith("kata01 center, hint 1 of 3")


def test_rungs_are_read_from_headings(spread):
    """A function's heading, with or without backticks, and one heading a rung."""
    (spread.folder / "hints.md").write_text(
        "# Hints\n\nwords\n\n## `center`\n\n### 1\n\nfirst\n\nstill first\n\n### 2: idea\n\n"
        "    x = 1\n\n## spread\n\nnothing yet\n"
    )

    assert read_hints(spread) == {
        "center": ["first\n\nstill first", "x = 1"],
        "spread": [],
    }
