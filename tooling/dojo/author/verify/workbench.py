"""What the proofs of a kata share."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from dojo.author.verify.mistakes import Mistake, mistakes, write
from dojo.errors import UsageError
from dojo.kata.catalog import Kata
from dojo.kata.edits import EditError
from dojo.run.pool import Pool
from dojo.run.request import DEFAULT_SEED, Request, ask
from dojo.run.verdict import Verdict

SEEDS = range(1, 21)


@dataclass(frozen=True)
class Proof:
    """One claim about a kata: what was measured, what contradicts it, how long it took."""

    claim: str
    figure: str
    problems: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    seconds: float = 0.0


def no_judges() -> Pool:
    """Stand where nothing is judged."""
    raise UsageError("there is no judge here.")


@dataclass
class Bench:
    """What the proofs of one kata share: the kata, the pools, and runs that several look at.

    `judges` starts the pool that judges, or returns the one that runs; `fresh` moves the seeds
    under which what was proved before is proved again.
    """

    kata: Kata
    pool: Pool
    scratch: Path
    seeds: range = SEEDS
    judged_seeds: range = SEEDS[:1]
    judges: Callable[[], Pool] = no_judges
    fresh: int = 0

    def run(self, *requests: Request) -> list[Verdict]:
        """Run requests on all cores."""
        return self.pool.verdicts(requests)

    @property
    def fresh_seeds(self) -> range:
        """Two seeds that no proof uses, and others at another time."""
        first = 10 * SEEDS[-1] + 2 * self.fresh
        return range(first, first + 2)

    @cached_property
    def reference(self) -> Verdict:
        """The reference under the default seed."""
        return self.run(ask(self.kata, DEFAULT_SEED, against="solutions"))[0]

    @cached_property
    def made(self) -> dict[Mistake, Path | EditError]:
        """The known wrong answers, each as a learner's file, or why there is none."""
        found: dict[Mistake, Path | EditError] = {}
        for mistake in mistakes(self.kata):
            try:
                found[mistake] = write(mistake, self.kata, self.scratch)
            except EditError as error:
                found[mistake] = error
        return found

    @cached_property
    def files(self) -> dict[Mistake, Path]:
        """The files of those that there are."""
        return {mistake: file for mistake, file in self.made.items() if isinstance(file, Path)}

    @cached_property
    def mistakes(self) -> list[tuple[Mistake, Verdict]]:
        """The known wrong answers that there are, each with all tests run on it."""
        asked = [
            ask(self.kata, DEFAULT_SEED, file=file, digests="kept") for file in self.files.values()
        ]
        return list(zip(self.files, self.run(*asked), strict=True))

    @cached_property
    def caught(self) -> frozenset[str]:
        """The tests that at least one mistake makes red."""
        verdicts = [verdict for _, verdict in self.mistakes]
        return frozenset(t.id for v in verdicts for t in v.tests if t.outcome != "passed")

    @cached_property
    def alternatives(self) -> list[Path]:
        """The other right answers."""
        return sorted((self.kata.solution / "alternatives").glob("*.py"))


Check = Callable[[Bench], Proof]
