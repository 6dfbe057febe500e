"""The proof by fingerprints: each known mistake is known by what it returns."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import msgspec

from dojo import limits
from dojo.author.verify.mistakes import Mistake
from dojo.author.verify.workbench import Bench, Proof
from dojo.kata.catalog import Kata
from dojo.kata.fingerprints import (
    ASSERTED,
    NONE,
    Digest,
    Fingerprints,
    Known,
    Print,
    fingerprints,
    written,
)
from dojo.run.diagnosis import diagnose
from dojo.run.request import DEFAULT_SEED, Request, ask
from dojo.run.verdict import TestResult, Verdict

# The seed of `check`, and those from which a kata is practised again.
SEEDS = (DEFAULT_SEED, 2, 3, 4, 5)

# Of tests on random data so many are told for a mistake; of the others, only that they are red.
VARYING = 4

# What a mistake does to a test: red or not, the first call that returns something else, and what.
Effect = tuple[bool, int, Digest | None]


def check_fingerprints(bench: Bench) -> Proof:
    """What the mistakes return is what the file says, and no mistake is told as another.

    A file that is missing or out of date is made anew.
    """
    right = bench.run(asked(bench))
    done = [(seed, test) for test in constant_tests(right) for seed in SEEDS[1:]]
    wrong = grouped(bench.run(*(asked(bench, file, done) for file in bench.files.values())))
    made = fingerprints_of(bench.mistakes, right, wrong)
    path = bench.kata.fingerprints
    problems = []
    if not is_like(fingerprints(path), made):
        path.write_bytes(msgspec.json.encode(made) + b"\n")
        problems.append(f"{path.name} was not what the mistakes return: it is made anew, keep it.")
    if path.stat().st_size > limits.FINGERPRINTS_BYTES:
        most = limits.FINGERPRINTS_BYTES // 1000
        problems.append(
            f"{path.name} has {path.stat().st_size // 1000} kB; the limit is {most} kB."
        )
    named = 0
    for mistake, (verdict, *_) in zip(bench.files, wrong, strict=True):
        found = told(made, bench.kata, mistake, verdict)
        named += mistake.name in found
        if found and mistake.name not in found:
            problems.append(f"{mistake.name} is told as {' or '.join(found)}.")
    figure = f"{named} of {len(wrong)} mistakes named by what they return"
    return Proof("fingerprints", figure, tuple(problems))


def told(known: Fingerprints, kata: Kata, mistake: Mistake, verdict: Verdict) -> Sequence[str]:
    """Name the mistakes that a learner who makes one is told."""
    function = kata.function_of(mistake.fails.partition("::")[0])
    found = diagnose(known, DEFAULT_SEED, function, verdict.of(function))
    return found.mistakes if found else ()


def fingerprints_of(
    mistakes: Sequence[tuple[Mistake, Verdict]],
    right: Sequence[Verdict],
    wrong: Sequence[Sequence[Verdict]],
) -> Fingerprints:
    """Note where each mistake returns something else than the reference, under all seeds.

    `mistakes` come with another run of each under the first seed: where not the same comes back in
    both, as with a generator of its own, nothing that it returns is its mark.
    """
    tests: dict[str, list[Print]] = defaultdict(list)
    for number, ((_, again), verdicts) in enumerate(zip(mistakes, wrong, strict=True)):
        chance = any(by_chance(verdicts[0], again))
        by_seed = [effects_of(*pair) for pair in zip(right, verdicts, strict=True)]
        varying = 0
        for test in by_seed[0]:
            effects = [of_seed.get(test, by_seed[0][test]) for of_seed in by_seed]
            varying += not is_constant(effects)
            if chance or (varying > VARYING and not is_constant(effects)):
                effects = list(map(red_alone, effects))
            tests[test] += prints(number, effects)
    told = tuple(Known(mistake.name, mistake.says, mistake.rung) for mistake, _ in mistakes)
    return Fingerprints(SEEDS, told, {name: tuple(found) for name, found in tests.items() if found})


def by_chance(one: Verdict, again: Verdict) -> Iterator[str]:
    """Yield the tests in which not the same came back in two runs under one seed."""
    for test, repeated in zip(one.tests, again.tests, strict=True):
        pairs = zip(
            (*test.digests, test.asserted), (*repeated.digests, repeated.asserted), strict=False
        )
        if len(test.digests) != len(repeated.digests) or not all(alike(*pair) for pair in pairs):
            yield test.id


def is_like(one: Fingerprints, other: Fingerprints) -> bool:
    """Tell whether two files say the same, but for rounding."""
    if (one.seeds, one.mistakes, one.tests.keys()) != (
        other.seeds,
        other.mistakes,
        other.tests.keys(),
    ):
        return False
    return all(
        len(prints) == len(other.tests[test]) and all(map(is_like_print, prints, other.tests[test]))
        for test, prints in one.tests.items()
    )


def is_like_print(one: Print, other: Print) -> bool:
    """Tell whether two prints say the same, but for rounding."""
    places = [(p.mistake, p.red, p.call, p.seeds) for p in (one, other)]
    return places[0] == places[1] and one.digest.is_like(other.digest)


def asked(bench: Bench, file: Path | None = None, done: Iterable[tuple[int, str]] = ()) -> Request:
    """Ask for what all calls of all tests return, but of those that are done."""
    return ask(bench.kata, *SEEDS, against="solutions", file=file, digests="kept", done=tuple(done))


def constant_tests(right: Sequence[Verdict]) -> Iterator[str]:
    """Yield the tests in which the reference returns the same under all seeds: one is enough."""
    for first, *others in zip(*(verdict.tests for verdict in right), strict=True):
        if all(effect(first, other) is None for other in others):
            yield first.id


def grouped(verdicts: Sequence[Verdict]) -> list[Sequence[Verdict]]:
    """Return the verdicts of one file after the other."""
    starts = range(0, len(verdicts), len(SEEDS))
    return [verdicts[start : start + len(SEEDS)] for start in starts]


def effects_of(right: Verdict, wrong: Verdict) -> Mapping[str, Effect | None]:
    """Return what a mistake does to each test under one seed; None where it does nothing."""
    reference = {test.id: test for test in right.tests}
    return {t.id: effect(reference[t.id], t) for t in wrong.tests if t.id in reference}


def effect(right: TestResult, wrong: TestResult) -> Effect | None:
    """Return what a mistake does to one test; a test that it ends is shorter than the other."""
    red = wrong.outcome != "passed"
    for call, (expected, found) in enumerate(zip(right.digests, wrong.digests, strict=False)):
        if found is not None and expected is not None and not found.is_like(expected):
            return red, call, found
    if red and wrong.asserted:
        return True, ASSERTED, wrong.asserted
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
    return one[:2] == other[:2] and alike(one[2], other[2])


def alike(one: Digest | None, other: Digest | None) -> bool:
    """Tell whether two calls returned the same, or what both returned is not known."""
    return one is other or bool(one and other and one.is_like(other))


def printed(mistake: int, effect: Effect, seeds: tuple[int, ...]) -> Print:
    """Write down what a mistake does to a test."""
    red, call, digest = effect
    form, numbers, within = written(digest or Digest(""))
    return Print(mistake, red, call, form, numbers, within, seeds)
