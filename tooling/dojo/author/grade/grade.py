"""`grade`: judges what a cohort of learners handed in, and writes what was found."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from rich.console import Console
from rich.table import Table

from dojo.author.grade.bar import shown
from dojo.author.grade.cohort import Cohort
from dojo.author.grade.filename import file_name
from dojo.author.grade.gradebook import Gradebook
from dojo.author.grade.reports import refusals, write_reports
from dojo.author.grade.reports.record import tidy
from dojo.author.grade.reports.table import safe
from dojo.author.grade.roster import Row, read_rows
from dojo.author.grade.scheduler import Schedule, run_here, run_on_cluster
from dojo.author.grade.store import Store, open_store
from dojo.author.judge.sandbox import require_walls
from dojo.errors import UsageError
from dojo.kata import catalog
from dojo.show import escape

INTERRUPTED = 130
# A fault is ours to mend, and comes first.
CODES = {"fault": 1, "unreadable": 3}
LONGEST = 500


@dataclass(frozen=True)
class Options:
    """What a person asked for; `jobs` is the number of runs at once, by default one a core.

    `repo` says where forks are, for a roster that does not; `clean` takes reports away of learners
    who are not in the roster any more.
    """

    katas: tuple[str, ...]
    seed: int | None
    jobs: int | None
    store: Path
    out: Path
    scheduler: str
    learner: str
    unsafe: bool
    repo: str = ""
    clean: bool = False


def grade(root: Path, words: Sequence[str], options: Options, console: Console) -> int:
    """Grade a cohort; return 0 if all was graded, 1 after a fault, 3 if a fork was unreadable."""
    if not options.unsafe and not options.scheduler:
        require_walls()
    katas = tuple(catalog.find(root, w) for w in options.katas) or tuple(catalog.katas(root))
    rows = choose(read_rows(words, Path.cwd(), options.repo), options.learner)
    with open_store(options.store, options.seed) as store:
        if store.is_new and options.seed is None:
            say(
                console,
                f"The store {options.store} is new; the seed {store.seed} was drawn for it.",
            )
        cohort = Cohort(root, katas, store.seed, options.unsafe)
        try:
            gradebook = find(cohort, rows, store, options, console)
        except KeyboardInterrupt:
            say(console, f"Stopped. {options.store} keeps what was judged: to go on, run it again.")
            return INTERRUPTED
    out = options.out / file_name(rows[0].learner) if options.learner else options.out
    paths = write_reports(gradebook, out)
    show(gradebook, cohort, console, {"store": options.store, "reports": out})
    with refusals():
        if told := tidy(out, paths, gradebook.learners, options.clean):
            say(console, told)
    found = {entry.status for entry in gradebook.entries}
    return next((code for status, code in CODES.items() if status in found), 0)


def choose(rows: list[Row], learner: str) -> list[Row]:
    """Keep one learner, if one is named: as in the roster, or as in the gradebook."""
    if not learner:
        return rows
    chosen = [row for row in rows if row.learner == learner]
    chosen = chosen or [row for row in rows if safe(row.learner) == learner]
    if not chosen:
        raise UsageError(f"None of the {counted(len(rows), 'learner')} is called {learner!r}.")
    return chosen


def find(
    cohort: Cohort, rows: Sequence[Row], store: Store, options: Options, console: Console
) -> Gradebook:
    """Read all forks, run what is not known yet, and return what was found."""
    say(console, f"Reading {counted(len(rows), 'fork')}.")
    cohort.read(rows, store)
    if cohort.jobs:
        with shown(console, len(cohort.jobs)) as step:
            for _ in cohort.run(schedule(cohort.root, options), store):
                step()
    return cohort.gradebook()


def schedule(root: Path, options: Options) -> Schedule:
    """Choose where the jobs run."""
    if options.scheduler:
        return partial(run_on_cluster, address=options.scheduler)
    return partial(run_here, root=root, unsafe=options.unsafe, size=options.jobs)


def show(
    gradebook: Gradebook, cohort: Cohort, console: Console, places: Mapping[str, Path]
) -> None:
    """Show in a short table what was done, and name what could not be graded."""
    for learner in gradebook.learners:
        if learner.problem:
            say(console, f"unreadable  {learner.name} ({learner.repo}): {learner.problem}")
    for entry in gradebook.entries:
        if entry.status == "fault":
            say(console, f"fault  {entry.learner}, {entry.kata}: {entry.reason}")
    table = Table(show_header=False)
    kept = [(name, str(path)) for name, path in places.items()]
    for name, text in [*figures(gradebook, cohort), *kept]:
        table.add_row(name, escape.line(text))
    console.print(table)


def figures(gradebook: Gradebook, cohort: Cohort) -> list[tuple[str, str]]:
    """List what the table shows."""
    found = Counter(entry.status for entry in gradebook.entries)
    keys = {cell.key for cell in cohort.cells if cell.key}
    ran = len(cohort.jobs)
    return [
        ("learners", str(len(gradebook.learners))),
        ("katas", str(len(gradebook.katas))),
        ("results", ", ".join(f"{n} {status}" for status, n in sorted(found.items()))),
        ("runs", f"{ran} now, {len(keys) - ran} known already"),
        ("faults", str(found["fault"])),
        ("unreadable forks", str(sum(bool(each.problem) for each in gradebook.learners))),
        ("isolation", gradebook.isolation),
        ("seed", str(gradebook.seed)),
    ]


def counted(count: int, noun: str) -> str:
    """Write a number with its noun."""
    return f"{count} {noun}{'s' * (count != 1)}"


def say(console: Console, text: str) -> None:
    """Print a line in which a stranger's text may stand."""
    console.print(escape.line(text, LONGEST), soft_wrap=True, markup=False, highlight=False)
