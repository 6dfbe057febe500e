"""The Pythons that a workbook is for, and where on this machine they are.

The noxfile imports this into nox's own Python, which has no packages of ours.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

VERSIONS = ("3.11", "3.12", "3.13", "3.14")
# Without ensurepip, as Debian has it, no environment can be made.
TELL = "import ensurepip, sys; print('%d.%d' % sys.version_info[:2])"


def find() -> dict[str, str]:
    """Return the interpreter of each version; '' where there is none that environments can be of.

    One that is on the PATH and does not start, as pyenv leaves them there, is passed over.
    """
    return {version: next(interpreters(version), "") for version in VERSIONS}


def interpreters(version: str) -> Iterator[str]:
    """Yield the interpreters of a version that start: those on the PATH first, then pyenv's."""
    on_path = [shutil.which(f"python{version}", path=folder) for folder in os.get_exec_path()]
    of_pyenv = [root / "versions" for root in pyenv_roots()]
    installed = [path for folder in of_pyenv for path in folder.glob(f"{version}.*/bin/python")]
    newest_first = sorted(installed, key=patch, reverse=True)
    for path in (*filter(None, on_path), *map(str, newest_first), sys.executable):
        if version_of(path) == version:
            yield path


def pyenv_roots() -> list[Path]:
    """List the folders that pyenv may have its versions in."""
    named = [os.environ.get("PYENV_ROOT", "")]
    if pyenv := shutil.which("pyenv"):
        named.append(subprocess.run([pyenv, "root"], capture_output=True, text=True).stdout.strip())
    return [*map(Path, filter(None, named)), Path.home() / ".pyenv"]


def patch(interpreter: Path) -> int:
    """Return the last number of a version, 13 of 3.12.13; -1 where it is none, as in 3.14-dev."""
    last = interpreter.parents[1].name.rpartition(".")[2]
    return int(last) if last.isdecimal() else -1


def version_of(interpreter: str) -> str:
    """Ask an interpreter for its version; '' where it does not start, or cannot make a `.venv`."""
    try:
        done = subprocess.run([interpreter, "-I", "-c", TELL], capture_output=True, text=True)
    except OSError:
        return ""
    return done.stdout.strip()


def summary(ends: Mapping[str, str]) -> str:
    """Say how each version ended, a line each."""
    return "\n".join(f"Python {version:6}{end}" for version, end in ends.items())
