"""A worker that sends whatever it likes, and what becomes of the tests' end: run as a program.

`mutants SEED COUNT` changes real frames at random; `bomb NAME` sends the longest frame there may
be of what is small on the wire and large in memory; `relations SEED COUNT` reads and uses values
whose parts do not fit, as `relations.py` does. Each line of the input is one of these, as a list in
JSON: it has a process of its own, forked when all libraries are loaded. Its answer is one line too.
"""

import contextlib
import copy
import faulthandler
import io
import json
import os
import random
import resource
import socket
import sqlite3
import sys
import threading
import traceback
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import pandas as pd
from dojo import limits
from dojo.author.judge.borrowed import borrowed_class
from dojo.author.judge.remote import Remote
from dojo.author.judge.tests_end import Tests
from dojo.author.judge.types import exceptions
from dojo.author.judge.types.exceptions import MODULES
from dojo.author.judge.wire import (
    LENGTH,
    Call,
    Closed,
    File,
    Raised,
    Refused,
    Returned,
    Spoilt,
    Tree,
    Wire,
    WireError,
)
from dojo.child.arguments import Changed, Terms
from dojo.child.recorder import Call as Shown
from dojo.child.recorder import Escape, Refusal, freeze
from dojo.run.scratch import scratch_folder
from scipy import sparse

from tooling.tests.judge.relations import EVERYTHING, KINDS, run_all

PATIENCE = 110
# What the function is called with, and what it promises: whatever can be promised.
GIVEN = [EVERYTHING | Callable[[EVERYTHING], EVERYTHING]] * 13
PROMISED = Callable[GIVEN, EVERYTHING | list[EVERYTHING]]


@dataclass
class Box:
    """A dataclass of a stub."""

    label: str
    things: list[Any]


class Full(ValueError):
    """An exception of a stub."""


# Of a function that may change whatever it gets.
PARAMETERS = tuple(f"p{number}" for number in range(13))


def end_of_the_tests(folder: Path, frames: Iterator[bytes]) -> Tests:
    """Return the tests' end of a wire on which these bytes come, and then nothing any more."""
    ours, theirs = socket.socketpair()

    def send() -> None:
        try:
            for frame in frames:
                theirs.sendall(frame)
            theirs.shutdown(socket.SHUT_WR)
        except OSError:
            return

    def swallow() -> None:
        with contextlib.suppress(OSError):
            while theirs.recv(2**16):
                pass
        theirs.close()

    for work in (send, swallow):
        threading.Thread(target=work, daemon=True).start()
    classes = {"Box": Box, "Full": Full, "Counter": borrowed_class(print, "Counter")}
    terms = {"f": Terms(PARAMETERS, frozenset(PARAMETERS))}
    promises = {"f": (PROMISED,)}
    return Tests(Wire(ours), folder, classes, terms, frozenset({"/there/box.py"}), promises)


def arguments(folder: Path, tests: Callable[[], Tests]) -> tuple[Any, ...]:
    """Return one of each that can be called back or changed."""

    def again(*args: Any, **kwargs: Any) -> Any:
        return tests().use("f", "call", (again,), {})

    return (
        np.zeros(3),
        [1, [2]],
        {"a": 1},
        pd.DataFrame({"a": [1.0]}),
        lambda *args, **kwargs: args,
        count(),
        np.random.default_rng(1),
        sqlite3.connect(":memory:"),
        Box("b", []),
        (1, [2]),
        {1},
        again,
        folder / "test_a0" / "in.txt",
    )


def outcome(folder: Path, frames: Iterator[bytes]) -> str:
    """Have a test call a function of such a worker; name what the test sees."""
    found: list[Tests] = []
    args = arguments(folder, lambda: found[0])
    (folder / "test_a0").mkdir(exist_ok=True)
    (folder / "test_a0" / "in.txt").write_text("words")
    tests = end_of_the_tests(folder, frames)
    found.append(tests)
    call = Shown("f", args, {})
    try:
        call.result = tests.use("f", "call", args, {})
        freeze(call.result)
    except BaseException as error:
        call.error = error
    finally:
        tests.wire.close()
    str(call)
    return allowed(call.error)


