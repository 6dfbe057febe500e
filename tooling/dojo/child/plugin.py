"""The pytest plugin: a kata's options and fixtures, and one result per test.

Loaded by pyproject.toml, so that a bare `pytest katas/kata07_sample_size` works too.
"""

import functools
import inspect
import sys
import zlib
from collections.abc import Generator
from dataclasses import replace
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

import pytest

from dojo.child import hookspecs, seam
from dojo.child.contract import ContractError
from dojo.child.cost import Meter
from dojo.child.debugger import end_in
from dojo.child.execution import Answers, execute_here
from dojo.child.explain import Explanation, explain
from dojo.child.recorder import Recorder
from dojo.child.returned import Returned, digested
from dojo.child.streams import keep_open
from dojo.kata import catalog
from dojo.kata.catalog import Kata
from dojo.run.request import DEFAULT_SEED
from dojo.run.verdict import TestResult, plain
from dojo.show.values import clip

if TYPE_CHECKING:
    import numpy as np

LEARNED: pytest.StashKey["Learned"] = pytest.StashKey()


class Learned:
    """What a run knows of the katas under test: which files answer, which calls were made."""

    def __init__(self, config: pytest.Config) -> None:
        """Read the options and the catalogue."""
        self.config = config
        self.seed: int = config.getoption("--seed")
        self.katas = catalog.katas(config.rootpath)
        self.by_folder = {str(kata.folder): kata for kata in self.katas}
        self.recorder = Recorder()
        self.returned = Returned()
        execute = partial(config.hook.pytest_learned_execute, config=config)
        self.seam = seam.Seam(self.katas, self.files, self.recorder, execute)

    def files(self, kata: Kata) -> tuple[Path, ...]:
        """List the files of a kata that the options ask for."""
        file: str | None = self.config.getoption("--file")
        path = Path(self.config.invocation_params.dir, file).resolve() if file else None
        return seam.choose(kata, self.config.getoption("--against"), path)

    def with_digests(self, result: TestResult) -> TestResult:
        """Add what the calls of a test returned, if that is asked; for a diagnosis, when needed."""
        asked = self.config.getoption("--digests")
        if asked == "no":
            return result
        calls = self.recorder.returned
        if asked == "kept":
            return replace(result, digests=tuple(map(digested, calls)))
        result = replace(result, digests=self.returned.keep(result, self.seed, calls))
        for seed, test, digests in self.returned.due(result.function):
            self.config.hook.pytest_learned_returned(seed=seed, test=test, digests=digests)
        return result

    def named(self, name: str) -> Kata:
        """Return the kata of a name."""
        return next(kata for kata in self.katas if kata.name == name)

    def kata(self, item: pytest.Item) -> Kata | None:
        """Return the kata that a test belongs to, or None for tests that are no kata's."""
        return self.by_folder.get(str(item.path.parent))


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options that choose the file and the seed."""
    group = parser.getgroup("katas")
    group.addoption(
        "--against",
        choices=["mine", "solutions", "stub"],
        default="mine",
        help="whose code the tests of a kata run on (default: mine)",
    )
    group.addoption(
        "--digests",
        choices=["no", "told", "kept"],
        default="no",
        help="whether to digest what calls returned, for a diagnosis (default: no)",
    )
    group.addoption("--file", default=None, help="run the tests of a kata on this file instead")
    group.addoption(
        "--seed", type=int, default=DEFAULT_SEED, help="seed of the rng fixture (default: 1)"
    )


def pytest_addhooks(pluginmanager: pytest.PytestPluginManager) -> None:
    """Add the hooks of a run."""
    pluginmanager.add_hookspecs(hookspecs)


def pytest_configure(config: pytest.Config) -> None:
    """Put the seam in front of Python's own finders, for as long as pytest is configured.

    Folders of katas are found in the root, after all else: a random.py there is not the library's.
    """
    install(config)
    sys.path.append(root := str(config.rootpath))
    config.add_cleanup(lambda: sys.path.remove(root))
    config.add_cleanup(lambda: sys.meta_path.remove(config.stash[LEARNED].seam))


def install(config: pytest.Config) -> Learned:
    """Read the options, and let a seam that follows them answer from now on."""
    if LEARNED in config.stash:
        sys.meta_path.remove(config.stash[LEARNED].seam)
    config.stash[LEARNED] = learned = Learned(config)
    sys.meta_path.insert(0, learned.seam)
    return learned


@pytest.hookimpl(trylast=True)
def pytest_learned_execute(kata: Kata, stub: ModuleType, files: tuple[Path, ...]) -> Answers:
    """Execute a learner's files in this process."""
    return execute_here(kata, stub, files)


@pytest.hookimpl(trylast=True)
def pytest_learned_meter(config: pytest.Config) -> Meter:
    """Measure in this process."""
    return Meter(frozenset(config.stash[LEARNED].seam.executed))


@pytest.fixture
def rng(request: pytest.FixtureRequest) -> "np.random.Generator":
    """Return a Generator seeded from `--seed` and the test's id: same seed, same data."""
    import numpy as np

    learned = request.config.stash[LEARNED]
    return np.random.default_rng([learned.seed, zlib.crc32(test_id(request.node).encode())])


