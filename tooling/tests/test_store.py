"""The store of verdicts: one file that survives its graders."""

import contextlib
import json
import os
import signal
import sqlite3
import subprocess
import sys
from dataclasses import replace

import pytest
from dojo.author.grade import key as keys
from dojo.author.grade import store as stores
from dojo.author.grade.key import Key, hash_of_kata, version_of_judge
from dojo.author.grade.store import open_store
from dojo.errors import UsageError
from dojo.run.verdict import TestResult, Verdict

pytestmark = pytest.mark.timeout(120)

KEY = Key("a" * 64, "b" * 64, "0.1.0", 7, "process")
PASSED = TestResult("TestSpread::test_a", "spread", "a", "why", "passed", called=("spread",))
FAILED = TestResult(
    "TestSpread::test_b", "spread", "b", "why", "failed", "came back 'é\x1b'", ("spread(1)",)
)
VERDICT = Verdict("kata01_spread", "mine", 7, "process", ("spread",), (PASSED, FAILED))


@pytest.fixture
def path(tmp_path):
    """Return where the store lies, in a folder that is not there yet."""
    return tmp_path / "kept" / "grades.sqlite"


def rows(path, statement):
    """Read a database directly."""
    with contextlib.closing(sqlite3.connect(path)) as connection:
        return connection.execute(statement).fetchall()


def test_a_verdict_comes_back_as_it_was(path):
    """At once, and from another process' point of view: after the store was closed."""
    with open_store(path) as store:
        kept = store.put(KEY, VERDICT)
        again = store.get(KEY)
    with open_store(path) as store:
        later = store.get(KEY)

    assert (kept, again, later) == (VERDICT, VERDICT, VERDICT)


@pytest.mark.parametrize(
    "other",
    [
        {"source": "c" * 64},
        {"kata": "c" * 64},
        {"version": "0.2.0"},
        {"seed": 8},
        {"isolation": "sandbox"},
    ],
    ids=lambda other: next(iter(other)),
)
def test_every_part_of_the_key_counts(other, path):
    """Another file, kata, version, seed or isolation is another verdict."""
    with open_store(path) as store:
        store.put(KEY, VERDICT)

        assert store.get(replace(KEY, **other)) is None


@pytest.mark.parametrize("changed", ["tests", "pristine", "kata.toml", "data/prices.csv"])
def test_a_kata_is_known_by_its_whole_folder_and_its_stub(changed, spread):
    """What a test may read decides; what a person reads, or Python leaves there, does not."""
    before = hash_of_kata(spread)
    for name in ("README.md", "__pycache__/x.pyc", ".x.swp", spread.mine.name):
        (spread.folder / name).parent.mkdir(exist_ok=True)
        (spread.folder / name).write_text("other")
    same = hash_of_kata(spread)
    file = getattr(spread, changed, spread.folder / changed)
    file.parent.mkdir(exist_ok=True)
    with file.open("a") as stream:
        stream.write("# more\n")

    assert same == before
    assert hash_of_kata(spread) != before


def test_two_files_that_change_places_make_another_kata(spread):
    """A file counts with its name."""
    for name, text in (("a", "1"), ("b", "2")):
        (spread.folder / name).write_text(text)
    before = hash_of_kata(spread)
    (spread.folder / "a").write_text("2")
    (spread.folder / "b").write_text("1")

    assert hash_of_kata(spread) != before


@pytest.mark.parametrize(
    ("module", "decides"),
    [
        ("author/judge/worker.py", True),
        ("explain.py", True),
        ("author/grade/job.py", True),
        ("author/judge/new.py", True),
        ("show/report.py", False),
        ("author/verify/verify.py", False),
        ("author/grade/reports/table.py", False),
    ],
)
def test_the_modules_that_judge_are_a_part_of_the_key(module, decides, tool, workbook):
    """A change of one gives all verdicts again; a change of what shows them does not."""
    before = version_of_judge(workbook)
    with (tool / module).open("a") as stream:
        stream.write("# more\n")

    assert (version_of_judge(workbook) != before) == decides


JUDGES = """
import importlib, pkgutil, sys
import dojo.author.grade.scheduler, dojo.child.zygote, dojo.child.main, dojo.author.judge
for module in pkgutil.iter_modules(dojo.author.judge.__path__):
    importlib.import_module(f"dojo.author.judge.{module.name}")
print(*sorted(name.removeprefix("dojo.").replace(".", "/") for name in sys.modules))
"""


