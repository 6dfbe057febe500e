"""The process that runs a learner's code: one pytest run of one kata, told over a socket.

Started afresh by `run/cold.py`, or forked from a warm process. It holds no decision: the limits of
time are the parent's, and a run that the parent does not see end is not green.
"""

import contextlib
import faulthandler
import json
import os
import socket
import sys
import traceback
from collections.abc import Iterator
from types import ModuleType

import pytest

from dojo import limits
from dojo.child.plugin import LEARNED, install
from dojo.child.reporter import Reporter
from dojo.run.request import Request

# The tests of a kata bring their own plugin; what is not needed costs time at every run.
BARE = (
    "timeout cacheprovider doctest junitxml pastebin legacypath faulthandler logging "
    "unraisableexception threadexception setuponly setupplan stepwise"
)
# Nobody reads its tracebacks: the error is explained by us, and of a fault the last line is told.
QUIET = ("-q", "--tb=line", "--no-header", "--no-summary")


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
    own = {"against": request.against, "file": request.file or "", "digests": request.digests}
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
    bounds = {
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_AS: limits.MEMORY_BYTES,
        resource.RLIMIT_FSIZE: limits.FILE_BYTES,
    }
    for kind, limit in bounds.items():
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
