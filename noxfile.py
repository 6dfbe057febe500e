"""Sessions: each is a thin call of `python -m dojo VERB`; what follows `--` goes to the verb.

All sessions share one `.venv` in this folder, where editors find it; only `pythons` has one for
each Python. Packages come in groups (pyproject.toml), pinned by constraints.txt, and are installed
again when either file changes. An environment that its Python has left is made anew.
"""

from __future__ import annotations

import hashlib
import logging
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import nox

nox.needs_version = ">=2025.2.9"
nox.options.sessions = ["check"]
# A learner wants to see the verdict; what nox has to say about sessions would stand above it.
logging.getLogger("nox").setLevel(logging.WARNING)

ROOT = Path(__file__).parent
PINS = (ROOT / "pyproject.toml", ROOT / "constraints.txt")
EVERYTHING = ("judge", "grading", "torch", "oracles", "cluster", "develop")
OLDEST = (3, 11)
# Prints what stamps carry: modules compiled, and libraries built, for one Python suit no other.
TELL = "import sys; print(*sys.version_info[:2], sys.implementation.cache_tag)"
# What pip and uv say where nobody answers; a certificate or a proxy is another matter.
OFFLINE = re.compile(
    r"\A(?!.*(SSL|certificate|proxy)).*(connection|resol|dns error|network|timed out|unreachable)",
    re.I | re.S,
)
# The learner's edition lacks the authors' half, and then has no sessions for it.
HAS_AUTHORS = (ROOT / "tooling" / "dojo" / "author").is_dir()


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
    dojo(session, "base", *EVERYTHING, words=("bench",))


@author_session
def new(session: nox.Session) -> None:
    """Scaffold both halves of a new kata: nox -s new -- kata08_p_values."""
    dojo(session, "base")


@nox.session(venv_backend="none", default=False)
def tests(session: nox.Session) -> None:
    """Run the whole test suite."""
    dojo(session, "base", *(EVERYTHING if HAS_AUTHORS else ("tests",)))


@author_session
def pythons(session: nox.Session) -> None:
    """Run the references, the mistakes and the tool's tests on every Python that is found."""
    sys.path.insert(0, str(ROOT / "tooling"))
    from dojo.author import interpreters

    ends = {}
    for version, interpreter in interpreters.find().items():
        if interpreter:
            print(f"Python {version}: {interpreter}", flush=True)
            ends[version] = try_python(session, version, interpreter)
        else:
            ends[version] = "not found"
    print(interpreters.summary(ends), flush=True)
    if not {"green"} <= set(ends.values()) <= {"green", "not found"}:
        sys.exit(1)


def try_python(session: nox.Session, version: str, interpreter: str) -> str:
    """Run what must be green on a Python, in an environment of its own; say how that ended."""
    environment = Environment(ROOT / ".nox" / f"python{version}", interpreter)
    try:
        environment.prepare("base", "judge", "grading", "tests")
    except Unprepared as problem:
        return str(problem)
    return "red" if call(environment, session, ("dojo", session.name)) else "green"


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


def dojo(session: nox.Session, *groups: str, words: tuple[str, ...] = ()) -> None:
    """Run the verb that a session is named for, or other words, and end with its exit code."""
    environment = Environment(ROOT / ".venv")
    try:
        environment.prepare(*groups)
    except Unprepared as problem:
        print(problem, file=sys.stderr)
        sys.exit(2)
    if code := call(environment, session, words or ("dojo", session.name)):
        sys.exit(code)


def call(environment: Environment, session: nox.Session, words: tuple[str, ...]) -> int:
    """Run a module of the tool, with what was typed, in an environment; return its exit code."""
    # A module of the learner's, random.py in this folder for instance, is nobody else's.
    own = {"PYTHONPATH": str(ROOT / "tooling"), "PYTHONSAFEPATH": "1"}
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONOPTIMIZE"}
    command = [str(environment.python), "-m", *words, *session.posargs]
    # Ctrl-C reaches the verb too, which says its last word; a handler, unlike SIG_IGN, ends there.
    signal.signal(signal.SIGINT, lambda *_: None)
    return wait(subprocess.Popen(command, env=kept | own))


def wait(process: subprocess.Popen[bytes]) -> int:
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
    named = [word for word in words if not word.startswith("-")]
    groups: list[str] = []
    for path in sorted(ROOT.glob("katas/kata[0-9][0-9]_*/kata.toml")):
        if not named or any(may_mean(word, path.parent.name) for word in named):
            groups += needs_in(path)
    return groups


def needs_in(path: Path) -> list[str]:
    """List the groups that a kata.toml names, of those that there are; verbs tell what is wrong."""
    known = nox.project.load_toml(PINS[0])["dependency-groups"]
    try:
        wanted = nox.project.load_toml(path).get("needs")
    except ValueError:
        return []
    return [group for group in known if isinstance(wanted, list) and group in wanted]


