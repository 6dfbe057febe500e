"""pytest alone, without the tool's own verbs: from anywhere in the workbook, with no flags."""

import os
import subprocess
import sys
from xml.etree import ElementTree

import pytest

pytestmark = pytest.mark.timeout(120)


@pytest.fixture
def run(workbook):
    """Return `run(*words)`: a bare pytest in the workbook, as an editor starts it."""
    noise = ("PYTEST_", "PYTHONPATH", "PY_COLORS", "FORCE_COLOR")
    env = {k: v for k, v in os.environ.items() if not k.startswith(noise)}

    def pytest_(*words, cwd=workbook, **variables):
        command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", *words]
        return subprocess.run(command, cwd=cwd, env=env | variables, capture_output=True, text=True)

    return pytest_


def test_a_kata_is_tested_by_its_folder(run, spread, solve):
    """The learner's file answers, and the rule and the calls stand in the report."""
    solve(spread)
    text = spread.mine.read_text()
    spread.mine.write_text(text.replace("(x.size - 1)", "x.size"))
    done = run("katas/kata01_spread", "-q")

    assert done.returncode == 1
    assert "3 failed, 4 passed" in done.stdout
    assert "the rule" in done.stdout
    assert "Divided by n: that is the spread of a population" in done.stdout
    assert "the last calls" in done.stdout
    assert "spread(array([" in done.stdout


@pytest.mark.parametrize("words", [[], ["-v"], ["-n", "2"], ["--tb=short", "-q"]])
def test_an_untouched_kata_is_one_line_a_test(run, workbook, words):
    """Red, since it is to be done; but nothing went wrong, so there is no traceback.

    Nor in the file for other programs, JUnit's: a failure a test, its message the line.
    """
    done = run("katas/kata01_spread", "--junitxml=found.xml", *words, COLUMNS="200")
    lines = sorted(row for row in done.stdout.splitlines() if row.startswith("NOT STARTED "))

    assert done.returncode == 1
    assert "7 failed" in done.stdout
    assert len(lines) == 7
    assert lines[0] == (
        "NOT STARTED katas/kata01_spread/test_spread.py::TestCenter::"
        "test_an_empty_sample_has_no_mean - not started: center is not written yet."
    )
    for part in ("FAILURES", "NotImplementedError", "the rule", "the last calls"):
        assert part not in done.stdout
    failures = ElementTree.parse(workbook / "found.xml").findall(".//failure")
    assert len(failures) == 7
    assert failures[0].get("message") == failures[0].text
    assert {f.text.partition(":")[0] for f in failures} == {"not started"}


def test_no_traceback_is_made_of_what_is_untouched(run, workbook):
    """To make one and throw it away takes longer than the test, and a workbook has hundreds."""
    (workbook / "spy.py").write_text(
        "import pytest\n\n\ndef getrepr(*args, **how):\n    raise SystemExit('made')\n\n\n"
        "pytest.ExceptionInfo.getrepr = getrepr\n"
    )
    path = os.pathsep.join(map(str, (workbook / "tooling", workbook)))
    done = run("katas/kata01_spread", "-q", "-p", "spy", COLUMNS="200", PYTHONPATH=path)

    assert done.returncode == 1
    assert done.stdout.count("not started: ") == 7


def test_what_is_begun_keeps_its_traceback(run, spread, solve):
    """Beside functions that nobody has touched yet."""
    solve(spread, "center")
    text = spread.mine.read_text()
    spread.mine.write_text(text.replace("return x - x.mean()", "return x"))
    done = run("katas/kata01_spread", COLUMNS="200")

    assert "FAILURES" in done.stdout
    assert "def test_the_mean_moves_to_zero" in done.stdout
    assert "def test_one_value_has_no_spread" not in done.stdout
    assert "the rule" in done.stdout
    assert done.stdout.count("not started: spread is not written yet.") == 2


def test_it_works_from_inside_the_folder(run, spread, solve):
    """No path, no flag."""
    solve(spread)
    done = run(cwd=spread.folder)

    assert done.returncode == 0
    assert "7 passed" in done.stdout


def test_a_node_id_chooses_one_test(run, spread, solve):
    """As an editor asks for it."""
    solve(spread)
    done = run("katas/kata01_spread/test_spread.py::TestSpread::test_one_value_has_no_spread")

    assert done.returncode == 0
    assert "1 passed" in done.stdout


def test_all_katas_run_together_and_in_parallel(run, spread, runs, solve):
    """Two processes; each kata's module is its own."""
    solve(spread)
    solve(runs)
    done = run("-n", "2", "-q")

    assert done.returncode == 0
    assert "10 passed" in done.stdout


def test_the_reference_can_be_chosen(run):
    """`--against solutions`; the other choices are named where it is misspelt."""
    done = run("--against", "solutions", "-q", "--seed", "5")
    wrong = run("--against", "solution")

    assert done.returncode == 0
    assert "10 passed" in done.stdout
    assert wrong.returncode == 4
    assert "solutions" in wrong.stderr


def test_a_file_can_be_chosen(run, spread):
    """A mistake lies over the reference here too; the path is relative to where one stands."""
    done = run("-q", "--file", "mistakes/swapped.py", str(spread.tests), cwd=spread.solution)

    assert done.returncode == 1
    assert "1 failed, 6 passed" in done.stdout


def test_a_file_that_cannot_be_imported_is_a_sentence_a_test(run, spread):
    """No collection error: every test says why."""
    spread.mine.write_text("def (")
    done = run("katas/kata01_spread", "-q")

    assert done.returncode == 1
    assert "7 failed" in done.stdout
    assert "spread.py has a syntax error in line 1" in done.stdout


def test_an_endless_loop_ends(run, spread):
    """pytest-timeout, from pyproject.toml, stands in for the parent that there is none of."""
    spread.mine.write_text("def center(x):\n    while True:\n        pass\n")
    hung = run("katas/kata01_spread", "-q", "-o", "timeout=0.3", "-k", "moves_to_zero")

    assert hung.returncode == 1
    assert "Timeout" in hung.stdout + hung.stderr


def test_ctrl_c_s_error_is_not_swallowed(run, spread):
    """In a terminal that is shared, KeyboardInterrupt ends the run."""
    spread.mine.write_text("def center(x):\n    raise KeyboardInterrupt\n")

    assert run("katas/kata01_spread", "-q").returncode == 2


def test_tests_that_are_no_kata_s_are_left_alone(run, workbook):
    """The plugin reports about katas only."""
    (workbook / "test_mine.py").write_text("def test_mine(rng):\n    assert rng.random() < 0\n")
    done = run("test_mine.py", "-q")

    assert done.returncode == 1
    assert "1 failed" in done.stdout
    assert "the rule" not in done.stdout
