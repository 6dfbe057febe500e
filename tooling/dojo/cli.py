"""The command line: what a person types after `nox -s`, read and handed to a verb."""

import argparse
import io
import os
import sys
import traceback
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NoReturn

from dojo import verbs
from dojo.errors import UsageError, say
from dojo.kata import catalog
from dojo.verbs import HAS_AUTHORS

INTERRUPTED = 130
A_KATA = "a kata: 7, kata07, sample_size, or a path into it"
FIRST_OPEN = "a kata (default: the first that is not green)"


def main(argv: Sequence[str], parser: Callable[[], argparse.ArgumentParser]) -> int:
    """Run one verb of a parser; return its exit code: 0 done, 1 red, 2 a wrong use or a fault."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # What a learner's code says may not fit into the encoding of a pipe.
            stream.reconfigure(errors="backslashreplace")
    try:
        code = perform(argv, parser())
        sys.stdout.flush()
        return code
    except UsageError as error:
        say(str(error))
        return 2
    except KeyboardInterrupt:
        say("Stopped.")
        return INTERRUPTED
    except BrokenPipeError:
        sys.stderr.close()
        return 1
    except Exception as error:
        return give_up(error, tell_all="-v" in argv or bool(os.environ.get("DOJO_DEBUG")))


def perform(argv: Sequence[str], parser: argparse.ArgumentParser) -> int:
    """Read what was typed, and run the verb."""
    words, rest = split(argv)
    options, strange = parser.parse_known_args(words)
    if strange:
        options.complain(f"{options.verb} does not know {' '.join(strange)}")
    options.root = catalog.find_root(Path.cwd())
    options.pytest_args = rest
    run: Callable[[argparse.Namespace], int] = options.run
    return run(options)


def give_up(error: Exception, *, tell_all: bool) -> int:
    """Say in a sentence that the tool itself failed, and where; a traceback only if asked for."""
    if tell_all:
        traceback.print_exception(error)
    last = traceback.extract_tb(error.__traceback__)[-1]
    what = "".join(traceback.format_exception_only(error)).strip()
    who = "The system stopped the tool" if isinstance(error, OSError) else "The tool itself failed"
    where = f"{Path(last.filename).name}:{last.lineno}"
    say(
        f"{who}, which is no fault of your code: {what} ({where}). If it happens again, run it "
        "with DOJO_DEBUG=1 in the environment, and send what that shows to those who gave you "
        "the workbook."
    )
    try:
        sys.stdout.flush()
    except OSError:
        # Else Python fails at it once more when it ends, and with an exit code of its own.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 2


def split(argv: Sequence[str]) -> tuple[list[str], tuple[str, ...]]:
    """Split the words at the first `--`: what comes after is pytest's."""
    words = list(argv)
    at = words.index("--") if "--" in words else len(words)
    return words[:at], tuple(words[at + 1 :])


class Parser(argparse.ArgumentParser):
    """A parser that says in a sentence what is wrong, under the line that a person types."""

    def error(self, message: str) -> NoReturn:
        """End with the usage and a sentence."""
        self.print_usage(sys.stderr)
        self.exit(2, f"{message[0].upper()}{message[1:]}.\n")


def parser() -> argparse.ArgumentParser:
    """Build the parser of all verbs; each verb has its own `--help`."""
    top = Parser(
        prog="nox -s", usage="nox -s VERB -- ...", description="Data science interview katas."
    )
    known = top.add_subparsers(dest="verb", required=True, metavar="VERB")
    add_learner_verbs(known)
    if HAS_AUTHORS:
        add_author_verbs(known)
    return top


def add_learner_verbs(known: object) -> None:
    """Add the verbs that every edition has."""
    add_check(known, "check", "mine", "run the tests of katas on your code")
    verb = add(known, "hint", "show the next hint for a function", verbs.hint)
    verb.add_argument(
        "kata", metavar="KATA", nargs="?", help="a kata (default: the first that is not green)"
    )
    verb.add_argument(
        "function", metavar="FUNCTION", nargs="?", help="a function (default: the first not green)"
    )
    verb = add(known, "watch", "show a verdict at every save", verbs.watch)
    verb.add_argument(
        "kata", metavar="KATA", nargs="?", help="a kata (default: the first that is not green)"
    )
    verb.add_argument(
        "--poll", action="store_true", help="look for saves, where the system tells of none"
    )
    verb = add(known, "skip", "pass over a kata until it is named again", verbs.skip)
    verb.add_argument("kata", metavar="KATA", help=A_KATA)
    verb = add(known, "solution", "show the reference solution of a kata", verbs.solution)
    verb.add_argument("kata", metavar="KATA", help=A_KATA)
    verb.add_argument("--yes", action="store_true", help="do not ask")
    verb = add(known, "reset", "put the pristine stub back, and keep your file", verbs.reset)
    verb.add_argument("kata", metavar="KATA", help=A_KATA)
    add(known, "progress", "show how far you are", verbs.progress)
    add(known, "tests", "run the whole test suite", verbs.tests)


