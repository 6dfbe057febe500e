"""Verdicts from a process that has imported everything once and forks per run.

Imports are most of what a run costs. The warm process imports the libraries and pytest, runs no
numeric kernel (a fork after a multi-threaded region can hang), and forks a child per request.
Where fork is missing or unsafe, `start_runner` gives cold runs instead.
"""

import contextlib
import gc
import importlib
import json
import os
import select
import socket
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from threading import Lock
from typing import IO, Protocol

from dojo.catalog import Kata
from dojo.errors import UsageError
from dojo.request import Request
from dojo.run import environment, kill_group, spawn_cold, supervise
from dojo.verdict import Verdict

BASE = (
    "numpy",
    "numpy.testing",
    "pandas",
    "pandas.testing",
    "scipy.stats",
    "scipy.special",
    "scipy.sparse",
    "sklearn.metrics",
    "sklearn.linear_model",
    "sklearn.neighbors",
    "sklearn.impute",
    "sklearn.utils.class_weight",
)
CAN_FORK = sys.platform == "linux"


@dataclass
class Fork:
    """A child forked from this process."""

    pid: int
    wire: socket.socket
    code: int | None = field(default=None)

    def poll(self) -> int | None:
        """Return the exit code, or None while it runs."""
        if self.code is None:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            self.code = os.waitstatus_to_exitcode(status) if pid else None
        return self.code

    def kill(self) -> None:
        """End it and everything it started."""
        kill_group(self.pid)
        if self.code is None:
            self.code = os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])
        self.wire.close()


def spawn_fork(request: Request, trace: IO[bytes]) -> Fork:
    """Fork a child that runs one request."""
    ours, theirs = socket.socketpair()
    pid = os.fork()
    if pid == 0:
        become_child(request, trace, theirs)
    theirs.close()
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.setpgid(pid, pid)
    return Fork(pid, ours)


def become_child(request: Request, trace: IO[bytes], wire: socket.socket) -> None:
    """Turn this forked process into the child of one run; does not return."""
    from dojo import child

    try:
        os.setpgid(0, 0)
        null = os.open(os.devnull, os.O_RDWR)
        for target, source in ((0, null), (1, null), (2, trace.fileno())):
            os.dup2(source, target)
        keep = os.dup2(wire.detach(), 3)
        os.closerange(4, 64)
        args = (*request.pytest_args, *child.QUIET)
        child.run(replace(request, pytest_args=args), socket.socket(fileno=keep))
    finally:
        os._exit(70)


def prime(libraries: Sequence[str]) -> None:
    """Import everything that a run needs, pytest's own plugins included."""
    for name in libraries:
        importlib.import_module(name)
    importlib.import_module("dojo.child")
    from _pytest.config import default_plugins

    for plugin in default_plugins:
        importlib.import_module(f"_pytest.{plugin}")
    gc.collect()
    gc.freeze()


def serve(wire: socket.socket, libraries: Sequence[str]) -> None:
    """Answer requests, a line of JSON each, until the other end closes."""
    prime(libraries)
    with wire.makefile("rwb") as stream:
        for line in stream:
            if not line.strip():
                continue  # what was to be cancelled has ended by itself
            request = Request.from_json(json.loads(line))
            kata = Kata(Path(request.root), request.kata)
            verdicts = supervise(kata, request, spawn_fork, wire)
            stream.write(json.dumps([v.to_json() for v in verdicts]).encode() + b"\n")
            stream.flush()


class Runner(Protocol):
    """Runs one request at a time; another thread may cancel it."""

    def run(self, kata: Kata, request: Request) -> list[Verdict]:
        """Give a verdict for each seed of a request, or none if it was cancelled."""

    def cancel(self) -> None:
        """Give up the run that is under way, if there is one."""

    def close(self) -> None:
        """End; nothing may run any more."""


class Zygote:
    """A warm process that forks a child per run."""

    def __init__(self, root: Path, libraries: Sequence[str]) -> None:
        """Start it, and return at once: it answers when it has imported everything."""
        ours, theirs = socket.socketpair()
        theirs.set_inheritable(True)
        self.process = subprocess.Popen(
            [sys.executable, "-m", "dojo.warm", str(theirs.fileno()), *libraries],
            env=environment(str(root)),
            pass_fds=[theirs.fileno()],
            start_new_session=True,
            stdin=subprocess.DEVNULL,
        )
        theirs.close()
        self.stream = ours.makefile("rwb")
        ours.close()
        self.lock = Lock()
        self.running = False

    def run(self, kata: Kata, request: Request) -> list[Verdict]:
        """Run one request in forks of the warm process."""
        with self.lock:
            self.send(json.dumps(request.to_json()).encode())
            self.running = True
        line = self.stream.readline()
        with self.lock:
            self.running = False
        if not line:
            raise UsageError("The warm process ended; run the command again.")
        return [Verdict.from_json(data) for data in json.loads(line)]

    def cancel(self) -> None:
        """Interrupt the run that is under way with an empty line."""
        with self.lock:
            if self.running:
                self.send(b"")

    def send(self, line: bytes) -> None:
        """Send one line; a process that is gone is noticed by who waits for its answer."""
        with contextlib.suppress(BrokenPipeError):
            self.stream.write(line + b"\n")
            self.stream.flush()

    def close(self) -> None:
        """End the process."""
        with contextlib.suppress(BrokenPipeError):
            self.stream.close()
        self.process.wait()


class Cold:
    """Starts a fresh process per run, where forking is not safe."""

    def __init__(self) -> None:
        """Open the line on which a run is cancelled."""
        self.ours, self.theirs = socket.socketpair()
        self.lock = Lock()
        self.running = False

    def run(self, kata: Kata, request: Request) -> list[Verdict]:
        """Run one request in fresh processes."""
        with self.lock:
            self.running = True
        verdicts = supervise(kata, request, spawn_cold, self.theirs)
        with self.lock:
            self.running = False
            while select.select([self.theirs], [], [], 0)[0]:
                self.theirs.recv(1)
        return verdicts

    def cancel(self) -> None:
        """Interrupt the run that is under way."""
        with self.lock:
            if self.running:
                self.ours.send(b"x")

    def close(self) -> None:
        """Close the line."""
        self.ours.close()
        self.theirs.close()


def start_runner(root: Path, libraries: Sequence[str] = BASE) -> Runner:
    """Start the quickest runner there is here: warm where fork is safe, cold elsewhere."""
    return Zygote(root, libraries) if CAN_FORK else Cold()


if __name__ == "__main__":
    serve(socket.socket(fileno=int(sys.argv[1])), sys.argv[2:])
