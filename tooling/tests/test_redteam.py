"""No attack gets a test that it should not, changes another's verdict, or leaves anything behind.

Each file of `redteam/attacks/` replaces some functions of an honest solution. Its docstring says
what it tries and how the tests must end, `Judged: <test, class or *> <outcome>`; every test that
is not named must pass. `In-process:` lines say the same of a run without a sandbox: they are why
there is one. Attacks that would harm this machine have none.
"""

import ast
import ctypes
import hashlib
import io
import os
import re
import select
import signal
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, suppress
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from bench.attacks import copy
from bench.attacks import hand_in as write
from dojo import limits
from dojo.author.judge.judge import Judge, judged
from dojo.author.judge.sandbox import Sandbox
from dojo.kata.catalog import Kata
from dojo.kata.libraries import libraries
from dojo.run.pool import Pool
from dojo.run.request import ask
from dojo.run.scratch import IN_MEMORY
from dojo.run.verdict import Verdict
from dojo.run.warm import Runner, start_runner
from dojo.show import report
from rich.console import Console

HERE = Path(__file__).parent / "redteam"
ATTACKS = sorted((HERE / "attacks").glob("*.py"))
EXPECTATION = re.compile(r"^(Judged|In-process): (\S+) (\S+)$", re.M)
SEED = 5
MARK = "redteam-was-here"
OWN_FILE = f"lines-{os.getpid()}.txt"
PR_SET_CHILD_SUBREAPER = 36
PATIENCE = 60.0
# What costs others most, to be run at the same time as them.
FIERCE = (
    *("fork_bomb", "signals_to_all", "signals_to_its_group", "memory_in_small_steps", "loop"),
    *("disk_in_many_files", "output_below_python", "wire_thirty_million_lists", "wire_closed"),
    *("exit_in_a_function", "wire_garbage", "kernel_calls_of_x32", "marks_left", "commands"),
)
# Opens a judge on a workbook and gives it a file that never ends.
ENDLESS = """
import sys
from pathlib import Path
from dojo.author.judge.judge import Judge
from dojo.kata.catalog import Kata
from dojo.run.request import ask
kata = Kata(Path(sys.argv[1]), "kata01_errands")
judge = Judge(kata.root, [kata])
print("started", judge.run(ask(kata, 5, file=kata.reference))[0].green, flush=True)
judge.run(ask(kata, 5, file=Path(sys.argv[2]), timeout=600))
"""

pytestmark = pytest.mark.timeout(180)
# A plugin that takes the sandbox away before one of the tests.
UNPLUG = """
import os, select, signal

def pytest_runtest_setup(item):
    if item.name == "test_f_is_asked_at_every_point":
        pidfd = os.pidfd_open({pid})
        os.kill({pid}, signal.SIGKILL)
        assert select.select([pidfd], [], [], 30)[0]
"""


@dataclass(frozen=True)
class Attack:
    """An attack, and how tests must end under it: by the start of their ids."""

    path: Path

    def expected(self, mode: str) -> dict[str, set[str]]:
        """Return the outcomes that the docstring names for one way of running."""
        docstring = ast.get_docstring(ast.parse(self.path.read_bytes())) or ""
        return {
            "" if name == "*" else name: set(outcomes.split("|"))
            for found, name, outcomes in EXPECTATION.findall(docstring)
            if found == mode
        }

    def limit(self, mode: str) -> float:
        """Return the seconds a test may take: few only where an attack is to run into them.

        All else ends by what happens, and may take its time on a busy machine.
        """
        outcomes = set().union(*self.expected(mode).values())
        return 1.0 if "timeout" in outcomes else PATIENCE

    def holds(self, mode: str, verdict: Verdict) -> list[str]:
        """List the tests that did not end as the docstring says."""
        expected = self.expected(mode)
        assert not verdict.fault
        assert verdict.tests
        wrong = []
        for test in verdict.tests:
            said = (o for start, o in expected.items() if test.id.startswith(start))
            if test.outcome not in (outcomes := next(said, {"passed"})):
                wrong.append(f"{test.id}: {test.outcome}, not {outcomes}: {test.message}")
        return wrong


INSIDE = [path for path in ATTACKS if Attack(path).expected("In-process")]


def name_of(path: Path) -> str:
    """Name an attack as its file."""
    return path.stem


@pytest.fixture(scope="module", autouse=True)
def token() -> Iterator[None]:
    """Put a secret into the environment, as a grading machine has them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("REDTEAM_TOKEN", "secret")
        yield


@pytest.fixture(scope="module")
def kata(tmp_path_factory: pytest.TempPathFactory) -> Kata:
    """Return the kata under attack, in a workbook of its own.

    The file of its tests has a name of its own, by which a scratch folder is known as one of ours.
    """
    root = tmp_path_factory.mktemp("redteam") / "workbook"
    made = copy(HERE.parents[2], root)
    made.tests.write_text(made.tests.read_text().replace("lines.txt", OWN_FILE))
    return made


@pytest.fixture(scope="module")
def hand_in(tmp_path_factory: pytest.TempPathFactory, kata: Kata) -> Callable[[Path], Path]:
    """Return `hand_in(path)`: a learner's file that is honest but for what the attack replaces."""
    folder = tmp_path_factory.mktemp("learners")

    return lambda path: write(kata, path, folder)


