"""What proves a kata: one small check a claim, each with its figure and what is wrong."""

import ast
import doctest
import inspect
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from dojo.authoring import memoriser
from dojo.authoring.mistake import Mistake, mistakes, users
from dojo.authoring.pool import Pool
from dojo.catalog import Kata, camel
from dojo.errors import UsageError
from dojo.hints import RUNGS, read_hints
from dojo.request import DEFAULT_SEED, Request, ask
from dojo.run import environment
from dojo.seam import execute, wrong_signature
from dojo.verdict import TestResult, Verdict

SEEDS = range(1, 21)
OTHER_SEED = 1001
STUB_LINES = 120
FILE_SECONDS, TEST_SECONDS, RED_FACTOR = 0.3, 0.1, 10


@dataclass(frozen=True)
class Proof:
    """One claim about a kata: the figure that was measured, and what contradicts the claim."""

    claim: str
    figure: str
    problems: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass
class Bench:
    """What the proofs of one kata share: the kata, the pool, and runs that several look at."""

    kata: Kata
    pool: Pool
    scratch: Path
    seeds: range = SEEDS
    caught: Counter[str] = field(default_factory=Counter)

    def run(self, *requests: Request) -> list[Verdict]:
        """Run requests on all cores."""
        return self.pool.verdicts(self.kata, requests)

    @cached_property
    def reference(self) -> Verdict:
        """The reference under the default seed."""
        return self.run(ask(self.kata, DEFAULT_SEED, against="solutions"))[0]

    @cached_property
    def alternatives(self) -> list[Path]:
        """The other right answers."""
        return sorted((self.kata.solution / "alternatives").glob("*.py"))


Check = Callable[[Bench], Proof]


def check_files(bench: Bench) -> Proof:
    """Every file is there and says something; nothing else is."""
    kata = bench.kata
    learner = {"README.md", "hints.md", "debrief.md", "kata.toml", kata.mine.name, kata.tests.name}
    author = {kata.reference.name, "test_oracles.py", "survivors.toml", "blind.md"}
    problems = [*files_of(kata.folder, learner, set())]
    problems += files_of(kata.solution, author, {"alternatives", "mistakes"})
    if not kata.pristine.exists():
        return Proof("files", "", (f"tooling/stubs/{kata.name}.py is missing: copy the stub.",))
    problems += check_facts(kata)
    problems += [p for f in kata.functions if (p := hint_problem(kata, f))]
    used = {name for path in bench.alternatives for name in names_in(path)}
    problems += [
        f"no alternative redefines {f}: write one that is right in another way."
        for f in kata.functions
        if f not in used
    ]
    figure = f"{len(kata.functions)} functions, {len(bench.alternatives)} alternatives"
    return Proof("files", figure, tuple(problems))


def files_of(folder: Path, wanted: set[str], folders: set[str]) -> Iterator[str]:
    """Yield what is missing in a folder, empty, or a stray."""
    there = {p.name for p in folder.glob("*") if p.name != "__pycache__"}
    for name in sorted(wanted | folders):
        if name not in there:
            yield f"{folder.name}/{name} is missing."
        elif name in wanted and name != "survivors.toml" and not (folder / name).stat().st_size:
            yield f"{folder.name}/{name} is empty."
    for name in sorted(there - wanted - folders):
        yield f"{folder.name}/{name} is a stray file: remove it."
    for name in sorted(folders & there):
        if not list((folder / name).glob("*.py")):
            yield f"{folder.name}/{name} holds no file."


def check_facts(kata: Kata) -> list[str]:
    """List what is wrong with kata.toml."""
    try:
        facts = kata.facts
    except UsageError as error:
        return [str(error)]
    empty = [k for k in ("title", "question", "track", "learned") if not getattr(facts, k)]
    strangers = sorted(set(facts.points) - set(kata.functions))
    return [f"kata.toml: {key} is empty." for key in empty] + [
        f"kata.toml gives points to {name}, which the stub lacks." for name in strangers
    ]


def hint_problem(kata: Kata, function: str) -> str:
    """Say what is wrong with the hints of a function, or return ''."""
    rungs = read_hints(kata).get(function, [])
    if len(rungs) != RUNGS or not all(rungs):
        return f"hints.md has {len(rungs)} rungs for {function}; write {RUNGS}."
    return ""


