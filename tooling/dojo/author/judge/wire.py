"""Frames between the tests and a worker: a length and a message, with a limit on the length.

Every message is decoded by msgspec against its type, so that a malformed one is an error here and
never something half understood later. What is inside a value is `codec.py`'s business.
"""

import select
import socket
import struct
from typing import Any, TypeVar

import msgspec

from dojo import limits

LENGTH = struct.Struct("<I")


class WireError(Exception):
    """What came over the wire is not what this side asked for, or cannot go over it."""


class Closed(Exception):
    """The other end is gone."""


class Message(msgspec.Struct, tag=True, forbid_unknown_fields=True):
    """One message; its type is told by its name."""


class Code(Message):
    """A file to execute: the path that tracebacks shall show, and its bytes."""

    path: str
    content: bytes


class File(Message):
    """One file under the test's tmp_path."""

    path: str
    content: bytes


class Tree(Message):
    """What changed under one tmp_path since the last message: new contents, and all names."""

    folder: str
    changed: list[File]
    files: list[str]
    folders: list[str]


class Load(Message):
    """To the worker: execute these files, over the stub's names.

    `name` is what the learner's module is called, `module` its full name; `beside` are the names
    and files of the modules that lie beside it, and stay there.
    """

    name: str
    module: str
    stub: Code
    files: list[Code]
    forbid: list[str]
    beside: dict[str, str]


class Call(Message):
    """Call a function by its name, or use something that the other side lent, by its number.

    The reply carries the call's own `number`.
    """

    target: str | int
    verb: str
    args: list[Any]
    kwargs: dict[str, Any]
    meter: str = ""
    tree: Tree | None = None
    number: int = 0


class Returned(Message):
    """What a call gave: a value, or the very `argument` that both sides count under a number.

    `changed` are the arguments that a call may change, and did, by that number; `steps` and
    `peak_bytes` are the worker's own report.
    """

    value: Any
    argument: int | None = None
    changed: list[tuple[int, Any]] = []
    printed: str = ""
    steps: int = 0
    peak_bytes: int = 0
    tree: Tree | None = None
    number: int = 0


class Refused(msgspec.Struct):
    """Why a function cannot be run: how its tests end, a sentence, file:line."""

    outcome: str
    sentence: str
    where: str


class Spoilt(msgspec.Struct):
    """The argument that a function changed and may not change, and file:line of the function."""

    argument: str
    where: str


class Raised(Message):
    """A call ended with an exception: the names of its classes, nearest first, and what it says.

    Where a function changed an argument, it ends as if it had raised that; `spoilt` says which,
    and there are no names where it raised nothing else.

    `leaves` says that it would have ended more than the call, as SystemExit does; `refused` that
    the function could not be run; `where` is file:line of the learner's file; `unwritten` names the
    function that raised it as a stub does; `own` numbers an exception that the tests raised, when
    it comes and when it goes back.
    """

    names: list[str]
    message: str
    args: list[Any] = []
    leaves: bool = False
    refused: Refused | None = None
    where: str = ""
    unwritten: str = ""
    own: int = 0
    spoilt: Spoilt | None = None
    changed: list[tuple[int, Any]] = []
    printed: str = ""
    tree: Tree | None = None
    number: int = 0


class Loaded(Message):
    """From the worker: the functions that cannot be run; the others can."""

    refused: dict[str, Refused]
    printed: str = ""


M = TypeVar("M")


DECODERS: dict[Any, "msgspec.msgpack.Decoder[Any]"] = {}


def decoder(kind: Any) -> "msgspec.msgpack.Decoder[Any]":
    """Return the decoder of a type; to make one takes longer than to use it."""
    if kind not in DECODERS:
        DECODERS[kind] = msgspec.msgpack.Decoder(kind)
    return DECODERS[kind]


class Wire:
    """One end of the connection."""

    def __init__(self, end: socket.socket) -> None:
        """Talk over a stream socket."""
        self.socket = end

    def send(self, message: Message) -> None:
        """Send one message; WireError if it is too long, Closed if nobody is there."""
        try:
            data = msgspec.msgpack.encode(message)
        except (TypeError, ValueError, RecursionError, OverflowError) as error:
            raise WireError(f"this cannot be written as a message ({error})") from None
        if len(data) > limits.FRAME_BYTES:
            most = limits.FRAME_BYTES // 2**20
            raise WireError(f"{len(data) / 2**20:.0f} MB in one message; the limit is {most} MB")
        try:
            self.socket.sendall(LENGTH.pack(len(data)) + data)
        except OSError:
            raise Closed from None

    def receive(self, kind: type[M]) -> M:
        """Wait for one message of a type or a union of types; WireError if it is none."""
        (length,) = LENGTH.unpack(self.read(LENGTH.size))
        if length > limits.FRAME_BYTES:
            raise WireError(f"a message of {length} bytes was announced")
        data = self.read(length)
        try:
            return decoder(kind).decode(data)  # type: ignore[no-any-return]
        except (msgspec.MsgspecError, RecursionError, ValueError, MemoryError) as error:
            raise WireError(f"the message cannot be read ({type(error).__name__})") from None

    def is_silent(self) -> bool:
        """Tell whether the other end is there and has said nothing that was not read."""
        ear = select.poll()
        ear.register(self.socket, select.POLLIN)
        return not ear.poll(0)

    def read(self, count: int) -> bytearray:
        """Read exactly so many bytes; Closed if the other end goes before."""
        data = bytearray(count)
        view, got = memoryview(data), 0
        while got < count:
            try:
                part = self.socket.recv_into(view[got:])
            except OSError:
                part = 0
            if not part:
                raise Closed
            got += part
        return data

    def close(self) -> None:
        """Close this end."""
        self.socket.close()
