"""What a verdict may cost: how many processes a function may break, how long all may take.

A file whose import is slow and whose functions end their process would otherwise be imported anew
for every test, and one that takes nearly its limit in every test would be waited for each time.
No function pays for another's breaks, and the time is so much that each function may hang once.
"""

import time
from collections import Counter
from dataclasses import dataclass, field

from dojo import limits


@dataclass
class Budget:
    """What one run has cost so far.

    `seconds` is what learners' code may take in all, `spent` what it took. `broken` counts by
    function the processes that ended in one of its tests, or that could not be used afterwards.
    """

    seconds: float
    spent: float = 0.0
    broken: Counter[str] = field(default_factory=Counter)
    since: float | None = None

    def start(self) -> None:
        """Learner's code runs from now on: an import or a test."""
        self.stop()
        self.since = time.monotonic()

    def stop(self) -> None:
        """Learner's code does not run any more."""
        if self.since is not None:
            self.spent += time.monotonic() - self.since
        self.since = None

    def is_broken(self, function: str) -> bool:
        """Tell whether a function has broken as many processes as it may."""
        return self.broken[function] >= limits.BREAKS

    def is_spent(self) -> bool:
        """Tell whether all the time was taken."""
        return self.spent > self.seconds
