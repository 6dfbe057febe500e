"""A cohort: what has to run, what is known already, and what comes out."""

import contextlib
import os
from dataclasses import replace

import distributed
import pytest
from dojo import limits
from dojo.author.grade.cohort import Cohort
from dojo.author.grade.gradebook import Learner
from dojo.author.grade.job import judge, judge_with
from dojo.author.grade.roster import Row
from dojo.author.grade.scheduler import run_here, run_on_cluster
from dojo.author.grade.store import open_store
from dojo.author.judge.judge import Judge
from dojo.errors import UsageError
from dojo.run.request import ask
from dojo.run.warm import start_runner

pytestmark = pytest.mark.timeout(120)

SEED = 3
STUB = "katas/kata01_spread/spread.py"
OTHER = "katas/kata02_runs/runs.py"
SHORT = "def longest_run(x):\n    return 0\n"


@pytest.fixture
def store(tmp_path):
    """Return a store with a seed of its own."""
    with open_store(tmp_path / "grades.sqlite", SEED) as opened:
        yield opened


@pytest.fixture
def survey(workbook, spread, runs, store):
    """Return `survey(forks)`: a cohort whose forks, by learner, were read."""

    def read(forks):
        cohort = Cohort(workbook, (spread, runs), store.seed, unsafe=False)
        cohort.read([Row(name, f"at/{name}", str(fork)) for name, fork in forks.items()], store)
        return cohort

    return read


@pytest.fixture
def grade(survey, store, sandboxed):
    """Return `grade(forks)`: a cohort that was read and run; the jobs in the order of keys."""

    def one_by_one(jobs):
        for key, job in jobs.items():
            yield key, judge_with(sandboxed.run, job)

    def run(forks):
        cohort = survey(forks)
        for _ in cohort.run(one_by_one, store):
            pass
        return cohort

    return run


@pytest.fixture
def handed_in(fork, spread, runs):
    """Return `handed_in(name, path=content)`: a fork with both stubs, or other files."""

    def make(name, first=None, second=None):
        stubs = {STUB: spread.pristine.read_text(), OTHER: runs.pristine.read_text()}
        return fork(name, stubs | {p: c for p, c in ((STUB, first), (OTHER, second)) if c})

    return make


def statuses(cohort):
    """List learner, kata and status of each entry."""
    return [(e.learner, e.kata[:6], e.status) for e in cohort.gradebook().entries]


def test_every_learner_and_kata_has_a_result(grade, handed_in, spread, fork, tmp_path):
    """Graded, untouched, refused, missing or unreadable, in the order of the roster."""
    forks = {
        "eve": handed_in("eve", first=spread.reference.read_text()),
        "ann": fork("ann", {STUB: b"\xff"}),
        "ben": tmp_path / "nothing",
    }
    cohort = grade(forks)
    book = cohort.gradebook()

    assert statuses(cohort) == [
        ("eve", "kata01", "graded"),
        ("eve", "kata02", "untouched"),
        ("ann", "kata01", "refused"),
        ("ann", "kata02", "missing"),
        ("ben", "kata01", "unreadable"),
        ("ben", "kata02", "unreadable"),
    ]
    assert book.entries[0].verdict.green
    assert book.entries[2].reason == "The file is not UTF-8: see line 1."
    assert book.learners[2] == Learner("ben", "at/ben", "", "There is no such folder.")
    assert (book.seed, book.isolation, book.version) == (SEED, "sandbox", "0.1.0")
    assert [book.total(learner) for learner in book.learners] == [4.0, 0.0, None]


def test_a_stub_with_other_line_ends_is_untouched(survey, fork, spread):
    """An editor on Windows has written it; nobody has started."""
    stub = spread.pristine.read_text().replace("\n", "\r\n").encode()
    cohort = survey({"ann": fork("ann", {STUB: stub})})

    assert statuses(cohort)[0] == ("ann", "kata01", "untouched")


def test_the_same_file_is_run_once(grade, handed_in):
    """Two learners with one answer are one job, and both get its verdict."""
    cohort = grade({name: handed_in(name, second=SHORT) for name in ("ann", "ben")})
    verdicts = [e.verdict for e in cohort.gradebook().entries if e.verdict]

    assert len(cohort.jobs) == 1
    assert len(verdicts) == 2
    assert verdicts[0] == verdicts[1]
    assert not verdicts[0].green


def test_what_is_known_is_not_run_again(grade, survey, handed_in, commit):
    """An unchanged cohort has nothing to run; one changed file is one job."""
    forks = {name: handed_in(name, second=f"{SHORT}# {name}\n") for name in ("ann", "ben")}
    first = grade(forks)
    second = survey(forks)
    commit(forks["ben"], {OTHER: f"{SHORT}# later\n"})
    third = survey(forks)

    assert (len(first.jobs), len(second.jobs), len(third.jobs)) == (2, 0, 1)
    assert repr(second.gradebook()) == repr(first.gradebook())


