"""The tool's own tests: all that `tests` runs in the learner's edition."""

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from dojo.environ import environment


def run(root: Path, pytest_args: Sequence[str], paths: Sequence[str] = ("tooling/tests",)) -> int:
    """Run the tests of the tool on all cores, their output on the terminal; 0 where all passed."""
    cores = () if {"-n", "--pdb"} & set(pytest_args) else ("-n", "auto")
    command = [sys.executable, "-m", "pytest", *paths, *cores, *pytest_args]
    return int(bool(subprocess.run(command, cwd=root, env=environment(plugins=True)).returncode))
