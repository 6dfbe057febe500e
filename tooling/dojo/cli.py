"""The verbs: what a person types after `nox -s`, read and handed on."""

import argparse
import io
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from dojo import catalog
from dojo.benchmarks.bench import add_benchmarks
from dojo.errors import UsageError

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
    verbs = top.add_subparsers(dest="verb", required=True, metavar="VERB")
    add_check(verbs, "check", "mine", "run the tests of katas on your code")
    add_check(verbs, "solutions", "solutions", "run the tests of katas on the reference solutions")
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
    verb = add(verbs, "verify", "prove that katas are right", verify)
    verb.add_argument("katas", nargs="*", help="katas (default: all)")
    verb.add_argument("--only", action="append", metavar="PROOF", help="only this proof; repeat")
    add_benchmarks(add(verbs, "bench", "measure how long the tool takes", bench))
    verb = add(verbs, "new", "scaffold both halves of a new kata", new)
    verb.add_argument("name", help="the folder's name, like kata08_p_values")
    add(verbs, "tests", "run the whole test suite of the project", tests)
    add(verbs, "lint", "check format, types and the layers of the tool", lint)
    return top


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
    )
    wanted = verb.targets(options.root, options.names, everything)
    return verb.check(options.root, wanted, chosen)


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
    return int(not verb.verify(katas, Console(), options.only))


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
    """Run `tests`."""
    from dojo.authoring import suite as verb

    return verb.tests(options.root, options.pytest_args)


def lint(options: argparse.Namespace) -> int:
    """Run `lint`."""
    from dojo.authoring import suite as verb

    return verb.lint(options.root)