def test_no_judged_run_imports_what_is_left_out_of_the_key():
    """Or a change there would change verdicts that are taken for known."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run(
        [sys.executable, "-c", JUDGES], env=environment, capture_output=True, text=True, check=True
    )
    imported = done.stdout.split()

    assert "author/judge/worker" in imported
    assert not [name for name in imported if name.startswith(keys.NOT_JUDGING)]


def test_python_the_libraries_and_their_pins_are_a_part_of_the_key(workbook, monkeypatch):
    """As are pytest's settings; which libraries count, the katas say."""
    versions = [version_of_judge(workbook)]
    monkeypatch.setattr(keys.sys, "version", "3.99")
    versions.append(version_of_judge(workbook))
    installed = keys.metadata.version
    newer = {"scikit-learn": "99"}
    monkeypatch.setattr(keys.metadata, "version", lambda name: newer.get(name) or installed(name))
    versions.append(version_of_judge(workbook))
    newer["torch"] = "99"
    versions.append(version_of_judge(workbook))
    facts = workbook / "katas" / "kata01_spread" / "kata.toml"
    facts.write_text('needs = ["torch"]\n' + facts.read_text())
    versions.append(version_of_judge(workbook))
    for name, line in (("constraints.txt", "x==1\n"), ("pyproject.toml", "[tool.pytest.x]\n")):
        with (workbook / name).open("a") as stream:
            stream.write(line)
        versions.append(version_of_judge(workbook))

    assert versions[2] == versions[3]
    assert len(set(versions)) == len(versions) - 1


def test_what_tests_found_is_kept_once(path):
    """A cohort shares most results, in the file and in memory."""
    with open_store(path) as store:
        first = store.put(KEY, VERDICT)
        second = store.put(replace(KEY, source="c" * 64), VERDICT)

    assert first.tests[0] is second.tests[0]
    assert rows(path, "SELECT count(*) FROM results") == [(2,)]
    assert rows(path, "SELECT count(*) FROM verdicts") == [(2,)]


def test_a_seed_is_drawn_once_and_kept(path, tmp_path):
    """Another store has another."""
    with open_store(path) as store:
        first = store.seed
    with open_store(path) as store:
        second = store.seed
    with open_store(tmp_path / "other.sqlite") as store:
        other = store.seed

    assert first == second
    assert first != other


def test_a_seed_that_was_asked_for_is_kept_and_no_other_is_taken(path):
    """All verdicts of a store are given under one seed."""
    with open_store(path, 0) as store:
        assert store.seed == 0
    with open_store(path, 0), pytest.raises(UsageError, match="in use"), open_store(path):
        pass
    with (
        pytest.raises(UsageError, match=r"has the seed 0, .* for the seed 5\."),
        open_store(path, 5),
    ):
        pass


