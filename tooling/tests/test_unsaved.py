"""Where nothing can be written: the verdict is shown all the same, and then what was not saved."""

import os
import resource
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from dojo.learner import journal

pytestmark = pytest.mark.timeout(120)


def folder_there(root: Path) -> None:
    """Put a folder where the journal would be."""
    journal.path(root).mkdir(parents=True)


def file_above(root: Path) -> None:
    """Put a file where the journal's folder would be."""
    journal.path(root).parent.write_text("")


BROKEN = pytest.mark.parametrize("breaks", [folder_there, file_above])


@BROKEN
def test_a_check_shows_its_verdict_first(dojo, workbook, spread, solve, breaks):
    """The exit code is the verdict's, and one line says why progress was not saved."""
    breaks(workbook)
    red = dojo("check", "kata01")
    solve(spread)
    green = dojo("check", "kata01")

    assert (red.returncode, green.returncode) == (1, 0)
    assert "Write center first" in red.stdout
    assert "kata01 is green." in green.stdout
    for done in (red, green):
        assert done.stderr.startswith("Progress could not be saved: .dojo/journal.jsonl: ")
        assert len(done.stderr.splitlines()) == 1


def test_a_full_disk_is_one_line(workbook, spread, solve):
    """The journal may grow no further: nothing of the line is taken for saved."""
    solve(spread)
    journal.path(workbook).parent.mkdir()
    journal.path(workbook).write_bytes(b"{}\n" * 2**17)
    size = journal.path(workbook).stat().st_size
    done = subprocess.run(
        [sys.executable, "-m", "dojo", "check", "kata01"],
        cwd=workbook,
        env={**os.environ, "PYTHONPATH": str(workbook / "tooling")},
        capture_output=True,
        text=True,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size + 3, size + 3)),
    )

    assert done.returncode == 0
    assert "kata01 is green." in done.stdout
    assert done.stderr.startswith("Progress could not be saved: .dojo/journal.jsonl: ")
    assert len(done.stderr.splitlines()) == 1


@BROKEN
def test_a_hint_is_shown_first(dojo, workbook, breaks):
    """Which rung comes next is then not remembered."""
    breaks(workbook)
    done = dojo("hint", "kata01", "center")

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("kata01 center, hint 1 of 3")
    assert "Progress could not be saved" in done.stdout


def test_a_file_that_cannot_be_kept_stays(dojo, workbook, spread):
    """Nothing is put in the place of what nobody has a copy of."""
    file_above(workbook)
    spread.mine.write_text("# mine\n")
    done = dojo("reset", "kata01")

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("Your file could not be kept in .dojo/attempts/kata01_spread (")
    assert spread.mine.read_text() == "# mine\n"


def test_a_reset_whose_line_is_not_saved_is_done(dojo, workbook, spread):
    """The copy could be made, the journal not be written."""
    folder_there(workbook)
    spread.mine.write_text("# mine\n")
    done = dojo("reset", "kata01")

    assert done.returncode == 0
    assert spread.mine.read_bytes() == spread.pristine.read_bytes()
    assert done.stdout.splitlines()[-1].startswith("Progress could not be saved: ")


@BROKEN
def test_progress_that_cannot_be_read_says_so(dojo, workbook, breaks):
    """An empty table alone would look as if nothing had ever been done."""
    breaks(workbook)
    done = dojo("progress")

    assert done.returncode == 2
    assert done.stderr.startswith("Progress could not be read: .dojo/journal.jsonl: ")


def test_a_job_summary_that_cannot_be_written_is_one_line(dojo, workbook, tmp_path):
    """The verdict and its exit code are what the job is for."""
    done = dojo("check", "kata01", GITHUB_STEP_SUMMARY=tmp_path / "nowhere" / "summary.md")

    assert done.returncode == 1
    assert "Write center first" in done.stdout
    assert done.stderr.startswith("The job summary could not be written: ")
    assert journal.read(workbook)["kata01_spread"].tries == 1


@pytest.mark.parametrize("words", [["check", "kata01"], ["progress"], ["solution", "1", "--yes"]])
def test_an_output_that_is_full_is_exit_code_2(workbook, words):
    """No traceback, and not the 1 that would mean red."""
    with open("/dev/full", "w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "dojo", *words],
            cwd=workbook,
            env={**os.environ, "PYTHONPATH": str(workbook / "tooling")},
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
        )

    assert done.returncode == 2
    assert done.stderr.startswith("The system stopped the tool, which is no fault of your code: ")
    assert len(done.stderr.splitlines()) == 1


@pytest.fixture
def faulty(workbook):
    """Return a workbook whose tool has a fault that no verb expects."""
    tool = workbook / "tooling" / "dojo"
    real = tool.resolve()
    tool.unlink()
    shutil.copytree(real, tool, ignore=shutil.ignore_patterns("__pycache__"))
    catalog = tool / "kata" / "catalog.py"
    text = catalog.read_text()
    broken = text.replace('    folders = (root / "katas")', "    1 / 0\n    folders = (root)")
    assert broken != text
    catalog.write_text(broken)
    return workbook


@pytest.mark.parametrize("words", [["check"], ["hint"], ["progress"], ["reset", "1"], ["watch"]])
def test_a_fault_of_the_tool_is_a_sentence_and_exit_code_2(dojo, faulty, words):
    """What happened, where, and what to do with it; never a traceback that nobody asked for."""
    done = dojo(*words)

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("The tool itself failed, which is no fault of your code: Zero")
    assert "(catalog.py:" in done.stderr
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize(("words", "more"), [(["check", "-v"], {}), (["check"], {"DOJO_DEBUG": 1})])
def test_a_traceback_is_there_for_who_asks(dojo, faulty, words, more):
    """With -v, or with a variable where a verb has no -v."""
    done = dojo(*words, **more)

    assert done.returncode == 2
    assert done.stderr.startswith("Traceback")
    assert "The tool itself failed" in done.stderr
