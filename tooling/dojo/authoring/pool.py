"""Many verdicts at once: one warm process a core."""

import os
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing, contextmanager
from functools import partial
from itertools import chain
from pathlib import Path
from queue import SimpleQueue

from dojo.catalog import Kata
from dojo.request import Request
from dojo.verdict import Verdict
from dojo.warm import Runner, start_runner


class Pool:
    """Runs requests on all cores; each worker has its own warm process."""

    def __init__(self, runners: Sequence[Runner]) -> None:
        """Share out these runners among as many threads."""
        self.idle: SimpleQueue[Runner] = SimpleQueue()
        for runner in runners:
            self.idle.put(runner)
        self.threads = ThreadPoolExecutor(len(runners))

    def run(self, kata: Kata, request: Request) -> list[Verdict]:
        """Run one request on an idle runner."""
        runner = self.idle.get()
        try:
            return runner.run(kata, request)
        finally:
            self.idle.put(runner)

    def verdicts(self, kata: Kata, requests: Iterable[Request]) -> list[Verdict]:
        """Run requests, in any order; the verdicts come in the order of requests and seeds."""
        return list(chain.from_iterable(self.threads.map(partial(self.run, kata), requests)))


@contextmanager
def pool(root: Path, size: int | None = None) -> Iterator[Pool]:
    """Start a pool of warm processes, by default one a core."""
    with ExitStack() as stack:
        count = size or os.cpu_count() or 1
        runners = [stack.enter_context(closing(start_runner(root))) for _ in range(count)]
        workers = Pool(runners)
        stack.callback(workers.threads.shutdown, cancel_futures=True)
        yield workers
