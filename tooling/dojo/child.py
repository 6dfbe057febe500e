"""The process that runs a learner's code: one pytest run of one kata, told over a socket.

Started by `run.py`, afresh or forked from a warm process. It holds no decision: the limits of time
are the parent's, and a run that the parent does not see end is not green.
"""

import contextlib
import faulthandler
import json
import os
import re
import socket
import sys
import time
import traceback
from collections.abc import Iterator
from dataclasses import replace
from itertools import zip_longest
from pathlib import Path
from types import ModuleType
from typing import IO, Any

import pytest

from dojo.debugger import refuse_debuggers
from dojo.plugin import LEARNED, blank, install, test_id
from dojo.request import Request
from dojo.seam import execute_alone, execute_here
from dojo.show import clip
from dojo.streams import keep_open
from dojo.verdict import Outcome, TestResult, result_from_json

MEMORY_BYTES = 4 * 2**30
FILE_BYTES = 64 * 2**20
PRINTED_CHARACTERS = 2**20
# The part of the limit of time by which the stack of a test that hangs may be older than its end.
A_MOMENT = 0.2

# The tests of a kata bring their own plugin; what is not needed costs time at every run.
BARE = (
    "timeout cacheprovider doctest junitxml pastebin legacypath faulthandler logging "
    "unraisableexception threadexception setuponly setupplan stepwise"
)
# Nobody reads its tracebacks: the error is explained by us, and of a fault the last line is told.
QUIET = ("-q", "--tb=line", "--no-header", "--no-summary")
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
        if event != "result" or not self.request.isolated:
            self.wire.sendall(self.unsent)
            self.unsent = b""

    def set_alarm(self) -> None:
        """Have the stack written down when the limit of time is reached, even inside C.

        An alarm that was set a moment ago stays: each is a thread of its own.
        """
        limit = self.request.timeout
        if self.request.isolated and time.monotonic() - self.alarm > limit * A_MOMENT:
            faulthandler.dump_traceback_later(limit, file=self.trace)
            self.alarm = time.monotonic()

    @pytest.hookimpl(trylast=True)
    def pytest_configure(self, config: pytest.Config) -> None:
        """Frame the import of the learner's file with events of its own."""
        self.files = f"{Path(config.getoption('--basetemp')).resolve()}/"
        learned = config.stash[LEARNED]
        learned.recorder.isolated = self.request.isolated
        learned.fault = lambda text: self.tell("fault", text=text)
        learned.broken = lambda: self.tell("broken")

        if self.request.isolated:
            refuse_debuggers(learned.named(self.request.kata).short)

        def before() -> None:
            keep_open()
            self.tell("import")
            self.set_alarm()

        if self.request.isolated and learned.seam.execute is execute_here:
            home = Path(self.request.scratch).parent / "home"
            home.mkdir(exist_ok=True)
            learned.seam.execute = execute_alone(home)
        learned.seam.before, learned.seam.after = before, lambda: self.tell("imported")

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(
        self, config: pytest.Config, items: list[pytest.Item]
    ) -> None:
        """Keep the tests that are asked for, the urgent ones first, and tell which they are."""
        items[:] = [item for item in items if self.request.wants(test_id(item))]
        items.sort(key=lambda item: test_id(item) not in self.request.first)
        kata = config.stash[LEARNED].named(self.request.kata)
        self.known = {test_id(item): blank(item, kata) for item in items}
        self.tell("collected", tests=[vars(test) for test in self.known.values()])

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
            self.tell("result", test=vars(result))
        elif report.outcome != "passed" and self.found.get(name, "passed") == "passed":
            text = f"The {report.when} of {name} failed: {last_line(report)}"
            if self.found:
                result = replace(self.known[name], outcome="error", message=text)
                self.tell("result", test=vars(result))
            else:
                self.tell("fault", text=text)


