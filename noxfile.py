"""Sessions: each is a thin call of `python -m dojo VERB`; what follows `--` goes to the verb.

All sessions share one `.venv` in this folder, where editors find it. Its packages come in groups
(pyproject.toml), pinned by constraints.txt, and are installed again when either file changes.
"""

import hashlib
import logging
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import nox

nox.needs_version = ">=2025.2.9"
nox.options.sessions = ["check"]
# A learner wants to see the verdict; what nox has to say about sessions would stand above it.
logging.getLogger("nox").setLevel(logging.WARNING)

ROOT = Path(__file__).parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
PINS = (ROOT / "pyproject.toml", ROOT / "constraints.txt")
EVERYTHING = ("judge", "grading", "torch", "oracles", "cluster", "develop")
# The learner's edition lacks the authors' half, and then has no sessions for it.
HAS_AUTHORS = (ROOT / "tooling" / "dojo" / "authoring").is_dir()


def author_session(run: Callable[[nox.Session], None]) -> object:
    """Make a session of a function where the authors' half is there."""
    return nox.session(venv_backend="none", default=False)(run) if HAS_AUTHORS else run


@nox.session(venv_backend="none")
def check(session: nox.Session) -> None:
    """Run the tests of a kata on your code: nox -s check -- kata07."""
    judged = ["judge"] if "--judged" in session.posargs else []
    dojo(session, "base", *judged, *needs(session.posargs))


@nox.session(venv_backend="none", default=False)
def watch(session: nox.Session) -> None:
    """Show a verdict at every save: nox -s watch -- kata07."""
    dojo(session, "base", *needs(session.posargs))


@author_session
def solutions(session: nox.Session) -> None:
    """Run the same tests on the reference solutions."""
    dojo(session, "base", *needs(session.posargs))


@nox.session(venv_backend="none", default=False)
def hint(session: nox.Session) -> None:
    """Show the next hint for a function: nox -s hint -- kata07 n_per_arm."""
    dojo(session, "base", *needs(session.posargs))


@nox.session(venv_backend="none", default=False)
def solution(session: nox.Session) -> None:
    """Show the reference solution of a kata."""
    dojo(session, "base", *needs(session.posargs))


@nox.session(venv_backend="none", default=False)
def reset(session: nox.Session) -> None:
    """Put the pristine stub of a kata back, and keep your file."""
    dojo(session, "base")


@nox.session(venv_backend="none", default=False)
def skip(session: nox.Session) -> None:
    """Pass over a kata until it is named again: nox -s skip -- kata04."""
    dojo(session, "base")


@nox.session(venv_backend="none", default=False)
def progress(session: nox.Session) -> None:
    """Show how far you are."""
    dojo(session, "base")


@author_session
def verify(session: nox.Session) -> None:
    """Prove that katas are right: nox -s verify -- kata07."""
    dojo(session, "base", "judge", "torch", "oracles")


@author_session
def grade(session: nox.Session) -> None:
    """Judge what a cohort handed in: nox -s grade -- ROSTER.csv, or folders."""
    remote = any(word.startswith("--scheduler") for word in session.posargs)
    dojo(session, "base", "judge", "grading", *needs([]), *(["cluster"] if remote else []))


@author_session
def bench(session: nox.Session) -> None:
    """Measure how long the tool takes: nox -s bench -- watch."""
    dojo(session, "base", *EVERYTHING)


@author_session
def new(session: nox.Session) -> None:
    """Scaffold both halves of a new kata: nox -s new -- kata08_p_values."""
    dojo(session, "base")


@nox.session(venv_backend="none", default=False)
def tests(session: nox.Session) -> None:
    """Run the whole test suite."""
    dojo(session, "base", *(EVERYTHING if HAS_AUTHORS else ("tests",)))


@author_session
def lint(session: nox.Session) -> None:
    """Check format, types and the layers of the tool."""
    dojo(session, "base", *EVERYTHING)


@author_session
def doctor(session: nox.Session) -> None:
    """Tell what this machine is, what isolation it has, and what to do for more."""
    dojo(session, "base", "judge")


