"""The proofs by running: right answers are green, wrong ones red, by the test that names them."""

import ast
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from dojo.author.verify import damage, idle, memoriser
from dojo.author.verify.mistakes import Mistake, users
from dojo.author.verify.workbench import Bench, Proof
from dojo.child.execution import execute
from dojo.kata.catalog import Kata
from dojo.kata.edits import EditError
from dojo.run.environ import environment
from dojo.run.request import DEFAULT_SEED, Request, ask
from dojo.run.verdict import TestResult, Verdict

OTHER_SEED = 1001
# More arguments that can be damaged than any function has.
ARGUMENTS = 4
FILE_SECONDS, TEST_SECONDS, RED_FACTOR = 0.3, 0.1, 10


def check_right_answers(bench: Bench) -> Proof:
    """Reference and alternatives are green under every seed; the oracles agree."""
    with oracles(bench.kata) as problem:
        problems, figure = right_answers(bench, bench.seeds)
        problems += filter(None, [problem()])
    return Proof("right answers", figure, tuple(problems))


def check_answers_again(bench: Bench) -> Proof:
    """They are so under two fresh seeds."""
    problems, figure = right_answers(bench, bench.fresh_seeds)
    return Proof("answers again", figure, tuple(problems))


def right_answers(bench: Bench, seeds: range) -> tuple[list[str], str]:
    """Run the reference and the alternatives; return what is red, and the figure."""
    asked = [ask(bench.kata, *seeds, against="solutions")]
    asked += [ask(bench.kata, *seeds, file=path) for path in bench.alternatives]
    verdicts = bench.run(*asked)
    red = [v for v in verdicts if not v.green]
    problems = [
        f"{against} is red under seed {', '.join(str(v.seed) for v in of)}: {reason(of[0])}"
        for against in dict.fromkeys(v.against for v in red)
        if (of := [v for v in red if v.against == against])
    ]
    figure = f"{len(verdicts) - len(red)} of {len(verdicts)} runs green ({len(asked)} answers)"
    return problems, figure


def reason(verdict: Verdict) -> str:
    """Say on one line why a verdict is not green."""
    return verdict.fault or describe(verdict.first_red())


def describe(test: TestResult | None) -> str:
    """Say which test was red, and why, on one line."""
    return f"{test.id} {test.outcome}: {' '.join(test.message.split())}" if test else "no test"


