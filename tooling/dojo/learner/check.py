"""`check`: run a learner's katas, show what to do next, keep a line in the journal."""

import importlib
import json
import os
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from dojo.errors import UsageError, say
from dojo.kata import catalog
from dojo.kata.catalog import Kata
from dojo.learner import disown, journal, skip
from dojo.run.cold import run_cold
from dojo.run.request import Request, ask
from dojo.run.verdict import Verdict


@dataclass(frozen=True)
class Options:
    """How to check: whose code, under which seed, shown how; `pytest_args` go to pytest.

    `run` gives the verdicts: in a process of their own, or judged. `named` is whether the katas
    were asked for by their names, `not_mine` that the learner denies what is told.
    """

    against: str = "mine"
    file: Path | None = None
    named: bool = False
    seed: int = 1
    json: bool = False
    not_mine: bool = False
    verbose: bool = False
    pytest_args: tuple[str, ...] = ()
    run: Callable[[Request], list[Verdict]] = run_cold

    @property
    def is_practice(self) -> bool:
        """Whether this checks the learner's own work, which the journal keeps."""
        return self.against == "mine" and self.file is None


Target = tuple[Kata, tuple[str, ...]]
Found = tuple[Kata, Verdict]


def targets(root: Path, words: Sequence[str], everything: bool) -> list[Target]:
    """Read names of katas, each followed by names of its functions; UsageError for others."""
    if everything:
        return [(kata, ()) for kata in catalog.katas(root)]
    if not words:
        return [(first_open(root), ())]
    found: list[Target] = []
    for word in words:
        if found and word in found[-1][0].functions:
            kata, functions = found[-1]
            found[-1] = kata, (*functions, word)
        else:
            found.append((find(root, word, found), ()))
    return found


def find(root: Path, word: str, found: Sequence[Target]) -> Kata:
    """Find a kata; where the word follows a kata, it may be a function misspelt."""
    try:
        return catalog.find(root, word)
    except UsageError:
        if not found:
            raise
        catalog.find_function(found[-1][0], word)
        raise


def first_open(root: Path) -> Kata:
    """Return the first kata that is not green, of those that were skipped only where all are."""
    katas = catalog.katas(root)
    if not katas:
        raise UsageError("There is no kata in katas/ yet: nox -s new -- kata01_name makes one.")
    histories = journal.read(root)
    skipped = (k for k in katas if not history(histories, k).green(k))
    return next(still_open(katas, histories), next(skipped, katas[0]))


def following(
    root: Path, done: Kata, histories: dict[str, journal.History] | None = None
) -> Kata | None:
    """Return the next kata to do after one: the next open one, or None when there is none."""
    katas = catalog.katas(root)
    order = katas[katas.index(done) + 1 :] + katas[: katas.index(done)]
    return next(still_open(order, journal.read(root) if histories is None else histories), None)


def still_open(katas: Sequence[Kata], histories: dict[str, journal.History]) -> Iterator[Kata]:
    """Yield the katas that are neither green nor skipped, in their order."""
    known = ((kata, history(histories, kata)) for kata in katas)
    return (kata for kata, past in known if not past.skipped and not past.green(kata))


def history(histories: dict[str, journal.History], kata: Kata) -> journal.History:
    """Return what the journal tells of a kata, which may be nothing."""
    return histories.get(kata.name, journal.History())


def check(root: Path, wanted: Sequence[Target], options: Options) -> int:
    """Check katas and show what was found; return the exit code."""
    if options.file is not None and not options.file.is_file():
        raise UsageError(f"There is no file {options.file}.")
    # Rich takes as long to import as the child takes to start: let it happen meanwhile.
    threading.Thread(target=importlib.import_module, args=("dojo.show.report",)).start()
    found = [(kata, run(kata, functions, options)) for kata, functions in wanted]
    noted: list[str] = []
    if options.is_practice:
        found = [(kata, disown.admitted(root, kata, verdict)) for kata, verdict in found]
        if options.not_mine:
            found, noted = deny(root, found)
    unsaved = [keep(root, found, named=options.named)] if options.is_practice else []
    if options.json:
        for _, verdict in found:
            print(json.dumps(verdict.to_json()))
    elif not passes_through(options):
        show(root, found)
    if summary := os.environ.get("GITHUB_STEP_SUMMARY"):
        unsaved.append(summarise(Path(summary), found))
    sys.stdout.flush()
    for sentence in filter(None, [*noted, *unsaved]):
        say(sentence)
    return max(verdict.exit_code for _, verdict in found)


def deny(root: Path, found: Sequence[Found]) -> tuple[list[Found], list[str]]:
    """Deny what the report would tell; the verdicts without it, and what is to be said of that."""
    kata, verdict = next((f for f in found if not f[1].green), found[-1])
    first = verdict.first_to_do()
    if first is None:
        return list(found), [f"No test of {kata.short} is red: no mistake is named."]
    left, sentence = disown.disown(root, kata, verdict, first.function)
    return [(k, left if v is verdict else v) for k, v in found], [sentence]


def keep(root: Path, found: Sequence[tuple[Kata, Verdict]], *, named: bool) -> str:
    """Keep what was found, faults apart; "", or why it could not be saved.

    A kata that was skipped is taken up again by who names it.
    """
    unsaved = [skip.take_up(root, kata) for kata, _ in found if named]
    unsaved += [journal.write_check(root, k, verdict) for k, verdict in found if not verdict.fault]
    return next(filter(None, unsaved), "")


def passes_through(options: Options) -> bool:
    """Tell whether pytest's own output is asked for."""
    return options.verbose or bool(options.pytest_args)


def run(kata: Kata, functions: tuple[str, ...], options: Options) -> Verdict:
    """Run one kata's tests."""
    extra = ("-v", *options.pytest_args) if options.verbose else options.pytest_args
    request = ask(
        kata,
        options.seed,
        against=options.against,
        file=options.file,
        functions=functions,
        isolated=not passes_through(options),
        pytest_args=extra,
        digests="no" if options.against == "stub" else "told",
    )
    return options.run(request)[0]


def show(root: Path, found: Sequence[tuple[Kata, Verdict]]) -> None:
    """Show verdicts in the terminal or a pipe."""
    from rich.console import Console

    from dojo.show import report

    kata, verdict = found[-1]
    open_ones = journal.read(root).get(kata.name, journal.History()).still_open(kata)
    to_go = [f for f in open_ones if f not in verdict.functions]
    report.show(Console(file=sys.stdout), found, following(root, kata), len(to_go))


def summarise(path: Path, found: Sequence[tuple[Kata, Verdict]]) -> str:
    """Append a job summary to the file that GitHub names; "", or why that was not possible."""
    from dojo.show import github

    try:
        github.append(path, found)
    except OSError as error:
        return f"The job summary could not be written: {path}: {error.strerror}."
    return ""
