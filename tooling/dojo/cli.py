"""The verbs: what a person types after `nox -s`, read and handed on."""

import argparse
import io
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from dojo import catalog
from dojo.errors import UsageError

if TYPE_CHECKING:
    from dojo.request import Request
    from dojo.verdict import Verdict

INTERRUPTED = 130
# The learner's edition lacks the authors' half of the tool, and then has no verbs for it.
HAS_AUTHORS = (Path(__file__).parent / "authoring").is_dir()


def main(argv: Sequence[str]) -> int:
    """Run one verb; return its exit code: 0 green or done, 1 red, 2 a wrong use or a fault."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # What a learner's code says may not fit into the encoding of a pipe.
            stream.reconfigure(errors="backslashreplace")
    words, rest = split(argv)
    options = parser().parse_args(words)
    options.root = catalog.find_root(Path.cwd())
    options.pytest_args = rest
    run: Callable[[argparse.Namespace], int] = options.run
    try:
        return run(options)
    except UsageError as error:
        print(error, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("Stopped.", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:
        sys.stderr.close()
        return 1


def split(argv: Sequence[str]) -> tuple[list[str], tuple[str, ...]]:
    """Split the words at the first `--`: what comes after is pytest's."""
    words = list(argv)
    at = words.index("--") if "--" in words else len(words)
    return words[:at], tuple(words[at + 1 :])


def parser() -> argparse.ArgumentParser:
    """Build the parser of all verbs; each verb has its own `--help`."""
    top = argparse.ArgumentParser(prog="dojo", description="Data science interview katas.")
    verbs = top.add_subparsers(dest="verb", required=True, metavar="VERB")
    add_learner_verbs(verbs)
    if HAS_AUTHORS:
        add_author_verbs(verbs)
    return top


def add_learner_verbs(verbs: object) -> None:
    """Add the verbs that every edition has."""
    add_check(verbs, "check", "mine", "run the tests of katas on your code")
    verb = add(verbs, "hint", "show the next hint for a function", hint)
    verb.add_argument("kata", nargs="?", help="a kata (default: the first that is not green)")
    verb.add_argument("function", nargs="?", help="a function (default: the first not green)")
    verb = add(verbs, "watch", "show a verdict at every save", watch)
    verb.add_argument("kata", nargs="?", help="a kata (default: the first that is not green)")
    verb = add(verbs, "solution", "show the reference solution of a kata", solution)
    verb.add_argument("kata")
    verb.add_argument("--yes", action="store_true", help="do not ask")
    verb = add(verbs, "reset", "put the pristine stub back, and keep your file", reset)
    verb.add_argument("kata")
    add(verbs, "progress", "show how far you are", progress)
    add(verbs, "tests", "run the whole test suite", tests)


def add_author_verbs(verbs: object) -> None:
    """Add the verbs that the learner's edition lacks."""
    from dojo.benchmarks.bench import add_benchmarks

    add_check(verbs, "solutions", "solutions", "run the tests of katas on the reference solutions")
    verb = add(verbs, "verify", "prove that katas are right", verify)
    verb.add_argument("katas", nargs="*", help="katas (default: all)")
    verb.add_argument("--only", action="append", metavar="PROOF", help="only this proof; repeat")
    verb.add_argument(
        "--thorough", action="store_true", help="judge under five seeds instead of one"
    )
    add_grade(verbs)
    add_benchmarks(add(verbs, "bench", "measure how long the tool takes", bench))
    add(verbs, "doctor", "tell what this machine is, and what isolation it has", doctor)
    verb = add(verbs, "new", "scaffold both halves of a new kata", new)
    verb.add_argument("name", help="the folder's name, like kata08_p_values")
    add(verbs, "lint", "check format, types and the layers of the tool", lint)
    verb = add(verbs, "handout", "write the learner's edition into an empty folder", handout)
    verb.add_argument("dest", type=Path, help="a folder that is empty, or not there yet")


def add(verbs: object, name: str, text: str, run: object) -> argparse.ArgumentParser:
    """Add one verb."""
    verb: argparse.ArgumentParser = verbs.add_parser(  # type: ignore[attr-defined]
        name, help=text, description=text[0].upper() + text[1:] + "."
    )
    verb.set_defaults(run=run)
    return verb


def add_check(verbs: object, name: str, against: str, text: str) -> None:
    """Add a verb that checks katas."""
    verb = add(verbs, name, text, check)
    verb.epilog = "What follows a second -- goes to pytest."
    verb.set_defaults(against=against)
    verb.add_argument("names", nargs="*", help="katas, each with functions after it if wanted")
    verb.add_argument("--all", action="store_true", help="all katas")
    verb.add_argument("--file", type=Path, help="test this file instead")
    verb.add_argument("--json", action="store_true", help="print the verdict as JSON, a line each")
    verb.add_argument("--seed", type=int, default=1, help="seed of the tests' data (default: 1)")
    verb.add_argument("-v", dest="verbose", action="store_true", help="show pytest's own output")
    verb.set_defaults(judged=False)
    if HAS_AUTHORS:
        verb.add_argument(
            "--judged", action="store_true", help="run the code in a sandbox, as grading does"
        )


