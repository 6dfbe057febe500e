"""No attack gets a test that it should not, changes another's verdict, or leaves anything behind.

Each file of `redteam/attacks/` replaces some functions of an honest solution. Its docstring says
what it tries and how the tests must end, `Judged: <test, class or *> <outcome>`; every test that
is not named must pass. `In-process:` lines say the same of a run without a sandbox: they are why
there is one. Attacks that would harm this machine have none.
"""

import ast
import ctypes
import hashlib
import os
import re
import select
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from dojo.catalog import Kata
from dojo.judge.run import Judge, judged
from dojo.judge.sandbox import Sandbox
from dojo.pool import Pool
from dojo.request import ask
from dojo.supervisor import IN_MEMORY
from dojo.verdict import Verdict
from dojo.warm import Runner, start_runner

HERE = Path(__file__).parent / "redteam"
ATTACKS = sorted((HERE / "attacks").glob("*.py"))
EXPECTATION = re.compile(r"^(Judged|In-process): (\S+) (\S+)$", re.M)
SEED = 5
MARK = "redteam-was-here"
PR_SET_CHILD_SUBREAPER = 36
PATIENCE = 30_000  # milliseconds

pytestmark = pytest.mark.timeout(120)


@dataclass(frozen=True)
class Attack:
    """An attack, and how tests must end under it: by the start of their ids."""

    path: Path

    def expected(self, mode: str) -> dict[str, set[str]]:
        """Return the outcomes that the docstring names for one way of running."""
        docstring = ast.get_docstring(ast.parse(self.path.read_bytes())) or ""
        return {
            "" if name == "*" else name: set(outcomes.split("|"))
            for found, name, outcomes in EXPECTATION.findall(docstring)
            if found == mode
        }

    def holds(self, mode: str, verdict: Verdict) -> list[str]:
        """List the tests that did not end as the docstring says."""
        expected = self.expected(mode)
        assert not verdict.fault
        assert verdict.tests
        wrong = []
        for test in verdict.tests:
            said = (o for start, o in expected.items() if test.id.startswith(start))
            if test.outcome not in (outcomes := next(said, {"passed"})):
                wrong.append(f"{test.id}: {test.outcome}, not {outcomes}: {test.message}")
        return wrong


INSIDE = [path for path in ATTACKS if Attack(path).expected("In-process")]


def name_of(path: Path) -> str:
    """Name an attack as its file."""
    return path.stem


@pytest.fixture(scope="module")
def kata(tmp_path_factory: pytest.TempPathFactory) -> Kata:
    """Return the kata under attack, in a workbook of its own."""
    root = tmp_path_factory.mktemp("redteam") / "workbook"
    shutil.copytree(HERE, root, ignore=shutil.ignore_patterns("__pycache__", "attacks"))
    return Kata(root, "kata01_errands")


@pytest.fixture(scope="module")
def hand_in(tmp_path_factory: pytest.TempPathFactory, kata: Kata) -> Callable[[Path], Path]:
    """Return `hand_in(path)`: a learner's file that is honest but for what the attack replaces."""
    folder = tmp_path_factory.mktemp("learners")

    def write(path: Path) -> Path:
        file = folder / f"{path.stem}.py"
        file.write_bytes(kata.reference.read_bytes() + b"\n\n" + path.read_bytes())
        return file

    return write


@pytest.fixture(scope="module")
def before(kata: Kata) -> dict[str, str]:
    """Return the checksums of the workbook's files as they are before the first attack."""
    return checksums(kata.root)


@pytest.fixture(scope="module")
def judge(kata: Kata, before: dict[str, str]) -> Iterator[Judge]:
    """Return the judge that all attacks meet one after the other."""
    with closing(Judge(kata.root, [kata])) as runner:
        yield runner


@pytest.fixture(scope="module")
def usual(kata: Kata, judge: Judge) -> Verdict:
    """Return the verdict on the honest solution, before any attack."""
    verdict = honest(kata, judge)
    assert verdict.green
    return verdict


@pytest.fixture(scope="module")
def in_process(kata: Kata) -> Iterator[Runner]:
    """Return a runner without a sandbox."""
    with closing(start_runner(kata.root)) as runner:
        yield runner


def honest(kata: Kata, runner: Runner) -> Verdict:
    """Give the honest solution its verdict, without the times."""
    return timeless(runner.run(kata, ask(kata, SEED, file=kata.reference))[0])


def timeless(verdict: Verdict) -> Verdict:
    """Take the times out of a verdict."""
    return replace(verdict, tests=tuple(replace(test, seconds=0.0) for test in verdict.tests))


@pytest.mark.parametrize("path", ATTACKS, ids=name_of)
def test_an_attack_ends_as_it_should_and_the_next_verdict_is_right(
    path, kata, hand_in, judge, usual
):
    """Tests of what was attacked end as stated, all others pass, and so do the next learner's."""
    attack = Attack(path)
    verdict = judge.run(kata, ask(kata, SEED, file=hand_in(path)))[0]

    assert attack.expected("Judged")
    assert attack.holds("Judged", verdict) == []
    assert honest(kata, judge) == usual


@pytest.mark.parametrize("path", INSIDE, ids=name_of)
def test_without_a_sandbox_it_ends_as_recorded(path, kata, hand_in, in_process):
    """What the same file gets where its code runs beside the tests."""
    verdict = in_process.run(kata, ask(kata, SEED, file=hand_in(path)))[0]

    assert Attack(path).holds("In-process", verdict) == []
