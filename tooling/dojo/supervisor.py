"""The parent of a run: it holds the clock and the results, and decides what a child's end means.

A child that dies or hangs costs the test that ran; the next tests get a fresh child.
"""

import json
import os
import select
import socket
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import IO, Protocol

from dojo.catalog import Kata
from dojo.death import how, last_line_in
from dojo.request import GRACE, Request
from dojo.verdict import Outcome, TestResult, Verdict, result_from_json

STARTUP = 300.0
# Files in memory, where the system has them: SQLite waits for a disk at every commit.
IN_MEMORY = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
POLL = 0.05
# At its limit a child writes this and the stack of code that runs; to read that may crash it.
LATE = "Timeout ("


class Child(Protocol):
    """A process that runs one request: started afresh, or forked."""

    wire: socket.socket

    def poll(self) -> int | None:
        """Return the exit code (negative: a signal), or None while it runs."""

    def kill(self) -> None:
        """End it and everything it started."""


Spawn = Callable[[Request, IO[bytes]], Child]


@dataclass
class Supervisor:
    """One run as its parent sees it: what is known so far of every test."""

    kata: Kata
    request: Request
    spawn: Spawn
    interrupt: socket.socket | None = None
    cancelled: bool = False
    known: dict[str, TestResult] = field(default_factory=dict)
    results: dict[tuple[int, str], TestResult] = field(default_factory=dict)
    running: tuple[int, str] | None = None
    importing: bool = False
    left: bool = False
    ended: bool = False
    fault: str = ""
    deadline: float = 0.0

    def run(self) -> None:
        """Run children until every test has a result, or a fault ends the run."""
        while not self.ended and not self.fault:
            done = tuple(self.results)
            with scratch_folder() as scratch:
                request = replace(self.request, done=done, scratch=f"{scratch}/tmp")
                with open(f"{scratch}/trace", "w+b") as trace:
                    self.attend(self.spawn(request, trace), trace)
            self.ended = self.ended or bool(self.known and not self.missing())

    def attend(self, child: Child, trace: IO[bytes]) -> None:
        """Listen to one child until it ends, or has to be ended."""
        self.deadline = time.monotonic() + STARTUP
        self.running, self.importing, self.left = None, False, False
        try:
            alive = self.listen(child)
            code = None if alive else child.poll()
        finally:
            child.kill()
        if self.ended or self.fault:
            return
        if self.left:
            self.blame_break()
            return
        trace.seek(0)
        text = trace.read(2**20).decode(errors="replace")
        self.blame("timeout" if alive or LATE in text else "crashed", code, text)

    def listen(self, child: Child) -> bool:
        """Take in events; return whether the child is still alive when there are no more."""
        buffer = b""
        heard = [child.wire, *([self.interrupt] if self.interrupt else [])]
        while not (self.ended or self.left or self.fault):
            left = self.deadline - time.monotonic()
            if left <= 0:
                return True
            # Asked before looking: what a child said until it ended is then there to be read.
            gone = child.poll() is not None
            ready, _, _ = select.select(heard, [], [], min(left, POLL))
            if self.interrupt in ready:
                self.cancelled = self.ended = True
                return True
            chunk = receive(child.wire) if ready else None
            if chunk == b"" or (chunk is None and gone):
                return self.is_alive_after_silence(child)
            *lines, buffer = (buffer + (chunk or b"")).split(b"\n")
            for line in lines:
                self.take(json.loads(line))
        return True

    def is_alive_after_silence(self, child: Child) -> bool:
        """Wait for a child that closed its socket; one that lives on is ended at the deadline."""
        while child.poll() is None:
            if time.monotonic() > self.deadline:
                return True
            select.select([], [], [], POLL / 10)
        return False

    def take(self, event: dict[str, object]) -> None:
        """Take in one event."""
        handler = getattr(self, f"on_{event.pop('event')}")
        handler(**event)

    def on_import(self) -> None:
        """The learner's file is about to be executed."""
        self.importing = True
        self.start_clock()

    def on_imported(self) -> None:
        """The learner's file was executed, or refused."""
        self.importing = False
        self.deadline = time.monotonic() + STARTUP

    def on_collected(self, tests: list[dict[str, object]]) -> None:
        """The tests are known, and wait."""
        for test in map(result_from_json, tests):
            self.known.setdefault(test.id, test)

    def on_start(self, seed: int, id: str) -> None:
        """A test starts."""
        self.running = seed, id
        self.start_clock()

    def on_result(self, test: dict[str, object]) -> None:
        """A test ended."""
        assert self.running is not None
        result = result_from_json(test)
        self.results[self.running[0], result.id] = result
        if self.request.stop and result.outcome != "passed":
            self.ended = True

    def on_fault(self, text: str) -> None:
        """Something that is not the learner's doing failed."""
        self.fault = self.fault or text

    def on_end(self, code: int) -> None:
        """The child is done: with all it was asked to do, or something made it leave early."""
        self.left = True
        # Who leaves a debugger does not want the rest of the tests in another one.
        self.ended = self.ended or not self.request.isolated or not self.missing()
        if not self.known and not self.fault:
            self.fault = f"No test was found (pytest's exit code {code})."

    def missing(self) -> list[tuple[int, str]]:
        """List the tests that have no result yet, by seed and id."""
        wanted = ((seed, test) for seed in self.request.seeds for test in self.known)
        return [pair for pair in wanted if pair not in self.results]

    def blame_break(self) -> None:
        """Give the test in which a child left early its result."""
        missing = self.missing()
        seed, name = self.running if self.running in missing else missing[0]
        test = self.known[name]
        message = f"{test.function} broke off the run of the tests, as KeyboardInterrupt does."
        self.results[seed, name] = replace(test, outcome="error", message=message)

    def start_clock(self) -> None:
        """Give what starts now its time."""
        limit = self.request.timeout + GRACE if self.request.isolated else float("inf")
        self.deadline = time.monotonic() + limit

    def blame(self, outcome: Outcome, code: int | None, trace: str) -> None:
        """Give the test that ran when a child hung or died its result."""
        mine = Path(self.request.file or self.kata.mine).name
        line = last_line_in(trace, self.files())
        spot = f", in line {line} of {mine}" if line else ""
        if self.importing:
            self.blame_import(outcome, how(outcome, code, self.request.timeout), spot)
            return
        if self.running is None:
            detail = trace.strip().rpartition("\n")[2] or how(outcome, code, STARTUP)
            self.fault = f"The test process did not get as far as the tests: {detail}"
            return
        test = self.known[self.running[1]]
        message = f"{test.function} {how(outcome, code, self.request.timeout)}{spot}."
        self.results[self.running] = replace(
            test, outcome=outcome, message=message, where=self.place(line)
        )
        if outcome == "timeout":
            self.give_up_function(test)

    def give_up_function(self, slow: TestResult) -> None:
        """Do not wait for the other tests of a function that has hung once."""
        text = f"Not run, since {slow.function} hung in the test {slow.rule!r}."
        for seed in self.request.seeds:
            for test in self.known.values():
                if test.function == slow.function:
                    missed = replace(test, outcome="timeout", message=text, ran=False)
                    self.results.setdefault((seed, test.id), missed)

    def blame_import(self, outcome: Outcome, what: str, spot: str) -> None:
        """Give every test its result where the learner's file could not even be executed."""
        name = Path(self.request.file or self.kata.mine).name
        text = f"Importing {name} {what}{spot}."
        line = spot.partition("line ")[2].partition(" ")[0]
        for function in self.kata.functions:
            identity = f"import::{function}"
            self.known[identity] = result = TestResult(
                identity,
                function,
                f"{name} can be imported",
                "",
                outcome,
                text,
                where=self.place(line),
                ran=False,
            )
            self.results |= {(seed, identity): result for seed in self.request.seeds}
        self.ended = True

    def files(self) -> set[str]:
        """The files whose lines a stack is searched for."""
        request = self.request
        chosen = {"mine": self.kata.mine, "stub": self.kata.pristine}
        return {request.file or str(chosen.get(request.against, self.kata.reference))}

    def place(self, line: str) -> str:
        """Name file:line of a learner's file."""
        if not line:
            return ""
        path = next(iter(self.files()))
        return f"{path.removeprefix(self.request.root + os.sep)}:{line}"

    def verdict(self, seed: int, seconds: float) -> Verdict:
        """Sum up what was found under one seed."""
        request = self.request
        against = os.path.relpath(request.file, request.root) if request.file else request.against
        functions = tuple(
            f
            for f in self.kata.functions
            if not self.known or any(t.function == f for t in self.known.values())
        )
        tests = [self.results[seed, t] for t in self.known if (seed, t) in self.results]
        return Verdict(
            kata=self.kata.name,
            against=against,
            seed=seed,
            isolation="process",
            functions=functions,
            tests=tuple(tests),
            fault=self.fault,
            seconds=round(seconds, 3),
        )


def scratch_folder() -> "tempfile.TemporaryDirectory[str]":
    """Make a folder for the files of a run; it goes with the block that uses it."""
    return tempfile.TemporaryDirectory(prefix="dojo-", dir=IN_MEMORY, ignore_cleanup_errors=True)


def supervise(
    kata: Kata, request: Request, spawn: Spawn, interrupt: socket.socket | None = None
) -> list[Verdict]:
    """Run one request in children made by `spawn`, and give a verdict for each of its seeds.

    As soon as something arrives on `interrupt` the run is given up, and there is no verdict.
    """
    start = time.monotonic()
    supervisor = Supervisor(kata, request, spawn, interrupt)
    supervisor.run()
    if supervisor.cancelled:
        return []
    seconds = (time.monotonic() - start) / len(request.seeds)
    return [supervisor.verdict(seed, seconds) for seed in request.seeds]


def receive(wire: socket.socket) -> bytes:
    """Read what is there; nothing, if the other end was killed."""
    try:
        return wire.recv(2**16)
    except ConnectionError:
        return b""