@pytest.fixture(scope="module")
def judge(kata: Kata) -> Iterator[Judge]:
    """Return the judge that all attacks meet one after the other.

    When they are done: no process of its is left, no file of the workbook is another, no mark was
    made where the machine's files are, and no scratch folder stays.
    """
    files, scratch = checksums(kata.root), scratch_folders()
    adopt_orphans()
    others = descendants()
    with closing(Judge(kata.root, [kata])) as runner:
        yield runner
        started = watch(descendants() - others)
    assert len(started) >= 3
    wait_for(started)
    assert descendants() <= others
    assert checksums(kata.root) == files
    assert marks() == []
    assert [path for path in scratch_folders() - scratch if is_ours(path, kata.root)] == []


@pytest.fixture(scope="module")
def usual(kata: Kata, judge: Judge) -> Verdict:
    """Return the verdict on the honest solution, before any attack."""
    verdict = honest(kata, judge)
    assert verdict.green
    return verdict


@pytest.fixture(scope="module")
def in_process(kata: Kata) -> Iterator[Runner]:
    """Return a runner without a sandbox."""
    with closing(start_runner(kata.root, libraries([kata]))) as runner:
        yield runner


def honest(kata: Kata, runner: Judge | Runner) -> Verdict:
    """Give the honest solution its verdict, without the times."""
    request = ask(kata, SEED, file=kata.reference, timeout=PATIENCE)
    return timeless(runner.run(request)[0])


def timeless(verdict: Verdict) -> Verdict:
    """Take the times out of a verdict."""
    return replace(verdict, tests=tuple(replace(test, seconds=0.0) for test in verdict.tests))