def allowed(error: BaseException | None) -> str:
    """Name an error that a test may see; AssertionError for one that it must not see."""
    if error is None:
        return "a value"
    for kind in (WireError, Closed, Refusal, Escape, Full, Changed):
        if type(error) is kind:
            if isinstance(error, Refusal):
                assert error.outcome not in ("passed", "not_started"), error.outcome
            place = getattr(error, "where", "") or getattr(error, "defined", "")
            assert place in ("", "/there/box.py:3"), error
            return kind.__name__
    # A class of the learner's own is one below the nearest that is known, and made by the judge.
    nearest = next(kind for kind in type(error).__mro__ if kind.__module__ != exceptions.__name__)
    module = nearest.__module__
    known = any(f"{module}.".startswith(f"{name}.") or module in name for name in MODULES)
    assert isinstance(error, Exception), repr(error)
    assert known, repr(error)
    assert not isinstance(error, StopIteration | AssertionError | MemoryError), repr(error)
    return "an error by name"


def values() -> list[Any]:
    """Return values of every entry."""
    frame = pd.DataFrame(
        {
            "a": pd.array([1, None], dtype="Int64"),
            "b": pd.Categorical(["x", None]),
            "c": pd.date_range("2024-01-01", periods=2, tz="Europe/Berlin"),
            "d": ["x", None],
        },
        index=pd.MultiIndex.from_product([["a"], [1, 2]]),
    )
    return [
        *(None, True, 2**70, 1.5, 1j, "text", "\ud800", b"bytes"),
        *(range(3), {1: [2]}, {1}, frozenset({2}), (1,)),
        *(np.arange(6.0).reshape(2, 3), np.array(["a", None], object), np.float32(1.5)),
        *(np.dtype("M8[ns]"), np.array("NaT", "M8[D]")),
        *(np.random.default_rng(1), np.random.Generator(np.random.MT19937(1))),
        *(sparse.csr_array(np.eye(3)), sparse.coo_matrix(np.eye(2)), sparse.lil_array(np.eye(2))),
        *(sparse.dia_array(np.eye(3)), sparse.bsr_array(np.eye(2)), sparse.dok_array(np.eye(2))),
        *(
            frame,
            frame["b"],
            frame.index,
            pd.RangeIndex(3),
            pd.date_range("2024", periods=3, freq="D"),
        ),
        *(pd.Timestamp("2024-01-01", tz="UTC"), pd.Timedelta(1)),
        *(pd.NA, pd.NaT, pd.array(["a", None])),
    ]


def messages() -> list[Any]:
    """Return frames that a worker sends, as plain data."""
    remote = Remote(Path("/nowhere"), {"Box": Box}, print, lends_objects=True)
    from dojo.author.judge.codec import Codec

    codec = Codec(remote, trusting=True)
    packed = codec.pack_all([*values(), Box("b", [1]), abs, iter([]), object()])
    bank = sqlite3.connect(":memory:")
    bank.execute("CREATE TABLE account (money)")
    packed += [["path", "test_a0", "out.txt"], codec.pack(bank)]
    packed += [["yours", 1], ["record", "Box", [["label", 1]]], codec.pack(np.zeros(3))]
    given = arguments(Path("/nowhere"), lambda: print)  # type: ignore[arg-type, return-value]
    changes = [(i, codec.pack(given[i])) for i in (0, 1, 2, 3, 6, 7, 8, 9, 10)]
    tree = Tree("test_a0", [File("out/b.txt", b"b")], ["in.txt", "out/b.txt"], ["out"])
    refused = Refused("forbidden", "no", "/there/box.py:3")
    sent: list[Any] = [
        Returned(value, None, [changes[i % len(changes)]], "text", 5, 6, tree)
        for i, value in enumerate(packed)
    ]
    sent += [Returned(value) for value in packed]
    sent += [Returned(None, i) for i in range(13)]
    sent += [Call(number, verb, [1], {}) for number in range(5) for verb in ("call", "next", "get")]
    for name in NAMES:
        sent.append(
            Raised([name, "builtins.ValueError"], "text", ["text"], where="/there/box.py:3")
        )
        sent.append(Raised([name], "text", [], leaves=True, changed=[(0, packed[-1])], tree=tree))
    for names in ([], ["builtins.ValueError"]):
        for argument in ("p1", "nothing"):
            spoilt = Spoilt(argument, "/there/box.py:3")
            sent.append(Raised(names, "", spoilt=spoilt, changed=changes[:2]))
    sent += [Raised(["x"], "text", [], refused=refused), Raised([], "", [], refused=refused)]
    sent += [
        Raised(["x"], "", [], refused=Refused(o, "", "")) for o in ("passed", "not_started", "")
    ]
    for message in sent:
        message.number = 1
    return [msgspec.msgpack.decode(msgspec.msgpack.encode(message)) for message in sent]


