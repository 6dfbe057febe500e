"""What a call costs, counted in what does not depend on the machine: steps and bytes."""

import gc
import tracemalloc
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from typing import Any

from dojo.child.steps import Steps, counting

# Garbage in cycles, such as the class that itertuples makes anew at each call, counts until it is
# collected. Collected this often, how much of it there is does not depend on what ran before.
EAGER = (30, 1, 1)


@dataclass(frozen=True)
class Cost:
    """A call's result, the bytecode steps it ran in the learner's file, its peak memory in bytes.

    Steps differ between versions of Python and bytes between versions of libraries: compare two
    costs of one run, never one cost with a constant.
    """

    result: Any
    steps: int
    peak_bytes: int


class Meter:
    """Measures calls: steps are those of frames in `files` only, wherever they are called from."""

    def __init__(self, files: frozenset[str]) -> None:
        """Count the steps of some files."""
        self.files = files

    def __call__(self, fn: Callable[..., Any], *args: Any, **kwargs: Any) -> Cost:
        """Call a function, and count its steps and its peak memory."""
        with self.measuring(steps=True) as counted:
            result = fn(*args, **kwargs)
        return Cost(result, counted.steps, counted.peak_bytes)

    def peak_bytes(self, fn: Callable[..., Any], *args: Any, **kwargs: Any) -> int:
        """Call a function, and return its peak memory only: much quicker than counting steps."""
        with self.measuring(steps=False) as counted:
            fn(*args, **kwargs)
        return counted.peak_bytes

    @contextmanager
    def measuring(self, *, steps: bool) -> Iterator["Counted"]:
        """Count what a block costs; the figures are there when it ends."""
        counted = Counted()
        watching = counting(self.files, counted) if steps else nullcontext()
        with collected(), peak_of(counted), watching:
            yield counted


@dataclass(eq=False)
class Counted(Steps):
    """The figures of one measurement; `held` are bytes that are no part of it."""

    peak_bytes: int = 0
    held: int = 0


# The measurements that run: Python keeps one peak for all of them, and an inner one starts it anew.
RUNNING: list[Counted] = []


@contextmanager
def collected() -> Iterator[None]:
    """Begin without garbage, and let none gather."""
    thresholds = gc.get_threshold()
    gc.freeze()  # what there is already is not looked through again and again
    gc.collect()  # Python keeps freed tuples and floats for later: from here on, none
    gc.set_threshold(*EAGER)
    try:
        yield
    finally:
        gc.set_threshold(*thresholds)


@contextmanager
def peak_of(counted: Counted) -> Iterator[None]:
    """Measure the most bytes that a block holds at once beyond those held before."""
    is_first = not tracemalloc.is_tracing()
    tracemalloc.start()
    counted.held = note_peak()
    RUNNING.append(counted)
    try:
        yield
    finally:
        note_peak()
        RUNNING.remove(counted)
        if is_first:
            tracemalloc.stop()


def note_peak() -> int:
    """Note the peak so far in every measurement that runs, and start it anew; what is held now."""
    held, peak = tracemalloc.get_traced_memory()
    for running in RUNNING:
        running.peak_bytes = max(running.peak_bytes, peak - running.held)
    tracemalloc.reset_peak()
    return held


def aside() -> AbstractContextManager[None]:
    """Leave a block out of the measurements that run, if there are any."""
    return left_out() if RUNNING else nullcontext()


@contextmanager
def left_out() -> Iterator[None]:
    """Leave what a block allocates or frees out of the measurements that run."""
    before = note_peak()
    yield
    added = tracemalloc.get_traced_memory()[0] - before
    for running in RUNNING:
        running.held += added
    tracemalloc.reset_peak()
