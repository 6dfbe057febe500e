"""What the tests of the judge share: values that crossed the wire, and a sandbox to run in."""

import contextlib
import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NoReturn

import pytest
from dojo import limits
from dojo.author.judge.codec import Codec
from dojo.author.judge.judge import Judge
from dojo.author.judge.remote import Remote
from dojo.author.judge.wire import Returned, Wire
from dojo.kata.catalog import Kata
from dojo.run.request import Request
from dojo.run.verdict import Verdict

collect_ignore = ["toolbox"]


def use_nothing(*request: object) -> NoReturn:
    """Stand for the other side where no call may be made."""
    raise AssertionError(f"a call of {request}")


@pytest.fixture(scope="session")
def ends() -> tuple[Codec, Codec]:
    """Return a codec that sends and one that receives, as the tests' end does both."""
    made = [
        Codec(Remote(Path("/nowhere"), {}, use_nothing, lends_objects=False), trusting=True)
        for _ in "ab"
    ]
    return made[0], made[1]


@pytest.fixture(scope="session")
def across(ends: tuple[Codec, Codec]) -> Callable[[Any], Any]:
    """Return `across(value)`: what arrives of it at the other end of a real socket."""
    ours, theirs = (Wire(end) for end in socket.socketpair())
    for end in (ours, theirs):
        end.socket.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 2**20)

    def cross(value: Any) -> Any:
        ends[1].left = limits.VALUES
        ours.send(Returned(ends[0].pack(value)))
        return ends[1].unpack(theirs.receive(Returned).value)

    return cross


@pytest.fixture(scope="session")
def judge(desk: Path) -> Iterator[Judge]:
    """Return a sandbox that serves the workbook of whichever test runs."""
    with contextlib.closing(Judge(desk, [Kata(desk, "kata01_spread")])) as judge:
        yield judge


@pytest.fixture
def judged(judge: Judge) -> Callable[[Request], Verdict]:
    """Return `judged(request)`: the verdict of a run whose code is in the sandbox."""
    return lambda request: judge.run(request)[0]
