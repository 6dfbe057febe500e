"""Where jobs run: on this machine's cores, or on a cluster."""

import importlib
import os
from collections.abc import Callable, Generator, Mapping
from concurrent.futures import as_completed
from functools import partial
from pathlib import Path
from typing import Any

from dojo import limits
from dojo.author.grade.job import Job, fault, judge, judge_with, runner_for
from dojo.author.grade.key import Key
from dojo.errors import UsageError
from dojo.run.pool import pool
from dojo.run.verdict import Verdict

# Verdicts as they arrive, in any order, each with its key; closing it gives up what is under way.
Verdicts = Generator[tuple[Key, Verdict], None, None]
Schedule = Callable[[Mapping[Key, Job]], Verdicts]


def run_here(jobs: Mapping[Key, Job], root: Path, unsafe: bool, size: int | None) -> Verdicts:
    """Yield verdicts as they arrive from some runners on this machine, by default one a core."""
    count = min(size or os.cpu_count() or 1, len(jobs))
    if not count:
        return
    with pool(root, count, partial(runner_for, unsafe=unsafe)) as workers:
        keys = {
            workers.threads.submit(judge_with, workers.run, job): key for key, job in jobs.items()
        }
        for done in as_completed(keys):
            yield keys.pop(done), done.result()


def run_on_cluster(jobs: Mapping[Key, Job], address: str) -> Verdicts:
    """Yield verdicts as they arrive from the workers of a dask.distributed scheduler.

    Workers need this workbook under the same path, and its `tooling` on their PYTHONPATH.
    """
    try:
        distributed: Any = importlib.import_module("distributed")
    except ImportError:
        raise UsageError(
            "--scheduler needs dask.distributed: install the dependency group cluster."
        ) from None
    try:
        client = distributed.Client(address, timeout=limits.CONNECT_SECONDS)
    except (OSError, ValueError) as error:
        raise UsageError(f"No scheduler answers at {address} ({error}).") from None
    with client:
        keys = {client.submit(judge, job, pure=False): key for key, job in jobs.items()}
        for done in distributed.as_completed(keys):
            key = keys.pop(done)
            yield key, verdict_of(done, jobs[key])


def verdict_of(done: Any, job: Job) -> Verdict:
    """Return what a future brought; a worker that died has brought a fault."""
    error = done.exception()
    if error is not None:
        return fault(job, f"The cluster failed: {error!r}")
    verdict: Verdict = done.result()
    return verdict
