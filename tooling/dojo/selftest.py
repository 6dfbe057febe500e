"""The tool's own tests: all that `tests` runs in the learner's edition."""

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path


def run(root: Path, pytest_args: Sequence[str]) -> int:
    """Run the tests of the tool, their output on the terminal; 0 where all of them passed."""
    command = [sys.executable, "-m", "pytest", "tooling/tests", *pytest_args]
    return int(bool(subprocess.run(command, cwd=root).returncode))
