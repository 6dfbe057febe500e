"""What was done in a function, found by what its calls returned."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from dojo.kata.fingerprints import ASSERTED, Digest, Fingerprints, Print
from dojo.run.verdict import Diagnosis, TestResult

# What many a mistake returns counts for little.
LITTLE = 0.1
# So much has to speak for one that explains all that is red, and for one that explains most of it.
ENOUGH, ENOUGH_FOR_MOST = 0.1, 0.35
MOST = 0.5
# So many are named that nothing tells apart.
NAMED = 2


@dataclass
class Evidence:
    """What speaks for a mistake, and what against it.

    `matched` are the tests in which the same came back, with the weight of each; `red` are those
    that are red with it as well, whatever came back; `against` counts those in which something else
    came back, or that ended otherwise than with the mistake.
    """

    mistake: int
    matched: dict[str, float] = field(default_factory=dict)
    red: set[str] = field(default_factory=set)
    against: int = 0

    @property
    def weight(self) -> float:
        """How much speaks for it."""
        return sum(self.matched.values())

    @property
    def share(self) -> float:
        """The part of what is known that speaks for it."""
        return len(self.matched) / (len(self.matched) + self.against)


def diagnose(
    known: Fingerprints, seed: int, function: str, tests: Sequence[TestResult]
) -> Diagnosis | None:
    """Find what was done in a function by the results of its tests; None where nothing is known."""
    covered = [test for test in tests if known.covers(seed, test.id)]
    reds = [test for test in covered if test.is_red]
    if not reds:
        return None
    found = sorted(weigh(known, seed, covered), key=lambda e: (-e.share, -e.weight))
    whole = len(covered) == len(tests)
    best = [e for e in found if explains(e, reds[0].id, whole=whole)]
    if not best:
        return None
    alike = [e for e in best if (e.share, e.weight) == (best[0].share, best[0].weight)]
    if len(alike) > NAMED:
        return None
    mistakes = [known.mistakes[e.mistake] for e in alike]
    names, says = tuple(m.name for m in mistakes), tuple(dict.fromkeys(m.says for m in mistakes))
    return Diagnosis(function, names, says, exact=whole and not best[0].against)


def diagnoses(
    known: Fingerprints, seed: int, functions: Iterable[str], tests: Sequence[TestResult]
) -> Iterator[Diagnosis]:
    """Yield what was done in each function, where that is known."""
    for function in functions:
        own = [test for test in tests if test.function == function]
        if found := diagnose(known, seed, function, own):
            yield found


def explains(evidence: Evidence, first: str, *, whole: bool) -> bool:
    """Tell whether a mistake explains the first red test, and all others or most of them.

    `whole` is whether all tests of the function are known.
    """
    enough = ENOUGH if whole and not evidence.against else ENOUGH_FOR_MOST
    return first in evidence.red and evidence.share >= MOST and evidence.weight >= enough


def weigh(known: Fingerprints, seed: int, tests: Sequence[TestResult]) -> Iterator[Evidence]:
    """Yield what speaks for and against each mistake that returns what came back somewhere."""
    prints = {test.id: {p.mistake: p for p in known.under(seed, test.id)} for test in tests}
    found: dict[int, Evidence] = {}
    for test in tests:
        for mistake, weight in matches(test, prints[test.id].values()).items():
            found.setdefault(mistake, Evidence(mistake)).matched[test.id] = weight
    for evidence in found.values():
        for test in tests:
            hold_against(evidence, test, prints[test.id].get(evidence.mistake))
        yield evidence


def hold_against(evidence: Evidence, test: TestResult, expected: Print | None) -> None:
    """Hold a test against a mistake if it ended otherwise, or something else came back in it."""
    red, red_with_it = test.is_red, expected is not None and expected.red
    known = expected is not None and expected.call >= 0 and test.id not in evidence.matched
    if red and red_with_it:
        evidence.red.add(test.id)
    evidence.against += red != red_with_it or (red and known)


def matches(test: TestResult, prints: Iterable[Print]) -> Mapping[int, float]:
    """Weigh the mistakes that return what came back of a test's call, by how few they are."""
    like: dict[int, list[int]] = defaultdict(list)
    for one in prints:
        digest = returned(test, one.call)
        if one.red == test.is_red and digest is not None and digest.is_like(one.digest):
            like[one.call].append(one.mistake)
    weights: dict[int, float] = {}
    for call, mistakes in like.items():
        digest = returned(test, call)
        each = (LITTLE if digest is not None and digest.tells_little else 1.0) / len(mistakes)
        weights |= dict.fromkeys(mistakes, each)
    return weights


def returned(test: TestResult, call: int) -> Digest | None:
    """Return the digest of what came back of a call of a test, or was asserted of it."""
    if call == ASSERTED:
        return test.asserted
    return test.digests[call] if 0 <= call < len(test.digests) else None
