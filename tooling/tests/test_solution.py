"""`solution`: the reference, after a question to those who are not there yet."""

import os
import shutil
import subprocess
import sys

import pytest

pytestmark = pytest.mark.timeout(120)


def test_the_reference_is_shown_to_who_is_green(dojo, spread, solve):
    """As it stands in the file, without colours in a pipe."""
    solve(spread)
    done = dojo("solution", "kata01")

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == spread.reference.read_text()


def test_a_pipe_gets_the_file_byte_for_byte(workbook, spread):
    """Long lines, other line ends and letters that an old console does not know."""
    content = b"x = '" + "\u4e2d".encode() * 100 + b"'\r\n\ty = 1\n" + b"# " + b"long " * 40
    spread.reference.write_bytes(content)
    done = subprocess.run(
        [sys.executable, "-m", "dojo", "solution", "kata01", "--yes"],
        cwd=workbook,
        env={**os.environ, "PYTHONPATH": "tooling", "PYTHONIOENCODING": "ascii", "COLUMNS": "40"},
        capture_output=True,
    )

    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout == content


def test_a_question_never_ends_in_the_file_that_is_made(terminal, spread, tmp_path):
    """`> x.py` in a terminal: one is asked on the screen, and the file holds code alone."""
    file = tmp_path / "x.py"
    code, screen = terminal("solution", "kata01", typed=[("anyway?", "y\r")], out=file)

    assert code == 0
    assert "center is not green yet." in screen
    assert file.read_bytes() == spread.reference.read_bytes()


@pytest.mark.parametrize("columns", [40, 80])
def test_a_terminal_wraps_long_lines(terminal, spread, columns):
    """Nothing is cut off at the right."""
    spread.reference.write_text("total = " + " + ".join(f"number_{n}" for n in range(30)) + "\n")
    code, screen = terminal("solution", "kata01", "--yes", columns=columns)

    assert code == 0
    assert "\x1b[" in screen
    assert all(f"number_{n}" in screen for n in range(30))


def test_who_is_not_green_is_told_how_to_see_it(dojo):
    """Where nobody can be asked, nothing is shown."""
    done = dojo("solution", "kata01")

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        "center of kata01 is not green yet. To see the reference anyway: "
        "nox -s solution -- kata01 --yes\n"
    )


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
