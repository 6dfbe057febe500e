"""Values whose parts no longer fit together, and what becomes of who reads and uses them.

`relations.py SEED COUNT [KIND ...]` takes what `pack` writes for values of each kind, changes how
their parts relate (one more, one less, negative, huge, of another type, swapped, repeated), reads
them as the tests' end does, and does with what was read what a test may do. A case that reads for
too long, or takes too much memory, ends the program; a crash ends it anyway. Prints as JSON how
many cases of each kind were read, and how many were refused.
"""

import contextlib
import copy
import datetime
import faulthandler
import json
import random
import resource
import sqlite3
import struct
import sys
import time
import warnings
import zoneinfo
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import pandas as pd
import torch
from dojo import limits
from dojo.author.judge.codec import Codec
from dojo.author.judge.promise import promise
from dojo.author.judge.remote import Remote
from dojo.author.judge.wire import WireError
from dojo.show.values import show
from scipy import sparse

SECONDS = 0.1
MEGABYTES = 64
# What using a value may take: more than reading it, and not the machine.
ROOM = 1024 * 2**20
EVERYTHING = (
    sparse.csr_array
    | np.random.Generator
    | torch.Tensor
    | pd.DataFrame
    | pd.Timestamp
    | sqlite3.Connection
    | zoneinfo.ZoneInfo
)
PROMISED = promise(EVERYTHING)
BERLIN = zoneinfo.ZoneInfo("Europe/Berlin")


def database() -> sqlite3.Connection:
    """Return a database with a table, an index and a view."""
    bank = sqlite3.connect(":memory:")
    bank.execute("CREATE TABLE account (name TEXT PRIMARY KEY, money INTEGER CHECK (money > -9))")
    bank.execute("CREATE VIEW rich AS SELECT name FROM account WHERE money > 5")
    bank.executemany("INSERT INTO account VALUES (?, ?)", [(f"n{i}", i) for i in range(200)])
    bank.commit()
    return bank


def matrices(form: str) -> Callable[[], list[Any]]:
    """Return what makes sparse matrices of a format."""
    dense = np.arange(24.0).reshape(4, 6) % 3
    return lambda: [getattr(sparse, f"{form}_{style}")(dense) for style in ("array", "matrix")]


def generators() -> list[Any]:
    """Return a Generator of each kind, some in the middle of their buffers."""
    names = ("PCG64", "PCG64DXSM", "MT19937", "Philox", "SFC64")
    made = [np.random.Generator(getattr(np.random, name)(5)) for name in names]
    for rng in made:
        rng.integers(5, size=3, dtype=np.int32)
    return made


def times() -> pd.DatetimeIndex:
    """Return some stamps in a zone."""
    return pd.date_range("2024-03-30", periods=5, tz=BERLIN)


def columns(values: Any) -> list[Any]:
    """Return a column's values as an index, as a series and in a table."""
    series = pd.Series(values, name="v")
    return [series, series.to_frame(), pd.Index(values)]


