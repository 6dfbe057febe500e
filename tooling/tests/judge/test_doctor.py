"""Tests of `doctor`, and of machines that have no sandbox to offer."""

import json

import pytest

NOWHERE = "/nowhere"


@pytest.fixture
def bare(dojo):
    """Return `bare(*words)`: run the tool where no program is found, bubblewrap neither."""
    return lambda *words: dojo(*words, PATH=NOWHERE)


def test_every_line_says_whether_it_will_do(dojo):
    """Python, its packages, the system and what a sandbox needs; exit code 0 where there is one."""
    done = dojo("doctor")
    rows = [row for row in done.stdout.splitlines() if row]

    assert (done.returncode, done.stderr) == (0, "")
    assert all(row.startswith("good ") for row in rows[:-1])
    for name in ("Python", "free disk", "numpy", "torch", "bubblewrap", "user namespaces"):
        assert any(name in row for row in rows)
    assert rows[-1] == "Grading and judged checks run in a sandbox."


def test_what_is_missing_comes_with_what_to_do(bare):
    """And is exit code 1: a script can ask."""
    done = bare("doctor")

    assert done.returncode == 1
    assert "not good  bubblewrap" in done.stdout
    assert "apt-get install bubblewrap" in done.stdout
    assert "only with --unsafe" in done.stdout


def test_a_judged_check_is_a_check(dojo, spread, solve):
    """The same lines and the same exit code, and the verdict names the sandbox."""
    solve(spread)
    plain, judged = dojo("check", "kata01"), dojo("check", "kata01", "--judged")
    verdict = json.loads(dojo("check", "kata01", "--judged", "--json").stdout)

    assert (judged.returncode, judged.stdout) == (plain.returncode, plain.stdout)
    assert (verdict["isolation"], verdict["green"]) == ("sandbox", True)


def test_a_judged_check_is_red_as_well(dojo, spread):
    """An untouched stub is not started, in a sandbox too."""
    plain, judged = dojo("check", "kata01"), dojo("check", "kata01", "--judged")

    assert judged.returncode == 1
    assert judged.stdout == plain.stdout


def test_without_a_sandbox_a_judged_check_refuses(bare, spread):
    """And says how to get one."""
    done = bare("check", "kata01", "--judged")

    assert (done.returncode, done.stdout) == (2, "")
    assert "Judged runs need bubblewrap; install it" in done.stderr
    assert "doctor" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("words", [("-v",), ("--", "-x")])
def test_pytests_own_output_is_not_for_judged_runs(words, dojo, spread):
    """It would show what the tests expect, and share the terminal with the code."""
    done = dojo("check", "kata01", "--judged", *words)

    assert (done.returncode, done.stdout) == (2, "")
    assert "no output of pytest's" in done.stderr
