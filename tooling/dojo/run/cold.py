"""Run a kata's tests against a file under some seeds, in a process started afresh."""

import json
import os
import signal
import socket
import subprocess
import sys
from dataclasses import dataclass
from typing import IO

from dojo.run.environ import environment
from dojo.run.request import Request
from dojo.run.supervisor import supervise
from dojo.run.verdict import Verdict


@dataclass
class Process:
    """A child started afresh."""

    popen: "subprocess.Popen[bytes]"
    wire: socket.socket
    own_group: bool

    def poll(self) -> int | None:
        """Return the exit code, or None while it runs."""
        return self.popen.poll()

    def kill(self) -> None:
        """End it and everything it started."""
        if self.own_group and hasattr(os, "killpg"):
            kill_group(self.popen.pid)
        elif self.popen.poll() is None:
            self.popen.kill()
        self.popen.wait()
        self.wire.close()


def kill_group(leader: int) -> None:
    """Kill a process group; it may be gone already."""
    try:
        os.killpg(leader, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        return


def spawn_cold(request: Request, trace: IO[bytes]) -> Process:
    """Start a child afresh."""
    ours, theirs = socket.socketpair()
    theirs.set_inheritable(True)
    command = [
        sys.executable,
        "-m",
        "dojo.child.main",
        json.dumps(request.to_json()),
        str(theirs.fileno()),
    ]
    quiet = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "stderr": trace}
    popen = subprocess.Popen(
        command,
        env=environment(),
        close_fds=False,
        start_new_session=request.isolated,
        **(quiet if request.isolated else {}),  # type: ignore[call-overload]
    )
    theirs.close()
    return Process(popen, ours, own_group=request.isolated)


def run_cold(request: Request) -> list[Verdict]:
    """Run one request in children that are started afresh."""
    return supervise(request, spawn_cold)
