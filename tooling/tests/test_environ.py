"""What is set, or lies about, for others changes no verdict: neither its colour nor its words."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from dojo.kata import catalog
from dojo.run.cold import run_cold
from dojo.run.environ import environment
from dojo.run.request import ask

pytestmark = pytest.mark.timeout(120)

STRANGE = {
    "PYTEST_ADDOPTS": "--no-such-option",
    "PYTEST_PLUGINS": "no_such_plugin",
    "PYTHONDONTWRITEBYTECODE": "1",
    "PYTHONOPTIMIZE": "2",
    "PYTHONWARNINGS": "error",
}
# Modules that Python's own libraries and ours import, most of them late.
NAMES = ("random", "rich", "numpy", "pytest", "secrets", "statistics", "dojo", "msgspec")


def said(verdict):
    """Return what a verdict says of each test."""
    return [(t.id, t.outcome, t.rule, t.why, t.message, t.calls) for t in verdict.tests]


@pytest.fixture
def mistaken(spread, runs):
    """Return two requests, by kata: a mistake of the first one, and the reference of the second."""
    population = spread.solution / "mistakes" / "population.py"
    return {spread: ask(spread, 1, file=population), runs: ask(runs, 1, against="solutions")}


@pytest.mark.parametrize("name", STRANGE)
def test_a_variable_of_somebody_else_s_changes_nothing(name, mistaken, warm, monkeypatch):
    """The same tests end in the same words."""
    expected = {kata: said(warm(request)[0]) for kata, request in mistaken.items()}
    monkeypatch.setenv(name, STRANGE[name])
    found = {kata: run_cold(request)[0] for kata, request in mistaken.items()}

    assert {kata: said(verdict) for kata, verdict in found.items()} == expected
    assert [v.fault for v in found.values()] == ["", ""]
    assert [v.green for v in found.values()] == [False, True]


def test_modules_in_the_root_are_nobody_s_but_the_learner_s(mistaken, warm, workbook):
    """A library that imports `random` gets Python's own."""
    expected = {kata: said(warm(request)[0]) for kata, request in mistaken.items()}
    for name in NAMES:
        (workbook / f"{name}.py").write_text("raise SystemExit('not yours')\n")
    found = {kata: run_cold(request)[0] for kata, request in mistaken.items()}

    assert {kata: said(verdict) for kata, verdict in found.items()} == expected


@pytest.mark.parametrize("folder", [".", "katas", "katas/kata01_spread"])
def test_a_conftest_of_the_learner_s_has_no_say(folder, mistaken, warm, workbook):
    """Broken or not: graded, there is none, and `check` says what grading will."""
    expected = {kata: said(warm(request)[0]) for kata, request in mistaken.items()}
    (workbook / folder / "conftest.py").write_text("import no_such_module\n")
    cold = {kata: run_cold(request)[0] for kata, request in mistaken.items()}
    forked = {kata: warm(request)[0] for kata, request in mistaken.items()}

    assert {kata: said(verdict) for kata, verdict in cold.items()} == expected
    assert {kata: said(verdict) for kata, verdict in forked.items()} == expected


def test_pytest_s_own_output_is_of_the_kata_alone_too(dojo, runs, solve, workbook):
    """`check -v` runs what `check` does."""
    (workbook / "conftest.py").write_text("import no_such_module\n")
    solve(runs)
    done = dojo("check", "kata02", "-v")

    assert done.returncode == 0
    assert "3 passed" in done.stdout


def test_a_bare_pytest_finds_python_s_own_modules(spread, solve, workbook):
    """The root comes last among the places where modules are looked for."""
    solve(spread)
    for name in NAMES:
        (workbook / f"{name}.py").write_text("raise SystemExit('not yours')\n")
    noise = ("PYTEST_", "PYTHONPATH", "PY_COLORS", "FORCE_COLOR")
    env = {k: v for k, v in os.environ.items() if not k.startswith(noise)}
    command = [Path(sys.prefix) / "bin" / "pytest", "-q", "-p", "no:cacheprovider"]
    done = subprocess.run(
        [*command, "katas/kata01_spread"], cwd=workbook, env=env, capture_output=True, text=True
    )

    assert "7 passed" in done.stdout, done.stdout + done.stderr


def test_a_folder_of_notes_is_no_kata(workbook, dojo):
    """It has neither facts nor a stub; a kata that lost one of them is still missed."""
    (workbook / "katas" / "kata09_notes").mkdir()
    (workbook / "katas" / "kata01_spread" / "kata.toml").unlink()

    assert [kata.short for kata in catalog.katas(workbook)] == ["kata01", "kata02"]
    done = dojo("check", "--all")
    assert done.returncode == 2
    assert "kata01_spread/kata.toml is missing; restore it with git." in done.stderr


def test_a_kata_is_checked_beside_a_folder_of_notes(workbook, dojo, runs, solve):
    """Every verb lists the katas."""
    (workbook / "katas" / "kata09_notes").mkdir()
    solve(runs)

    assert dojo("check", "kata02").returncode == 0
    assert "1 of 2 katas are green." in dojo("progress").stdout


def test_plugins_that_are_installed_are_left_to_the_tool_s_own_tests():
    """They need a few; a kata's tests need none."""
    assert "PYTEST_DISABLE_PLUGIN_AUTOLOAD" in environment()
    assert "PYTEST_DISABLE_PLUGIN_AUTOLOAD" not in environment(plugins=True)
