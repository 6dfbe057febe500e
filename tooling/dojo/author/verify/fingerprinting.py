"""Making `fingerprints.json`: what each known mistake of a kata returns, and where it is red."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from dojo.author.verify.mistakes import Mistake
from dojo.author.verify.workbench import Bench
from dojo.kata.fingerprints import NONE, Digest, Fingerprints, Known, Print, written
from dojo.run.request import DEFAULT_SEED, Request, ask
from dojo.run.verdict import TestResult, Verdict

# The seed of `check`, and those from which a kata is practised again.
SEEDS = (DEFAULT_SEED, 2, 3, 4, 5)

# Of tests on random data so many are told for a mistake; of the others, only that they are red.
VARYING = 5

# What a mistake does to a test: red or not, the first call that returns something else, and what.
Effect = tuple[bool, int, Digest | None]


def fingerprints_of(bench: Bench) -> Fingerprints:
    """Run the reference and every mistake under all seeds, and note where they differ."""
    files = bench.files
    (right,) = grouped(bench.run(asked(bench, None)))
    wrong = grouped(bench.run(*(asked(bench, file) for file in files.values())))
    tests: dict[str, list[Print]] = defaultdict(list)
    for number, verdicts in enumerate(wrong):
        by_seed = [effects_of(*pair) for pair in zip(right, verdicts, strict=True)]
        varying = 0
        for test in by_seed[0]:
            effects = [of_seed.get(test) for of_seed in by_seed]
            varying += not is_constant(effects)
            if varying > VARYING:
                effects = list(map(red_alone, effects))
            tests[test] += prints(number, effects)
    return Fingerprints(SEEDS, tuple(map(known, files)), {k: tuple(v) for k, v in tests.items()})


def asked(bench: Bench, file: object) -> Request:
    """Ask for what all calls of all tests return."""
    return ask(bench.kata, *SEEDS, against="solutions", file=file, digests="all")


def grouped(verdicts: Sequence[Verdict]) -> Iterator[Sequence[Verdict]]:
    """Yield the verdicts of one file after the other."""
    for start in range(0, len(verdicts), len(SEEDS)):
        yield verdicts[start : start + len(SEEDS)]


def known(mistake: Mistake) -> Known:
    """Return what is told of a mistake."""
    return Known(mistake.name, mistake.says)


def effects_of(right: Verdict, wrong: Verdict) -> Mapping[str, Effect | None]:
    """Return what a mistake does to each test under one seed; None where it does nothing."""
    reference = {test.id: test for test in right.tests}
    return {test.id: effect(reference[test.id], test) for test in wrong.tests}


def effect(right: TestResult, wrong: TestResult) -> Effect | None:
    """Return what a mistake does to one test; a test that it ends is shorter than the other."""
    red = wrong.outcome != "passed"
    for call, (expected, found) in enumerate(zip(right.digests, wrong.digests, strict=False)):
        if found is not None and expected is not None and not found.is_like(expected):
            return red, call, found
    return (True, NONE, None) if red else None


def prints(mistake: int, effects: Sequence[Effect | None]) -> Iterable[Print]:
    """Write down what a mistake does to a test, once where that is the same under all seeds."""
    if is_constant(effects):
        return [] if effects[0] is None else [printed(mistake, effects[0], ())]
    return [
        printed(mistake, found, (seed,))
        for seed, found in zip(SEEDS, effects, strict=True)
        if found is not None
    ]


def is_constant(effects: Sequence[Effect | None]) -> bool:
    """Tell whether a mistake does the same to a test under all seeds."""
    return all(is_same(effects[0], other) for other in effects)


def red_alone(effect: Effect | None) -> Effect | None:
    """Tell of a test only that it is red."""
    return (True, NONE, None) if effect and effect[0] else None


def is_same(one: Effect | None, other: Effect | None) -> bool:
    """Tell whether a mistake does the same to a test under two seeds."""
    if one is None or other is None:
        return one is other
    alike = one[2] is other[2] or bool(one[2] and other[2] and one[2].is_like(other[2]))
    return one[:2] == other[:2] and alike


def printed(mistake: int, effect: Effect, seeds: tuple[int, ...]) -> Print:
    """Write down what a mistake does to a test."""
    red, call, digest = effect
    form, numbers, within = written(digest) if digest else written(Digest(""))
    return Print(mistake, red, call, form, numbers, within, seeds)


def write(bench: Bench) -> None:
    """Write the fingerprints of a kata."""
    bench.kata.fingerprints.write_bytes(msgspec.json.encode(fingerprints_of(bench)) + b"\n")
