"""One run that grading asks for, as plain data, and the function that gives its verdict.

The function is the same here and on another machine: it needs nothing but the job, and a workbook
under the same path.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from threading import local

from dojo.catalog import Kata
from dojo.grading.key import hash_of_kata
from dojo.grading.runners import isolation_of, runner_for
from dojo.request import Request, ask
from dojo.supervisor import scratch_folder
from dojo.verdict import TestResult, Verdict
from dojo.warm import Runner

Run = Callable[[Kata, Request], list[Verdict]]


@dataclass(frozen=True)
class Job:
    """A learner's file, and the kata, in the edition of that hash, that it is to be judged by."""

    root: str
    kata: str
    edition: str
    text: str
    seed: int
    unsafe: bool = False


class Own(local):
    """The runners of one thread, by workbook and isolation; they end with their process."""

    def __init__(self) -> None:
        """Start with none."""
        self.runners: dict[tuple[str, bool], Runner] = {}


OWN = Own()


def judge(job: Job) -> Verdict:
    """Give the verdict of one job, with a runner that this thread keeps for the next one."""
    place = job.root, job.unsafe

    def run(kata: Kata, request: Request) -> list[Verdict]:
        if place not in OWN.runners:
            OWN.runners[place] = runner_for(kata.root, job.unsafe)
        return OWN.runners[place].run(kata, request)

    return judge_with(run, job)


def judge_with(run: Run, job: Job) -> Verdict:
    """Give the verdict of one job; whatever fails around the run is a fault, never a red test."""
    kata = Kata(Path(job.root), job.kata)
    try:
        if hash_of_kata(kata) != job.edition:
            return fault(job, "The kata is another here than where grading was started.")
        with scratch_folder() as folder:
            file = Path(folder).resolve() / kata.mine.name
            file.write_bytes(job.text.encode())
            verdict = run(kata, ask(kata, job.seed, file=file))[0]
    except Exception as error:
        return fault(job, f"The run failed: {error or type(error).__name__}")
    if verdict.isolation != isolation_of(job.unsafe):
        return fault(job, f"The run was isolated by {verdict.isolation!r} only.")
    return lasting(verdict, str(file), kata)


def fault(job: Job, text: str) -> Verdict:
    """Return the verdict of a run that told nothing of the learner."""
    return Verdict(job.kata, "", job.seed, isolation_of(job.unsafe), (), fault=text)


def lasting(verdict: Verdict, file: str, kata: Kata) -> Verdict:
    """Return a verdict as it is kept: no times, and the file under the learner's name for it."""
    name = kata.mine.relative_to(kata.root).as_posix()

    def renamed(test: TestResult) -> TestResult:
        return replace(
            test,
            message=test.message.replace(file, name),
            calls=tuple(call.replace(file, name) for call in test.calls),
            where=test.where.replace(file, name),
            printed=test.printed.replace(file, name),
            seconds=0.0,
        )

    tests = tuple(map(renamed, verdict.tests))
    text = verdict.fault.replace(file, name)
    return replace(verdict, against=name, tests=tests, fault=text, seconds=0.0)
