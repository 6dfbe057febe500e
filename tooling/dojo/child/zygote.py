"""The warm process: it has imported everything, and forks a child per run.

It imports the libraries and begins a pytest session. A process forked from it collects the tests of
the kata that is run (`prepared.py`), and the children go on from there. It runs no numeric kernel:
a fork after a multi-threaded region can hang.
"""

import contextlib
import gc
import importlib
import json
import os
import socket
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import IO, Any

import pytest

from dojo.child.main import bare_arguments, continue_session, place_arguments
from dojo.child.prepared import READY, Prepared, collect, is_preparable, read_line
from dojo.run.cold import kill_group
from dojo.run.request import Request
from dojo.run.scratch import scratch_folder
from dojo.run.supervisor import supervise


@dataclass
class Fork:
    """A child forked from this process."""

    pid: int
    wire: socket.socket
    code: int | None = None

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


class Silence:
    """Stands where pytest's terminal reporter was, which would count and draw for nobody.

    Pytest asks it for the writer that colours a comparison.
    """

    def __init__(self, reporter: Any) -> None:
        """Take the writer over."""
        self._tw = reporter._tw


class Server:
    """A pytest plugin that answers requests where a session would collect its tests.

    Requests and answers are lines of JSON; an empty line gives up the run that is under way.
    """

    def __init__(self, wire: socket.socket, keep: Sequence[int]) -> None:
        """Answer on a socket, until its other end closes; children have the open files `keep`."""
        self.wire = wire
        self.keep = keep
        self.forked = False
        self.prepared: Prepared | None = None

    @pytest.hookimpl(tryfirst=True)
    def pytest_collection(self, session: pytest.Session) -> bool | None:
        """Serve, in the process that was started; collect, in one that was forked."""
        if self.forked:
            return None
        gc.collect()
        gc.freeze()
        plugins = session.config.pluginmanager
        plugins.getplugin("capturemanager").stop_global_capturing()
        silence = Silence(plugins.getplugin("terminalreporter"))
        plugins.unregister(name="terminalreporter")
        plugins.register(silence, "terminalreporter")
        self.serve(session)
        if self.prepared is not None:
            self.prepared.close()
        return True

    def serve(self, session: pytest.Session) -> None:
        """Answer requests until the line is closed."""
        with contextlib.suppress(ConnectionError):
            while line := read_line(self.wire):
                if line.strip():  # else what was to be given up has ended by itself
                    self.wire.sendall(self.answer(session, line))

    def answer(self, session: pytest.Session, line: bytes) -> bytes:
        """Run one request, and return its verdicts as JSON."""
        request = Request.from_json(json.loads(line))
        if not self.forked and is_preparable(request):
            answer = self.prepare(session, request).answer(line, self.wire)
            if answer:
                return answer
        verdicts = supervise(request, partial(self.spawn, session), self.wire)
        return json.dumps([verdict.to_json() for verdict in verdicts]).encode() + b"\n"

    def prepare(self, session: pytest.Session, request: Request) -> Prepared:
        """Return the process that has collected the tests of a request; start it if need be."""
        if self.prepared is None or not self.prepared.serves(request):
            if self.prepared is not None:
                self.prepared.close()
            self.prepared = Prepared(request, partial(self.become_prepared, session, request))
        return self.prepared

    def become_prepared(
        self, session: pytest.Session, request: Request, wire: socket.socket
    ) -> None:
        """Collect the tests of a request in this forked process, and serve from here."""
        self.forked = True
        os.dup2(wire.detach(), self.wire.fileno())
        if collect(session, request):
            self.wire.sendall(READY)
            self.serve(session)

    def spawn(self, session: pytest.Session, request: Request, trace: IO[bytes]) -> Fork:
        """Fork a child that runs one request."""
        ours, theirs = socket.socketpair()
        pid = os.fork()
        if pid == 0:
            self.forked = True
            become_child(session, request, trace, theirs, self.keep)
        theirs.close()
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.setpgid(pid, pid)
        return Fork(pid, ours)


def become_child(
    session: pytest.Session,
    request: Request,
    trace: IO[bytes],
    wire: socket.socket,
    keep: Sequence[int],
) -> None:
    """Turn this forked process into the child of one run; does not return."""
    try:
        os.setpgid(0, 0)
        null = os.open(os.devnull, os.O_RDWR)
        for target, source in ((0, null), (1, null), (2, trace.fileno())):
            os.dup2(source, target)
        for end in set(range(3, 64)) - {wire.fileno(), *keep}:
            with contextlib.suppress(OSError):
                os.close(end)
        continue_session(session, request, wire)
    finally:
        os._exit(70)


def serve(wire: socket.socket, root: str, keep: Sequence[int], libraries: Sequence[str]) -> None:
    """Import libraries, prepare a pytest session, and answer requests from within it."""
    for name in libraries:
        try:
            importlib.import_module(name)
        except ImportError as error:
            sys.exit(f"{name} cannot be imported ({error}); run the session again to install it.")
    os.chdir(root)
    with scratch_folder() as scratch:
        words = [*place_arguments(root, f"{scratch}/tmp"), *bare_arguments()]
        pytest.main(words, plugins=[Server(wire, keep)])


def main(words: Sequence[str]) -> None:
    """Serve: the wire's file descriptor, the root, those that children keep, the libraries."""
    wire, root, keep, *libraries = words
    kept = [int(end) for end in keep.split(",") if end]
    serve(socket.socket(fileno=int(wire)), root, kept, libraries)


if __name__ == "__main__":
    main(sys.argv[1:])
