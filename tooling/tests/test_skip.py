"""`skip`: a kata is passed over until it is named again."""

import re

import pytest
from dojo.learner import journal

pytestmark = pytest.mark.timeout(120)


def test_a_skipped_kata_is_passed_over(dojo, workbook):
    """By a bare `check`; the progress says so."""
    done = dojo("skip", "kata01")

    assert done.returncode == 0
    assert done.stdout == "kata01 is skipped: nox passes over it until nox -s check -- kata01\n"
    assert dojo("check").stdout.startswith("kata02 Runs")
    assert re.search(r"kata01 Spread +skipped ", dojo("progress").stdout)


def test_who_names_a_kata_takes_it_up_again(dojo, workbook):
    """A check of all katas names none."""
    dojo("skip", "kata01")
    dojo("check", "--all")
    skipped = journal.read(workbook)["kata01_spread"].skipped
    dojo("check", "kata01")

    assert skipped
    assert not journal.read(workbook)["kata01_spread"].skipped
    assert dojo("check").stdout.startswith("kata01 Spread")


def test_a_skipped_kata_is_not_the_next(dojo, spread, solve):
    """Where nothing else is open, there is no next one; but a bare `check` comes back to it."""
    dojo("skip", "kata02")
    solve(spread)
    green = dojo("check", "kata01").stdout

    assert "kata01 is green." in green
    assert "Next kata" not in green
    assert dojo("check").stdout.startswith("kata02 Runs")


def test_an_unknown_kata_is_not_skipped(dojo, workbook):
    """Exit code 2, and nothing is written."""
    done = dojo("skip", "kata77")

    assert done.returncode == 2
    assert "There is no kata 'kata77'." in done.stderr
    assert not journal.path(workbook).exists()
