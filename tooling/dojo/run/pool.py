"""Many verdicts at once: one warm process a core."""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing, contextmanager
from itertools import chain
from pathlib import Path
from queue import SimpleQueue

from dojo.run.request import Request
from dojo.run.verdict import Verdict
from dojo.run.warm import Runner, start_runner


class Pool:
    """Runs requests on all cores; each worker has its own warm process."""

    def __init__(self, runners: Sequence[Runner]) -> None:
        """Share out these runners among as many threads."""
        self.runners = runners
        self.idle: SimpleQueue[Runner] = SimpleQueue()
        for runner in runners:
            self.idle.put(runner)
        self.threads = ThreadPoolExecutor(len(runners))
        self.closed = False

    def run(self, request: Request) -> list[Verdict]:
        """Run one request on an idle runner."""
        runner = self.idle.get()
        try:
            return runner.run(request, lambda: not self.closed)
        finally:
            self.idle.put(runner)

    def verdicts(self, requests: Iterable[Request]) -> list[Verdict]:
        """Run requests, in any order; the verdicts come in the order of requests and seeds."""
        return list(chain.from_iterable(self.threads.map(self.run, requests)))

    def close(self) -> None:
        """Give up what waits and what is under way; runners are their owner's to close."""
        self.closed = True  # what is about to start will not
        self.threads.shutdown(wait=False, cancel_futures=True)
        for runner in self.runners:
            runner.cancel()
        self.threads.shutdown()


@contextmanager
def pool(
    root: Path, size: int | None = None, start: Callable[[Path], Runner] = start_runner
) -> Iterator[Pool]:
    """Start a pool of runners, by default one a core and each with a warm process."""
    with ExitStack() as stack:
        count = size or os.cpu_count() or 1
        runners = [stack.enter_context(closing(start(root))) for _ in range(count)]
        yield stack.enter_context(closing(Pool(runners)))