NAMES = [
    *("_pytest.outcomes.Exit", "_pytest.outcomes.Skipped", "_pytest.outcomes.Failed"),
    *("builtins.SystemExit", "builtins.KeyboardInterrupt", "builtins.GeneratorExit"),
    *("builtins.StopIteration", "builtins.StopAsyncIteration", "builtins.KeyError", "x.Full"),
    *(
        "dojo.child.recorder.Refusal",
        "dojo.child.recorder.Escape",
        "dojo.author.judge.wire.Closed",
        "unittest.SkipTest",
    ),
    *("numpy.linalg.LinAlgError", "builtins.ExceptionGroup", "builtins.OSError", "sqlite3.Error"),
    *("bdb.BdbQuit", "builtins.__import__", "builtins.exec", "os.system", "builtins.UnicodeError"),
    "pandas.errors.ParserError",
]
NODES: list[Any] = [
    *(None, True, 0, 1, -1, 5, 2**31, 2**40, -(2**63), 2**64 - 1, 1.5, float("nan"), "", "x", b""),
    *("object", "O", "<f8", "|V0", "T", "M8[ns]", "F", "csr", "coo", "lil", "dia", "category"),
    *(b"\0" * 24, b"x" * 7, [], [[]], {}, {"a": 1}, [1, 2], [0], [2**40], [10**6, 10**6], [-1]),
    *("..", "../../x", "/etc/passwd", "a\0b", "in.txt", ".", "x" * 500, "test_a0"),
    *("list", "dict", "array", "frame", "series", "index", "generator", "sparse", "mine", "yours"),
    *(
        ["mine", 3, "iterator", "x"],
        ["mine", 4, "object", "DataFrame"],
        ["mine", 5, "function", "f"],
    ),
    *(
        ["mine", 6, "object", "Box"],
        ["yours", 4],
        ["yours", 99],
        ["list", [["mine", 7, "iterator", ""]]],
    ),
    *(["path", "test_a0", "../x"], ["record", "Full", []], ["tensor", None, "x", True, None]),
]


