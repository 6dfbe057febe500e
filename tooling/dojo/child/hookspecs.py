"""Hooks of a run, for plugins that execute a learner's file elsewhere, or are told of it."""

from pathlib import Path
from types import ModuleType

import pytest

from dojo.child.cost import Meter
from dojo.child.execution import Answers
from dojo.kata.catalog import Kata
from dojo.kata.fingerprints import Digest


@pytest.hookspec(firstresult=True)
def pytest_learned_execute(
    config: pytest.Config, kata: Kata, stub: ModuleType, files: tuple[Path, ...]
) -> Answers | None:
    """Execute a learner's files, the later over the earlier: what answers for the stub."""


@pytest.hookspec(firstresult=True)
def pytest_learned_meter(config: pytest.Config) -> Meter | None:
    """Return what measures the cost of calls, for the fixture `cost`."""


@pytest.hookspec
def pytest_learned_fault(text: str) -> None:
    """Take note of a failure that is not the learner's."""


@pytest.hookspec
def pytest_learned_returned(seed: int, test: str, digests: tuple[Digest | None, ...]) -> None:
    """Take in what the calls of an earlier test returned, now that its function is red."""


@pytest.hookspec
def pytest_learned_broken() -> None:
    """Take note that the process of the learner's code ended, or cannot be used any more."""
