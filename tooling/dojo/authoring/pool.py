"""Many verdicts at once: one warm process a core."""

import os
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from functools import partial
from itertools import chain
from pathlib import Path
from queue import SimpleQueue

from dojo.catalog import Kata
from dojo.request import Request
from dojo.verdict import Verdict
from dojo.warm import Run, runner


class Pool:
    """Runs requests on all cores; each worker has its own warm process."""

    def __init__(self, runs: Sequence[Run]) -> None:
        """Share out these runners among as many threads."""
        self.idle: SimpleQueue[Run] = SimpleQueue()
        for run in runs:
            self.idle.put(run)
        self.threads = ThreadPoolExecutor(len(runs))

    def run(self, kata: Kata, request: Request) -> list[Verdict]:
        """Run one request on an idle runner."""
        run = self.idle.get()
        try:
            return run(kata, request)
        finally:
            self.idle.put(run)

    def verdicts(self, kata: Kata, requests: Iterable[Request]) -> list[Verdict]:
        """Run requests, in any order; the verdicts come in the order of requests and seeds."""
        return list(chain.from_iterable(self.threads.map(partial(self.run, kata), requests)))


@contextmanager
def pool(root: Path, size: int | None = None) -> Iterator[Pool]:
    """Start a pool of warm processes, by default one a core."""
    with ExitStack() as stack:
        count = size or os.cpu_count() or 1
        workers = Pool([stack.enter_context(runner(root)) for _ in range(count)])
        stack.callback(workers.threads.shutdown, cancel_futures=True)
        yield workers
