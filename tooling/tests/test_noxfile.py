"""The sessions: thin calls of the verbs, whose exit codes survive."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.timeout(120)


@pytest.fixture
def nox(workbook):
    """Return `nox(*words)`: nox in the workbook, with everything installed already."""
    real = Path(sys.prefix)
    venv = workbook / ".venv"
    (venv / "bin").mkdir(parents=True)
    (venv / "bin" / "python").symlink_to(sys.executable)
    (venv / "lib").symlink_to(real / "lib")
    (venv / "pyvenv.cfg").write_bytes((real / "pyvenv.cfg").read_bytes())
    pins = [workbook / name for name in ("pyproject.toml", "constraints.txt")]
    wanted = hashlib.sha256(b"".join(path.read_bytes() for path in pins)).hexdigest()
    for group in ("base", "torch", "oracles", "develop"):
        (venv / f"group-{group}.stamp").write_text(wanted)
    noise = ("PYTEST_", "PYTHONPATH", "NOX", "FORCE_COLOR", "VIRTUAL_ENV")
    env = {k: v for k, v in os.environ.items() if not k.startswith(noise)}

    def run(*words, cwd=workbook):
        command = [sys.executable, "-m", "nox", *words]
        return subprocess.run(
            command, cwd=cwd, env=env, stdin=subprocess.DEVNULL, capture_output=True, text=True
        )

    return run


def test_the_list_says_what_each_session_does(nox):
    """Every verb has a session; only `check` runs by itself."""
    rows = [row for row in nox("--list").stdout.splitlines() if row.startswith(("* ", "- "))]
    sessions = {row.split()[1]: row for row in rows}
    verbs = {
        "check",
        "watch",
        "solutions",
        "hint",
        "solution",
        "reset",
        "progress",
        "verify",
        "bench",
        "new",
        "tests",
        "lint",
    }

    assert verbs <= set(sessions)
    assert [name for name, row in sessions.items() if row.startswith("* ")] == ["check"]
    assert all("->" in row for row in rows)


def test_a_bare_nox_checks_the_first_open_kata(nox):
    """Nothing but the verdict on stdout; a red verdict is exit code 1."""
    done = nox()

    assert done.returncode == 1
    assert done.stdout.startswith("kata01 Spread")
    assert "Write center first" in done.stdout
    assert "Traceback" not in done.stdout + done.stderr


def test_words_after_the_dashes_go_to_the_verb(nox, spread, solve):
    """Green is 0; a wrong use is 2, through nox too; a second pair of dashes leads to pytest."""
    solve(spread)
    green = nox("-s", "check", "--", "kata01")
    wrong = nox("-s", "check", "--", "kata07")
    plain = nox("-s", "check", "--", "kata01", "--", "-k", "divisor", "-q")

    assert green.returncode == 0
    assert "kata01 is green." in green.stdout
    assert wrong.returncode == 2
    assert "There is no kata 'kata07'." in wrong.stderr
    assert plain.returncode == 0
    assert "1 passed, 6 deselected" in plain.stdout


def test_it_works_from_any_folder(nox, spread):
    """Nox's own option names the file."""
    done = nox("-f", str(spread.root / "noxfile.py"), "-s", "progress", cwd=spread.folder)

    assert done.returncode == 0
    assert "0 of 2 katas are green." in done.stdout
