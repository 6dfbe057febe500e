"""A pytest plugin that tells the parent of a run what happens in it."""

import faulthandler
import json
import re
import socket
import time
from collections.abc import Generator, Iterator
from dataclasses import replace
from itertools import zip_longest
from pathlib import Path
from types import ModuleType
from typing import IO, Any

import msgspec
import pytest

from dojo import limits
from dojo.child.debugger import refuse_debuggers
from dojo.child.execution import Answers, execute_here
from dojo.child.plugin import LEARNED, blank, test_id
from dojo.kata.catalog import Kata
from dojo.kata.fingerprints import Digest
from dojo.run.request import Request
from dojo.run.verdict import Outcome, TestResult, plain, result_from_json
from dojo.show.values import clip

# Where an error was, as Python and as pytest write it.
SPOT = re.compile(r"([^\s\"]+\.py)(?:\", line |:)(\d+)")


class Reporter:
    """A pytest plugin that tells the parent what happens, as one line of JSON each."""

    def __init__(self, request: Request, wire: socket.socket, trace: IO[str]) -> None:
        """Report one run over a socket; stacks of what hangs or crashes go to `trace`."""
        self.request = request
        self.wire = wire
        self.trace = trace
        self.known: dict[str, TestResult] = {}
        self.found: dict[str, Outcome] = {}
        self.unsent = b""
        self.alarm = float("-inf")
        self.files = ""

    def tell(self, event: str, **data: Any) -> None:
        """Send one event; a result waits for what follows it: each send wakes the parent."""
        self.unsent += json.dumps({"event": event, **data}).encode() + b"\n"
        if event not in ("result", "returned") or not self.request.isolated:
            self.wire.sendall(self.unsent)
            self.unsent = b""

    def set_alarm(self) -> None:
        """Have the stack written down when the limit of time is reached, even inside C.

        An alarm that was set a moment ago stays: each is a thread of its own.
        """
        limit = self.request.timeout
        if self.request.isolated and time.monotonic() - self.alarm > limit * limits.STALE_STACK:
            faulthandler.dump_traceback_later(limit, file=self.trace)
            self.alarm = time.monotonic()

    @pytest.hookimpl(trylast=True)
    def pytest_configure(self, config: pytest.Config) -> None:
        """Follow the request: who may stop the run, and where its files lie."""
        self.files = f"{Path(config.getoption('--basetemp')).resolve()}/"
        learned = config.stash[LEARNED]
        learned.recorder.isolated = self.request.isolated
        if self.request.isolated:
            refuse_debuggers(learned.named(self.request.name).short)

    def pytest_learned_execute(
        self, kata: Kata, stub: ModuleType, files: tuple[Path, ...]
    ) -> Answers | None:
        """Execute a learner's files as a worker does, where no debugger is to stop in them."""
        if not self.request.isolated:
            return None
        home = Path(self.request.scratch).parent / "home"
        home.mkdir(exist_ok=True)
        return execute_here(kata, stub, files, home)

    @pytest.hookimpl(specname="pytest_learned_execute", wrapper=True)
    def pytest_frame_execution(self) -> Generator[None, Answers, Answers]:
        """Tell when a learner's file begins to be executed, and when that has ended."""
        self.tell("import")
        self.set_alarm()
        try:
            return (yield)
        finally:
            self.tell("imported")

    def pytest_learned_fault(self, text: str) -> None:
        """Tell of a failure that is not the learner's."""
        self.tell("fault", text=text)

    def pytest_learned_returned(
        self, seed: int, test: str, digests: tuple[Digest | None, ...]
    ) -> None:
        """Tell what the calls of an earlier test returned."""
        self.tell("returned", seed=seed, test=test, digests=msgspec.to_builtins(digests))

    def pytest_learned_broken(self) -> None:
        """Tell that the process of the learner's code was lost."""
        self.tell("broken")

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(
        self, config: pytest.Config, items: list[pytest.Item]
    ) -> None:
        """Keep the tests that are asked for, the urgent ones first, and tell which they are."""
        items[:] = [item for item in items if self.request.wants(test_id(item))]
        items.sort(key=lambda item: test_id(item) not in self.request.first)
        kata = config.stash[LEARNED].named(self.request.name)
        self.known = {test_id(item): blank(item, kata) for item in items}
        self.tell("collected", tests=[plain(test) for test in self.known.values()])

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Run the tests under each seed in turn, where pytest would run them once."""
        learned = session.config.stash[LEARNED]
        for learned.seed in self.request.seeds:
            items = [i for i in session.items if not self.is_done(learned.seed, i)]
            for item, following in zip_longest(items, items[1:]):
                if session.shouldfail:
                    return True
                session.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
        return True

    def is_done(self, seed: int, item: pytest.Item) -> bool:
        """Tell whether an earlier child has run this test already."""
        return (seed, test_id(item)) in self.request.done

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """A test file that cannot be imported is the kata's fault, never the learner's."""
        if report.failed:
            text = f"The tests cannot be collected: {last_line(report)}{spot_in(report)}"
            self.tell("fault", text=text)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        """Tell that a test starts, and write its stack down if it does not end."""
        seed = item.config.stash[LEARNED].seed
        self.tell("start", seed=seed, id=test_id(item))
        self.set_alarm()
        return (yield)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Tell what a test found.

        What fails around the first test is a fault of the kata's; around later ones it may be
        something that the learner's code broke, a closed stream for instance.
        """
        name = report.nodeid.partition("::")[2]
        if report.when == "call":
            result = with_output(result_from_json(report.kata_result), report)
            result = without_root(result, self.files)
            self.found[name] = result.outcome
            self.tell("result", test=plain(result))
        elif report.outcome != "passed" and self.found.get(name, "passed") == "passed":
            text = f"The {report.when} of {name} failed: {last_line(report)}"
            if self.found:
                result = replace(self.known[name], outcome="error", message=text)
                self.tell("result", test=plain(result))
            else:
                self.tell("fault", text=text)


def with_output(result: TestResult, report: pytest.TestReport) -> TestResult:
    """Add what the learner's code printed; a flood of it makes the test red."""
    printed = report.capstdout + report.capstderr
    if len(printed) > limits.PRINTED_CHARACTERS:
        text = (
            f"{result.function} printed {len(printed) / 2**20:.0f} MB in one test; the limit is "
            f"{limits.PRINTED_CHARACTERS // 2**20} MB. Take the print out of the loop."
        )
        result = replace(result, outcome="error", message=text)
    return replace(result, printed=clip(printed, 20))


def without_root(result: TestResult, root: str) -> TestResult:
    """Name the test's files without the folder of this run, which is another each time."""
    return replace(
        result,
        message=result.message.replace(root, ""),
        calls=tuple(call.replace(root, "") for call in result.calls),
        printed=result.printed.replace(root, ""),
    )


def last_line(report: pytest.CollectReport | pytest.TestReport) -> str:
    """Return the line of a report that names the error."""
    lines = [row for row in report.longreprtext.splitlines() if row.strip()]
    return lines[-1].removeprefix("E").strip() if lines else "no reason given"


def spot_in(report: pytest.CollectReport) -> str:
    """Return the file and the line that a failed collection names last, in brackets, or ''."""
    crash = getattr(report.longrepr, "reprcrash", None)
    known = [(crash.path, crash.lineno)] if crash else []
    spots = SPOT.findall(report.longreprtext) or known
    return f" ({Path(spots[-1][0]).name}:{spots[-1][1]})" if spots else ""