def with_output(result: TestResult, report: pytest.TestReport) -> TestResult:
    """Add what the learner's code printed; a flood of it makes the test red."""
    printed = report.capstdout + report.capstderr
    if len(printed) > PRINTED_CHARACTERS:
        text = (
            f"{result.function} printed {len(printed) / 2**20:.0f} MB in one test; the limit is "
            f"{PRINTED_CHARACTERS // 2**20} MB. Take the print out of the loop."
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


def arguments(request: Request) -> list[str]:
    """Write a request as pytest's arguments."""
    args = [request.tests, *place_arguments(request.root, request.scratch)]
    args += [word for name in request.plugins for word in ("-p", name)]
    args += [f"--{name}={value}" for name, value in options(request).items() if value]
    args += bare_arguments() if request.isolated else []
    return [*args, *request.pytest_args]


def place_arguments(root: str, scratch: str) -> list[str]:
    """Return where pytest runs; as in a judged run, no conftest.py of a learner's has a say."""
    return [f"--rootdir={root}", f"--basetemp={scratch}", "--noconftest"]


def bare_arguments() -> list[str]:
    """Return the arguments that keep pytest to what a verdict needs."""
    return [*(word for name in BARE.split() for word in ("-p", f"no:{name}")), *QUIET]


def options(request: Request) -> dict[str, str]:
    """Return a request's pytest options by name."""
    stop = {"maxfail": "1"} if request.stop else {}
    own = {"against": request.against, "file": request.file or ""}
    return {**own, **stop, **dict(request.options)}


@contextlib.contextmanager
def reporter(request: Request, wire: socket.socket) -> Iterator[Reporter]:
    """Bound this process, tell the parent what happens while the block runs, and end."""
    os.chdir(request.root)
    trace = open(os.dup(2), "w", encoding="utf-8")
    if request.isolated:
        limit_resources()
        faulthandler.enable(file=trace)
    try:
        yield Reporter(request, wire, trace)
    except Exception:
        traceback.print_exc(file=trace)
        trace.flush()
    finally:
        wire.close()
        sys.stdout.flush()
        os._exit(0)


def limit_resources() -> None:
    """Bound the memory and the size of files, where the system can."""
    try:
        import resource
    except ImportError:
        return
    limits = {
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_AS: MEMORY_BYTES,
        resource.RLIMIT_FSIZE: FILE_BYTES,
    }
    for kind, limit in limits.items():
        # Where the system allows less already, that stays.
        hard = resource.getrlimit(kind)[1]
        least = limit if hard == resource.RLIM_INFINITY else min(limit, hard)
        resource.setrlimit(kind, (least, least))


def run_session(request: Request, wire: socket.socket) -> None:
    """Run the tests in a pytest session of their own, and end this process."""
    with reporter(request, wire) as telling:
        end(telling, int(pytest.main(arguments(request), plugins=[telling])))


def continue_session(session: pytest.Session, request: Request, wire: socket.socket) -> None:
    """Run the tests in a session that was begun before this process was forked, and end it.

    Where the tests are collected already, what they hold of the learner's is bound now.
    """
    config = session.config
    waiting = config.stash[LEARNED].seam.waiting is not None
    config.args = [request.tests]
    for name, value in options(request).items():
        setattr(config.option, name, int(value) if value.isdigit() else value or None)
    with reporter(request, wire) as telling:
        capture = config.pluginmanager.getplugin("capturemanager")
        capture.start_global_capturing()
        learned = config.stash[LEARNED] if waiting else install(config)
        for name in request.plugins:
            config.pluginmanager.import_plugin(name)
        config.pluginmanager.register(telling)
        with contextlib.suppress(KeyboardInterrupt):
            if waiting:
                learned.seam.bind(modules_of(session))
                # What is printed at import belongs to no test.
                capture.suspend_global_capture()
                capture.read_global_capture()
                telling.pytest_collection_modifyitems(config, session.items)
            else:
                config.hook.pytest_collection(session=session)
            if not session.testsfailed:
                config.hook.pytest_runtestloop(session=session)
        end(telling, int(bool(session.testsfailed)))


def end(telling: Reporter, code: int) -> None:
    """Tell the parent that pytest has ended; it then waits no longer, so all is printed before."""
    with contextlib.suppress(ValueError):  # a learner may have closed it
        sys.stdout.flush()
    telling.tell("end", code=code)


def modules_of(session: pytest.Session) -> list[ModuleType]:
    """List the modules of the tests that a session has collected."""
    return list({id(m): m for i in session.items if (m := getattr(i, "module", None))}.values())


def main() -> None:
    """Run one request that comes as the first argument, on the socket of the second."""
    request = Request.from_json(json.loads(sys.argv[1]))
    run_session(request, socket.socket(fileno=int(sys.argv[2])))


if __name__ == "__main__":
    main()
