"""A process that has collected the tests of one kata, and forks a child per run of them.

The warm process forks it, and hands requests on to it for as long as no file of the kata but the
learner's changes. It is a process of its own because a test file may do anything when it is
imported.
"""

import contextlib
import gc
import os
import select
import signal
import socket
from collections.abc import Callable
from typing import Any

import pytest

from dojo import limits
from dojo.child.main import modules_of
from dojo.child.plugin import blank, install
from dojo.run.request import Request

READY = b"ready\n"
CANCELLED = b"[]\n"


class Prepared:
    """The warm process's end of the line to it."""

    def __init__(self, request: Request, work: Callable[[socket.socket], None]) -> None:
        """Fork it; it does its work at the other end of the line."""
        self.key = key(request)
        self.ready = False
        self.failed = False
        self.ended = False
        self.wire, theirs = socket.socketpair()
        self.pid = os.fork()
        if self.pid == 0:
            try:
                self.wire.close()
                work(theirs)
            finally:
                os._exit(0)
        theirs.close()

    def serves(self, request: Request) -> bool:
        """Tell whether it has collected what a request needs, or has tried to."""
        return not self.ended and self.key == key(request)

    def answer(self, line: bytes, interrupt: socket.socket) -> bytes:
        """Hand a request on; return the answer, or nothing if there is none to be had from it."""
        if self.failed:
            return b""
        with contextlib.suppress(ConnectionError):
            self.wire.sendall(line)
            if answer := self.listen(interrupt):
                return answer
        self.failed, self.ended = not self.ready, self.ready
        return b""

    def listen(self, interrupt: socket.socket) -> bytes:
        """Wait for an answer; give up the run as soon as something arrives on `interrupt`."""
        heard = [self.wire, interrupt]
        patience = None if self.ready else limits.COLLECT_SECONDS
        while ready := select.select(heard, [], [], patience)[0]:
            if self.wire in ready:
                answer = read_line(self.wire)
                if answer != READY:
                    return answer
                self.ready, patience = True, None
            elif self.ready:
                heard.remove(interrupt)
                self.wire.sendall(b"\n")
            else:
                self.ended = True
                return CANCELLED
        return b""

    def close(self) -> None:
        """End it."""
        self.wire.close()
        if not self.ready:
            os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)


def key(request: Request) -> tuple[Any, ...]:
    """Return what a collection depends on: the tests, and all files beside the learner's."""
    kata = request.kata
    files = [kata.pristine, *sorted(kata.folder.glob("*"))]
    stats = [(f, f.stat()) for f in files if f != kata.mine and f.is_file()]
    return (request.tests, *((str(f), s.st_ino, s.st_size, s.st_mtime_ns) for f, s in stats))


def is_preparable(request: Request) -> bool:
    """Tell whether a request is for a kata's own tests, as they are."""
    return request.tests == str(request.kata.tests)


def collect(session: pytest.Session, request: Request) -> bool:
    """Collect the tests of a request; tell whether forks may go on from here."""
    null = os.open(os.devnull, os.O_RDWR)
    os.dup2(null, 2)
    config = session.config
    config.args = [request.tests]
    learned = install(config)
    learned.seam.wait()
    capture = config.pluginmanager.getplugin("capturemanager")
    capture.start_global_capturing()
    config.hook.pytest_collection(session=session)
    capture.stop_global_capturing()
    # Both are kept: what is known of a test without running it need not be found out in each run.
    for item in session.items:
        item.location  # noqa: B018
        blank(item, learned.named(request.name))
    gc.collect()
    modules = modules_of(session)
    whole = not session.testsfailed and bool(session.items)
    if not whole or any(late.is_held(modules) for _, _, late in learned.seam.waiting or ()):
        return False
    gc.freeze()
    # A fork of a process with threads may hang: so no test file may have started any.
    return len(os.listdir("/proc/self/task")) == 1


def read_line(wire: socket.socket) -> bytes:
    """Read one line and not a byte more, so that what follows can be waited for."""
    line = b""
    while not line.endswith(b"\n"):
        seen = wire.recv(2**16, socket.MSG_PEEK)
        if not seen:
            return b""
        line += wire.recv(seen.find(b"\n") + 1 or len(seen))
    return line
