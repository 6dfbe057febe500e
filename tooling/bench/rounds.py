"""Figures that can be compared on a machine that is not quiet: medians of interleaved rounds."""

import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from statistics import median

from dojo.kata.catalog import Kata

Way = Callable[[], float]


def medians(ways: Mapping[str, Way], rounds: int) -> dict[str, float]:
    """Go all ways in turn, `rounds` times, and give the median of the seconds of each.

    A round before them is not counted: it compiles what has changed, and warms the caches.
    """
    found = [{name: way() for name, way in ways.items()} for _ in range(rounds + 1)]
    return {name: median(one[name] for one in found[1:]) for name in ways}


def timed(run: Callable[[], object]) -> float:
    """Return how many seconds a call takes."""
    start = time.perf_counter()
    run()
    return time.perf_counter() - start


def each(katas: Sequence[Kata]) -> Iterator[Kata]:
    """Yield katas, and tell which one is measured on a terminal that waits for the table."""
    for kata in katas:
        print(f"{kata.short} ...", file=sys.stderr, flush=True)
        yield kata