def test_a_kata_that_was_mended_is_run_again(grade, survey, handed_in, runs):
    """Its tests are another edition; the verdicts of other katas stay."""
    forks = {"ann": handed_in("ann", first="x = 1\n", second=SHORT)}
    grade(forks)
    runs.tests.write_text(runs.tests.read_text() + "# mended\n")

    assert [job.kata for job in survey(forks).jobs.values()] == ["kata02_runs"]


def test_a_fault_is_no_zero_and_is_tried_again(grade, handed_in, runs):
    """A broken test file is the instructor's; once it is mended the learner is judged."""
    forks = {"ann": handed_in("ann", second=runs.reference.read_text())}
    whole = runs.tests.read_text()
    runs.tests.write_text("import nothing_like_this\n")
    broken = grade(forks)
    again = grade(forks)
    entry = broken.gradebook().entries[1]
    runs.tests.write_text(whole)
    mended = grade(forks)

    assert entry.status == "fault"
    assert "nothing_like_this" in entry.reason
    assert broken.gradebook().total(broken.learners[0]) is None
    assert len(again.jobs) == 1
    assert mended.gradebook().entries[1].verdict.green


def test_a_fork_cannot_change_how_it_is_judged(grade, fork, runs):
    """Its tests, configuration, conftest and modules of well-known names are not there."""
    evil = "raise SystemExit(0)\n"
    files = {
        OTHER: SHORT,
        "katas/kata02_runs/test_runs.py": "def test_nothing(): pass\n",
        "katas/kata02_runs/conftest.py": evil,
        "katas/kata02_runs/kata.toml": "",
        "conftest.py": evil,
        "numpy.py": evil,
        "sitecustomize.py": evil,
        "pytest.ini": "[pytest]\naddopts = --collect-only\n",
        "pyproject.toml": '[tool.pytest]\naddopts = ["--collect-only"]\n',
    }
    entry = grade({"ann": fork("ann", files)}).gradebook().entries[1]

    assert [test.outcome for test in entry.verdict.tests] == ["failed"] * 3


def test_a_verdict_names_the_learners_file_and_no_other_place(grade, handed_in):
    """The place is the learner's; its own code finds the file where every sandbox has it."""
    text = (
        "import os\n\n\ndef longest_run(x):\n    print(__file__)\n"
        "    raise OSError(__file__, os.path.dirname(__file__), __file__[:-12])\n"
    )
    verdict = grade({"ann": handed_in("ann", second=text)}).gradebook().entries[1].verdict
    red = verdict.first_red()

    assert verdict.against == OTHER
    assert red.where == f"{OTHER}:6"
    assert red.printed.strip() == "/tmp/home/runs.py"
    assert "/tmp/home" in red.message
    assert "dojo-" not in repr(verdict)
    assert "/dev/shm" not in repr(verdict)


CODINGS = {
    "a cookie": "# coding: latin-1\nassert len('\xe9') == 1\n".encode("latin-1"),
    "a byte order mark": b"\xef\xbb\xbfassert len('\xc3\xa9') == 1\n",
}


@pytest.mark.parametrize("start", CODINGS.values(), ids=CODINGS)
def test_pythons_own_rule_of_codings_holds_in_check_judged_and_graded(
    start, grade, handed_in, runs, warm, sandboxed, tmp_path
):
    """The file that is judged is the one that was handed in, to the byte."""
    content = start + runs.reference.read_bytes()
    path = tmp_path / "runs.py"
    path.write_bytes(content)
    entry = grade({"ann": handed_in("ann", second=content)}).gradebook().entries[1]
    checked = [run(ask(runs, 1, file=path))[0] for run in (warm, sandboxed.run)]

    assert entry.reason == ""
    assert [entry.verdict.green, *(verdict.green for verdict in checked)] == [True] * 3


@pytest.mark.parametrize("coding", ["undefined", "punycode", "rot13", "zlib", "idna"])
def test_a_strange_coding_is_refused_and_the_others_are_judged(survey, handed_in, coding):
    """It is decoded by nobody: some codings fail in ways of their own, or take minutes."""
    strange = f"# coding: {coding}\n".encode() + b"a" * 100_000 + b"-" + b"b" * 50_000
    cohort = survey({"ann": handed_in("ann"), "eve": handed_in("eve", second=strange)})

    assert statuses(cohort)[-1] == ("eve", "kata02", "refused")
    assert statuses(cohort)[0][:2] == ("ann", "kata01")


def test_a_file_with_an_unfinished_merge_is_told_of_it(grade, handed_in):
    """As in `check`, and not of a syntax that is wrong."""
    text = "x = 1\n<<<<<<< HEAD\nx = 2\n=======\nx = 3\n>>>>>>> main\n"
    red = grade({"ann": handed_in("ann", second=text)}).gradebook().entries[1].verdict.first_red()

    assert red.message.startswith(
        "runs.py holds a merge conflict (<<<<<<< in line 2): keep one of the two versions,"
    )