HOLD = """
import sys
from pathlib import Path
from dojo.author.grade.store import open_store
with open_store(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_a_second_grader_is_told_who_holds_the_store_until_that_one_is_killed(path):
    """A process that was killed holds nothing any more, whatever its file says."""
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD, path],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert holder.stdout.readline() == b"held\n"
    with pytest.raises(UsageError) as error, open_store(path):
        pass
    holder.send_signal(signal.SIGKILL)
    holder.communicate()
    with open_store(path) as store:
        store.put(KEY, VERDICT)

    assert f"is in use by another grader (process {holder.pid} on " in str(error.value)


def test_a_store_of_schema_0_is_taken_over(path):
    """Its keys did not name the isolation, which stands in the verdict."""
    path.parent.mkdir()
    sandboxed = replace(VERDICT, isolation="sandbox")
    with contextlib.closing(sqlite3.connect(path)) as connection:
        connection.execute(
            "CREATE TABLE verdicts (source TEXT, kata TEXT, version TEXT, seed INTEGER, "
            "verdict TEXT, PRIMARY KEY (source, kata, version, seed))"
        )
        connection.execute("CREATE TABLE facts (name TEXT PRIMARY KEY, value INTEGER)")
        connection.execute("INSERT INTO facts VALUES ('seed', 7)")
        for source, verdict in (("a" * 64, VERDICT), ("c" * 64, sandboxed)):
            row = [source, KEY.kata, KEY.version, KEY.seed, json.dumps(verdict.to_json())]
            connection.execute("INSERT INTO verdicts VALUES (?,?,?,?,?)", row)
        connection.commit()
    with open_store(path) as store:
        found = [
            store.get(KEY),
            store.get(replace(KEY, source="c" * 64, isolation="sandbox")),
            store.get(replace(KEY, source="c" * 64)),
        ]

    assert (store.seed, found) == (7, [VERDICT, sandboxed, None])
    assert rows(path, "PRAGMA user_version") == [(1,)]
    assert {name for (name,) in rows(path, "SELECT tbl_name FROM sqlite_schema")} == {
        "verdicts",
        "results",
        "facts",
    }


def test_a_migration_that_fails_leaves_the_store_as_it_was(path):
    """All of it happens, or nothing."""
    path.parent.mkdir()
    with contextlib.closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE verdicts (source TEXT, verdict TEXT)")
        connection.execute("INSERT INTO verdicts VALUES ('a', 'no json')")
        connection.commit()
    with pytest.raises(UsageError, match="is damaged, or no store"), open_store(path):
        pass

    assert rows(path, "SELECT * FROM verdicts") == [("a", "no json")]
    assert rows(path, "PRAGMA user_version") == [(0,)]


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        (f"PRAGMA user_version = {stores.SCHEMA + 1}", "written by a newer version"),
        ("CREATE TABLE songs (name TEXT)", "is a database of something else"),
    ],
)
def test_a_database_that_is_not_ours_is_left_alone(statement, said, path):
    """A newer program's, or another program's."""
    path.parent.mkdir()
    with contextlib.closing(sqlite3.connect(path)) as connection:
        connection.execute(statement)
    with pytest.raises(UsageError, match=said), open_store(path):
        pass

    assert not {"verdicts", "facts"} & {n for (n,) in rows(path, "SELECT name FROM sqlite_schema")}


def test_a_damaged_file_is_one_sentence(path):
    """Whether it is damaged from the beginning, or further on."""
    with open_store(path) as store:
        for n in range(200):
            store.put(replace(KEY, source=str(n)), replace(VERDICT, fault=str(n) * 100))
    content = bytearray(path.read_bytes())
    content[4096:] = b"\xff" * (len(content) - 4096)
    path.write_bytes(content)
    with pytest.raises(UsageError, match="is damaged, or no store"), open_store(path) as store:
        store.get(KEY)
    path.write_bytes(b"This is no database. " * 500)
    with pytest.raises(UsageError, match="is damaged, or no store"), open_store(path):
        pass


def test_a_full_disk_is_one_sentence_and_loses_nothing(path):
    """What was kept before stays; of the verdict that did not fit, nothing does."""
    with open_store(path) as store:
        store.put(KEY, VERDICT)
        pages = store.connection.execute("PRAGMA page_count").fetchone()[0]
        store.connection.execute(f"PRAGMA max_page_count = {pages}")
        large = replace(VERDICT, tests=(replace(FAILED, message="new"),), fault="x" * 100_000)
        with pytest.raises(UsageError, match="make room on its disk and run the same command"):
            store.put(replace(KEY, source="c" * 64), large)
    with open_store(path) as store:
        assert store.get(KEY) == VERDICT
        assert store.get(replace(KEY, source="c" * 64)) is None

    assert rows(path, "SELECT count(*) FROM results") == [(2,)]


def test_a_verdict_that_another_version_wrote_is_given_again(path):
    """It is not known, rather than an error."""
    with open_store(path) as store:
        store.put(KEY, VERDICT)
        store.connection.execute(
            "UPDATE verdicts SET verdict = replace(verdict, '\"schema\"', '\"s\"')"
        )

        assert store.get(KEY) is None


def test_a_place_that_cannot_hold_a_store_is_one_sentence(tmp_path):
    """A folder under its name, or a file in the place of its folder."""
    (tmp_path / "file").touch()
    with pytest.raises(UsageError, match="choose another --store"), open_store(tmp_path):
        pass
    with pytest.raises(UsageError, match="choose another --store"), open_store(tmp_path / "file/x"):
        pass