def nodes(data: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Yield the path of every part of a message."""
    yield path
    parts = (
        data.items()
        if isinstance(data, dict)
        else enumerate(data)
        if isinstance(data, list)
        else ()
    )
    for key, part in parts:
        yield from nodes(part, (*path, key))


def mutate(draw: random.Random, data: Any, others: list[Any]) -> Any:
    """Change a message at one to four places."""
    data = copy.deepcopy(data)
    for _ in range(draw.choice([1, 1, 1, 3])):
        paths = [p for p in nodes(data) if p]
        inside = [p for p in paths if len(p) > 1]
        path = draw.choice(inside if inside and draw.random() < 0.9 else paths or [("type",)])
        holder = data
        for key in path[:-1]:
            holder = holder[key]
        key, other = path[-1], draw.choice(others)
        part = draw.choice(list(nodes(other)))
        for step in part:
            other = other[step]
        change = draw.randrange(6)
        if change == 0 and len(holder):
            del holder[key]
        elif change == 1 and isinstance(holder, list):
            holder.insert(key, copy.deepcopy(draw.choice(NODES)))
        elif change == 2 and isinstance(holder, list):
            holder.extend(holder[:3])
        elif change == 3:
            holder[key] = copy.deepcopy(other)
        else:
            holder[key] = copy.deepcopy(draw.choice(NODES))
    return data


def garble(draw: random.Random, frame: bytes) -> bytes:
    """Spoil the bytes of a frame, or what is announced of it."""
    change = draw.randrange(20)
    if change == 0:
        return frame[: draw.randrange(len(frame))]
    if change == 1:
        return LENGTH.pack(draw.randrange(2**32)) + frame[LENGTH.size :]
    if change == 2:
        return draw.randbytes(draw.randrange(60))
    if change == 3:
        place = draw.randrange(len(frame))
        return frame[:place] + draw.randbytes(1) + frame[place + 1 :]
    return frame


def framed(data: Any) -> bytes:
    """Write a message as it goes over the wire."""
    body = msgspec.msgpack.encode(data)
    return LENGTH.pack(len(body)) + body


def mutants(seed: str, number: str) -> dict[str, int]:
    """Send that many conversations of changed frames; count how they ended."""
    draw, known = random.Random(int(seed)), messages()
    found: Counter[str] = Counter()
    before = memory()
    for _ in range(int(number)):
        picked = [draw.choice(known) for _ in range(draw.choice([1, 1, 1, 2, 5]))]
        frames = [garble(draw, framed(mutate(draw, message, known))) for message in picked]
        with scratch_folder() as folder:
            try:
                found[outcome(Path(folder).resolve(), iter(frames))] += 1
            except BaseException as error:
                raise AssertionError(f"{error!r} after {picked} as {frames}") from error
            outside = {p.name for p in Path(folder).iterdir()}
            assert outside == {"test_a0"}, outside
    return {**found, "megabytes": memory() - before}


def memory() -> int:
    """Return the megabytes that this process has taken at most so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def repeated(start: bytes, part: bytes, end: bytes = b"") -> bytes:
    """Write a Returned whose value is the longest list there may be of one part."""
    head = msgspec.msgpack.encode({"type": "Returned", "number": 1})[1:]
    number = (limits.FRAME_BYTES - 100 - len(start)) // len(part)
    body = b"\x83" + head + b"\xa5value" + start + b"\xdd" + number.to_bytes(4, "big")
    body += part * number + end
    return LENGTH.pack(len(body)) + body


LIST = b"\x92\xa4list"
BOMBS: dict[str, Callable[[], bytes]] = {
    "lists": lambda: repeated(b"", b"\x90"),
    "dicts": lambda: repeated(b"", b"\x80"),
    "dicts of one": lambda: repeated(b"", b"\x81\x00\x00"),
    "lists of one": lambda: repeated(b"", b"\x91\xc0"),
    "floats": lambda: repeated(LIST, b"\xcb" + b"\x01" * 8),
    "texts": lambda: repeated(LIST, b"\xa1x"),
    "depth": lambda: LENGTH.pack(limits.FRAME_BYTES) + b"\x91" * limits.FRAME_BYTES,
    "values": lambda: repeated(LIST, msgspec.msgpack.encode(["list", []])),
    "sets": lambda: repeated(b"\x92\xa3set", b"\xcd\x7f\xff"),
    "columns": lambda: repeated(LIST, packed(pd.Series([], dtype=float))),
    "tables": lambda: repeated(LIST, packed(pd.DataFrame({"a": [1]}))),
    "generators": lambda: repeated(LIST, packed(np.random.default_rng(1))),
    "matrices": lambda: repeated(LIST, packed(sparse.coo_array((9, 9)))),
    "rows": lambda: repeated(LIST, packed(sparse.lil_array((10**6, 1)))),
    "objects": lambda: repeated(LIST, packed(["mine", 1, "object", "x"])),
}


def packed(value: Any) -> bytes:
    """Write a value as it stands in a message."""
    from dojo.author.judge.codec import Codec

    codec = Codec(Remote(Path("/nowhere"), {}, print, lends_objects=False), trusting=True)
    data = value if isinstance(value, list) else codec.pack(value)
    return msgspec.msgpack.encode(data)


def bomb(name: str) -> dict[str, int]:
    """Send a bomb; count the megabytes that the tests' end took at most, above what it had."""
    frame = BOMBS[name]()
    before = memory()
    with scratch_folder() as folder:
        seen = outcome(Path(folder).resolve(), iter([frame]))
    return {seen: 1, "megabytes": memory() - before}


def answer(line: str) -> None:
    """Do in this process what a line asks for, print what was found, and end."""
    verb, *words = json.loads(line)
    faulthandler.dump_traceback_later(PATIENCE, exit=True)
    with contextlib.redirect_stdout(io.StringIO()):
        counted = {"mutants": mutants, "bomb": bomb, "relations": relations}[verb](*words)
    print(json.dumps(counted), flush=True)


def relations(seed: str, count: str) -> dict[str, dict[str, int]]:
    """Read and use so many mutants of each kind of value."""
    return run_all(int(seed), int(count), KINDS)


def serve(lines: Iterable[str]) -> None:
    """Answer each line in a process of its own; one that fails has null for an answer."""
    for line in lines:
        if os.fork() == 0:
            try:
                answer(line)
            except BaseException:
                traceback.print_exc()
                os._exit(1)
            os._exit(0)
        if os.wait()[1]:
            print("null", flush=True)


if __name__ == "__main__":
    serve(sys.stdin)
