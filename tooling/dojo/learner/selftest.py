"""The tool's own tests: all that `tests` runs in the learner's edition."""

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from dojo.run.environ import environment

# Half of its time a test waits for what it started.
A_CORE = 2
# Each has warm processes of its own, of some hundred MB.
MOST = 8


def run(root: Path, pytest_args: Sequence[str], paths: Sequence[str] = ("tooling/tests",)) -> int:
    """Run the tests of the tool on all cores, their output on the terminal; 0 where all passed.

    Nobody can debug in several processes.
    """
    workers = 0 if "--pdb" in pytest_args else min(MOST, A_CORE * (os.cpu_count() or 1))
    command = [sys.executable, "-m", "pytest", *paths, "-n", str(workers), *pytest_args]
    return int(bool(subprocess.run(command, cwd=root, env=environment(plugins=True)).returncode))