@author_session
def handout(session: nox.Session) -> None:
    """Write the learner's edition: nox -s handout -- DEST."""
    dojo(session, "base")


def dojo(session: nox.Session, *groups: str) -> None:
    """Run the verb that a session is named for, and end with its exit code."""
    prepare(session, groups)
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "tooling")}
    command = [str(PYTHON), "-m", "dojo", session.name, *session.posargs]
    # Ctrl-C reaches the verb too, which says its last word; a handler, unlike SIG_IGN, ends there.
    signal.signal(signal.SIGINT, lambda *_: None)
    code = wait(subprocess.Popen(command, env=environment))
    if code:
        sys.exit(code)


def wait(process: "subprocess.Popen[bytes]") -> int:
    """Wait until a verb has ended; it ends before this does, and stops before this stops.

    Otherwise a shell would have the terminal back before the verb has tidied it.
    """
    if os.name == "nt":
        return process.wait()
    for number in (signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(number) != signal.SIG_IGN:
            signal.signal(number, lambda number, _: process.send_signal(number))
    while True:
        # Ctrl-Z reaches the verb too.
        signal.signal(signal.SIGTSTP, lambda *_: None)
        _, status = os.waitpid(process.pid, os.WUNTRACED)
        if not os.WIFSTOPPED(status):
            return os.waitstatus_to_exitcode(status)
        signal.signal(signal.SIGTSTP, signal.SIG_DFL)
        os.kill(os.getpid(), signal.SIGTSTP)


def needs(words: list[str]) -> list[str]:
    """List the groups beyond the base that the katas named by some words, or all, need."""
    texts = (path.read_text(encoding="utf-8") for path in ROOT.glob("katas/*/kata.toml"))
    if not any('needs = ["' in text for text in texts):
        return []
    sys.path.insert(0, str(ROOT / "tooling"))
    from dojo import catalog

    named = {word for word in words if not word.startswith("-")}
    return [
        group
        for kata in catalog.katas(ROOT)
        if not named or any(kata.goes_by(word) for word in named)
        for group in kata.facts.needs
    ]


def prepare(session: nox.Session, groups: tuple[str, ...]) -> None:
    """Make `.venv` and install the groups that are missing or were pinned anew."""
    wanted = fingerprint()
    missing = [group for group in groups if read(stamp(group)) != wanted]
    if not missing and PYTHON.exists():
        return
    uv = shutil.which("uv")
    if not PYTHON.exists():
        make = [uv, "venv", "--quiet"] if uv else [sys.executable, "-m", "venv"]
        session.run(*make, str(VENV), external=True)
    install(session, uv, missing)
    for group in missing:
        stamp(group).write_text(wanted)


def install(session: nox.Session, uv: str | None, groups: list[str]) -> None:
    """Install groups with uv where it exists, and with pip otherwise; both compile modules."""
    project = nox.project.load_toml(PINS[0])
    packages = sorted({p for g in groups for p in nox.project.dependency_groups(project, g)})
    pins = ["--constraint", str(PINS[1]), *packages]
    if uv:
        command = [uv, "pip", "install", "--python", str(PYTHON), "--compile-bytecode", *pins]
    else:
        command = [str(PYTHON), "-m", "pip", "install", "--quiet", *pins]
    print(f"Installing {', '.join(groups)} into .venv; this happens once.", file=sys.stderr)
    # On Linux, uv would otherwise choose a CUDA build of torch, several GB of it.
    session.run(*command, env={"UV_TORCH_BACKEND": "cpu"}, external=True, silent=False)


def fingerprint() -> str:
    """Name the pins as they are now."""
    return hashlib.sha256(b"".join(path.read_bytes() for path in PINS)).hexdigest()


def stamp(group: str) -> Path:
    """Name the file that says which pins a group was installed under."""
    return VENV / f"group-{group}.stamp"


def read(path: Path) -> str:
    """Read a file that may not be there."""
    return path.read_text() if path.exists() else ""