def names_in(path: Path) -> set[str]:
    """List the functions that a file defines."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}


def check_stub(bench: Bench) -> Proof:
    """Every single test is not started on the stub, and the stub says what is true."""
    kata = bench.kata
    verdict = bench.run(ask(kata, DEFAULT_SEED, against="stub"))[0]
    problems = [fault] if (fault := verdict.fault) else []
    problems += [
        f"{t.id} is {t.outcome} on the stub: it must call {t.function} before anything else fails."
        for t in verdict.tests
        if t.outcome != "not_started"
    ]
    classes = {t.function for t in verdict.tests}
    problems += [f"{f} has no tests: write {camel(f)}." for f in kata.functions if f not in classes]
    problems += [f"{c} tests no function of the stub." for c in classes - set(kata.functions)]
    problems += [f"{t.id} has no docstring." for t in verdict.tests if not t.why]
    problems += stub_problems(kata)
    return Proof("stub", f"{len(verdict.tests)} tests not started", tuple(problems))


def stub_problems(kata: Kata) -> Iterator[str]:
    """Yield where stub and reference differ, and examples of the stub that are not true."""
    stub = execute(kata.module, (kata.pristine,), ())
    reference = execute(kata.module, (kata.reference,), ())
    lines = len(kata.pristine.read_text(encoding="utf-8").splitlines())
    if lines > STUB_LINES:
        yield f"the stub has {lines} lines; the limit is {STUB_LINES}."
    for name in kata.functions:
        mine = getattr(reference, name, None)
        if mine is None:
            yield f"the reference has no function {name}."
            continue
        original = getattr(stub, name)
        if wrong := wrong_signature(mine, original):
            yield str(wrong)
        if str(inspect.signature(mine)) != str(inspect.signature(original)):
            yield f"{name} is annotated differently in stub and reference."
        yield from false_examples(kata, name, original.__doc__ or "", dict(vars(reference)))


def false_examples(kata: Kata, name: str, doc: str, namespace: dict[str, object]) -> Iterator[str]:
    """Yield the examples of a docstring that are not true of the reference."""
    test = doctest.DocTestParser().get_doctest(doc, namespace, name, str(kata.pristine), 0)
    if not test.examples:
        yield f"the stub of {name} shows no example."
    said: list[str] = []
    flags = doctest.NORMALIZE_WHITESPACE | doctest.ELLIPSIS
    doctest.DocTestRunner(verbose=False, optionflags=flags).run(test, out=said.append)
    if said:
        yield f"an example in the stub of {name} is not true: {' '.join(''.join(said).split())}"


def check_right_answers(bench: Bench) -> Proof:
    """Reference and alternatives are green under every seed; the oracles agree."""
    kata = bench.kata
    asked = [ask(kata, *bench.seeds, against="solutions")]
    asked += [ask(kata, *bench.seeds, file=path) for path in bench.alternatives]
    verdicts = bench.run(*asked)
    red = [v for v in verdicts if not v.green]
    problems = [
        f"{against} is red under seed {', '.join(str(v.seed) for v in of)}: {reason(of[0])}"
        for against in dict.fromkeys(v.against for v in red)
        if (of := [v for v in red if v.against == against])
    ]
    problems += [p for p in [oracle_problem(kata)] if p]
    figure = f"{len(verdicts) - len(red)} of {len(verdicts)} runs green ({len(asked)} answers)"
    return Proof("right answers", figure, tuple(problems))


def reason(verdict: Verdict) -> str:
    """Say on one line why a verdict is not green."""
    return verdict.fault or describe(verdict.first_red())


def describe(test: TestResult | None) -> str:
    """Say which test was red, and why, on one line."""
    return f"{test.id} {test.outcome}: {' '.join(test.message.split())}" if test else "no test"


def oracle_problem(kata: Kata) -> str:
    """Run the reference against independent libraries; return what went wrong, or ''."""
    path = kata.solution / "test_oracles.py"
    command = [sys.executable, "-m", "pytest", "-q", "-rs", "-p", "no:cacheprovider", str(path)]
    done = subprocess.run(
        command, cwd=kata.root, env=environment(str(kata.root)), capture_output=True, text=True
    )
    lines = [row for row in done.stdout.splitlines() if row.strip()]
    if done.returncode or " skipped" in lines[-1]:
        shown = [row for row in lines if row.startswith(("E  ", "FAILED", "ERROR", "SKIPPED"))]
        return f"the oracles do not agree: {' | '.join(shown[:4]) or lines[-1]}"
    return ""


def check_mistakes(bench: Bench) -> Proof:
    """Every mistake fails the test it names, under every seed, and spoils nothing else."""
    known = mistakes(bench.kata)
    problems = [f"mistakes/{m.path.name}: {m.problem}" for m in known if m.problem]
    good = [m for m in known if not m.problem]
    for mistake, verdict in zip(good, bench.run(*[full_run(bench, m) for m in good]), strict=True):
        bench.caught.update(t.id for t in verdict.tests if t.outcome != "passed")
        problems += innocent_but_red(bench, mistake, verdict)
        problems += seen_otherwise(mistake, verdict)
    asked = [ask(bench.kata, *bench.seeds, file=m.path, ids=(m.test,)) for m in good]
    verdicts = iter(bench.run(*asked))
    for mistake in good:
        missed = [v for _ in bench.seeds if missing(mistake, v := next(verdicts))]
        if missed:
            seeds = ", ".join(str(v.seed) for v in missed)
            problems.append(
                f"mistakes/{mistake.path.name} under seed {seeds}: {missing(mistake, missed[0])}"
            )
    twice = [test for test, n in Counter(m.test for m in good).items() if n > 1]
    notes = [f"{test} is named by several mistakes: are they one misconception?" for test in twice]
    figure = f"{len(known)} mistakes x {len(bench.seeds)} seeds"
    return Proof("mistakes", figure, tuple(problems), tuple(notes))


def full_run(bench: Bench, mistake: Mistake) -> Request:
    """Ask for all tests on a mistake."""
    return ask(bench.kata, DEFAULT_SEED, file=mistake.path)


def seen_otherwise(mistake: Mistake, verdict: Verdict) -> Iterator[str]:
    """Yield where a learner who makes a mistake is shown another test than the one that names it.

    A mistake may say that its author has read that other report, and that it does not mislead.
    """
    first = verdict.first_red()
    seen = first.id.partition("[")[0] if first else ""
    if seen not in ("", mistake.test, mistake.seen_first):
        yield (
            f"mistakes/{mistake.path.name}: a learner first sees {seen}. Let the named test come "
            f"first, or mend what misleads there and add 'Seen first: {seen}' to the docstring."
        )


def missing(mistake: Mistake, verdict: Verdict) -> str:
    """Say why a verdict does not show a mistake, or return ''."""
    if verdict.fault:
        return verdict.fault
    if not verdict.tests:
        return f"the test {mistake.test} does not exist."
    outcomes = {t.outcome for t in verdict.tests} - {"passed"}
    if mistake.outcome in outcomes:
        return ""
    if not outcomes:
        return f"{mistake.test} stays green."
    seen = describe(verdict.first_red())
    return f"it should end as {mistake.outcome}, but {seen}"


def innocent_but_red(bench: Bench, mistake: Mistake, verdict: Verdict) -> Iterator[str]:
    """Yield the functions that a mistake makes red although they do not use what it changes."""
    guilty = users(bench.kata.reference, mistake.changed)
    calls = {t.id: set(t.called) for t in bench.reference.tests}
    for test in verdict.tests:
        innocent = test.function not in guilty and not calls.get(test.id, set()) & guilty
        if test.outcome != "passed" and innocent:
            yield f"mistakes/{mistake.path.name} spoils {test.id}, which does not use it."


def check_memoriser(bench: Bench) -> Proof:
    """A table of remembered answers is red for every function under another seed."""
    kata = bench.kata
    path = bench.scratch / f"{kata.name}.pickle"
    record = {"plugins": ("dojo.authoring.memoriser",), "options": (("record", str(path)),)}
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
    execute(bench.kata.module, (bench.kata.pristine,), ())
    return memoriser.load(path).raising


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
