"""`doctor`: what this machine is, what isolation it has, and what to do for more."""

import os
import platform
import shutil
import sys
from importlib import metadata

from rich.console import Console
from rich.table import Table

from dojo.author.judge.isolation import Finding, findings
from dojo.run.environ import TRIED

PACKAGES = ("numpy", "pandas", "scipy", "scikit-learn", "pytest", "nox", "msgspec", "pyseccomp")
GIGABYTE = 10**9
ENOUGH_DISK = 2 * GIGABYTE


def doctor(console: Console) -> int:
    """Show everything that was looked at; 1 if there can be no sandbox here."""
    isolation = findings()
    table = Table(box=None, show_header=False, pad_edge=False)
    for finding in (*environment(), *isolation):
        mark = "[green]good[/]" if finding.good else "[red]not good[/]"
        table.add_row(mark, finding.name, finding.found)
        if not finding.good:
            table.add_row("", "", f"[bold]{finding.advice}[/]")
    console.print(table)
    locked = all(finding.good for finding in isolation)
    text = "in a sandbox" if locked else "only with --unsafe, which every report will say"
    console.print(f"\nGrading and judged checks run {text}.", highlight=False)
    return int(not locked)


def environment() -> list[Finding]:
    """Look at Python, its packages, the processors and the disk."""
    free = shutil.disk_usage(".").free
    found = [
        python(),
        Finding(
            "system", True, f"{platform.system()} {platform.release()}, {os.cpu_count()} cores"
        ),
        Finding("free disk", free > ENOUGH_DISK, f"{free / GIGABYTE:.0f} GB", "make 2 GB free"),
    ]
    return [*found, *map(package, PACKAGES), torch(), browser()]


def python() -> Finding:
    """Tell which Python this is, and which were tried."""
    version = ".".join(map(str, sys.version_info[:2]))
    others = f"{', '.join(TRIED[:-1])} and {TRIED[-1]} were tried"
    known = "one of those that were tried" if version in TRIED else f"not tried; {others}"
    found = f"{platform.python_version()}, {known}"
    return Finding("Python", sys.version_info >= (3, 11), found, "install Python 3.11 or newer")


def package(name: str) -> Finding:
    """Look up the version of a package."""
    try:
        return Finding(name, True, metadata.version(name))
    except metadata.PackageNotFoundError:
        group = "judge" if name in ("msgspec", "pyseccomp") else "base"
        return Finding(name, False, "not installed", f"run a session that has the group {group}")


def torch() -> Finding:
    """Tell which build of torch there is; katas that need none do without."""
    try:
        version = metadata.version("torch")
    except metadata.PackageNotFoundError:
        return Finding("torch", True, "not installed; a kata that needs it installs it")
    cuda = any(name.metadata["Name"].startswith("nvidia-") for name in metadata.distributions())
    return Finding("torch", True, f"{version}, {'with CUDA packages' if cuda else 'CPU only'}")


def browser() -> Finding:
    """Tell which browser there is; only the tests of the gradebook's page need one."""
    names = ("chromium", "chromium-browser", "google-chrome")
    found = next((name for name in names if shutil.which(name)), None)
    return Finding("browser", True, found or "none; only `nox -s tests` needs one")
