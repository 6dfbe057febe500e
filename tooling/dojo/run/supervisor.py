"""The parent of a run: it holds the clock, and decides what a child's end means.

A child that dies or hangs costs the test that ran; the next tests get a fresh child, for as long
as the budget lasts. In a judged run the child executes no learner's code: it may hang, waiting for
who does, but its death is the tool's own, a fault.
"""

import json
import select
import socket
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import IO, Any, Protocol

from dojo import limits
from dojo.run.blame import End
from dojo.run.budget import Budget
from dojo.run.request import Request
from dojo.run.results import Results
from dojo.run.scratch import scratch_folder
from dojo.run.verdict import Outcome, TestResult, Verdict, result_from_json, with_digests

POLL = 0.05


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
    """One run as its parent sees it: what its child does, and for how long it may.

    `running` and `importing` say what the child does now, by its own events; `left` that it said
    that it ends, `outdated` that it would go on with tests that were given up.
    """

    request: Request
    spawn: Spawn
    interrupt: socket.socket | None = None
    cancelled: bool = False
    results: Results = field(init=False)
    running: tuple[int, str] | None = None
    importing: bool = False
    left: bool = False
    outdated: bool = False
    ended: bool = False
    fault: str = ""
    deadline: float = 0.0
    budget: Budget = field(init=False)

    def __post_init__(self) -> None:
        """Let every function hang once under each seed, and all else together take as long."""
        runs = len(self.request.seeds) * (len(self.request.kata.functions) + 1)
        self.budget = Budget(runs * self.limit())
        self.results = Results(self.request)

    def run(self) -> None:
        """Run children until every test has a result, or a fault ends the run."""
        while not self.ended and not self.fault:
            with scratch_folder() as scratch:
                request = replace(self.request, done=self.results.done, scratch=f"{scratch}/tmp")
                with open(f"{scratch}/trace", "w+b") as trace:
                    self.attend(self.spawn(request, trace), trace)
            self.ended = self.ended or bool(self.results.known and not self.results.missing())

    def attend(self, child: Child, trace: IO[bytes]) -> None:
        """Listen to one child until it ends, or has to be ended."""
        self.deadline = time.monotonic() + limits.STARTUP_SECONDS
        self.running, self.importing, self.left, self.outdated = None, False, False, False
        try:
            alive = self.listen(child)
            code = None if alive else child.poll()
        finally:
            child.kill()
            self.budget.stop()
        if self.ended or self.fault or self.outdated:
            return
        if self.left:
            self.blame_break()
            return
        trace.seek(0)
        text = trace.read(2**20).decode(errors="replace")
        self.blame(End(self.request, alive, code, text))

    def listen(self, child: Child) -> bool:
        """Take in events; return whether the child is still alive when there are no more."""
        buffer = b""
        heard = [child.wire, *([self.interrupt] if self.interrupt else [])]
        while not self.is_over():
            left = self.deadline - time.monotonic()
            # Asked before looking: what a child said until it ended is then there to be read.
            gone = child.poll() is not None
            # Looked at after the deadline too: a parent that gets no core is late, not its child.
            ready, _, _ = select.select(heard, [], [], max(0, min(left, POLL)))
            if self.interrupt in ready:
                self.cancelled = self.ended = True
                return True
            if not ready and left <= 0:
                return True
            chunk = receive(child.wire) if ready else None
            if chunk == b"" or (chunk is None and gone):
                return self.is_alive_after_silence(child)
            *lines, buffer = (buffer + (chunk or b"")).split(b"\n")
            for line in lines:
                # What follows a fault may be its consequence, and is no learner's.
                if not self.is_over():
                    self.take(json.loads(line))
        return True

    def is_over(self) -> bool:
        """Tell whether nothing more is wanted of this child."""
        return self.ended or self.left or self.outdated or bool(self.fault)

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
        self.budget.stop()
        self.deadline = time.monotonic() + limits.STARTUP_SECONDS

    def on_collected(self, tests: list[dict[str, object]]) -> None:
        """The tests are known, and wait."""
        for test in map(result_from_json, tests):
            self.results.known.setdefault(test.id, test)

    def on_start(self, seed: int, id: str) -> None:
        """A test starts."""
        self.running = seed, id
        self.start_clock()

    def on_result(self, test: dict[str, object]) -> None:
        """A test ended."""
        assert self.running is not None
        self.budget.stop()
        result = result_from_json(test)
        self.results.found[self.running[0], result.id] = result
        if self.request.stop and result.outcome != "passed":
            self.ended = True
        self.keep_to_budget(result.function)

    def on_returned(self, seed: int, test: str, digests: list[Any]) -> None:
        """What the calls of an earlier test returned is of use now."""
        self.results.found[seed, test] = with_digests(self.results.found[seed, test], digests)

    def on_broken(self) -> None:
        """The process behind the child ended, or cannot be used any more."""
        if self.running is not None:
            self.budget.broken[self.results.known[self.running[1]].function] += 1

    def on_fault(self, text: str) -> None:
        """Something that is not the learner's doing failed."""
        self.fault = self.fault or text

    def on_end(self, code: int) -> None:
        """The child is done: with all it was asked to do, or something made it leave early."""
        self.left = True
        # Who leaves a debugger does not want the rest of the tests in another one.
        self.ended = self.ended or not self.request.isolated or not self.results.missing()
        if not self.results.known and not self.fault:
            self.fault = f"No test was found (pytest's exit code {code})."

    def blame_break(self) -> None:
        """Give the test in which a child left early its result."""
        if self.request.judged:
            self.fault = "The test process left before the tests were over."
            return
        missing = self.results.missing()
        seed, name = self.running if self.running in missing else missing[0]
        test = self.results.known[name]
        message = f"{test.function} broke off the run of the tests, as KeyboardInterrupt does."
        self.results.found[seed, name] = replace(test, outcome="error", message=message)

    def start_clock(self) -> None:
        """Give what starts now its time."""
        self.deadline = time.monotonic() + self.limit() + limits.GRACE_SECONDS
        self.budget.start()

    def limit(self) -> float:
        """The seconds of an import or a test: none where a person may be in the debugger."""
        return self.request.timeout if self.request.isolated else float("inf")

    def blame(self, end: End) -> None:
        """Give what ran when a child hung or died its result."""
        ran = self.importing or self.running is not None
        if end.is_ours(ran=ran):
            self.fault = end.fault(limits.STARTUP_SECONDS, ran=ran)
        elif self.running is None or self.importing:
            for result in end.import_results():
                self.results.add_to_all_seeds(result)
            self.ended = True
        else:
            result = end.result(self.results.known[self.running[1]])
            self.results.found[self.running] = result
            self.give_up_function(result)

    def give_up_function(self, last: TestResult) -> None:
        """Count what a function broke; do not wait for the rest of one that has hung once."""
        if last.outcome == "timeout":
            text = f"Not run, since {last.function} hung in the test {last.rule!r}."
            self.give_up(self.results.of(last.function), last.outcome, text)
        else:
            self.budget.broken[last.function] += 1
        self.keep_to_budget(last.function)

    def keep_to_budget(self, function: str) -> None:
        """Give up the rest of a function that broke too much, or of all after too long."""
        if self.budget.is_broken(function):
            text = f"Not run, since {function} broke its process {limits.BREAKS} times."
            self.give_up(self.results.of(function), "crashed", text)
        if self.budget.is_spent():
            limit = self.budget.seconds
            text = f"Not run, since the tests took more than {limit:g} s together."
            self.give_up(self.results.known.values(), "timeout", text)

    def give_up(self, tests: Iterable[TestResult], outcome: Outcome, text: str) -> None:
        """Give those tests that have no result yet one; a child that would run them has to go."""
        self.outdated |= self.results.give_up(tests, outcome, text)


def supervise(
    request: Request, spawn: Spawn, interrupt: socket.socket | None = None
) -> list[Verdict]:
    """Run one request in children made by `spawn`, and give a verdict for each of its seeds.

    As soon as something arrives on `interrupt` the run is given up, and there is no verdict.
    """
    start = time.monotonic()
    supervisor = Supervisor(request, spawn, interrupt)
    supervisor.run()
    if supervisor.cancelled:
        return []
    seconds = (time.monotonic() - start) / len(request.seeds)
    results, fault = supervisor.results, supervisor.fault
    return [results.verdict(seed, fault, seconds) for seed in request.seeds]


def receive(wire: socket.socket) -> bytes:
    """Read what is there; nothing, if the other end was killed."""
    try:
        return wire.recv(2**16)
    except ConnectionError:
        return b""
