"""One run that grading asks for, as plain data, and the function that gives its verdict.

The function is the same here and on another machine: it needs nothing but the job, and a workbook
under the same path.
"""

import re
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from threading import local

from dojo.author.grade.key import hash_of_kata, version_of_judge
from dojo.author.judge.judge import Judge
from dojo.author.judge.sandbox import isolation_of
from dojo.kata import catalog
from dojo.kata.catalog import Kata
from dojo.run.request import Request, ask
from dojo.run.scratch import IN_MEMORY, scratch_folder
from dojo.run.verdict import TestResult, Verdict
from dojo.run.warm import Runner

Run = Callable[[Request], list[Verdict]]

# Where a run keeps its files, as a whole or cut short; what a test has of its own lies in `tmp`.
SCRATCH = re.compile(rf"{re.escape(IN_MEMORY or tempfile.gettempdir())}/dojo-\w{{0,8}}(/tmp)?")
version_here = cache(version_of_judge)


@dataclass(frozen=True)
class Job:
    """A learner's file, and the kata, in the edition of that hash, that it is to be judged by.

    `version` is the hash of the tool and the libraries that judge.
    """

    root: str
    kata: str
    edition: str
    version: str
    content: bytes
    seed: int
    unsafe: bool = False


class Own(local):
    """The runners of one thread, by workbook and isolation; they end with their process."""

    def __init__(self) -> None:
        """Start with none."""
        self.runners: dict[tuple[str, bool], Runner] = {}


OWN = Own()


def judge(job: Job) -> Verdict:
    """Give the verdict of one job, with a runner that this thread keeps for the next one.

    It may be called on another machine, where the tool must be the same.
    """
    if version_here(Path(job.root)) != job.version:
        return fault(job, "The tool or a library is another here than where grading was started.")
    place = job.root, job.unsafe

    def run(request: Request) -> list[Verdict]:
        if place not in OWN.runners:
            OWN.runners[place] = runner_for(Path(request.root), job.unsafe)
        return OWN.runners[place].run(request)

    return judge_with(run, job)


def runner_for(root: Path, unsafe: bool) -> Runner:
    """Start the runner that grading uses; UsageError where this machine has no sandbox."""
    return Judge(root, catalog.katas(root), unsafe=unsafe)


def judge_with(run: Run, job: Job) -> Verdict:
    """Give the verdict of one job; whatever fails around the run is a fault, never a red test."""
    kata = Kata(Path(job.root), job.kata)
    try:
        if hash_of_kata(kata) != job.edition:
            return fault(job, "The kata is another here than where grading was started.")
        with scratch_folder() as folder:
            file = Path(folder).resolve() / kata.mine.name
            file.write_bytes(job.content)
            verdict = run(ask(kata, job.seed, file=file, digests="told"))[0]
    except Exception as error:
        return fault(job, f"The run failed: {error or type(error).__name__}")
    if verdict.isolation != isolation_of(job.unsafe):
        return fault(job, f"The run was isolated by {verdict.isolation!r} only.")
    return lasting(verdict, str(file), kata)


def fault(job: Job, text: str) -> Verdict:
    """Return the verdict of a run that told nothing of the learner."""
    return Verdict(job.kata, "", job.seed, isolation_of(job.unsafe), (), fault=text)


def lasting(verdict: Verdict, file: str, kata: Kata) -> Verdict:
    """Return a verdict as it is kept: no times, and no places that are another at each run.

    The file has the learner's name for it; what a test has on disk lies in /tmp.
    """
    name = kata.mine.relative_to(kata.root).as_posix()

    def plain(text: str) -> str:
        return SCRATCH.sub("/tmp", text.replace(file, name))

    def renamed(test: TestResult) -> TestResult:
        return replace(
            test,
            message=plain(test.message),
            calls=tuple(map(plain, test.calls)),
            where=plain(test.where),
            printed=plain(test.printed),
            seconds=0.0,
        )

    tests = tuple(map(renamed, verdict.tests))
    return replace(verdict, against=name, tests=tests, fault=plain(verdict.fault), seconds=0.0)
