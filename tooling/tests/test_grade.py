"""`grade` as an instructor types it: a cohort of real forks, killed, stopped and run again."""

import contextlib
import hashlib
import itertools
import json
import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from dojo.author.grade.cohort import Cohort
from dojo.author.grade.reports.record import tidy
from dojo.author.grade.roster import read_rows
from dojo.author.grade.store import open_store

pytestmark = pytest.mark.timeout(120)

STUB = "katas/kata01_spread/spread.py"
OTHER = "katas/kata02_runs/runs.py"


@pytest.fixture
def forks(fork, spread, runs, tmp_path):
    """Return a folder of three forks: right, wrong and untouched, in two katas."""
    answers = {
        "ann": (spread.reference.read_text(), runs.reference.read_text()),
        "ben": ("x = 1\n", "def longest_run(x):\n    return 0\n"),
        "eve": (spread.pristine.read_text(), runs.pristine.read_text()),
    }
    for name, (first, second) in answers.items():
        fork(name, {STUB: first, OTHER: second})
    return tmp_path / "forks"


@pytest.fixture
def started(workbook):
    """Return `started(*words)`: grading in a process of its own, under way."""
    processes = []

    def start(*words):
        process = subprocess.Popen(
            [sys.executable, "-m", "dojo", "grade", *map(str, words)],
            cwd=workbook,
            env={**os.environ, "PYTHONPATH": str(workbook / "tooling")},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        processes.append(process)
        return process

    yield start
    for process in processes:
        process.kill()
        process.communicate()


@pytest.fixture
def book(workbook, spread, runs):
    """Return `book(forks, store)`: the gradebook, all of which must be known, as text."""

    def read(folder, path):
        with open_store(path) as store:
            cohort = Cohort(workbook, (spread, runs), store.seed, unsafe=False)
            cohort.read(read_rows([str(folder)], workbook), store)

        assert cohort.jobs == {}
        return repr(cohort.gradebook())

    return read


def files_in(folder):
    """Return the content of every file in a folder."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


def rows(done):
    """Return the rows of the table at the end, by name."""
    cells = [row.split("│")[1:3] for row in done.stdout.splitlines() if row.startswith("│")]
    return {name.strip(): value.strip() for name, value in cells}


def test_a_cohort_is_graded_and_summed_up(dojo, forks, workbook):
    """What ran, what was found and where the reports are, plainly in a pipe; exit code 0."""
    done = dojo("grade", forks, "--seed", 5)

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("Reading 3 forks.\n1 of 4 runs\n")
    assert "4 of 4 runs" in done.stdout
    assert "\x1b" not in done.stdout
    assert (workbook / "grades" / "gradebook.csv").exists()
    assert {n: text for n, text in rows(done).items() if n not in ("store", "reports")} == {
        "learners": "3",
        "katas": "2",
        "results": "4 graded, 2 untouched",
        "runs": "4 now, 0 known already",
        "faults": "0",
        "unreadable forks": "0",
        "isolation": "sandbox",
        "seed": "5",
    }


def test_a_second_time_nothing_runs(dojo, forks, workbook):
    """The seed was drawn once, and is said once; another one is refused, and named.

    A mistyped --store would else look like the old one, and give other marks.
    """
    first, second = dojo("grade", forks), dojo("grade", forks, "--jobs", 1)
    other = dojo("grade", forks, "--seed", 10**9)
    seed = re.match(r"The store \S+ is new; the seed (\d+) was drawn for it\.\n", first.stdout)

    assert seed is not None
    assert rows(first)["seed"] == seed[1]
    assert second.stdout.startswith("Reading 3 forks.\n")
    assert rows(second)["runs"] == "0 now, 4 known already"
    assert rows(second)["seed"] == rows(first)["seed"]
    assert (other.returncode, other.stdout) == (2, "")
    assert f"has the seed {rows(first)['seed']}" in other.stderr
    assert (workbook / ".dojo" / "grades.sqlite").exists()


def test_one_learner_and_some_katas(dojo, forks, tmp_path):
    """Only what is asked for is read and run; the cohort's reports stay as they are."""
    words = ("--katas", "kata02,", "--store", tmp_path / "x.sqlite", "--out", tmp_path / "out")
    dojo("grade", forks, *words)
    before = (tmp_path / "out" / "gradebook.csv").read_bytes()
    done = dojo("grade", forks, "--learner", "ben", *words)
    nobody = dojo("grade", forks, "--learner", "bem")

    assert rows(done)["results"] == "1 graded"
    assert (tmp_path / "out" / "gradebook.csv").read_bytes() == before
    assert (tmp_path / "out" / "ben" / "gradebook.csv").exists()
    assert (nobody.returncode, nobody.stderr) == (2, "None of the 3 learners is called 'bem'.\n")


def test_an_unreadable_fork_is_named_and_the_rest_goes_on(dojo, forks, tmp_path):
    """With its reason; exit code 3. What a learner is called cannot steer the terminal."""
    roster = tmp_path / "ROSTER.csv"
    roster.write_text(
        'learner,repo,ref\nann,forks/ann\n"\x1b[2J[red]",forks/eve,v1\n-rf,/nothing\n'
    )
    done = dojo("grade", roster, "--katas", "kata02")

    assert done.returncode == 3
    assert "unreadable  \\x1b[2J[red] (forks/eve): It has no commit 'v1'." in done.stdout
    assert "unreadable  -rf (/nothing): There is no such folder." in done.stdout
    assert rows(done)["results"] == "1 graded, 2 unreadable"


def test_a_fault_is_named_and_is_exit_code_1(dojo, forks, runs):
    """A broken test file is nobody's zero; it comes before a fork that is unreadable."""
    runs.tests.write_text("import nothing_like_this\n")
    (forks / "zoe").symlink_to(forks / "ann")
    done = dojo("grade", forks)

    assert done.returncode == 1
    assert "fault  ann, kata02_runs: The tests cannot be collected" in done.stdout
    assert rows(done)["results"] == "2 fault, 2 graded, 2 unreadable, 2 untouched"


def test_a_learner_is_found_by_the_name_in_the_roster_and_in_the_gradebook(dojo, forks, tmp_path):
    """A spreadsheet must not compute a name, so that the gradebook writes it otherwise."""
    roster = tmp_path / "ROSTER.csv"
    roster.write_text("learner,repo\n=1+1,forks/eve\n-rf,forks/eve\n")
    words = ("grade", roster, "--katas", "kata02")
    named = [dojo(*words, f"--learner={name}", COLUMNS=400) for name in ("=1+1", "'=1+1", "'-rf")]

    assert [done.returncode for done in named] == [0, 0, 0]
    assert rows(named[0])["reports"] == rows(named[1])["reports"] != rows(named[2])["reports"]


def test_reports_of_who_left_the_roster_are_named_and_removed_when_asked(dojo, forks, tmp_path):
    """Only those that grading wrote, and that nobody has changed since."""
    roster, out = tmp_path / "ROSTER.csv", tmp_path / "out"
    everyone = ["learner,repo", *(f"{name},forks/eve" for name in ("ann", "ben", "eve"))]
    roster.write_text("\n".join(everyone))
    words = ("grade", roster, "--katas", "kata02", "--out", out)
    first = dojo(*words)
    for name, text in (("notes", "own"), ("zoe", "own"), ("eve", "changed by hand")):
        (out / "feedback" / f"{name}.md").write_text(text)
    before = set(files_in(out))
    roster.write_text("\n".join(everyone[:2]))
    second = dojo(*words)
    unchanged = set(files_in(out))
    third = dojo(*words, "--clean")
    after = set(files_in(out))

    assert "roster" not in first.stdout
    assert f"Not in this roster, but still in {out}: ben, eve. --clean rem" in second.stdout
    assert unchanged == before
    assert f"Removed from {out}, since not in this roster: ben, eve." in third.stdout
    assert "What was changed since stays, of eve." in third.stdout
    assert before - after == {
        *(f"feedback/ben.{ending}" for ending in ("md", "html")),
        *("results/ben.json", "feedback/eve.html", "results/eve.json"),
    }
    assert "ben" not in (out / "gradebook.html").read_text()


def test_a_record_of_reports_that_was_tampered_with_removes_nothing(dojo, forks, tmp_path):
    """It may name files elsewhere, or be no record at all."""
    out, victim = tmp_path / "out", tmp_path / "victim.txt"
    victim.write_text("mine")
    digest = hashlib.sha256(b"mine").hexdigest()
    out.mkdir()
    (out / "link").symlink_to(tmp_path)
    names = ("../victim.txt", str(victim), "link/victim.txt")
    records = [json.dumps({"zoe": {name: digest}}) for name in names]
    for text in (*records, "[]", "no json", '{"zoe": [1]}'):
        (out / ".written.json").write_text(text)
        tidy(out, [], [], clean=True)
        assert victim.exists(), text
    (out / ".written.json").write_text(records[0])
    words = ("grade", forks / "eve", "--katas", "kata02", "--out", out, "--clean")

    assert dojo(*words).returncode == 0
    assert victim.read_text() == "mine"


def test_without_a_sandbox_grading_refuses_unless_told_otherwise(dojo, forks, workbook):
    """With --unsafe the code still runs in a process of its own, and every report says so."""
    refused = dojo("grade", forks, "--seed", 5, PATH="/nowhere")
    git = Path(shutil.which("git")).parent
    empty = workbook / "bin"
    empty.mkdir()
    (empty / "git").symlink_to(git / "git")
    unsafe = dojo("grade", forks, "--seed", 5, "--unsafe", PATH=empty)

    assert (refused.returncode, refused.stdout) == (2, "")
    assert "bubblewrap" in refused.stderr
    assert rows(unsafe)["isolation"] == "unsafe"
    assert rows(unsafe)["faults"] == "0"
    assert "unsafe" in (workbook / "grades" / "gradebook.html").read_text()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("nothing",), "There is no roster and no folder"),
        ((".", "--katas", "kata09"), "There is no kata 'kata09'."),
        ((".", "--katas", ""), "--katas names no kata; leave it out to grade all of them."),
        ((".", "--seed", "-1"), "Argument --seed: '-1' is no whole number from 0"),
        ((".", "--jobs", "0"), "Argument --jobs: '0' is no whole number from 1"),
        ((".", "--jobs", "2", "--scheduler", "tcp://x:1"), "not allowed with argument --jobs"),
        ((".", "--store", "noxfile.py"), "is damaged, or no store of verdicts"),
    ],
)
def test_a_wrong_use_is_a_sentence(words, said, dojo):
    """Exit code 2, and no traceback."""
    done = dojo("grade", *words)

    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_a_terminal_shows_a_bar_with_a_rate(terminal, forks):
    """And the time that is left."""
    code, screen = terminal("grade", forks)

    assert code == 0
    assert "4/4" in screen
    assert "a minute" in screen
    assert "left" in screen