def may_mean(word: str, kata: str) -> bool:
    """Tell whether a word, 7 or sample_size or a path, may stand for a kata: kata07_sample_size."""
    number = re.search(r"\d+", word)
    by_number = number is not None and int(number[0]) == int(kata[4:6])
    return by_number or kata[7:] in word.lower().replace("-", "_")


class Unprepared(Exception):
    """An environment cannot be made or filled; the message is a sentence that says what to do."""


@dataclass(frozen=True)
class Environment:
    """A virtual environment of this workbook, and the Python that it is made with."""

    folder: Path
    interpreter: str = sys.executable

    @property
    def python(self) -> Path:
        """Its own Python."""
        return self.folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")

    def stamp(self, group: str) -> Path:
        """Name the file that says which pins, for which Python, a group was installed under."""
        return self.folder / f"group-{group}.stamp"

    def prepare(self, *groups: str) -> None:
        """Install the groups that are missing or were pinned anew; make it first where need be."""
        tag = tell(self.python)
        missing = [group for group in groups if read(self.stamp(group)) != fingerprint(tag)]
        if tag and not missing:
            return
        if not self.is_usable(tag):
            self.make()
            tag, missing = tell(self.python), list(groups)
        self.install(missing)
        for group in missing:
            self.stamp(group).write_text(fingerprint(tag))

    def is_usable(self, tag: str) -> bool:
        """Tell whether packages can be added: to what its Python, which starts, can import."""
        if self.folder == Path(sys.prefix):
            return True  # nox runs in it
        stamps = [read(path).partition("\n")[0] for path in self.folder.glob("group-*.stamp")]
        suits = is_new_enough(tag) and all(stamp == tag for stamp in stamps)
        return suits and (bool(shutil.which("uv")) or works(self.python, "-m", "pip", "--version"))

    def make(self) -> None:
        """Make it, anew where there is one that cannot be used."""
        if not is_new_enough(tell(self.interpreter)):
            raise Unprepared(f"{self.interpreter} is no Python from 3.11 on; run nox with one.")
        if self.folder.exists():
            why = "Its Python is gone, another one or too old, or it has no pip"
            print(f"{self.folder} is made anew. {why}.", file=sys.stderr)
            shutil.rmtree(self.folder)
        uv = shutil.which("uv")
        make = [uv, "venv", "--quiet", "--python"] if uv else []
        run(*make, self.interpreter, *([] if uv else ["-m", "venv"]), self.folder, to="made")

    def install(self, groups: list[str]) -> None:
        """Install groups with uv where it exists, and with pip otherwise; both compile modules."""
        project = nox.project.load_toml(PINS[0])
        packages = sorted({p for g in groups for p in nox.project.dependency_groups(project, g)})
        pip: list[object] = [self.python, "-m", "pip", "install", "--quiet", "--compile"]
        if uv := shutil.which("uv"):
            pip = [uv, "pip", "install", "--quiet", "--compile-bytecode", "--python", self.python]
        where = os.path.relpath(self.folder, ROOT)
        print(f"Installing {', '.join(groups)} into {where}; this happens once.", file=sys.stderr)
        run(*pip, "--constraint", PINS[1], *packages, to="filled")
        run(self.python, "-m", "compileall", "-q", ROOT / "tooling" / "dojo", to="filled")


def run(*command: object, to: str) -> None:
    """Run a command that an environment needs; where it fails, say why in a sentence."""
    # On Linux, uv would otherwise choose a CUDA build of torch, several GB of it.
    env = {**os.environ, "UV_TORCH_BACKEND": "cpu"}
    words = list(map(str, command))
    done = subprocess.run(words, env=env, stdout=sys.stderr, stderr=subprocess.PIPE, text=True)
    if not done.returncode:
        return
    if OFFLINE.search(done.stderr):
        raise Unprepared(
            "The packages cannot be fetched: there is no network, or it does not answer. "
            "Connect, and run the command again; once they are there, none is needed."
        )
    print(done.stderr, file=sys.stderr)
    raise Unprepared(f"The environment could not be {to}; the reason stands above.")


def tell(python: str | Path) -> str:
    """Ask a Python for its version; '' where it does not start."""
    try:
        done = subprocess.run([python, "-I", "-S", "-c", TELL], capture_output=True, text=True)
    except OSError:
        return ""
    return done.stdout.strip()


def works(*command: str | Path) -> bool:
    """Tell whether a command ends well, whatever it says."""
    return not subprocess.run(command, capture_output=True).returncode


def is_new_enough(tag: str) -> bool:
    """Tell whether a version is one that this workbook can run on."""
    return bool(tag) and tuple(map(int, tag.split()[:2])) >= OLDEST


def fingerprint(tag: str) -> str:
    """Name the pins as they are now, for one Python."""
    return f"{tag}\n{hashlib.sha256(b''.join(path.read_bytes() for path in PINS)).hexdigest()}"


def read(path: Path) -> str:
    """Read a file that may not be there."""
    return path.read_text() if path.exists() else ""
