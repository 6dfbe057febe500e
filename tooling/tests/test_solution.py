"""`solution`: the reference, after a question to those who are not there yet."""

import shutil

import pytest

pytestmark = pytest.mark.timeout(120)


def test_the_reference_is_shown_to_who_is_green(dojo, spread, solve):
    """As it stands in the file, without colours in a pipe."""
    solve(spread)
    done = dojo("solution", "kata01")
    shown = [row.rstrip() for row in done.stdout.rstrip().splitlines()]

    assert (done.returncode, done.stderr) == (0, "")
    assert shown == spread.reference.read_text().splitlines()


def test_who_is_not_green_is_told_how_to_see_it(dojo):
    """Where nobody can be asked, nothing is shown."""
    done = dojo("solution", "kata01")

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "center of kata01 is not green yet; --yes shows it anyway.\n"


def test_yes_skips_the_question(dojo):
    """The learner decides."""
    done = dojo("solution", "kata01", "--yes")

    assert done.returncode == 0
    assert "return x - x.mean()" in done.stdout


@pytest.mark.parametrize(("answer", "shown"), [("y", True), ("n", False), ("", False)])
def test_in_a_terminal_one_is_asked(terminal, answer, shown):
    """Only a yes shows it, in colours; Enter means no."""
    code, screen = terminal("solution", "kata01", typed=[("anyway?", f"{answer}\r")])

    assert code == 0
    assert "center is not green yet. Show the reference anyway?" in screen
    assert ("Summary" in screen) == shown
    assert ("Not shown." in screen) != shown


def test_an_edition_without_solutions_says_so(dojo, workbook):
    """The learner's edition leaves them out."""
    shutil.rmtree(workbook / "solutions")
    done = dojo("solution", "kata01", "--yes")

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        "The reference solution of kata01 is not part of this edition of the workbook.\n"
    )