KINDS: dict[str, Callable[[], list[Any]]] = {
    **{f: matrices(f) for f in ("csr", "csc", "bsr", "coo", "dia", "dok", "lil")},
    "generator": generators,
    "category": lambda: columns(pd.Categorical(["b", None, "a", "a"], ordered=True)),
    "multiindex": lambda: [
        pd.MultiIndex.from_product([["a", "b"], [1, 2, 3]], names=["x", None]),
        pd.Series(range(4), index=pd.MultiIndex.from_product([[0.5, 1.5], ["p", "q"]])),
    ],
    "masked": lambda: [
        *columns(pd.array([1, None, 3], "Int64")),
        *columns(pd.array([True, None], "boolean")),
    ],
    "zoned": lambda: [*columns(times()), pd.Series([1.0] * 5, index=times())],
    "text": lambda: columns(pd.array(["a", None, "é"], "str")),
    "freq": lambda: [
        pd.date_range("2024-01-01", periods=5, freq="B"),
        pd.timedelta_range("1h", periods=4, freq="2h"),
    ],
    "rows": lambda: [pd.RangeIndex(2, 9, 3), pd.Series([1, 2]), pd.DataFrame(index=range(3))],
    "frame": lambda: [
        pd.DataFrame({"a": [1.5, 2.5], "b": ["x", None], "c": [True, False]}),
        pd.DataFrame({"o": pd.Series([1, "x", None], dtype=object)}, index=list("pqr")),
    ],
    "array": lambda: [
        *(np.arange(6.0).reshape(2, 3), np.array([True, False]), np.array(["é", "ab"])),
        *(np.array(["2024", "NaT"], "M8[D]"), np.array([1, "x", None], object)),
        *(np.complex64([1, 2j]), np.array([1j, 2]), np.asfortranarray(np.ones((2, 3)))),
    ],
    "dtype": lambda: [np.dtype("M8[5s]"), np.dtype(">f4"), np.dtype("U2"), np.dtype(object)],
    "scalar": lambda: [np.float32(1.5), np.datetime64("2024-01-01"), np.str_("x"), np.bool_(1)],
    "tensor": lambda: [
        *(torch.ones(2, 3, requires_grad=True), torch.arange(4), torch.ones(2).bfloat16()),
        gradient(),
    ],
    "moment": lambda: [
        *(pd.Timestamp("2024-10-27 01:30", tz=BERLIN), pd.Timedelta("1h"), pd.Timestamp(0)),
    ],
    "time": lambda: [
        *(datetime.datetime(2024, 10, 27, 2, 30, tzinfo=BERLIN, fold=1), datetime.date(2024, 1, 1)),
        *(datetime.time(5, tzinfo=datetime.UTC), datetime.timedelta(1, 2, 3), BERLIN),
        datetime.timezone(datetime.timedelta(minutes=90), "x"),
    ],
    "number": lambda: [2**70, 1j, range(2, 9, 3), True, "\ud800", b"ab"],
    "container": lambda: [{"a": [1, (2, 3)], 5: {1.5}}, [frozenset({1}), {"k": None}]],
    "database": lambda: [database()],
}


def gradient() -> torch.Tensor:
    """Return a tensor with a gradient."""
    leaf = torch.ones(3, requires_grad=True)
    (leaf * 2).sum().backward()
    return leaf


NUMBERS = (0, 1, -1, 2, 2**20, 2**31 - 1, 2**31, -(2**31), 2**40, 2**62, 2**63 - 1, -(2**63))
WORDS = (
    *("<f8", "<f4", ">f8", "<i8", "<i4", ">i4", "<u8", "|b1", "|i1", "<f2", "<f16", "<c16", "<U2"),
    *("|S4", "|V8", "|V0", "<M8[ns]", "<M8[as]", "<m8[9999Y]", "object", "O", "T", "F", "C", ""),
    *("csr", "csc", "bsr", "coo", "dia", "dok", "lil", "array", "matrix", "s", "ns", "D", "MS"),
    *("999999999B", "100bh", "-1W-SUN", "WOM-3FRI", "C", "left", "both", "nan", "NA", "python"),
    *("numpy", "category", "zoned", "masked", "text", "pos", "state"),
    *("dateutil//etc/passwd", "../x", "Europe/Berlin", "UTC", "float32", "int64", "bool"),
    *("9" * 50, "1e99999", "2024-02-30", "24:00", "PCG64", "MT19937", "Philox", "buffer_pos"),
)


def parts(data: Any, path: tuple[int, ...] = ()) -> Iterator[tuple[int, ...]]:
    """Yield the path of every part of a packed value."""
    if path:
        yield path
    for place, part in enumerate(data if isinstance(data, list) else ()):
        yield from parts(part, (*path, place))


def at(data: Any, path: tuple[int, ...]) -> Any:
    """Return a part of a packed value."""
    for place in path:
        data = data[place]
    return data


def bent(draw: random.Random, part: Any, other: Any) -> Any:
    """Return what stands in the place of a part: almost the same, or another part."""
    if draw.random() < 0.15:
        return copy.deepcopy(other)
    if isinstance(part, bool) or part is None:
        return draw.choice([True, False, None, 0, 2, []])
    if isinstance(part, int):
        near = draw.choice([part + 1, part - 1, -part, 2 * part, *NUMBERS])
        return max(-(2**63), min(near, 2**64 - 1))
    if isinstance(part, float):
        return draw.choice([-part, float("nan"), float("inf"), 5e-324, 1, "x"])
    if isinstance(part, str):
        return draw.choice([part[:-1], part + part, part.upper(), *WORDS])
    return bent_bytes(draw, part) if isinstance(part, bytes) else bent_list(draw, part)


