"""The proof that a sandbox changes nothing: judged like in-process, test by test."""

from collections.abc import Iterator

from dojo.author.verify.workbench import Bench, Proof
from dojo.run.request import ask
from dojo.run.verdict import TestResult, Verdict


def check_judged(bench: Bench) -> Proof:
    """The verdicts of reference, alternatives and mistakes are the same from a sandbox."""
    files = [None, *bench.alternatives, *bench.files.values()]
    asked = [ask(bench.kata, *bench.judged_seeds, against="solutions", file=f) for f in files]
    here = bench.run(*asked)
    there = bench.judges().verdicts(asked)
    problems = [p for pair in zip(here, there, strict=True) for p in differences(*pair)]
    figure = f"{sum(len(v.tests) for v in here)} tests of {len(files)} files the same"
    return Proof("judged", figure, tuple(problems))


def differences(here: Verdict, there: Verdict) -> Iterator[str]:
    """Yield what two verdicts of the same file do not agree on."""
    for fault in filter(None, (here.fault, there.fault)):
        yield f"{here.against}: {fault}"
    judged = {test.id: test for test in there.tests}
    for test in here.tests:
        other = judged.pop(test.id, None)
        if other is None or other.outcome != test.outcome:
            found = told(other) if other else "missing"
            yield f"{here.against}: {test.id} is {told(test)} here, and judged {found}"
    for name in judged:
        yield f"{here.against}: {name} is there only when judged"


def told(test: TestResult) -> str:
    """Tell how a test ended, on one line."""
    return " ".join([test.outcome, *f"({test.message})".split()]) if test.message else test.outcome
