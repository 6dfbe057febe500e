"""The pytest plugin of judged runs: the seam asks a worker, and so does the `cost` fixture."""

import socket
from contextlib import suppress
from pathlib import Path
from types import ModuleType

import pytest

from dojo.author.judge.proxy import Proxy, RemoteMeter
from dojo.child.cost import Meter
from dojo.child.execution import Answers
from dojo.child.plugin import LEARNED
from dojo.errors import UsageError
from dojo.kata.catalog import Kata

PROXY: pytest.StashKey[Proxy] = pytest.StashKey()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option that names the control socket of the sandbox."""
    group = parser.getgroup("katas")
    group.addoption("--judged", type=int, default=None, help="file descriptor of the sandbox")


@pytest.hookimpl(trylast=True)
def pytest_configure(config: pytest.Config) -> None:
    """Ask for a worker at once, so that it is there when a file is to be executed."""
    control = socket.socket(fileno=config.getoption("--judged"))
    root = Path(config.getoption("--basetemp")).resolve()
    config.stash[PROXY] = proxy = Proxy(control, root, config.stash[LEARNED])
    with suppress(UsageError):  # asked for again when it is needed, where it can be reported
        proxy.connect()


@pytest.hookimpl(tryfirst=True)
def pytest_learned_execute(
    config: pytest.Config, kata: Kata, stub: ModuleType, files: tuple[Path, ...]
) -> Answers:
    """Have a worker execute a learner's files."""
    return config.stash[PROXY].execute(kata, stub, files)


def pytest_learned_meter(config: pytest.Config) -> Meter:
    """Have a worker measure."""
    return RemoteMeter(config.stash[PROXY])