def bent_bytes(draw: random.Random, data: bytes) -> bytes:
    """Change bytes: their number, one of the numbers that they are, or their order."""
    change = draw.randrange(12)
    width = draw.choice([1, 4, 8])
    if change == 0 or len(data) < width:
        return data[: -draw.choice([1, 4, 8])]
    if change == 1:
        return data + data[: draw.choice([1, 4, 8])]
    if change == 2:
        return bytes(reversed(data))
    if change == 3:
        return draw.choice([b"\0", b"\xff", b"\x7f"]) * len(data)
    start = draw.randrange(len(data) // width) * width
    kind = {1: "<b", 4: "<i", 8: "<q"}[width]
    (old,) = struct.unpack_from(kind, data, start)
    limit = 2 ** (8 * width - 1)
    new = draw.choice([old + 1, old - 1, -old, -1, 0, 1, 2, limit - 1, -limit, 1000])
    return (
        data[:start] + struct.pack(kind, max(-limit, min(limit - 1, new))) + data[start + width :]
    )


def bent_list(draw: random.Random, data: list[Any]) -> list[Any]:
    """Change a list: one less, one more, two swapped, none."""
    made = list(data)
    change = draw.randrange(5)
    if made and change == 0:
        del made[draw.randrange(len(made))]
    elif made and change == 1:
        made.insert(draw.randrange(len(made)), copy.deepcopy(draw.choice(made)))
    elif len(made) > 1 and change == 2:
        one, two = draw.sample(range(len(made)), 2)
        made[one], made[two] = made[two], made[one]
    elif change == 3:
        made = []
    else:
        made += made
    return made


def mutant(draw: random.Random, samples: list[Any]) -> Any:
    """Return one of the packed values, of which one to three parts were changed."""
    data = copy.deepcopy(draw.choice(samples))
    for _ in range(draw.choice([1, 1, 1, 2, 3])):
        paths = list(parts(data))
        if not paths:
            break
        inside = [path for path in paths if isinstance(at(data, path), bytes)]
        path = draw.choice(inside if inside and draw.random() < 0.5 else paths)
        other = at(data, draw.choice(paths))
        at(data, path[:-1])[path[-1]] = bent(draw, at(data, path), other)
    return msgspec.msgpack.decode(msgspec.msgpack.encode(data))


def uses(value: Any) -> Iterator[Callable[[], Any]]:
    """Yield what a test does with a value, one after the other."""
    yield lambda: show(value)
    yield lambda: str(value)
    yield lambda: value == value
    yield lambda: value == copy.copy(value)
    yield lambda: list(islice(iter(value), 50))
    yield lambda: np.asarray(value).sum()
    yield lambda: hash(value)
    yield lambda: value + value
    yield lambda: value[0]
    if isinstance(value, np.ndarray):
        yield lambda: np.testing.assert_array_equal(value, value)
        yield lambda: np.sort(value, axis=None)
        yield lambda: np.arange(value.size).reshape(value.shape)[value]
        yield lambda: np.unique(value)
        yield lambda: value.tolist()
    if isinstance(value, pd.Index | pd.Series | pd.DataFrame):
        yield lambda: pd.testing.assert_frame_equal(pd.DataFrame(value), pd.DataFrame(value))
        yield lambda: value.sort_values() if value.ndim == 1 else value.describe()
        yield lambda: value.isna().sum()
        yield lambda: value.to_numpy()
        yield lambda: value.nunique()
        yield lambda: value.take([0, -1])
        yield lambda: value.tolist() if value.ndim == 1 else value.to_dict()
    if isinstance(value, pd.Series | pd.DataFrame):
        yield lambda: value.groupby(value.index).count()
        yield lambda: value.reset_index()
        yield lambda: value.loc[value.index[0]]
    if sparse.issparse(value):
        yield lambda: value.sum(), value.T.tocsr().sort_indices
        yield lambda: value.toarray() if np.prod(value.shape, dtype=float) < 1e6 else None
        yield lambda: value.tocsc().tocsr().sum_duplicates()
        yield lambda: value @ value.T
    if isinstance(value, np.random.Generator):
        yield lambda: value.random(700)
        yield lambda: value.integers(9, size=700, dtype=np.int32)
        yield lambda: value.spawn(2)[1].permutation(50)
    if isinstance(value, torch.Tensor):
        yield lambda: torch.equal(value, value)
        yield lambda: (value.float() * 2).sum().backward()
    if isinstance(value, sqlite3.Connection):
        for table in ("account", "rich", "sqlite_schema"):
            yield lambda table=table: value.execute(f"SELECT * FROM {table}").fetchall()
        yield lambda: value.execute("DELETE FROM account WHERE money % 3 = 0")
        yield lambda: value.execute("INSERT INTO account VALUES ('new', 7)")
        yield value.close
    if isinstance(value, datetime.datetime | datetime.time):
        yield lambda: (value.utcoffset(), value.tzname(), value.isoformat())


class Reader:
    """Reads packed values as the tests' end does, and holds them against the limits."""

    def __init__(self) -> None:
        """Read with a codec that trusts nobody, where all kinds are promised."""
        remote = Remote(Path("/nowhere"), {}, print, lends_objects=False)
        self.codec = Codec(remote, trusting=False)

    def read(self, data: Any) -> tuple[Any, WireError | None]:
        """Read a value, or tell why not; end the program if it takes too long, each time."""
        for _ in range(3):
            before = time.thread_time()
            value, error = self.attempt(data)
            if time.thread_time() - before < SECONDS:
                return value, error
        sys.exit(f"More than {SECONDS} s: {data}")

    def attempt(self, data: Any) -> tuple[Any, WireError | None]:
        """Read a value, or tell why not; end the program if it takes too much memory."""
        self.codec.left = limits.VALUES
        try:
            with at_most(MEGABYTES * 2**20):
                return self.codec.unpack(copy.deepcopy(data), PROMISED), None
        except WireError as error:
            if "MemoryError" in str(error):
                sys.exit(f"More than {MEGABYTES} MB: {data}")
            return None, error


@contextlib.contextmanager
def at_most(room: int) -> Iterator[None]:
    """Let this process grow by so many bytes in the block."""
    pages = int(Path("/proc/self/statm").read_bytes().split()[0])
    limit = resource.getrlimit(resource.RLIMIT_AS)[1]
    resource.setrlimit(resource.RLIMIT_AS, (pages * resource.getpagesize() + room, limit))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))