def test_a_stub_that_an_editor_gave_a_byte_order_mark_is_untouched(survey, fork, spread):
    """It is the same Python."""
    stub = b"\xef\xbb\xbf" + spread.pristine.read_bytes()
    cohort = survey({"ann": fork("ann", {STUB: stub})})

    assert statuses(cohort)[0] == ("ann", "kata01", "untouched")


def test_a_verdict_holds_no_times(grade, handed_in):
    """A gradebook is the same whenever it is made."""
    verdict = grade({"ann": handed_in("ann", second=SHORT)}).gradebook().entries[1].verdict

    assert {verdict.seconds, *(test.seconds for test in verdict.tests)} == {0.0}


def test_a_kata_that_changes_during_the_run_is_a_fault(survey, handed_in, runs, sandboxed):
    """Or is another one on a machine of the cluster: its verdicts would be kept as this one's."""
    (job,) = survey({"ann": handed_in("ann", second=SHORT)}).jobs.values()
    runs.tests.write_text(runs.tests.read_text() + "# changed\n")
    verdict = judge_with(sandboxed.run, job)

    assert verdict.fault == "The kata is another here than where grading was started."


def test_another_tool_or_library_on_a_machine_of_the_cluster_is_a_fault(survey, handed_in):
    """Its verdicts would be kept as those of the one here."""
    (job,) = survey({"ann": handed_in("ann", second=SHORT)}).jobs.values()
    verdict = judge(replace(job, version="another"))

    assert verdict.fault.startswith("The tool or a library is another here")


def test_a_runner_that_died_is_replaced(workbook, runs, survey, handed_in):
    """One learner's run must not end the runs of the others."""
    (job,) = survey({"ann": handed_in("ann", second=SHORT)}).jobs.values()
    with contextlib.closing(Judge(workbook, ())) as runner:
        judge_with(runner.run, job)
        runner.process.kill()
        verdict = judge_with(runner.run, job)

    assert (verdict.fault, verdict.green) == ("", False)
    assert len(verdict.tests) > 1


def test_a_runner_that_keeps_dying_is_a_fault(workbook, survey, handed_in):
    """And no zero."""
    (job,) = survey({"ann": handed_in("ann", second=SHORT)}).jobs.values()
    with contextlib.closing(start_runner(workbook, ("no_library",))) as runner:
        verdict = judge_with(runner.run, job)

    assert verdict.fault.startswith("The run failed: The warm process ended")


def test_another_isolation_than_the_one_of_the_store_is_a_fault(survey, handed_in, sandboxed):
    """A machine of the cluster without a sandbox must not pass for one that has it."""
    (job,) = survey({"ann": handed_in("ann", second=SHORT)}).jobs.values()

    def weaker(request):
        return [replace(v, isolation="none") for v in sandboxed.run(request)]

    assert judge_with(weaker, job).fault == "The run was isolated by 'none' only."


def test_here_and_on_a_cluster_verdicts_are_the_same(workbook, survey, handed_in, spread, runs):
    """The same function, in two processes of a real cluster."""
    forks = {
        "ann": handed_in("ann", spread.reference.read_text(), SHORT),
        "ben": handed_in("ben", "x = 1\n", runs.reference.read_text()),
    }
    jobs = survey(forks).jobs
    here = dict(run_here(jobs, workbook, unsafe=False, size=2))
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, dashboard_address="127.0.0.1:0", protocol="tcp"
    ) as cluster:
        there = dict(run_on_cluster(jobs, cluster.scheduler_address))
        with distributed.Client(cluster) as client:
            processes = set(client.run(os.getpid).values())

    assert len(here) == len(jobs) == 4
    assert there == here
    assert sorted(v.green for v in there.values()) == [False, False, True, True]
    assert len(processes - {os.getpid()}) == 2


def test_a_scheduler_that_is_not_there_is_a_sentence(survey, handed_in, monkeypatch):
    """With its address; an address that is none, too."""
    monkeypatch.setattr(limits, "CONNECT_SECONDS", 0.3)
    jobs = survey({"ann": handed_in("ann", second=SHORT)}).jobs
    for address in ("tcp://127.0.0.1:1", "nothing"):
        with pytest.raises(UsageError, match=f"No scheduler answers at {address}"):
            list(run_on_cluster(jobs, address))


def test_a_job_is_judged_with_a_runner_that_is_kept(survey, handed_in):
    """What a worker of a cluster does: plain data in, a verdict out."""
    cohort = survey({"ann": handed_in("ann", second=SHORT)})
    (job,) = cohort.jobs.values()
    first, second = judge(job), judge(job)

    assert first == second
    assert (first.kata, first.fault, first.green) == ("kata02_runs", "", False)
