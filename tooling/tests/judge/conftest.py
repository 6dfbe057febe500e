"""What the tests of the judge share: values that crossed the wire without a worker."""

import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

import pytest
from dojo.judge.estate import Estate
from dojo.judge.values import MAX_VALUES, Codec
from dojo.judge.wire import Returned, Wire


def use_nothing(*request: object) -> NoReturn:
    """Stand for the other side where no call may be made."""
    raise AssertionError(f"a call of {request}")


@pytest.fixture(scope="session")
def ends() -> tuple[Codec, Codec]:
    """Return a codec that sends and one that receives, as the tests' end does both."""
    made = [Codec(Estate(Path("/nowhere"), {}, use_nothing, lends_objects=False)) for _ in "ab"]
    return made[0], made[1]


@pytest.fixture(scope="session")
def across(ends: tuple[Codec, Codec]) -> Callable[[Any], Any]:
    """Return `across(value)`: what arrives of it at the other end of a real socket."""
    ours, theirs = (Wire(end) for end in socket.socketpair())
    for end in (ours, theirs):
        end.socket.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 2**20)

    def cross(value: Any) -> Any:
        ends[1].left = MAX_VALUES
        ours.send(Returned(ends[0].pack(value)))
        return ends[1].unpack(theirs.receive(Returned).value)

    return cross