def use(value: Any) -> None:
    """Do with a value what a test may do; whatever that raises is the test's."""
    for action in uses(value):
        with contextlib.suppress(Exception), at_most(ROOM):
            action()


def run(seed: int, count: int, kind: str, reader: Reader) -> dict[str, int]:
    """Read and use so many mutants of one kind; count those that were read and refused."""
    writer = Codec(Remote(Path("/nowhere"), {}, print, lends_objects=True), trusting=True)
    samples = [writer.pack(value) for value in KINDS[kind]()]
    for sample in samples:
        use(reader.codec.unpack(msgspec.msgpack.decode(msgspec.msgpack.encode(sample)), PROMISED))
    found = {"read": 0, "refused": 0}
    for case in range(count):
        data = mutant(random.Random(f"{kind} {seed} {case}"), samples)
        value, error = reader.read(data)
        found["read" if error is None else "refused"] += 1
        use(value)
    return found


def run_all(seed: int, count: int, kinds: Iterable[str]) -> dict[str, dict[str, int]]:
    """Read and use so many mutants of each of some kinds; tell which, in case it crashes."""
    faulthandler.enable()
    warnings.simplefilter("ignore")
    torch.set_num_threads(1)
    counted = {}
    for name in kinds:
        print(f"{name} ...", file=sys.stderr, flush=True)
        counted[name] = run(seed, count, name, Reader())
    return counted


if __name__ == "__main__":
    seed, count = map(int, sys.argv[1:3])
    print(json.dumps(run_all(seed, count, sys.argv[3:] or KINDS)))
