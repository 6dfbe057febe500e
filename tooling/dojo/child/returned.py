"""What the calls of tests returned: digested once a test of their function is red.

A function whose tests are all green needs no diagnosis, and its digests would cost as much as the
rest of the report.
"""

from collections import defaultdict
from collections.abc import Callable, Sequence
from functools import partial

from dojo import limits
from dojo.child.copies import size_of
from dojo.child.digest import digest_of
from dojo.child.recorder import Call
from dojo.child.size import parts
from dojo.kata.fingerprints import Digest
from dojo.run.verdict import TestResult

Digests = tuple[Digest | None, ...]
# A digest, or what makes it later.
Late = Digest | Callable[[], Digest | None] | None


class Returned:
    """What is kept of a run's calls, for a diagnosis.

    `red` are the functions with a red test so far; `waiting` holds, for each other one, what the
    calls of its green tests returned: seed, test, and calls.
    """

    def __init__(self) -> None:
        """Begin with nothing."""
        self.red: set[str] = set()
        self.waiting: dict[str, list[tuple[int, str, list[Late]]]] = defaultdict(list)

    def keep(self, test: TestResult, seed: int, calls: Sequence[Digest | Call | None]) -> Digests:
        """Return the digests of a test's calls if its function is red, else keep them for later."""
        if test.is_red:
            self.red.add(test.function)
        if test.function in self.red:
            return tuple(map(digested, calls))
        self.waiting[test.function].append((seed, test.id, [*map(later, calls)]))
        return ()

    def due(self, function: str) -> list[tuple[int, str, Digests]]:
        """Give out, once, what was kept of a function that is red: seed, test and digests."""
        if function not in self.red:
            return []
        kept = self.waiting.pop(function, [])
        return [
            (seed, test, tuple(call() if callable(call) else call for call in calls))
            for seed, test, calls in kept
        ]


def digested(call: Digest | Call | None) -> Digest | None:
    """Digest what a call returned, unless that is done."""
    return digest_of(call.result, call.error) if isinstance(call, Call) else call


def later(call: Digest | Call | None) -> Late:
    """Put a digest off, for what takes little room until then; errors hold on to all frames."""
    if isinstance(call, Call) and call.error is None and is_small(call.result):
        return partial(digest_of, call.result, None)
    return digested(call)


def is_small(result: object) -> bool:
    """Tell whether a result, with what is in it, takes little room."""
    most = limits.HELD_ITEMS
    return size_of(result) <= most and sum(map(size_of, parts(result))) <= most
