"""A small, real workbook for the tests, and ways to run the tool in it.

The workbook's files lie in `workbook/`, to be read; each test gets a copy of its own. Its tool is
the one under test, its configuration the project's.
"""

import contextlib
import os
import pty
import re
import select
import shutil
import signal
import stat
import subprocess
import sys
import termios
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from dojo import cli
from dojo.kata.catalog import Kata
from dojo.run.request import Request
from dojo.run.verdict import Verdict
from dojo.run.warm import Runner, start_runner

if TYPE_CHECKING:
    from testkit.terminal import Terminal

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
PATIENCE = 60.0
# The learner's edition has no benchmarks.
PACKAGES = [name for name in ("dojo", "bench", "testkit") if (ROOT / "tooling" / name).is_dir()]

# A shell that runs this in the background has Ctrl-C ignored, and nohup a terminal that goes; every
# child would inherit that.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)
if signal.getsignal(signal.SIGHUP) is signal.SIG_IGN:
    signal.signal(signal.SIGHUP, signal.SIG_DFL)

# Learners' files and katas' tests: material of the tests, and none of them themselves.
collect_ignore = ["workbook", "bad_input", "odd_input", "redteam"]

Dojo = Callable[..., "subprocess.CompletedProcess[str]"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Give the tool's tests time on a busy machine: the 10 s of pyproject.toml are for katas."""
    for item in items:
        if item.path.is_relative_to(HERE) and item.get_closest_marker("timeout") is None:
            item.add_marker(pytest.mark.timeout(2 * PATIENCE))


def copy_workbook(folder: Path) -> Path:
    """Make a workbook in a folder that does not exist yet."""
    shutil.copytree(HERE / "workbook", folder, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("noxfile.py", "pyproject.toml", "constraints.txt"):
        shutil.copy(ROOT / name, folder)
    for package in PACKAGES:
        (folder / "tooling" / package).symlink_to(ROOT / "tooling" / package)
    return folder


def environment(root: Path) -> dict[str, str]:
    """Return an environment for a workbook's tool, whatever colours are asked for here."""
    noise = (
        *("PYTEST_", "COV_", "PY_COLORS", "NO_COLOR", "FORCE_COLOR", "COLUMNS", "LINES"),
        *("GITHUB_STEP_SUMMARY", "PYTHONUNBUFFERED"),
    )
    kept = {name: value for name, value in os.environ.items() if not name.startswith(noise)}
    return {**kept, "PYTHONPATH": str(root / "tooling"), "TERM": "xterm-256color"}


@pytest.fixture(scope="session")
def verbs() -> set[str]:
    """Return the verbs of this edition."""
    found = set(re.findall(r"^    (\w+)", cli.parser().format_help(), re.M))
    assert {"check", "watch", "hint", "solution", "reset", "progress", "tests"} <= found
    return found


@pytest.fixture(scope="session")
def pristine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the workbook that each test gets one like; nobody changes it."""
    return copy_workbook(tmp_path_factory.mktemp("pristine") / "workbook")


@pytest.fixture(scope="session")
def desk(tmp_path_factory: pytest.TempPathFactory, pristine: Path) -> Path:
    """Return the folder where each test finds its workbook: a warm runner serves one folder."""
    folder = tmp_path_factory.mktemp("desk")
    put_back(folder, pristine)
    return folder


@pytest.fixture
def workbook(desk: Path, pristine: Path) -> Path:
    """Return the root of a fresh workbook, which the test may change."""
    put_back(desk, pristine)
    return desk


def put_back(folder: Path, pristine: Path) -> None:
    """Make a folder a copy of another one again.

    What is as it was stays: a warm process that has collected a kata's tests need not do so again.
    """
    folder.chmod(pristine.stat().st_mode)
    for path in folder.iterdir():
        if not is_like(path, pristine / path.name):
            remove(path)
    for path in pristine.iterdir():
        copy = folder / path.name
        if path.is_dir() and not path.is_symlink():
            copy.mkdir(exist_ok=True)
            put_back(copy, path)
        elif not os.path.lexists(copy):
            shutil.copy2(path, copy, follow_symlinks=False)


def is_like(path: Path, other: Path) -> bool:
    """Tell whether both are folders, or the same link, or files of the same bytes and rights."""
    if not os.path.lexists(other) or stat.S_IFMT(path.lstat().st_mode) != stat.S_IFMT(
        other.lstat().st_mode
    ):
        return False
    if path.is_symlink():
        return path.readlink() == other.readlink()
    return path.is_dir() or (
        path.stat().st_mode == other.stat().st_mode and path.read_bytes() == other.read_bytes()
    )


def remove(path: Path) -> None:
    """Remove a file, a link, or a folder with all that is in it."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink()


@pytest.fixture
def spread(workbook: Path) -> Kata:
    """Return the first kata of the workbook: center, spread and summarise."""
    return Kata(workbook, "kata01_spread")


@pytest.fixture
def runs(workbook: Path) -> Kata:
    """Return the second kata of the workbook: longest_run."""
    return Kata(workbook, "kata02_runs")


@pytest.fixture(scope="session")
def limit_tests() -> Callable[[Kata, float], None]:
    """Return `limit_tests(kata, seconds)`: give a kata, in a workbook of its own, another limit."""

    def write(kata: Kata, seconds: float) -> None:
        facts = kata.folder / "kata.toml"
        facts.write_text(f"timeout = {seconds}\n{facts.read_text()}")

    return write


@pytest.fixture(scope="session")
def limit() -> Callable[[Path], float]:
    """Return `limit(path)`: the seconds a test on a bad input may take.

    They are few where the input says that it is to run into them. All others end by what happens,
    and may take their time on a busy machine.
    """
    return lambda path: 1.0 if b"Outcome: timeout" in path.read_bytes() else PATIENCE


@pytest.fixture(scope="session")
def warm_runner(desk: Path) -> Iterator[Runner]:
    """Return a warm runner that serves the workbook of whichever test runs."""
    with contextlib.closing(start_runner(desk, ("numpy", "numpy.testing"))) as runner:
        yield runner


@pytest.fixture(scope="session")
def sandboxed(desk: Path) -> Iterator[Runner]:
    """Return a runner that runs learners' code in a sandbox; the learner's edition has none."""
    from dojo.author.judge.judge import Judge

    with contextlib.closing(Judge(desk, ())) as runner:
        yield runner


@pytest.fixture(scope="session")
def warm(warm_runner: Runner) -> Callable[[Request], list[Verdict]]:
    """Return `warm(request)`: a verdict for each seed, from a fork."""
    return warm_runner.run


@pytest.fixture
def dojo(workbook: Path) -> Dojo:
    """Return `dojo(*words, cwd=..., NAME=...)`: run the tool, its output in pipes."""

    def run(
        *words: object, cwd: Path = workbook, program: str = "dojo", **variables: object
    ) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [sys.executable, "-m", program, *map(str, words)],
            cwd=cwd,
            env=environment(workbook) | {name: str(value) for name, value in variables.items()},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
        )

    return run


Typed = Sequence[tuple[str, str | Callable[[], object]]]


@pytest.fixture
def terminal(workbook: Path) -> Callable[..., tuple[int, str]]:
    """Return `terminal(*words, typed=...)`: run the tool in a terminal; exit code and screen.

    `typed` are pairs of what the program shows and what a person then types, or does; `out` is
    a file in which stdout ends instead.
    """

    def run(
        *words: object,
        typed: Typed = (),
        rows: int = 24,
        columns: int = 80,
        out: Path | None = None,
    ) -> tuple[int, str]:
        ours, theirs = pty.openpty()
        termios.tcsetwinsize(ours, (rows, columns))
        process = subprocess.Popen(
            [sys.executable, "-m", "dojo", *map(str, words)],
            cwd=workbook,
            env=environment(workbook),
            preexec_fn=lambda: enter(theirs, out),
        )
        os.close(theirs)
        screen = converse(ours, list(typed))
        os.close(ours)
        return process.wait(), screen

    return run


def enter(terminal: int, out: Path | None) -> None:
    """Make a terminal that of this process; its stdout may go into a file."""
    os.login_tty(terminal)
    if out is not None:
        os.dup2(os.open(out, os.O_WRONLY | os.O_CREAT), 1)


@pytest.fixture
def watching(workbook: Path) -> Iterator[Callable[..., "Terminal"]]:
    """Return `watching(*words, rows=..., NAME=...)`: watch on a screen that can be read.

    With `command=...` another program that ends in a watch. The program is ended with the test.

    The learner's edition has no such screen, and no tests that need it.
    """
    from testkit.terminal import Terminal

    with contextlib.ExitStack() as stack:

        def start(
            *words: str,
            rows: int = 50,
            columns: int = 100,
            command: Sequence[str] = (sys.executable, "-m", "dojo", "watch"),
            **variables: str,
        ) -> "Terminal":
            found = {"PYTHONPATH": str(workbook / "tooling"), **variables}
            return stack.enter_context(Terminal([*command, *words], workbook, found, rows, columns))

        yield start


def converse(terminal: int, typed: list[tuple[str, str | Callable[[], object]]]) -> str:
    """Answer what a terminal shows until it is closed; return everything it showed."""
    screen, answered = "", 0
    while chunk := read(terminal):
        screen += chunk
        if typed and typed[0][0] in screen[answered:]:
            answered = len(screen)
            answer = typed.pop(0)[1]
            if isinstance(answer, str):
                os.write(terminal, answer.encode())
            else:
                answer()
    return screen


def read(descriptor: int) -> str:
    """Read what a terminal shows next; nothing when it is closed, or silent for too long."""
    ready, _, _ = select.select([descriptor], [], [], PATIENCE)
    with contextlib.suppress(OSError):
        return os.read(descriptor, 2**16).decode(errors="replace") if ready else ""
    return ""


@pytest.fixture
def solve() -> Callable[..., None]:
    """Return `solve(kata, *functions)`: have the learner write the functions, or all of them."""

    def write(kata: Kata, *functions: str) -> None:
        if not functions:
            shutil.copyfile(kata.reference, kata.mine)
            return
        text = kata.pristine.read_text(encoding="utf-8")
        answer = kata.reference.read_text(encoding="utf-8").partition("\n\n\n")[2]
        wanted = [
            p for p in answer.split("\n\n\n") if p.startswith(tuple(f"def {f}(" for f in functions))
        ]
        kata.mine.write_text(text + "\n\n" + "\n\n\n".join(wanted), encoding="utf-8")

    return write


@pytest.fixture
def tool(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a copy of the tool, whose modules are hashed in the place of the tool's own."""
    from dojo.author import hashes

    copy = tmp_path / "dojo"
    shutil.copytree(hashes.TOOL, copy, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(hashes, "TOOL", copy)
    return copy


@pytest.fixture
def git() -> Callable[..., str]:
    """Return `git(folder, *words)`: run git as a learner would; its output."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    roles = ("AUTHOR_NAME", "AUTHOR_EMAIL", "COMMITTER_NAME", "COMMITTER_EMAIL")
    plain = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    env = kept | plain | {f"GIT_{role}": "ann" for role in roles}

    def run(folder: Path, *words: object) -> str:
        command = ["git", *map(str, words)]
        done = subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    return run


@pytest.fixture
def commit(git: Callable[..., str]) -> Callable[..., str]:
    """Return `commit(folder, {path: text or bytes})`: write files and commit; the commit's id."""

    def write(folder: Path, files: Mapping[str, str | bytes]) -> str:
        for name, content in files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.encode() if isinstance(content, str) else content)
        git(folder, "add", "--all")
        git(folder, "commit", "--quiet", "--allow-empty", "--message", "Handed in")
        return git(folder, "rev-parse", "HEAD")

    return write


@pytest.fixture
def fork(
    tmp_path: Path, git: Callable[..., str], commit: Callable[..., str]
) -> Callable[..., Path]:
    """Return `fork(name, files)`: a learner's repository with one commit of these files."""

    def make(name: str, files: Mapping[str, str | bytes]) -> Path:
        folder = tmp_path / "forks" / name
        folder.mkdir(parents=True)
        git(folder, "init", "--quiet", "--initial-branch=main")
        commit(folder, files)
        return folder

    return make