def add_grade(verbs: object) -> None:
    """Add the verb that grades a cohort."""
    verb = add(verbs, "grade", "judge what a cohort of learners handed in", grade)
    verb.add_argument(
        "forks", nargs="+", help="a roster (CSV: learner,repo,ref), a fork, or a folder of forks"
    )
    verb.add_argument("--katas", default="", help="katas, with commas between (default: all)")
    verb.add_argument("--seed", type=natural, help="seed of a new store (default: drawn)")
    where = verb.add_mutually_exclusive_group()
    where.add_argument("--jobs", type=positive, help="runs at once (default: one a core)")
    where.add_argument("--scheduler", default="", help="a dask.distributed one: tcp://host:port")
    verb.add_argument("--store", type=Path, help="verdicts (default: .dojo/grades.sqlite)")
    verb.add_argument("--out", type=Path, help="folder of the reports (default: grades)")
    verb.add_argument("--learner", default="", help="grade this one, reports in a folder of --out")
    verb.add_argument("--unsafe", action="store_true", help="grade without a sandbox")


def natural(word: str) -> int:
    """Read a number that is not negative."""
    if (number := int(word)) < 0:
        raise ValueError
    return number


def positive(word: str) -> int:
    """Read a number from 1."""
    if (number := int(word)) < 1:
        raise ValueError
    return number


def check(options: argparse.Namespace) -> int:
    """Run `check` or `solutions`."""
    from dojo.learner import check as verb

    everything = options.all or (options.against == "solutions" and not options.names)
    chosen = verb.Options(
        against=options.against,
        file=options.file.resolve() if options.file else None,
        seed=options.seed,
        json=options.json,
        verbose=options.verbose,
        pytest_args=options.pytest_args,
        **({"run": judged(options)} if options.judged else {}),
    )
    wanted = verb.targets(options.root, options.names, everything)
    return verb.check(options.root, wanted, chosen)


def judged(options: argparse.Namespace) -> "Callable[[catalog.Kata, Request], list[Verdict]]":
    """Return the function that runs code in a sandbox; UsageError beside pytest's own output."""
    from dojo.judge.run import run_judged

    if options.verbose or options.pytest_args:
        raise UsageError("A judged run has no output of pytest's: leave -v and its options out.")
    return run_judged


def hint(options: argparse.Namespace) -> int:
    """Run `hint`."""
    from rich.console import Console

    from dojo.learner import check as targets
    from dojo.learner import hint as verb

    if options.kata is None:
        return verb.hint(options.root, targets.first_open(options.root), None, Console())
    kata = catalog.find(options.root, options.kata)
    function = options.function and catalog.find_function(kata, options.function)
    return verb.hint(options.root, kata, function, Console())


def watch(options: argparse.Namespace) -> int:
    """Run `watch`."""
    from rich.console import Console

    from dojo.learner import check as targets
    from dojo.learner import watch as verb

    root: Path = options.root
    kata = catalog.find(root, options.kata) if options.kata else targets.first_open(root)
    return verb.watch(root, kata, Console())


def solution(options: argparse.Namespace) -> int:
    """Run `solution`."""
    from rich.console import Console

    from dojo.learner import solution as verb

    return verb.solution(catalog.find(options.root, options.kata), options.yes, Console())


def reset(options: argparse.Namespace) -> int:
    """Run `reset`."""
    from rich.console import Console

    from dojo.learner import reset as verb

    return verb.reset(options.root, catalog.find(options.root, options.kata), Console())


def progress(options: argparse.Namespace) -> int:
    """Run `progress`."""
    from rich.console import Console

    from dojo.learner import progress as verb

    return verb.progress(options.root, Console())


def verify(options: argparse.Namespace) -> int:
    """Run `verify`."""
    from rich.console import Console

    from dojo.authoring import verify as verb

    root: Path = options.root
    katas = [catalog.find(root, w) for w in options.katas] or catalog.katas(root)
    return int(not verb.verify(katas, Console(), options.only, thorough=options.thorough))


def doctor(options: argparse.Namespace) -> int:
    """Run `doctor`."""
    from rich.console import Console

    from dojo.judge import doctor as verb

    return verb.doctor(Console())


def grade(options: argparse.Namespace) -> int:
    """Run `grade`."""
    if os.name == "nt":
        raise UsageError("Grading needs Linux; on Windows, run it in WSL.")
    from rich.console import Console

    from dojo.grading import grade as verb

    root: Path = options.root
    chosen = verb.Options(
        katas=tuple(word.strip() for word in options.katas.split(",") if word.strip()),
        seed=options.seed,
        jobs=options.jobs,
        store=options.store or root / ".dojo" / "grades.sqlite",
        out=options.out or root / "grades",
        scheduler=options.scheduler,
        learner=options.learner,
        unsafe=options.unsafe,
    )
    return verb.grade(root, options.forks, chosen, Console())


def bench(options: argparse.Namespace) -> int:
    """Run `bench`."""
    from dojo.benchmarks import bench as verb

    root: Path = options.root
    return verb.bench(
        [catalog.find(root, w) for w in options.katas] or catalog.katas(root), options
    )


def new(options: argparse.Namespace) -> int:
    """Run `new`."""
    from dojo.authoring import scaffold as verb

    return verb.scaffold(options.root, options.name)


def tests(options: argparse.Namespace) -> int:
    """Run `tests`: in the learner's edition, those of the tool."""
    if not HAS_AUTHORS:
        from dojo import selftest

        return selftest.run(options.root, options.pytest_args)
    from dojo.authoring import suite as verb

    return verb.tests(options.root, options.pytest_args)


def lint(options: argparse.Namespace) -> int:
    """Run `lint`."""
    from dojo.authoring import suite as verb

    return verb.lint(options.root)


def handout(options: argparse.Namespace) -> int:
    """Run `handout`."""
    from dojo.authoring import handout as verb

    return verb.handout(options.root, options.dest)
