"""The sessions: thin calls of the verbs, whose exit codes survive, in environments that hold."""

import hashlib
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

import pytest
from dojo.verbs import HAS_AUTHORS

pytestmark = pytest.mark.timeout(120)


REAL = Path(sys.prefix)
GROUPS = ("base", "judge", "grading", "torch", "oracles", "cluster", "develop", "tests")
TAG = f"{sys.version_info[0]} {sys.version_info[1]} {sys.implementation.cache_tag}"
# Nobody listens there: as without a network, and at once.
NO_NETWORK = {"PIP_INDEX_URL": "http://127.0.0.1:9/", "PIP_RETRIES": "0", "PIP_CONFIG_FILE": ""}

# Stands in for uv: it makes an environment as quickly, without pip, and reaches nobody.
UV = f"""#!/bin/sh
for folder; do :; done
case "$1" in
venv) exec "{sys.executable}" -m venv --without-pip "$folder" ;;
pip) echo "error: Failed to fetch: dns error" >&2; exit 2 ;;
*) exit 1 ;;
esac
"""


def install(folder):
    """Make an environment in which everything is installed already."""
    (folder / "bin").mkdir(parents=True)
    (folder / "bin" / "python").symlink_to(sys.executable)
    (folder / "lib").symlink_to(REAL / "lib")
    (folder / "pyvenv.cfg").write_bytes((REAL / "pyvenv.cfg").read_bytes())


def stamp(folder, pins, tag=TAG):
    """Say in an environment which pins everything was installed under, for which Python."""
    wanted = hashlib.sha256(b"".join(path.read_bytes() for path in pins)).hexdigest()
    for group in GROUPS:
        (folder / f"group-{group}.stamp").write_text(f"{tag}\n{wanted}")


def borrow(folder, pins):
    """Make an environment whose Python is the one that runs this, packages and all."""
    (folder / "bin").mkdir(parents=True)
    (folder / "bin" / "python").write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n')
    (folder / "bin" / "python").chmod(0o755)
    stamp(folder, pins)


@pytest.fixture
def pins(workbook):
    """Return the files that say what is installed."""
    return [workbook / name for name in ("pyproject.toml", "constraints.txt")]


@pytest.fixture
def nox(workbook, pins):
    """Return `nox(*words, NAME=...)`: nox in the workbook, with everything installed already."""
    install(workbook / ".venv")
    stamp(workbook / ".venv", pins)
    noise = ("PYTEST_", "PYTHON", "PIP_", "UV_", "NOX", "FORCE_COLOR", "VIRTUAL_ENV", "GITHUB_")
    env = {k: v for k, v in os.environ.items() if not k.startswith(noise)}

    def run(*words, cwd=workbook, **variables):
        return subprocess.run(
            [REAL / "bin" / "nox", *words],
            cwd=cwd,
            env=env | {name: str(value) for name, value in variables.items()},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
        )

    return run


@pytest.fixture
def lonely_path(tmp_path):
    """Return a PATH with this Python under its versioned name, and nothing else."""
    folder = tmp_path / "bin"
    folder.mkdir()
    (folder / "python{}.{}".format(*sys.version_info)).symlink_to(Path(sys.executable).resolve())
    return str(folder)


def test_the_list_says_what_each_session_does(nox, verbs):
    """Every verb has a session; only `check` runs by itself."""
    rows = [row for row in nox("--list").stdout.splitlines() if row.startswith(("* ", "- "))]
    sessions = {row.split()[1]: row for row in rows}

    # The benchmarks are a program of their own.
    assert set(sessions) - {"bench"} == verbs
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


def test_modules_in_the_root_do_not_break_the_tool(nox, workbook, spread, solve):
    """The learner's random.py, beside the noxfile, is not the one that libraries import."""
    solve(spread)
    for name in ("random", "rich", "numpy", "pytest", "secrets", "dojo"):
        (workbook / f"{name}.py").write_text("raise SystemExit('not yours')\n")
    done = nox("-s", "check", "--", "kata01")

    assert "kata01 is green." in done.stdout, done.stdout + done.stderr
    assert done.returncode == 0


def test_python_without_asserts_and_docstrings_is_not_used(nox, spread, solve):
    """PYTHONOPTIMIZE takes both away; "what usually breaks it" is a docstring."""
    solve(spread)
    answer = spread.mine.read_text()
    spread.mine.write_text(answer.replace("(x.size - 1)", "(x.size + 1)"))
    plain, optimized = (nox("-s", "check", "--", "1", **v) for v in ({}, {"PYTHONOPTIMIZE": 2}))

    assert "Divided by n: that is the spread of a population" in plain.stdout
    assert optimized.stdout == plain.stdout
    assert optimized.returncode == plain.returncode == 1


def gone(folder):
    """Leave the link to an interpreter that is not there any more."""
    (folder / "bin" / "python").unlink()
    (folder / "bin" / "python").symlink_to(folder / "python-that-was-removed")


def upgraded(folder):
    """Have packages there that were installed for an older Python."""
    pins = [folder.parent / name for name in ("pyproject.toml", "constraints.txt")]
    stamp(folder, pins, tag="3 10 cpython-310")


def without_pip(folder):
    """Have an environment that uv made, where uv is no more; and new pins."""
    shutil.rmtree(folder)
    venv.create(folder, symlinks=True, with_pip=False)
    (folder / "group-base.stamp").write_text(f"{TAG}\nolder pins")


def has_pip(folder):
    """Tell whether packages can be installed with an environment's own pip."""
    pip = [folder / "bin" / "python", "-m", "pip", "--version"]
    return not subprocess.run(pip, capture_output=True).returncode