@contextmanager
def oracles(kata: Kata) -> Iterator[Callable[[], str]]:
    """Run the reference against independent libraries beside the block, which asks how it went."""
    path = kata.solution / "test_oracles.py"
    command = [sys.executable, "-m", "pytest", "-q", "-rs", "-p", "no:cacheprovider", str(path)]
    with subprocess.Popen(
        command,
        cwd=kata.root,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:
        yield lambda: oracle_problem(process.communicate()[0], process.returncode)


def oracle_problem(said: str, code: int) -> str:
    """Return what the oracles say went wrong, or ''."""
    lines = [row for row in said.splitlines() if row.strip()]
    if code or " skipped" in lines[-1]:
        shown = [row for row in lines if row.startswith(("E  ", "FAILED", "ERROR", "SKIPPED"))]
        return f"the oracles do not agree: {' | '.join(shown[:4]) or lines[-1]}"
    return ""


def check_mistakes(bench: Bench) -> Proof:
    """Every mistake fails the test it names, under every seed, and spoils nothing else."""
    problems = list(unmade(bench))
    for mistake, verdict in bench.mistakes:
        problems += innocent_but_red(bench, mistake, verdict)
        problems += seen_otherwise(mistake, verdict)
    problems += uncaught(bench, bench.seeds)
    twice = [test for test, n in Counter(m.fails for m in bench.files).items() if n > 1]
    notes = [f"{test} is named by several mistakes: are they one misconception?" for test in twice]
    figure = f"{len(bench.made)} mistakes x {len(bench.seeds)} seeds"
    return Proof("mistakes", figure, tuple(problems), tuple(notes))


def check_mistakes_again(bench: Bench) -> Proof:
    """Every mistake fails the test it names under two fresh seeds."""
    figure = f"{len(bench.made)} mistakes x {len(bench.fresh_seeds)} seeds"
    problems = (*unmade(bench), *uncaught(bench, bench.fresh_seeds))
    return Proof("mistakes again", figure, problems)


def unmade(bench: Bench) -> Iterator[str]:
    """Yield which mistakes cannot be made, and why."""
    for mistake, error in bench.made.items():
        if isinstance(error, EditError):
            yield f"{mistake.name}: {error}"


def uncaught(bench: Bench, seeds: range) -> Iterator[str]:
    """Yield which mistakes do not fail the test they name, under which seeds, and why."""
    files = bench.files.items()
    asked = [ask(bench.kata, *seeds, file=file, ids=(m.fails,)) for m, file in files]
    verdicts = iter(bench.run(*asked))
    for mistake in bench.files:
        missed = [v for _ in seeds if missing(mistake, v := next(verdicts))]
        if missed:
            under = ", ".join(str(v.seed) for v in missed)
            yield f"{mistake.name} under seed {under}: {missing(mistake, missed[0])}"


def seen_otherwise(mistake: Mistake, verdict: Verdict) -> Iterator[str]:
    """Yield where a learner who makes a mistake is shown another test than the one that names it.

    A mistake may say that its author has read that other report, and that it does not mislead.
    """
    first = verdict.first_red()
    seen = plain(first.id) if first else ""
    if seen not in ("", mistake.fails, mistake.seen_first):
        yield (
            f"{mistake.name}: a learner first sees {seen}. Let the named test come first, or mend "
            f'what misleads there and say seen_first = "{seen}".'
        )


def missing(mistake: Mistake, verdict: Verdict) -> str:
    """Say why a verdict does not show a mistake, or return ''."""
    if verdict.fault:
        return verdict.fault
    if not verdict.tests:
        return f"the test {mistake.fails} does not exist."
    outcomes = {t.outcome for t in verdict.tests} - {"passed"}
    if mistake.ends in outcomes:
        return ""
    if not outcomes:
        return f"{mistake.fails} stays green."
    seen = describe(verdict.first_red())
    return f"it should end as {mistake.ends}, but {seen}"


def innocent_but_red(bench: Bench, mistake: Mistake, verdict: Verdict) -> Iterator[str]:
    """Yield the functions that a mistake makes red although they do not use what it changes."""
    reference = bench.kata.reference.read_text(encoding="utf-8")
    guilty = users(reference, mistake.changed(bench.kata))
    calls = {t.id: set(t.called) for t in bench.reference.tests}
    for test in verdict.tests:
        innocent = test.function not in guilty and not calls.get(test.id, set()) & guilty
        if test.outcome != "passed" and innocent:
            yield f"{mistake.name} spoils {test.id}, which does not use it."


def check_memoriser(bench: Bench) -> Proof:
    """A table of remembered answers is red for every function under another seed."""
    kata = bench.kata
    path = bench.scratch / f"{kata.name}.pickle"
    record = {"plugins": ("dojo.author.verify.memoriser",), "options": (("record", str(path)),)}
    bench.run(ask(kata, DEFAULT_SEED, against="solutions", **record))
    if not path.exists():
        return Proof("memoriser", "", ("the reference could not be recorded.",))
    cheat = bench.scratch / f"{kata.name}_memoriser.py"
    cheat.write_text(memoriser.source(kata, path), encoding="utf-8")
    verdict = bench.run(ask(kata, OTHER_SEED, file=cheat))[0]
    raising = raising_tests(bench, path)
    caught = {t.function for t in verdict.tests if t.outcome != "passed" and t.id not in raising}
    problems = [verdict.fault] if verdict.fault else []
    problems += [
        f"{f} is green for a table of remembered answers: test values on data from `rng`."
        for f in kata.functions
        if f not in caught
    ]
    return Proof("memoriser", f"red for {len(caught)} functions", tuple(problems))


def raising_tests(bench: Bench, path: Path) -> set[str]:
    """List the tests in which the reference raised: a memoriser, which never raises, fails them."""
    execute(bench.kata.name, (bench.kata.pristine,), ())
    return memoriser.load(path).raising


def check_damage(bench: Bench) -> Proof:
    """No test on random data is green because its own objects were damaged.

    A test counts that takes `rng` and is red for the answer on damaged copies: so it is when the
    damage reaches what the test holds.
    """
    random = random_tests(bench.kata)
    ways = [(kind, n) for kind in damage.KINDS for n in (*map(str, range(ARGUMENTS)), damage.EVERY)]
    asked = [damaged(bench, *way, reaching) for way in ways for reaching in ("no", "yes")]
    verdicts = bench.run(*asked)
    problems: dict[str, str] = {}
    counted: set[str] = set()
    for way, hidden, seen in zip(ways, verdicts[::2], verdicts[1::2], strict=True):
        wrong = {t.id for t in hidden.tests if t.outcome != "passed" and plain(t.id) in random}
        counted |= wrong
        late = [t.id for t in seen.tests if t.outcome == "passed" and t.id in wrong]
        problems |= {test: too_late(test, *way) for test in late if test not in problems}
    figure = f"{len(counted)} tests on random data, {len(ways)} ways to damage arguments"
    return Proof("damage", figure, tuple(problems.values()))


def random_tests(kata: Kata) -> set[str]:
    """Name the tests of a kata that take the fixture `rng`."""
    tree = ast.parse(kata.tests.read_text(encoding="utf-8"))
    return {
        f"{group.name}::{test.name}"
        for group in tree.body
        if isinstance(group, ast.ClassDef)
        for test in group.body
        if isinstance(test, ast.FunctionDef) and "rng" in {a.arg for a in test.args.args}
    }


def plain(test: str) -> str:
    """Name a test without its parameters."""
    return test.partition("[")[0]


def damaged(bench: Bench, kind: str, argument: str, reaching: str) -> Request:
    """Ask for a run of the reference on damaged arguments."""
    options = (("damage", kind), ("argument", argument), ("reaching", reaching))
    plugins = ("dojo.author.verify.damage",)
    return ask(bench.kata, DEFAULT_SEED, against="solutions", plugins=plugins, options=options)


def too_late(test: str, kind: str, argument: str) -> str:
    """Say which test was deceived, by what, and what to do."""
    which = "all arguments are" if argument == damage.EVERY else f"argument {argument} is"
    return (
        f"{test} is green where {which} {kind} before the answer: work the expectation out "
        f"before the call, or from a copy."
    )


def check_idle_answers(bench: Bench) -> Proof:
    """No test is green for a function that always answers NaN, or that always refuses.

    What is green for any other number in NaN's place, too, looks at no value: at a shape, at what
    a call costs, or at what a callback was given.
    """
    nan, other, error = (idle_run(bench, kind) for kind in ("nan", "1e9", idle.ERROR))
    problems = [
        f"{test} is green for answers of NaN: compare so that NaN does not pass."
        for test in green(nan)
        if test not in green(other)
    ]
    problems += [
        f"{test} is green for a ValueError that names every parameter: ask there for the answer "
        f"to the nearest legal value, too."
        for test in green(error)
    ]
    figure = f"{len(error.tests)} tests are not deceived"
    return Proof("idle answers", figure, tuple(filter(None, [nan.fault, error.fault, *problems])))


def idle_run(bench: Bench, kind: str) -> Verdict:
    """Run the tests on functions that do nothing."""
    plugins, options = ("dojo.author.verify.idle",), (("idle", kind),)
    asked = ask(bench.kata, DEFAULT_SEED, against="solutions", plugins=plugins, options=options)
    return bench.run(asked)[0]


def green(verdict: Verdict) -> list[str]:
    """List the tests that passed."""
    return [test.id for test in verdict.tests if test.outcome == "passed"]


def check_budgets(bench: Bench) -> Proof:
    """The tests cost no more time than a blink."""
    verdict = bench.run(ask(bench.kata, DEFAULT_SEED, against="solutions"))[0]
    total = sum(t.seconds for t in verdict.tests)
    slowest = max(verdict.tests, key=lambda t: t.seconds, default=None)
    if slowest is None:
        return Proof("budgets", "", ("no test ran.",))
    figure = f"all tests {total:.2f} s (of {FILE_SECONDS}), slowest {slowest.seconds:.3f} s"
    over = total > FILE_SECONDS or slowest.seconds > TEST_SECONDS
    notes = (f"over budget: {slowest.id} takes {slowest.seconds:.3f} s.",) if over else ()
    red = total > RED_FACTOR * FILE_SECONDS or slowest.seconds > RED_FACTOR * TEST_SECONDS
    return Proof("budgets", figure, ("ten times over the budget.",) if red else (), notes)
