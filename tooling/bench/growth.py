"""`bench watch --saves`: whether a watcher grows while it is saved to again and again."""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from dojo.errors import UsageError
from dojo.kata.catalog import Kata
from testkit.terminal import Terminal

from bench.desk import desk
from bench.table import Column, Measured, Row
from bench.watch import save, watching

COLUMNS = (
    Column("saves", "saves", "{:.0f}"),
    Column("memory_by_first", "memory / first", "{:.3f}x"),
    Column("megabytes", "memory MB", "{:.1f}"),
    Column("processes", "processes", "{:.0f}"),
    Column("descriptors", "descriptors", "{:.0f}"),
)
# What is loaded at the first verdicts is no growth: the rows begin after so many saves.
WARM_UP = 20
ROWS = 10
# Who has just drawn a verdict may have a file open for a moment; a leak is there at every look.
LOOKS = 100


def measure(kata: Kata, saves: int) -> Measured:
    """Save again and again, and look at the watcher and its warm process ten times meanwhile."""
    if saves < 2 * WARM_UP:
        raise UsageError(
            f"--saves is {saves}; take at least {2 * WARM_UP}, of which {WARM_UP} warm up."
        )
    with desk([kata]) as (copy,), watching(copy) as terminal:
        rows = list(look(copy, terminal, saves))
    return Measured("watch", f"{saves} saves of {kata.short} in a row", COLUMNS, rows)


def look(kata: Kata, terminal: Terminal, saves: int) -> Iterator[Row]:
    """Save, in pairs of right and unsolved, and yield what the watcher holds now and then."""
    first = 0.0
    # Two saves at a time: one that turns the kata green, and one that undoes it.
    pairs = saves // 2
    seen = {WARM_UP // 2 + (pairs - WARM_UP // 2) * n // ROWS for n in range(ROWS + 1)}
    for pair in range(1, pairs + 1):
        save(kata, terminal)
        if pair not in seen:
            continue
        processes = list(family(terminal.process.pid))
        megabytes = sum(map(resident, processes)) / 2**20
        first = first or megabytes
        yield {
            "saves": 2 * pair,
            "memory_by_first": megabytes / first,
            "megabytes": megabytes,
            "processes": len(processes),
            "descriptors": min(descriptors(processes) for _ in range(LOOKS)),
        }


def family(pid: int) -> Iterator[int]:
    """Yield a process and all that it started, directly or not."""
    yield pid
    for path in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in path.read_text().split():
            yield from family(int(child))


def descriptors(processes: Sequence[int]) -> int:
    """Count what processes have open, once all of them are asleep."""
    while any(is_busy(pid) for pid in processes):
        os.sched_yield()
    return sum(len(os.listdir(f"/proc/{pid}/fd")) for pid in processes)


def is_busy(pid: int) -> bool:
    """Tell whether a process runs, or waits for a disk."""
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "S"


def resident(pid: int) -> int:
    """Return the bytes of memory that a process holds."""
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")