@pytest.mark.parametrize(
    ("spoil", "by_uv"),
    [(gone, True), (upgraded, True), (without_pip, False)],
    ids=["gone, with uv", "upgraded, with uv", "without pip"],
)
def test_an_environment_that_cannot_be_used_is_made_anew(nox, workbook, lonely_path, spoil, by_uv):
    """Its Python is gone or another one, or there is no pip in it; no network is a sentence."""
    folder = workbook / ".venv"
    spoil(folder)
    if by_uv:
        (Path(lonely_path) / "uv").write_text(UV)
        (Path(lonely_path) / "uv").chmod(0o755)
    done = nox("-s", "progress", PATH=lonely_path, **NO_NETWORK)

    assert done.returncode == 2
    assert f"{folder} is made anew." in done.stderr
    assert "Installing base into .venv" in done.stderr
    assert "there is no network, or it does not answer. Connect, and run" in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""
    assert not list(folder.glob("group-*"))
    assert has_pip(folder) != by_uv


def test_an_environment_that_nox_runs_in_stays(nox, workbook):
    """Some have nox in `.venv`; it is filled, and never taken away.

    What is installed is compiled, where Python is told to leave no compiled modules too: else each
    start would compile anew.
    """
    folder, tool = workbook / ".venv", workbook / "tooling" / "dojo"
    for path in folder.glob("group-*"):
        path.unlink()
    real = tool.resolve()
    tool.unlink()
    shutil.copytree(real, tool, ignore=shutil.ignore_patterns("__pycache__"))
    nox_here = [folder / "bin" / "python", "-m", "nox", "-s", "progress"]
    env = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "PIP_", "UV_"))}
    env |= NO_NETWORK | {"PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(nox_here, cwd=workbook, env=env, capture_output=True, text=True)

    assert done.returncode == 0
    assert "0 of 2 katas are green." in done.stdout
    assert "Installing base into .venv" in done.stderr
    assert "made anew" not in done.stderr
    assert (folder / "group-base.stamp").exists()
    assert (folder / "lib").is_symlink()
    assert list(tool.rglob("environ.*.pyc"))


def test_what_pip_says_of_wrong_pins_is_shown(nox, pins):
    """Only a network that is not there has a sentence of its own."""
    pins[1].write_text("numpy >>> 1\n")
    done = nox("-s", "progress", **NO_NETWORK)

    assert done.returncode == 2
    assert "numpy >>> 1" in done.stderr
    assert "could not be filled; the reason stands above." in done.stderr
    assert "Traceback" not in done.stderr


class TestPythons:
    """The session that authors alone have."""

    __test__ = HAS_AUTHORS

    def test_every_python_that_is_found_is_tried(self, nox, workbook, pins, lonely_path, tmp_path):
        """Those of pyenv too; one that does not start is passed over; the end names the rest."""
        version = "{}.{}".format(*sys.version_info)
        borrow(workbook / ".nox" / f"python{version}", pins)
        facts = workbook / "katas" / "kata01_spread" / "kata.toml"
        facts.write_text(facts.read_text().replace("timeout = 1\n", "timeout = 60\n"))
        tests = workbook / "tooling" / "tests"
        (tests / "judge").mkdir(parents=True)
        for name in ("test_cost.py", "test_seam.py", "judge/test_wire.py"):
            (tests / name).write_text("def test_it_holds():\n    pass\n")
        shims = tmp_path / "shims"
        shims.mkdir()
        for shim in ("python3.11", "python3.12", "python3.13", "python3.14"):
            (shims / shim).write_text("#!/bin/sh\necho command not found >&2; exit 127\n")
            (shims / shim).chmod(0o755)
        path = os.pathsep.join((str(shims), lonely_path, "/usr/bin", "/bin"))
        done = nox("-s", "pythons", "--", "--quick", PATH=path, HOME=tmp_path, PYENV_ROOT=tmp_path)
        ends = done.stdout[done.stdout.index("Python 3.11  ") :].splitlines()

        assert done.returncode == 0, done.stdout + done.stderr
        assert f"Python {version}  green" in ends
        assert len(ends) == 4
        assert "kata02 is green on solutions." in done.stdout
        assert "3 passed" in done.stdout

    def test_a_python_on_which_something_is_red_is_named(
        self, nox, workbook, pins, lonely_path, tmp_path
    ):
        """There are no tests here, and no sandbox on this PATH."""
        version = "{}.{}".format(*sys.version_info)
        borrow(workbook / ".nox" / f"python{version}", pins)
        done = nox("-s", "pythons", "--", "--quick", PATH=lonely_path, HOME=tmp_path, PYENV_ROOT="")

        assert done.returncode == 1
        assert f"Python {version}  red" in done.stdout.splitlines()


@pytest.mark.parametrize("wrong", ['needs = "torch"', "needs = [3]", "needs = ["])
def test_what_is_wrong_in_a_kata_toml_is_told_by_the_verb(nox, spread, wrong):
    """Nox reads it too, to see what is to be installed; a folder of notes is no kata."""
    facts = spread.folder / "kata.toml"
    facts.write_text(f"{wrong}\n{facts.read_text()}")
    notes = spread.folder.parent / "notes"
    notes.mkdir()
    (notes / "kata.toml").write_text("x = 1\n")
    done = nox("-s", "check", "--", "kata01")

    assert (done.returncode, done.stdout) == (2, "")
    assert len(done.stderr.splitlines()) == 1
    assert "kata01_spread/kata.toml" in done.stderr
