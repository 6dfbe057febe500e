"""A cohort: what every learner handed in for every kata, what of it has to run, what was found."""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event

from dojo.author.grade import submission
from dojo.author.grade.gradebook import Entry, Gradebook, Learner, Status
from dojo.author.grade.job import Job
from dojo.author.grade.key import Key, hash_of_file, hash_of_kata, version_of_judge, version_of_tool
from dojo.author.grade.roster import Row
from dojo.author.grade.scheduler import Schedule
from dojo.author.grade.store import Store
from dojo.author.grade.submission import File, Submission
from dojo.author.judge.sandbox import isolation_of
from dojo.kata.catalog import Kata
from dojo.run.verdict import Verdict

READERS = 8


@dataclass(frozen=True)
class Cell:
    """What is known of a learner's kata before anything runs; a key where a verdict decides."""

    learner: str
    kata: str
    status: Status
    reason: str = ""
    key: Key | None = None


@dataclass
class Cohort:
    """Learners and katas under one seed and one isolation, and what each handed in."""

    root: Path
    katas: tuple[Kata, ...]
    seed: int
    unsafe: bool
    learners: list[Learner] = field(default_factory=list)
    cells: list[Cell] = field(default_factory=list)
    jobs: dict[Key, Job] = field(default_factory=dict)
    verdicts: dict[Key, Verdict] = field(default_factory=dict)
    faults: dict[Key, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Read what is the same for all learners once."""
        self.version = version_of_tool(self.root)
        self.judge = version_of_judge(self.root)
        self.isolation = isolation_of(self.unsafe)
        self.editions = {kata.name: hash_of_kata(kata) for kata in self.katas}
        self.stubs = {kata.name: kata.pristine.read_text(encoding="utf-8") for kata in self.katas}

    def read(self, rows: Sequence[Row], store: Store) -> None:
        """Read all forks, several at once, and decide what has to run."""
        cache = store.path.with_name(f"{store.path.name}.forks")

        stop = Event()

        def submitted(row: Row) -> Submission:
            if row.problem:
                return Submission(problem=row.problem)
            return submission.read(row.place, row.ref, self.katas, cache, stop)

        with store.reading(), ThreadPoolExecutor(READERS) as threads, set_at_end(stop):
            for row, handed_in in zip(rows, threads.map(submitted, rows), strict=True):
                self.take(row, handed_in, store)

    def take(self, row: Row, handed_in: Submission, store: Store) -> None:
        """Decide about one learner's katas."""
        problem = handed_in.problem.replace(row.place, row.repo)
        self.learners.append(Learner(row.learner, row.repo, handed_in.commit, problem))
        for kata in self.katas:
            if handed_in.files is None:
                self.cells.append(Cell(row.learner, kata.name, "unreadable", problem))
            else:
                self.cells.append(self.cell(row, kata, handed_in.files[kata.name], store))

    def cell(self, row: Row, kata: Kata, file: File, store: Store) -> Cell:
        """Decide about one file; the same file of two learners is one job."""
        if file.status != "file":
            return Cell(row.learner, kata.name, file.status, file.reason)
        if file.text == self.stubs[kata.name]:
            return Cell(row.learner, kata.name, "untouched")
        edition, content = self.editions[kata.name], file.content
        key = Key(hash_of_file(content), edition, self.judge, self.seed, self.isolation)
        if key not in self.verdicts:
            if known := store.get(key):
                self.verdicts[key] = known
            else:
                root = str(self.root)
                job = Job(root, kata.name, edition, self.judge, content, self.seed, self.unsafe)
                self.jobs[key] = job
        return Cell(row.learner, kata.name, "graded", key=key)

    def run(self, schedule: Schedule, store: Store) -> Iterator[Key]:
        """Have all jobs run, and keep each verdict as it arrives; a fault is no verdict to keep."""
        with closing(schedule(self.jobs)) as verdicts:
            for key, verdict in verdicts:
                if verdict.fault:
                    self.faults[key] = verdict.fault
                else:
                    self.verdicts[key] = store.put(key, verdict)
                yield key

    def gradebook(self) -> Gradebook:
        """Return everything that was found."""
        return Gradebook(
            self.seed,
            self.isolation,
            self.version,
            self.katas,
            tuple(self.learners),
            tuple(map(self.entry, self.cells)),
        )

    def entry(self, cell: Cell) -> Entry:
        """Return the result of one cell."""
        if cell.key is None:
            return Entry(cell.learner, cell.kata, cell.status, cell.reason)
        if cell.key in self.faults:
            return Entry(cell.learner, cell.kata, "fault", self.faults[cell.key])
        return Entry(cell.learner, cell.kata, "graded", verdict=self.verdicts[cell.key])


@contextmanager
def set_at_end(event: Event) -> Iterator[None]:
    """Set an event when the block ends, however it ends."""
    try:
        yield
    finally:
        event.set()
