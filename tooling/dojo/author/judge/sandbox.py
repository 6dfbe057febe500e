"""The sandbox from outside: start the zygote in it, ask it for workers."""

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from dojo import limits
from dojo.author.judge import isolation, seccomp
from dojo.author.judge.types.entries import HOMES, with_homes
from dojo.errors import UsageError
from dojo.kata.catalog import Kata
from dojo.kata.libraries import BASE, imported, libraries, package_of
from dojo.run.environ import environment
from dojo.run.scratch import scratch_folder

SANDBOX, UNSAFE = "sandbox", "unsafe"


def isolation_of(unsafe: bool) -> str:
    """Name the isolation of the verdicts from a sandbox."""
    return UNSAFE if unsafe else SANDBOX


class Sandbox:
    """A zygote behind walls; `unsafe` leaves out the walls and keeps the separate process."""

    def __init__(self, katas: Sequence[Kata], *, unsafe: bool, warm: bool) -> None:
        """Start it and return at once; UsageError where the machine has no walls to offer.

        It loads what the stubs import before it forks the first worker, since that is no learner's
        time; a `warm` one loads all libraries.
        """
        if not unsafe:
            require_walls()
        self.name = isolation_of(unsafe)
        self.scratch = scratch_folder()
        self.control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self.control.set_inheritable(True)
        with tempfile.TemporaryFile() as program:
            program.write(b"" if unsafe and isolation.missing() else seccomp.program())
            program.seek(0)
            words = [str(theirs.fileno()), str(program.fileno()), self.name]
            names = to_load(katas, warm=warm)
            interpreter = sys.executable if unsafe else isolation.python()
            jail = ["-m", "dojo.author.judge.jail", *words, *names]
            walls = [] if unsafe else isolation.walls(shutil.which("bwrap") or "", hidden(katas))
            self.process = subprocess.Popen(
                [*walls, interpreter, *jail],
                pass_fds=[theirs.fileno(), program.fileno()],
                env=self.environment(unsafe),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )
        theirs.close()

    def environment(self, unsafe: bool) -> dict[str, str]:
        """The environment of the zygote where no wall clears it."""
        package = str(Path(isolation.__file__).parents[3])
        own = {"PYTHONPATH": package, "TMPDIR": self.scratch.name}
        return environment() | isolation.environment() | own if unsafe else dict(os.environ)

    def close(self) -> None:
        """End the zygote, and with it all that is behind the walls."""
        self.control.close()
        self.process.kill()
        self.process.wait()
        self.scratch.cleanup()


def require_walls() -> None:
    """Raise UsageError where this machine is known to have no walls to offer."""
    if problem := isolation.missing():
        raise UsageError(f"{problem} `nox -s doctor` tells more; `grade --unsafe` does without.")


def to_load(katas: Sequence[Kata], *, warm: bool) -> Sequence[str]:
    """Name the modules that stubs import or, `warm`, all that is used of libraries.

    Where a library's function is forbidden, what needs the library is loaded before that goes:
    here once, or else by every worker.
    """
    names = with_homes(libraries(katas)) if warm else in_stubs(katas)
    dotted = any("." in name for kata in katas for name in kata.facts.forbid)
    return list(dict.fromkeys([*(HOMES.values() if dotted else ()), *names]))


def in_stubs(katas: Sequence[Kata]) -> Sequence[str]:
    """Name the modules that stubs import."""
    return [module for kata in katas for module in imported(kata.pristine)]


def hidden(katas: Sequence[Kata]) -> tuple[str, ...]:
    """Name the packages that are not there for workers: forbidden, and needed by none of these."""
    base = set(map(package_of, BASE))
    needed = base | {name for kata in katas for name in kata.facts.needs}
    forbidden = {package_of(name) for kata in katas for name in kata.facts.forbid}
    return tuple(sorted(forbidden - needed))


def call_worker(control: socket.socket) -> tuple[socket.socket, socket.socket]:
    """Ask for a worker; return the wire to it, and the line on which its end is told.

    UsageError if there is none: the walls could not be put up.
    """
    wire, far_wire = socket.socketpair()
    life, far_life = socket.socketpair()
    with contextlib.suppress(OSError):
        socket.send_fds(control, [b"worker"], [far_wire.fileno(), far_life.fileno()])
    far_wire.close()
    far_life.close()
    if why := problem_of(life):
        raise UsageError(f"There is no sandbox ({why}); `nox -s doctor` tells what to do.")
    return wire, life


def problem_of(life: socket.socket) -> str:
    """Wait for the zygote's answer; return why there is no worker, or ''."""
    life.settimeout(limits.STARTUP_SECONDS)
    try:
        answer = life.recv(1)
    except TimeoutError:
        return f"its zygote did not answer within {limits.STARTUP_SECONDS:g} s"
    life.settimeout(
        None
    )  # a worker's end may be long in coming: it is the test's limit that counts
    if answer == b"+":
        return ""
    return life.recv(1000).decode(errors="replace") if answer else "its zygote ended"
