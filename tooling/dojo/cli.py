"""The command line: what a person types after `nox -s`, read and handed to a verb."""

import argparse
import io
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from dojo import catalog, verbs
from dojo.errors import UsageError
from dojo.verbs import HAS_AUTHORS

INTERRUPTED = 130


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
    known = top.add_subparsers(dest="verb", required=True, metavar="VERB")
    add_learner_verbs(known)
    if HAS_AUTHORS:
        add_author_verbs(known)
    return top


def add_learner_verbs(known: object) -> None:
    """Add the verbs that every edition has."""
    add_check(known, "check", "mine", "run the tests of katas on your code")
    verb = add(known, "hint", "show the next hint for a function", verbs.hint)
    verb.add_argument("kata", nargs="?", help="a kata (default: the first that is not green)")
    verb.add_argument("function", nargs="?", help="a function (default: the first not green)")
    verb = add(known, "watch", "show a verdict at every save", verbs.watch)
    verb.add_argument("kata", nargs="?", help="a kata (default: the first that is not green)")
    verb = add(known, "solution", "show the reference solution of a kata", verbs.solution)
    verb.add_argument("kata")
    verb.add_argument("--yes", action="store_true", help="do not ask")
    verb = add(known, "reset", "put the pristine stub back, and keep your file", verbs.reset)
    verb.add_argument("kata")
    add(known, "progress", "show how far you are", verbs.progress)
    add(known, "tests", "run the whole test suite", verbs.tests)


def add_author_verbs(known: object) -> None:
    """Add the verbs that the learner's edition lacks."""
    from dojo.benchmarks.bench import add_benchmarks

    add_check(known, "solutions", "solutions", "run the tests of katas on the reference solutions")
    verb = add(known, "verify", "prove that katas are right", verbs.verify)
    verb.add_argument("katas", nargs="*", help="katas (default: all)")
    verb.add_argument("--only", action="append", metavar="PROOF", help="only this proof; repeat")
    verb.add_argument(
        "--thorough", action="store_true", help="judge under five seeds instead of one"
    )
    add_grade(known)
    add_benchmarks(add(known, "bench", "measure how long the tool takes", verbs.bench))
    add(known, "doctor", "tell what this machine is, and what isolation it has", verbs.doctor)
    verb = add(known, "new", "scaffold both halves of a new kata", verbs.new)
    verb.add_argument("name", help="the folder's name, like kata08_p_values")
    verb = add(known, "pythons", "run what must be green on every Python, on this", verbs.pythons)
    verb.add_argument("--quick", action="store_true", help="no mistakes; only some tests")
    add(known, "lint", "check format, types and the layers of the tool", verbs.lint)
    verb = add(known, "handout", "write the learner's edition into an empty folder", verbs.handout)
    verb.add_argument("dest", type=Path, help="a folder that is empty, or not there yet")


def add(known: object, name: str, text: str, run: object) -> argparse.ArgumentParser:
    """Add one verb."""
    verb: argparse.ArgumentParser = known.add_parser(  # type: ignore[attr-defined]
        name, help=text, description=text[0].upper() + text[1:] + "."
    )
    verb.set_defaults(run=run)
    return verb


def add_check(known: object, name: str, against: str, text: str) -> None:
    """Add a verb that checks katas."""
    verb = add(known, name, text, verbs.check)
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


def add_grade(known: object) -> None:
    """Add the verb that grades a cohort."""
    verb = add(known, "grade", "judge what a cohort of learners handed in", verbs.grade)
    verb.add_argument(
        "forks", nargs="+", help="a roster (CSV: learner,repo,ref), a fork, or a folder of forks"
    )
    verb.add_argument("--katas", help="katas, with commas between (default: all)")
    verb.add_argument("--seed", type=number(0), help="seed of a new store (default: drawn)")
    where = verb.add_mutually_exclusive_group()
    where.add_argument("--jobs", type=number(1), help="runs at once (default: one a core)")
    where.add_argument("--scheduler", default="", help="a dask.distributed one: tcp://host:port")
    verb.add_argument("--store", type=Path, help="verdicts (default: .dojo/grades.sqlite)")
    verb.add_argument("--out", type=Path, help="folder of the reports (default: grades)")
    verb.add_argument("--learner", default="", help="grade this one, reports in a folder of --out")
    verb.add_argument("--unsafe", action="store_true", help="grade without a sandbox")


def number(least: int) -> Callable[[str], int]:
    """Return the reader of a whole number that has a least value."""

    def read(word: str) -> int:
        if not word.isdecimal() or int(word) < least:
            raise argparse.ArgumentTypeError(f"{word!r} is no whole number from {least}")
        return int(word)

    return read
