"""The pytest plugin of judged runs: the seam asks a worker, and so does the `cost` fixture."""

import socket
from contextlib import suppress
from pathlib import Path

import pytest

from dojo.author.judge.proxy import Proxy, RemoteMeter
from dojo.child.plugin import LEARNED
from dojo.errors import UsageError


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option that names the control socket of the sandbox."""
    group = parser.getgroup("katas")
    group.addoption("--judged", type=int, default=None, help="file descriptor of the sandbox")


@pytest.hookimpl(trylast=True)
def pytest_configure(config: pytest.Config) -> None:
    """Let a worker answer instead of this process, as soon as there is one."""
    learned = config.stash[LEARNED]
    control = socket.socket(fileno=config.getoption("--judged"))
    root = Path(config.getoption("--basetemp")).resolve()
    proxy = Proxy(control, root, learned)
    learned.seam.execute = proxy.execute
    learned.meter = lambda: RemoteMeter(proxy)
    with suppress(UsageError):  # asked for again when it is needed, where it can be reported
        proxy.connect()