@pytest.fixture
def cost(request: pytest.FixtureRequest) -> Meter:
    """Return `cost(fn, *args, **kwargs)`: .result, .steps in the learner's file, .peak_bytes.

    `cost.peak_bytes(fn, *args, **kwargs)` gives the peak memory only, and is much quicker.
    """
    meter: Meter = request.config.hook.pytest_learned_meter(config=request.config)
    return meter


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Forget the calls of the test before."""
    keep_open()
    item.config.stash[LEARNED].recorder.start_test()


@pytest.hookimpl(tryfirst=True)
def pytest_exception_interact(
    node: pytest.Item | pytest.Collector, call: pytest.CallInfo[Any]
) -> None:
    """Have `--pdb` stop in the learner's own frame where an error went through it."""
    if call.excinfo is not None and node.config.getoption("usepdb"):
        end_in(call.excinfo.tb, node.config.stash[LEARNED].seam.executed)


def pytest_assertrepr_compare(config: pytest.Config, op: str, left: Any, right: Any) -> None:
    """Remember what a failed assertion compared, for the report."""
    config.stash[LEARNED].recorder.comparison = (op, left, right)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Attach a test's result to its report, and say in plain pytest what it means."""
    learned = item.config.stash[LEARNED]
    kata = learned.kata(item)
    if kata is None or call.when != "call":
        return (yield)
    result = judge(item, kata, call, learned)
    if result.outcome == "not_started":
        report = yield from shortened(item, result)
    else:
        report = yield
    report.sections[:0] = list(sections(result))
    report.kata_result = plain(result)  # type: ignore[attr-defined]
    return report


def judge(
    item: pytest.Item, kata: Kata, call: pytest.CallInfo[None], learned: Learned
) -> TestResult:
    """Turn what pytest saw of a test into its result.

    What usually breaks a rule is not what broke it where an answer was not of the promised type.
    """
    unseen = blank(item, kata)
    explanation = Explanation("passed", "", "")
    ended = call.excinfo.value if call.excinfo else learned.recorder.changed
    error = learned.recorder.broken or ended
    if error is not None:
        explanation = explain(error, learned.recorder, learned.seam.executed)
    result = replace(
        unseen,
        why="" if isinstance(error, ContractError) else unseen.why,
        outcome=explanation.outcome,
        message=explanation.message,
        relation=explanation.relation,
        calls=tuple(map(str, learned.recorder.last)) if error else (),
        called=tuple(learned.recorder.called),
        where=relative(explanation.where, kata),
        seconds=round(call.duration, 6),
        ran=not learned.recorder.refused,
        asserted=explanation.asserted,
    )
    return learned.with_digests(result)


@functools.cache
def blank(item: pytest.Item, kata: Kata) -> TestResult:
    """Return the result of a test that did not run: what can be known without running it."""
    return TestResult(
        id=test_id(item),
        function=kata.function_of(item.parent.name if item.parent else ""),
        rule=sentence(item),
        why=inspect.cleandoc(getattr(item, "obj", None).__doc__ or ""),
        outcome="error",
        message="The test did not run.",
    )


def sections(result: TestResult) -> Generator[tuple[str, str], None, None]:
    """Yield what plain pytest prints under the traceback of a red test."""
    if result.outcome in ("passed", "not_started"):
        return
    yield "the rule", clip(f"{result.rule}\n{result.why}".strip(), 12)
    if result.calls:
        yield "the last calls", "\n".join(result.calls)


def pytest_report_teststatus(
    report: pytest.CollectReport | pytest.TestReport,
) -> tuple[str, str, str] | None:
    """Call a test of an untouched function by its name, where pytest would say FAILED."""
    outcome = getattr(report, "kata_result", {}).get("outcome")
    return ("failed", "n", "NOT STARTED") if outcome == "not_started" else None


def shortened(
    item: pytest.Item, result: TestResult
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Make one line of what plain pytest, an editor or JUnit's file shows of an untouched function.

    It is as red as before; but there is no error to look for, and a traceback a test would bury
    those that there are. Nor is it made: of hundreds of tests that would take most of the time.
    """
    vars(item)["repr_failure"] = lambda _: f"not started: {result.message}"
    report = yield
    del vars(item)["repr_failure"]
    # As with what a debugger has shown, the summary's line is enough: no block under FAILURES.
    report._pdbshown = True  # type: ignore[attr-defined]
    return report


def test_id(item: pytest.Item) -> str:
    """Return a test's id inside its file: TestNPerArm::test_it_rounds_up."""
    return item.nodeid.partition("::")[2]


def sentence(item: pytest.Item) -> str:
    """Read a test's name as the sentence that it is."""
    name, bracket, case = item.name.partition("[")
    words = name.removeprefix("test_").replace("_", " ")
    return f"{words} ({case.rstrip(']')})" if bracket else words


def relative(where: str, kata: Kata) -> str:
    """Shorten a file:line to what a terminal in the workbook's root can open."""
    root = f"{kata.root}/"
    return where.removeprefix(root).replace("\\", "/")
