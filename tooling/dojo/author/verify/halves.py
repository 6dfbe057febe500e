"""The proofs that both halves of a kata are whole, and that the stub says what is true."""

import ast
import doctest
import inspect
import math
from collections.abc import Iterator, Set
from itertools import chain
from pathlib import Path

from dojo.author.verify.mistakes import path_of
from dojo.author.verify.proved import LEFT_OUT
from dojo.author.verify.workbench import Bench, Proof
from dojo.child.execution import execute, wrong_signature
from dojo.errors import UsageError
from dojo.kata.catalog import Kata, camel
from dojo.kata.debrief import LABELS, in_short
from dojo.kata.hints import RUNGS, read_hints
from dojo.run.request import DEFAULT_SEED, ask

STUB_LINES = 120
# What stands on the green screen is read at a glance.
SHORT_LINE = 150
# How long a kata takes, until people were timed: see `estimate`.
WORDS_A_MINUTE, LINES_A_MINUTE, MINUTES_A_FUNCTION, ROUNDED_TO = 200, 2, 2, 5


def check_files(bench: Bench) -> Proof:
    """Every file is there and says something; nothing else is."""
    kata = bench.kata
    author = {kata.reference.name, "mistakes.toml", "test_oracles.py", "survivors.toml", "blind.md"}
    own = {f"{mistake.name}.py" for mistake in bench.made if not mistake.edits}
    folders = {"alternatives", "mistakes"} if own else {"alternatives"}
    problems = [*files_of(kata.folder, kata.files, set())]
    problems += files_of(kata.solution, author, folders)
    problems += files_of(kata.solution / "mistakes", own, set()) if own else []
    if not bench.made and path_of(kata).exists():
        problems.append(f"{kata.name}/{path_of(kata).name} names no mistake.")
    if not kata.pristine.exists():
        return Proof("files", "", (f"tooling/stubs/{kata.name}.py is missing: copy the stub.",))
    problems += [*check_facts(kata), *debrief_problems(kata)]
    problems += [p for f in kata.functions if (p := hint_problem(kata, f))]
    used = {name for path in bench.alternatives for name in names_in(path)}
    problems += [
        f"no alternative redefines {f}: write one that is right in another way."
        for f in kata.functions
        if f not in used
    ]
    figure = f"{len(kata.functions)} functions, {len(bench.alternatives)} alternatives"
    return Proof("files", figure, tuple(problems))


def files_of(folder: Path, wanted: Set[str], folders: Set[str]) -> Iterator[str]:
    """Yield what is missing in a folder, empty, or a stray."""
    there = {p.name for p in folder.glob("*")} - {"__pycache__", "fingerprints.json", *LEFT_OUT}
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
    empty = [k for k in ("title", "question", "track") if not getattr(facts, k)]
    strangers = sorted(set(facts.points) - set(kata.functions))
    problems = [f"kata.toml: {key} is empty." for key in empty]
    problems += [f"kata.toml gives points to {name}, which the stub lacks." for name in strangers]
    return problems + minutes_problems(kata)


def minutes_problems(kata: Kata) -> list[str]:
    """Say what the minutes of kata.toml should be; nothing where what they follow from lacks."""
    if not all(path.exists() for path in (kata.folder / "README.md", kata.reference)):
        return []
    estimated = estimate(kata)
    wrong = kata.facts.minutes != estimated
    return [f"kata.toml: minutes is {kata.facts.minutes}; the estimate is {estimated}."] * wrong


def estimate(kata: Kata) -> int:
    """Return the minutes that a kata is estimated to take, in fives.

    Two hundred words of the task and the stub are read in a minute, two lines of the reference's
    functions written, and two minutes a function go to what its tests say.
    """
    read = (kata.folder / "README.md", kata.pristine)
    reading = sum(len(p.read_text(encoding="utf-8").split()) for p in read) / WORDS_A_MINUTE
    writing = lines_to_write(kata.reference.read_text(encoding="utf-8")) / LINES_A_MINUTE
    minutes = reading + writing + MINUTES_A_FUNCTION * len(kata.functions)
    return ROUNDED_TO * math.ceil(minutes / ROUNDED_TO)


def lines_to_write(source: str) -> int:
    """Count the lines of code within the functions of a source: no docstring, comment or blank."""
    functions = (n for n in ast.walk(ast.parse(source)) if isinstance(n, ast.FunctionDef))
    code = (
        range(statement.lineno - 1, statement.end_lineno or 0)
        for function in functions
        for statement in function.body[ast.get_docstring(function) is not None :]
    )
    rows = source.splitlines()
    return sum(rows[n].strip() != "" and rows[n].strip()[0] != "#" for n in {*chain(*code)})


def debrief_problems(kata: Kata) -> Iterator[str]:
    """Yield what is wrong with the lines of the debrief that the green screen shows."""
    found = in_short(kata)
    for label in LABELS if (kata.folder / "debrief.md").exists() else ():
        if label not in found:
            yield f"debrief.md has no line that begins with **{label}.**: write it below the title."
        elif len(found[label]) > SHORT_LINE:
            length = len(found[label])
            yield f"debrief.md: {label} has {length} characters; the limit is {SHORT_LINE}."


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
