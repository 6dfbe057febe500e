"""The reports of grading: every one is made from the gradebook, and from nothing else."""

import os
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from dojo.author.grade.gradebook import Gradebook
from dojo.author.grade.reports import feedback, gradescope, job_summary, junit, page, table
from dojo.author.grade.reports.row import Row, rows
from dojo.errors import UsageError

# What a report yields: names of files, relative to the folder of the reports, and their texts,
# whole or in pieces.
Report = Callable[[Gradebook, Sequence[Row]], Iterator[tuple[str, str | Iterable[str]]]]
REPORTS: tuple[Report, ...] = (
    table.report,
    page.report,
    feedback.report,
    junit.report,
    gradescope.report,
)


def write_reports(gradebook: Gradebook, out: Path) -> list[Path]:
    """Write all reports into a folder; return their files.

    The same gradebook gives the same files to the byte. UsageError where the folder refuses them.
    """
    written, shown = [], rows(gradebook)
    with refusals():
        for report in REPORTS:
            for name, text in report(gradebook, shown):
                written.append(out / name)
                write(out / name, text)
        job_summary.append(gradebook, shown)
    return written


@contextmanager
def refusals() -> Iterator[None]:
    """Say what a person can do where the folder of the reports takes no file."""
    try:
        yield
    except OSError as error:
        raise UsageError(
            f"The reports cannot be written ({error.strerror}: {error.filename}); make room or "
            "name another folder with --out."
        ) from None


def write(path: Path, text: str | Iterable[str]) -> None:
    """Write a file as a whole or not at all: who reads it meanwhile sees the old one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(prefix=".", dir=path.parent)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="") as file:
            file.writelines([text] if isinstance(text, str) else text)
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
