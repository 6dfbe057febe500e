"""Which runner gives the verdicts of grading, and how isolated it keeps what it runs."""

from pathlib import Path

from dojo.author.judge.judge import Judge
from dojo.author.judge.sandbox import SANDBOX, UNSAFE
from dojo.kata import catalog
from dojo.run.warm import Runner


def isolation_of(unsafe: bool) -> str:
    """Name the isolation of the verdicts that `runner_for` gives."""
    return UNSAFE if unsafe else SANDBOX


def runner_for(root: Path, unsafe: bool) -> Runner:
    """Start the runner that grading uses; UsageError where this machine has no sandbox."""
    return Judge(root, catalog.katas(root), unsafe=unsafe)
