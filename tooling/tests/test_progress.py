"""`progress`: tracks, katas and functions, derived from the journal."""

import json
import re

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
        "kata state functions tries hints minutes last try",
        "Describe",
        "kata01 Spread 0/3 0 0 15",
        "Count",
        "kata02 Runs 0/1 0 0 5",
        "0 of 2 katas are green.",
        "Next: center in katas/kata01_spread/spread.py",
        "nox -s check -- kata01 (Spread, 15 min in all)",
    ]
    assert not journal.path(workbook).exists()


def test_the_journal_s_events_are_counted(dojo, workbook):
    """Functions by their last state, tries, hints and the last try; a torn line does no harm."""
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

    assert found[2] == "kata01 Spread begun 1/3 2 1 15 2030-01-02"
    assert found[4] == "kata02 Runs green 1/1 1 0 5 2030-01-03"
    assert found[5:] == [
        "1 of 2 katas are green.",
        "Next: spread in katas/kata01_spread/spread.py",
        "nox -s check -- kata01 (Spread, 15 min in all)",
    ]


def test_minutes_are_those_between_events_close_together(dojo, workbook):
    """A pause is not work, and an event of another kata ends one kata's time and begins its own."""
    journal.path(workbook).parent.mkdir()
    events = [("10:00", "01_spread"), ("10:15", "01_spread"), ("10:25", "02_runs")]
    events += [("12:00", "02_runs"), ("12:05", "02_runs")]
    journal.path(workbook).write_text(
        "".join(line(f"2030-01-01T{at}:00+00:00", f"kata{kata}", "hint") for at, kata in events)
        + line("nonsense", "kata01_spread", "hint")
    )
    found = rows(dojo("progress").stdout)

    assert found[2] == "kata01 Spread 0/3 0 3 15 of 15"
    assert found[4] == "kata02 Runs 0/1 0 3 15 of 5"


def test_what_was_green_stays_so(dojo, spread, workbook, solve):
    """A reset and a check of the stub take nothing away, and the next kata stays the next."""
    solve(spread)
    dojo("check", "kata01")
    dojo("reset", "kata01")
    at_once = rows(dojo("progress").stdout)
    dojo("check", "kata01")
    found = rows(dojo("progress").stdout)

    assert at_once[2].startswith("kata01 Spread was green 0/3 1 0 ")
    assert found[2].startswith("kata01 Spread was green 0/3 2 0 ")
    assert found[5:7] == [
        "1 of 2 katas are green.",
        "Next: longest_run in katas/kata02_runs/runs.py",
    ]
    assert dojo("check").stdout.startswith("kata02 Runs")


def test_functions_that_were_green_one_after_the_other_are_no_green_kata(dojo, workbook):
    """One was broken while the other was written."""
    journal.path(workbook).parent.mkdir()
    journal.path(workbook).write_text(
        line("2030-01-01", "kata01_spread", functions=states(center="green", spread="green"))
        + line("2030-01-02", "kata01_spread", functions=states(center="red", summarise="green"))
    )
    found = rows(dojo("progress").stdout)

    assert found[2] == "kata01 Spread begun 2/3 2 0 15 2030-01-02"


def test_after_the_last_kata_one_may_begin_again(dojo, spread, runs, solve):
    """There is no next step then but an old one."""
    solve(spread)
    solve(runs)
    dojo("check", "--all")
    found = rows(dojo("progress").stdout)

    assert found[5:] == [
        "2 of 2 katas are green.",
        "All of them. To do one again: nox -s reset -- kata01",
    ]


def test_the_table_fits_into_80_columns(terminal, spread, solve):
    """With the longest state there is, and a title as long as the longest of the workbook."""
    facts = spread.folder / "kata.toml"
    facts.write_text(facts.read_text().replace('"Spread"', '"Groupby and rolling"'))
    solve(spread)
    terminal("check", "kata01")
    terminal("reset", "kata01")
    code, screen = terminal("progress")

    assert code == 0
    assert "\u2026" not in screen
    assert "was green" in screen
    assert max(map(len, re.sub(r"\x1b\[[0-9;]*m", "", screen).split("\r\n"))) <= 80


def test_checks_and_hints_show_up(dojo, spread, solve):
    """The verbs themselves write what progress reads."""
    solve(spread)
    dojo("hint", "kata01", "center")
    dojo("check", "kata01")
    found = rows(dojo("progress").stdout)

    assert found[2].startswith("kata01 Spread green 3/3 1 1 ")
    assert found[5] == "1 of 2 katas are green."


def test_a_state_that_nobody_knows_is_not_green(dojo, workbook):
    """A later version may have more states than this one."""
    journal.path(workbook).parent.mkdir()
    journal.path(workbook).write_text(
        line("2030-01-01", "kata02_runs", functions=states(longest_run="golden"))
    )
    done = dojo("progress")

    assert done.returncode == 0
    assert rows(done.stdout)[5] == "0 of 2 katas are green."