def add_author_verbs(known: object) -> None:
    """Add the verbs that the learner's edition lacks."""
    verb = add_check(
        known, "solutions", "solutions", "run the tests of katas on the reference solutions"
    )
    verb.add_argument("--mistake", metavar="NAME", help="on the reference with a known mistake")
    verb = add(known, "verify", "prove that katas are right", verbs.verify)
    verb.add_argument("katas", metavar="KATA", nargs="*", help="katas (default: all)")
    verb.add_argument("--only", action="append", metavar="PROOF", help="only this proof; repeat")
    verb.add_argument("--all", action="store_true", help="what was proved before, too")
    verb.add_argument(
        "--thorough", action="store_true", help="judge under five seeds instead of one"
    )
    add_grade(known)
    add(known, "doctor", "tell what this machine is, and what isolation it has", verbs.doctor)
    verb = add(known, "new", "scaffold both halves of a new kata", verbs.new)
    verb.add_argument("name", metavar="NAME", help="the folder's name, like kata08_p_values")
    verb = add(known, "pythons", "run what must be green on every Python, on this", verbs.pythons)
    verb.add_argument("--quick", action="store_true", help="no mistakes; only some tests")
    add(known, "lint", "check format, types and the layers of the tool", verbs.lint)
    verb = add(known, "handout", "write the learner's edition into an empty folder", verbs.handout)
    verb.add_argument(
        "dest", metavar="DEST", type=Path, help="a folder that is empty, or not there yet"
    )


def add(known: object, name: str, text: str, run: object) -> argparse.ArgumentParser:
    """Add one verb."""
    verb: argparse.ArgumentParser = known.add_parser(  # type: ignore[attr-defined]
        name,
        prog=f"nox -s {name} --",
        help=text,
        description=text[0].upper() + text[1:] + ".",
    )
    verb.set_defaults(run=run, complain=verb.error)
    return verb


def add_check(known: object, name: str, against: str, text: str) -> argparse.ArgumentParser:
    """Add a verb that checks katas."""
    verb = add(known, name, text, verbs.check)
    verb.epilog = f"What follows a second -- goes to pytest: nox -s {name} -- kata07 -- --pdb"
    verb.set_defaults(against=against)
    verb.add_argument(
        "names", metavar="NAME", nargs="*", help="katas, each with functions after it if wanted"
    )
    verb.add_argument("--all", action="store_true", help="all katas")
    verb.add_argument("--file", type=Path, help="test this file instead")
    verb.add_argument("--json", action="store_true", help="print the verdict as JSON, a line each")
    verb.add_argument("--seed", type=int, default=1, help="seed of the tests' data (default: 1)")
    verb.add_argument("-v", dest="verbose", action="store_true", help="show pytest's own output")
    verb.add_argument(
        "--not-mine", action="store_true", help="deny the mistake that is told: say so no more"
    )
    verb.set_defaults(judged=False, mistake="")
    if HAS_AUTHORS:
        verb.add_argument(
            "--judged", action="store_true", help="run the code in a sandbox, as grading does"
        )
    return verb


def add_grade(known: object) -> None:
    """Add the verb that grades a cohort."""
    verb = add(known, "grade", "judge what a cohort of learners handed in", verbs.grade)
    verb.add_argument(
        "forks",
        metavar="FORK",
        nargs="+",
        help="a roster (CSV: learner,repo,ref), a fork, or a folder of forks",
    )
    verb.add_argument("--katas", help="katas, with commas between (default: all)")
    verb.add_argument("--seed", type=number(0), help="seed of a new store (default: drawn)")
    where = verb.add_mutually_exclusive_group()
    where.add_argument("--jobs", type=number(1), help="runs at once (default: one a core)")
    where.add_argument("--scheduler", default="", help="a dask.distributed one: tcp://host:port")
    verb.add_argument("--store", type=Path, help="verdicts (default: .dojo/grades.sqlite)")
    verb.add_argument("--out", type=Path, help="folder of the reports (default: grades)")
    verb.add_argument("--learner", default="", help="grade this one, reports in a folder of --out")
    verb.add_argument("--repo", default="", help="where forks are: forks/{github_username}.git")
    verb.add_argument(
        "--clean", action="store_true", help="remove reports of learners who left the roster"
    )
    verb.add_argument("--unsafe", action="store_true", help="grade without a sandbox")


def number(least: int) -> Callable[[str], int]:
    """Return the reader of a whole number that has a least value."""

    def read(word: str) -> int:
        if not word.isdecimal() or int(word) < least:
            raise argparse.ArgumentTypeError(f"{word!r} is no whole number from {least}")
        return int(word)

    return read
