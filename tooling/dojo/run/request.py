"""What is asked of one run: whose code, which tests, under which seeds and limits."""

from dataclasses import asdict, dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

import msgspec

from dojo import limits
from dojo.kata.catalog import Kata, camel

DEFAULT_SEED = 1


@dataclass(frozen=True)
class Request:
    """One run of the tests of the kata `name` on one file, under one seed or several in turn.

    `classes` and `ids` keep the named classes or tests (empty: all); `done` leaves out tests by
    seed and id; `first` are tests to run before the others; `stop` ends the run at the first test
    that is not green; `timeout` is in seconds a test; `digests` says whether what calls returned is
    noted: "told" as a diagnosis, or "kept" with the tests. A run that is not `isolated` shares the
    terminal with the person, for pytest's own output and its debugger; `pytest_args` are for it.
    `plugins` are modules of further pytest plugins, `options` the options that these add.
    """

    root: str
    name: str
    tests: str
    seeds: tuple[int, ...]
    against: str = "mine"
    file: str | None = None
    classes: tuple[str, ...] = ()
    ids: tuple[str, ...] = ()
    done: tuple[tuple[int, str], ...] = ()
    first: tuple[str, ...] = ()
    stop: bool = False
    timeout: float = limits.TEST_SECONDS
    digests: Literal["no", "told", "kept"] = "no"
    isolated: bool = True
    pytest_args: tuple[str, ...] = ()
    plugins: tuple[str, ...] = ()
    options: tuple[tuple[str, str], ...] = ()
    scratch: str = ""

    @cached_property
    def kata(self) -> Kata:
        """The kata whose tests are run."""
        return Kata(Path(self.root), self.name)

    @property
    def judged(self) -> bool:
        """Whether the learner's code runs in a process of its own, behind the one of the tests."""
        return any(name == "judged" for name, _ in self.options)

    def wants(self, test: str) -> bool:
        """Tell whether a test belongs to the run."""
        plain = test.partition("[")[0]
        if self.ids:
            return test in self.ids or plain in self.ids
        return not self.classes or test.partition("::")[0] in self.classes

    def to_json(self) -> dict[str, Any]:
        """Plain data, for another process."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> "Request":
        """Read plain data back."""
        return msgspec.convert(data, cls)


def ask(kata: Kata, *seeds: int, **more: Any) -> Request:
    """Ask for a run of a kata's tests; `functions` and `file` come as names and a Path."""
    functions = more.pop("functions", ())
    file: Path | None = more.pop("file", None)
    request = Request(
        root=str(kata.root),
        name=kata.name,
        tests=str(kata.tests),
        seeds=seeds,
        timeout=kata.facts.timeout,
        classes=tuple(camel(f) for f in functions),
        file=str(file) if file else None,
    )
    return replace(request, **more)
