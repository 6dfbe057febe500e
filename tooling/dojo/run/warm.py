"""Verdicts from a process that has imported everything once and forks per run.

Imports are most of what a run costs. Where fork is missing or unsafe, `start_runner` gives cold
runs instead.
"""

import contextlib
import json
import select
import socket
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from threading import Lock
from typing import Protocol

from dojo.errors import UsageError
from dojo.kata.libraries import BASE
from dojo.run.cold import spawn_cold
from dojo.run.environ import environment
from dojo.run.request import Request
from dojo.run.supervisor import supervise
from dojo.run.verdict import Verdict

CAN_FORK = sys.platform == "linux"


def always() -> bool:
    """Want every run."""
    return True


class Runner(Protocol):
    """Runs one request at a time; another thread may cancel it."""

    def run(self, request: Request, wanted: Callable[[], bool] = always) -> list[Verdict]:
        """Give a verdict for each seed of a request, or none if it was cancelled.

        `wanted` is asked last thing before the run: who wants to cancel it may come too early.
        """

    def cancel(self) -> None:
        """Give up the run that is under way, if there is one."""

    def close(self) -> None:
        """End; nothing may run any more."""


class Zygote:
    """A warm process that forks a child per run; where it has ended, another takes its place.

    `answered` says that it has given a verdict, `running` that one is waited for.
    """

    def __init__(self, root: Path, libraries: Sequence[str], keep: Sequence[int] = ()) -> None:
        """Start it, and return at once: it answers when it has imported everything.

        Its children have the open files `keep`.
        """
        self.words = [str(root), ",".join(map(str, keep)), *libraries]
        self.keep = keep
        self.lock = Lock()
        self.start()

    def start(self) -> None:
        """Start the process."""
        ours, theirs = socket.socketpair()
        theirs.set_inheritable(True)
        self.process = subprocess.Popen(
            [sys.executable, "-m", "dojo.child.zygote", str(theirs.fileno()), *self.words],
            env=environment(),
            pass_fds=[theirs.fileno(), *self.keep],
            start_new_session=True,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
        )
        theirs.close()
        self.stream = ours.makefile("rwb")
        ours.close()
        self.running = self.answered = False

    def run(self, request: Request, wanted: Callable[[], bool] = always) -> list[Verdict]:
        """Run one request; once more where the process has ended that answered before."""
        for _ in range(2 if self.answered else 1):
            found = self.ask(request, wanted)
            if found is not None:
                return found
            self.start_again()
        raise UsageError("The warm process ended; try again.")

    def ask(self, request: Request, wanted: Callable[[], bool]) -> list[Verdict] | None:
        """Run one request in forks of the process; None where it has ended."""
        with self.lock:
            if not wanted():
                return []
            self.send(json.dumps(request.to_json()).encode())
            self.running = True
        try:
            line = self.stream.readline()
        except ConnectionError:
            line = b""
        with self.lock:
            self.running, self.answered = False, bool(line)
        return [Verdict.from_json(data) for data in json.loads(line)] if line else None

    def start_again(self) -> None:
        """Start another process in the place of one that has ended."""
        with self.lock:
            self.end()
            self.start()

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

    def end(self) -> None:
        """End the process."""
        with contextlib.suppress(BrokenPipeError):
            self.stream.close()
        self.process.wait()

    def close(self) -> None:
        """End; nothing may run any more."""
        self.end()


class Cold:
    """Starts a fresh process per run, where forking is not safe."""

    def __init__(self) -> None:
        """Open the line on which a run is cancelled."""
        self.ours, self.theirs = socket.socketpair()
        self.lock = Lock()
        self.running = False

    def run(self, request: Request, wanted: Callable[[], bool] = always) -> list[Verdict]:
        """Run one request in fresh processes."""
        with self.lock:
            if not wanted():
                return []
            self.running = True
        verdicts = supervise(request, spawn_cold, self.theirs)
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


def start_runner(root: Path, libraries: Sequence[str] = BASE, keep: Sequence[int] = ()) -> Runner:
    """Start the quickest runner there is here: warm where fork is safe, cold elsewhere."""
    return Zygote(root, libraries, keep) if CAN_FORK else Cold()
