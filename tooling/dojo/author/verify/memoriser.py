"""A cheat made by a machine: it answers from a table of what the reference answered.

`pytest -p dojo.author.verify.memoriser --record PATH` writes the table while the reference is
tested; `source` makes a learner's file that answers from it. Tests whose data follow the seed beat
it.
"""

import copy
import inspect
import pickle
from collections.abc import Callable, Generator
from dataclasses import dataclass, field, fields, is_dataclass
from pathlib import Path
from typing import Any

import pytest

from dojo.child.plugin import LEARNED, test_id
from dojo.child.recorder import Call
from dojo.kata.catalog import Kata


@dataclass
class Table:
    """What was recorded: answers by function, and the tests in which the reference raised."""

    answers: dict[str, list[tuple["Question", Any]]] = field(default_factory=dict)
    raising: set[str] = field(default_factory=set)


@dataclass(frozen=True)
class Question:
    """The arguments of a call: their types and shapes, and their numbers."""

    shape: Any
    numbers: tuple[float, ...]

    def distance(self, other: "Question") -> float:
        """Tell how far two questions of the same shape are apart; NaN counts as 0."""
        pairs = zip(self.numbers, other.numbers, strict=True)
        return sum(0.0 if a == b or a != a or b != b else min(abs(a - b), 1e300) for a, b in pairs)


def ask(arguments: dict[str, Any]) -> Question:
    """Write down the arguments of a call as a question."""
    numbers: list[float] = []
    shape = [(name, measure(value, numbers)) for name, value in arguments.items()]
    return Question(tuple(shape), tuple(numbers))


def measure(value: Any, numbers: list[float]) -> Any:
    """Return the type and shape of a value, and append what it holds as numbers."""
    import numpy as np
    import pandas as pd

    if isinstance(value, pd.DataFrame):
        columns = [measure(value[c].to_numpy(), numbers) for c in value.columns]
        return ("DataFrame", tuple(map(str, value.columns)), tuple(columns))
    if isinstance(value, pd.Series | pd.Index):
        return (type(value).__name__, measure(value.to_numpy(), numbers))
    if isinstance(value, np.ndarray):
        flat = value.ravel()
        numbers.extend(map(float, flat) if flat.dtype.kind in "fiub" else map(as_number, flat))
        return ("ndarray", value.dtype.kind, value.shape)
    if isinstance(value, Path):
        numbers.append(as_number(value.read_bytes() if value.is_file() else b""))
        return "Path"
    if is_dataclass(value) and not isinstance(value, type):
        return tuple(measure(getattr(value, f.name), numbers) for f in fields(value))
    if isinstance(value, list | tuple):
        return (type(value).__name__, *(measure(v, numbers) for v in value))
    if isinstance(value, dict):
        return ("dict", *((str(k), measure(v, numbers)) for k, v in value.items()))
    if callable(value) or isinstance(value, np.random.Generator):
        return type(value).__name__
    numbers.append(as_number(value))
    return type(value).__name__


def as_number(value: Any) -> float:
    """Turn anything into a number: numbers stay, the rest is hashed."""
    try:
        return float(value)
    except (TypeError, ValueError, OverflowError):
        return float(hash(repr(value)) % 1_000_003)


class Recording:
    """A pytest plugin that writes the table of one run of the reference."""

    def __init__(self, path: Path) -> None:
        """Record into a file."""
        self.path = path
        self.table = Table()
        self.test = ""

    def pytest_runtest_setup(self, item: pytest.Item) -> None:
        """Remember which test calls from now on."""
        self.test = test_id(item)

    def take(self, call: Call) -> None:
        """Take down one call."""
        if call.error is not None:
            self.table.raising.add(self.test)
            return
        named = dict(zip(call.parameters, call.args, strict=False)) | call.kwargs
        answers = self.table.answers.setdefault(call.name, [])
        answers.append((ask(dict(sorted(named.items()))), copy.deepcopy(call.result)))

    @pytest.hookimpl(wrapper=True)
    def pytest_runtestloop(self) -> Generator[None, object, object]:
        """Write the table when all tests have run."""
        result = yield
        self.path.write_bytes(pickle.dumps(self.table))
        return result


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option that says where to write the table."""
    parser.addoption("--record", help="where to write the table")


@pytest.hookimpl(trylast=True)
def pytest_configure(config: pytest.Config) -> None:
    """Listen to every call."""
    recording = Recording(Path(config.getoption("--record")))
    config.stash[LEARNED].recorder.listeners.append(recording.take)
    config.pluginmanager.register(recording)


def load(path: Path) -> Table:
    """Read a table back."""
    table: Table = pickle.loads(path.read_bytes())
    return table


def answering(table: Table, stub: Callable[..., Any]) -> Callable[..., Any]:
    """Make a function that answers from a table, and never raises."""
    signature = inspect.signature(stub)
    answers = table.answers.get(stub.__name__, [])

    def answer(*args: Any, **kwargs: Any) -> Any:
        named = signature.bind(*args, **kwargs).arguments
        question = ask(dict(sorted(named.items())))
        alike = [(q, a) for q, a in answers if q.shape == question.shape]
        if alike:
            return copy.deepcopy(min(alike, key=lambda pair: pair[0].distance(question))[1])
        return copy.deepcopy(answers[-1][1]) if answers else None

    answer.__signature__ = signature  # type: ignore[attr-defined]
    return answer


def source(kata: Kata, table: Path) -> str:
    """Write a learner's file that keeps the stub's classes and answers from a table."""
    stub = kata.pristine.read_text(encoding="utf-8")
    return f"""{stub}

from pathlib import Path as _Path

from dojo.author.verify import memoriser as _memoriser

_table = _memoriser.load(_Path({str(table)!r}))
for _name in {kata.functions!r}:
    globals()[_name] = _memoriser.answering(_table, globals()[_name])
"""