def checksums(root: Path) -> dict[str, str]:
    """Sum up the files of a workbook."""
    files = (path for path in root.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    return {str(path): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def adopt_orphans() -> None:
    """Become the parent of whatever loses its own among the processes that this one starts."""
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def parents() -> dict[int, int]:
    """Return the parent of every process that runs."""
    found = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, parent = stat.read_text().rpartition(")")[2].split()[:2]
        except OSError:
            continue  # it ended meanwhile
        if state != "Z":
            found[int(stat.parent.name)] = int(parent)
    return found


def descendants() -> set[int]:
    """Return the processes that run below this one, however they got there."""
    above = parents()
    found = {os.getpid()}
    while below := {pid for pid, parent in above.items() if parent in found} - found:
        found |= below
    return found - {os.getpid()}


def watch(pids: set[int]) -> list[int]:
    """Hold on to processes, so that their end can be waited for; some may have ended."""
    pidfds = []
    for pid in pids:
        with suppress(ProcessLookupError):
            pidfds.append(os.pidfd_open(pid))
    return pidfds


def wait_for(pidfds: list[int]) -> None:
    """Wait until all of these processes are gone."""
    for pidfd in pidfds:
        assert select.select([pidfd], [], [], PATIENCE)[0]
        os.close(pidfd)


def marks() -> list[Path]:
    """List what attacks say that they leave, where they try to."""
    folders = ["/", "/usr", "/usr/local/bin", "/etc", "/dev", "/dev/shm", "/var/tmp", "/run"]
    folders += [str(Path.home()), tempfile.gettempdir(), sys.prefix, str(Path(__file__).parents[1])]
    return [found for folder in folders for found in Path(folder).glob(f"{MARK}*")]


def scratch_folders() -> set[Path]:
    """List the scratch folders of runs."""
    places = {IN_MEMORY or tempfile.gettempdir(), tempfile.gettempdir()}
    return {path for place in places for path in Path(place).glob("dojo-*")}


def is_ours(scratch: Path, root: Path) -> bool:
    """Tell a scratch folder of these tests from those of other runs on the machine."""
    traces = [trace.read_bytes() for trace in scratch.glob("trace")]
    return any(scratch.rglob(OWN_FILE)) or any(str(root).encode() in trace for trace in traces)


@pytest.mark.parametrize("path", ATTACKS, ids=name_of)
def test_an_attack_ends_as_it_should_and_the_next_verdict_is_right(
    path, kata, hand_in, judge, usual
):
    """Tests of what was attacked end as stated, all others pass, and so do the next learner's."""
    attack, file = Attack(path), hand_in(path)
    verdict = judge.run(ask(kata, SEED, file=file, timeout=attack.limit("Judged")))[0]

    assert attack.expected("Judged")
    assert attack.holds("Judged", verdict) == []
    assert {test.where.partition(":")[0] for test in verdict.tests} <= {
        "",
        str(file),
        str(kata.tests),
        str(kata.tests.relative_to(kata.root)),
    }
    assert shown(verdict, kata).isprintable()
    assert honest(kata, judge) == usual


def shown(verdict: Verdict, kata: Kata) -> str:
    """Return what a person reads of a verdict, without its line breaks."""
    screen = io.StringIO()
    report.show(Console(file=screen, width=100), [(kata, verdict)], None)
    return screen.getvalue().replace("\n", "")


@pytest.mark.parametrize("path", INSIDE, ids=name_of)
def test_without_a_sandbox_it_ends_as_recorded(path, kata, hand_in, in_process):
    """What the same file gets where its code runs beside the tests."""
    attack = Attack(path)
    request = ask(kata, SEED, file=hand_in(path), timeout=attack.limit("In-process"))
    verdict = in_process.run(request)[0]

    assert attack.holds("In-process", verdict) == []


def test_a_file_that_breaks_every_process_is_not_executed_for_every_test(kata, hand_in, judge):
    """Three tests of each function cost a process, under however many seeds."""
    file = hand_in(HERE / "attacks" / "exit_in_every_function.py")
    verdicts = judge.run(ask(kata, 5, 6, 7, file=file, timeout=PATIENCE))
    tests = [test for verdict in verdicts for test in verdict.tests]

    assert Counter(t.function for t in tests if t.ran) == dict.fromkeys(
        kata.functions, limits.BREAKS
    )
    assert len(tests) > len(kata.functions) * limits.BREAKS
    assert {t.outcome for t in tests} == {"crashed"}


def test_attacks_at_the_same_time_change_no_other_verdict(kata, hand_in, judge, usual):
    """Three runs at a time share one sandbox: every second one is honest, and as it always is."""
    sandbox = judge.sandbox
    attacks = [Attack(HERE / "attacks" / f"{name}.py") for name in FIERCE]
    files = [(a.limit("Judged"), hand_in(a.path)) for a in attacks]
    asked = [one for file in files for one in (file, (PATIENCE, kata.reference))]
    with ExitStack() as stack:
        keep = (sandbox.control.fileno(),)
        loaded = libraries([kata])
        runners = [
            stack.enter_context(closing(start_runner(kata.root, loaded, keep=keep))) for _ in "abc"
        ]
        pool = stack.enter_context(closing(Pool(runners)))
        requests = [judged(ask(kata, SEED, file=f, timeout=t), sandbox) for t, f in asked]
        verdicts = pool.verdicts(requests)

    wrong = [a.holds("Judged", v) for a, v in zip(attacks, verdicts[::2], strict=True)]
    assert [w for w in wrong if w] == []
    for verdict in verdicts[1::2]:
        assert timeless(replace(verdict, isolation=usual.isolation)) == usual


def test_who_kills_the_judge_leaves_nothing_running(kata, hand_in):
    """When the tool is killed in the middle of a run, all that it started ends."""
    adopt_orphans()
    others = descendants()
    file = hand_in(HERE / "attacks" / "sleep.py")
    command = [sys.executable, "-c", ENDLESS, str(kata.root), str(file)]
    env = {**os.environ, "PYTHONPATH": str(HERE.parents[1])}
    with subprocess.Popen(command, env=env, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "started True\n"
        started = watch(descendants() - others)
        process.send_signal(signal.SIGKILL)

    assert len(started) >= 4
    wait_for(started)
    assert descendants() <= others


def test_a_sandbox_that_ends_between_runs_is_a_fault(kata):
    """Whoever is graded next is told that the machine failed, and loses nothing."""
    with closing(Judge(kata.root, [kata])) as runner:
        assert honest(kata, runner).green
        end(init_of(runner.sandbox))
        verdict = honest(kata, runner)

    assert "There is no sandbox" in verdict.fault
    assert not verdict.tests


def test_a_sandbox_that_ends_within_a_run_is_a_fault(kata):
    """Tests that were under way when the machine failed are not the learner's errors."""
    with closing(Judge(kata.root, [kata])) as runner:
        assert honest(kata, runner).green
        plugin = UNPLUG.format(pid=init_of(runner.sandbox))
        (kata.root / "unplug.py").write_text(plugin)
        request = ask(kata, SEED, file=kata.reference, timeout=PATIENCE, plugins=("unplug",))
        (verdict,) = runner.run(request)
        (kata.root / "unplug.py").unlink()

    assert "sandbox" in verdict.fault
    assert {test.outcome for test in verdict.tests} == {"passed"}


def init_of(sandbox: Sandbox) -> int:
    """Return the first process behind the walls: when it ends, all there end."""
    (pid,) = (p for p, parent in parents().items() if parent == sandbox.process.pid)
    return pid


def end(pid: int) -> None:
    """Kill a process and wait until it is gone."""
    pidfd = os.pidfd_open(pid)
    os.kill(pid, signal.SIGKILL)
    wait_for([pidfd])