def test_a_killed_grader_goes_on_where_it_was(started, dojo, forks, book, tmp_path):
    """Nothing is lost and nothing run twice; the gradebook is that of a run in one go."""
    whole = tmp_path / "whole.sqlite"
    dojo("grade", forks, "--seed", 5, "--store", whole, "--out", tmp_path / "whole")
    for runs_done in (0, 2):
        torn, out = tmp_path / f"torn{runs_done}.sqlite", tmp_path / f"torn{runs_done}"
        process = started(forks, "--seed", 5, "--jobs", 1, "--store", torn, "--out", out)
        lines = list(itertools.islice(process.stdout, runs_done + 1))
        process.send_signal(signal.SIGKILL)
        process.wait()
        done = dojo("grade", forks, "--store", torn, "--out", out)
        now, known = (int(part.split()[0]) for part in rows(done)["runs"].split(", "))
        when = f"killed after {runs_done} runs"

        assert lines[0] == "Reading 3 forks.\n", when
        assert known >= runs_done, when
        assert now + known == 4, when
        assert book(forks, torn) == book(forks, whole), when
        assert files_in(out) == files_in(tmp_path / "whole"), when


def test_control_c_keeps_what_was_judged_and_says_how_to_go_on(
    started, forks, fork, runs, limit_tests, tmp_path
):
    """Exit code 130, at once: a run that would take ten minutes is given up."""
    limit_tests(runs, 600)
    fork("zoe", {OTHER: "def longest_run(x):\n    while True:\n        pass\n"})
    process = started(forks, "--jobs", 1, "--store", tmp_path / "x.sqlite")
    for line in process.stdout:
        if line == "4 of 5 runs\n":
            break
    process.send_signal(signal.SIGINT)
    out, err = process.communicate()
    with contextlib.closing(sqlite3.connect(tmp_path / "x.sqlite")) as connection:
        kept = connection.execute("SELECT count(*) FROM verdicts").fetchone()[0]

    assert (process.returncode, err) == (130, "")
    assert "Stopped. " in out
    assert out.rstrip().endswith("keeps what was judged: to go on, run it again.")
    assert kept == 4


def test_a_store_in_use_is_named_with_its_holder(dojo, forks, workbook):
    """Two graders on one store would do everything twice."""
    with open_store(workbook / ".dojo" / "grades.sqlite"):
        done = dojo("grade", forks)

    assert done.returncode == 2
    assert f"is in use by another grader (process {os.getpid()} on " in done.stderr
