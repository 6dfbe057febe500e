"""`progress`: tracks, katas and functions, derived from the journal."""

import json

import pytest
from dojo.learner import journal

pytestmark = pytest.mark.timeout(120)


def line(at, kata, event="check", **data):
    """Write a line of the journal."""
    return json.dumps({"at": at, "event": event, "kata": kata, **data}) + "\n"


def states(**found):
    """Write what a check found of some functions."""
    return {f: {"state": state, "green": 0, "total": 1} for f, state in found.items()}


def rows(text):
    """List the rows of a table, without the spaces that align them."""
    return [" ".join(row.split()) for row in text.splitlines() if row.strip()]


def test_an_empty_journal_shows_all_katas_untouched(dojo, workbook):
    """Each under its track; nothing is written."""
    done = dojo("progress")

    assert (done.returncode, done.stderr) == (0, "")
    assert rows(done.stdout) == [
        "kata green red untouched tries hints first try last try",
        "Describe",
        "kata01 Spread 0 0 3 0 0",
        "Count",
        "kata02 Runs 0 0 1 0 0",
        "0 of 2 katas are green.",
    ]
    assert not journal.path(workbook).exists()


def test_the_journal_s_events_are_counted(dojo, workbook):
    """Functions by their last state, tries, hints, first and last try; a torn line does no harm."""
    journal.path(workbook).parent.mkdir()
    journal.path(workbook).write_text(
        line(
            "2030-01-01T10:00:00+00:00",
            "kata01_spread",
            functions=states(center="red", spread="red"),
        )
        + line("2030-01-02T11:30:00+00:00", "kata01_spread", functions=states(center="green"))
        + line("2030-01-02T12:00:00+00:00", "kata01_spread", "hint", function="spread", rung=1)
        + line("2030-01-03T10:00:00+00:00", "kata02_runs", functions=states(longest_run="green"))
        + line("2030-01-04T10:00:00+00:00", "kata77_gone", functions=states(f="green"))
        + '{"at": "2030-01-05T10:0'
    )
    found = rows(dojo("progress", COLUMNS=120).stdout)

    assert found[2] == "kata01 Spread 1 1 1 2 1 2030-01-01 2030-01-02"
    assert found[4] == "kata02 Runs 1 0 0 1 0 2030-01-03 2030-01-03"
    assert found[-1] == "1 of 2 katas are green."


def test_checks_and_hints_show_up(dojo, spread, solve):
    """The verbs themselves write what progress reads."""
    solve(spread)
    dojo("hint", "kata01", "center")
    dojo("check", "kata01")
    found = rows(dojo("progress").stdout)

    assert found[2].startswith("kata01 Spread 3 0 0 1 1 ")
    assert found[-1] == "1 of 2 katas are green."


def test_a_state_that_nobody_knows_is_not_green(dojo, workbook):
    """A later version may have more states than this one."""
    journal.path(workbook).parent.mkdir()
    journal.path(workbook).write_text(
        line("2030-01-01", "kata02_runs", functions=states(longest_run="golden"))
    )
    done = dojo("progress")

    assert done.returncode == 0
    assert rows(done.stdout)[-1] == "0 of 2 katas are green."
