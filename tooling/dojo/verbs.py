"""What each verb does with what was typed: import what it needs, and hand its options on."""

import argparse
import sys
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from dojo.errors import UsageError
from dojo.kata import catalog

if TYPE_CHECKING:
    from dojo.learner.check import Options
    from dojo.run.request import Request
    from dojo.run.verdict import Verdict

# The learner's edition lacks the authors' half of the tool, and then has no verbs for it.
HAS_AUTHORS = (Path(__file__).parent / "author").is_dir()


def check(options: argparse.Namespace) -> int:
    """Run `check` or `solutions`."""
    from dojo.learner import check as verb

    everything = options.all or (options.against == "solutions" and not options.names)
    wanted = verb.targets(options.root, options.names, everything)
    with ExitStack() as stack:
        if options.mistake:
            options.file = stack.enter_context(mistaken(options, [kata for kata, _ in wanted]))
        return verb.check(options.root, wanted, chosen(options))


def chosen(options: argparse.Namespace) -> "Options":
    """Read how to check from what was typed."""
    from dojo.learner import check as verb

    return verb.Options(
        against=options.against,
        file=options.file.resolve() if options.file else None,
        named=bool(options.names),
        seed=options.seed,
        json=options.json,
        not_mine=options.not_mine,
        verbose=options.verbose,
        pytest_args=options.pytest_args,
        **({"run": judged(options)} if options.judged else {}),
    )


def mistaken(
    options: argparse.Namespace, katas: "Sequence[catalog.Kata]"
) -> "AbstractContextManager[Path]":
    """Have the file of a known mistake for a block; UsageError where no one kata is meant."""
    from dojo.author.verify.mistakes import handed_in

    if len(katas) != 1 or options.file:
        raise UsageError("A mistake belongs to one kata: name that, and no file.")
    return handed_in(katas[0], options.mistake)


def judged(options: argparse.Namespace) -> "Callable[[Request], list[Verdict]]":
    """Return the function that runs code in a sandbox; UsageError beside pytest's own output."""
    from dojo.author.judge.judge import run_judged

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
    from dojo.learner.watch import watch as verb

    root: Path = options.root
    kata = catalog.find(root, options.kata) if options.kata else targets.first_open(root)
    chosen = verb.Options(poll=options.poll, named=bool(options.kata))
    return verb.watch(root, kata, Console(), chosen)


def skip(options: argparse.Namespace) -> int:
    """Run `skip`."""
    from rich.console import Console

    from dojo.learner import skip as verb

    return verb.skip(options.root, catalog.find(options.root, options.kata), Console())


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

    from dojo.author.verify import verify as verb

    root: Path = options.root
    katas = [catalog.find(root, w) for w in options.katas] or catalog.katas(root)
    choose = verb.choose(options.only, again=options.all or options.thorough)
    return int(not verb.verify(katas, Console(), choose, thorough=options.thorough))


def doctor(options: argparse.Namespace) -> int:
    """Run `doctor`."""
    from rich.console import Console

    from dojo.author import doctor as verb

    return verb.doctor(Console())


def grade(options: argparse.Namespace) -> int:
    """Run `grade`."""
    if sys.platform != "linux":
        raise UsageError("Grading needs Linux; on other systems, run it in a container or in WSL.")
    from rich.console import Console

    from dojo.author.grade import grade as verb

    root: Path = options.root
    katas = tuple(word.strip() for word in (options.katas or "").split(",") if word.strip())
    if options.katas is not None and not katas:
        raise UsageError("--katas names no kata; leave it out to grade all of them.")
    chosen = verb.Options(
        katas=katas,
        seed=options.seed,
        jobs=options.jobs,
        store=options.store or root / ".dojo" / "grades.sqlite",
        out=options.out or root / "grades",
        scheduler=options.scheduler,
        learner=options.learner,
        unsafe=options.unsafe,
        repo=options.repo,
        clean=options.clean,
    )
    return verb.grade(root, options.forks, chosen, Console())


def new(options: argparse.Namespace) -> int:
    """Run `new`."""
    from dojo.author import new as verb

    return verb.scaffold(options.root, options.name)


def tests(options: argparse.Namespace) -> int:
    """Run `tests`: in the learner's edition, those of the tool."""
    if not HAS_AUTHORS:
        from dojo.learner import selftest

        return selftest.run(options.root, options.pytest_args)
    from dojo.author import suite as verb

    return verb.tests(options.root, options.pytest_args)


def pythons(options: argparse.Namespace) -> int:
    """Run `pythons`: in each environment that its session made."""
    from dojo.author import suite as verb

    return verb.pythons(options.root, quick=options.quick)


def lint(options: argparse.Namespace) -> int:
    """Run `lint`."""
    from dojo.author import suite as verb

    return verb.lint(options.root)


def handout(options: argparse.Namespace) -> int:
    """Run `handout`."""
    from dojo.author import handout as verb

    return verb.handout(options.root, options.dest)
