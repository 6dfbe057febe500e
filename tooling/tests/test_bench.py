"""`bench`: every benchmark works, prints one table, and leaves the learner's files alone."""

import json

import pytest
from dojo.benchmarks.bench import BENCHMARKS
from dojo.benchmarks.rounds import medians

pytestmark = pytest.mark.timeout(120)

SMALL = {"check": (), "watch": (), "verify": ("--only", "files", "--only", "stub")}


def test_every_benchmark_is_run_small_here():
    """A benchmark that is added has to be added below too."""
    assert set(SMALL) == set(BENCHMARKS)


@pytest.mark.parametrize("name", SMALL)
def test_a_benchmark_prints_one_table_and_writes_its_figures(name, dojo, runs, tmp_path):
    """One kata, one round; ratios and seconds are there, and none of them is judged."""
    runs.mine.write_text("MINE = 1\n")
    file = tmp_path / "figures.json"
    done = dojo("bench", name, "--katas", "2", "--rounds", "1", "--json", file, *SMALL[name])

    figures = json.loads(file.read_text())
    (row,) = figures["rows"]
    assert (done.returncode, done.stderr) == (0, "kata02 ...\n")
    assert done.stdout.count("kata02") == 1
    assert figures["benchmark"] == name
    assert row.pop("kata") == "kata02"
    assert all(value > 0 for value in row.values())
    assert runs.mine.read_text() == "MINE = 1\n"


def test_a_hundred_saves_leave_nothing_behind(dojo, tmp_path):
    """Memory, processes and descriptors stay as they were after the first verdicts."""
    file = tmp_path / "figures.json"
    done = dojo("bench", "watch", "--katas", "2", "--saves", "100", "--json", file)

    first, *later = json.loads(file.read_text())["rows"]
    assert (done.returncode, later[-1]["saves"]) == (0, 100)
    assert {row["processes"] for row in later} == {first["processes"]}
    assert {row["descriptors"] for row in later} == {first["descriptors"]}
    assert max(row["memory_by_first"] for row in later) < 1.05


def test_rounds_are_interleaved_and_the_first_is_not_counted():
    """A median of what every way took in turn."""
    order = []
    seconds = {"a": iter([9.0, 1.0, 5.0, 2.0]), "b": iter([9.0, 4.0, 3.0, 8.0])}
    ways = {name: lambda name=name: order.append(name) or next(seconds[name]) for name in seconds}

    assert medians(ways, 3) == {"a": 2.0, "b": 4.0}
    assert order == ["a", "b"] * 4


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("check", "--rounds", "0"), "--rounds is 0; take at least 1."),
        (("watch", "--saves", "5"), "--saves is 5; take at least 40, of which 20 warm up."),
        (("check", "--katas", "9"), "There is no kata '9'."),
    ],
)
def test_a_wrong_use_is_a_sentence(dojo, words, sentence):
    """What happened, and what to do."""
    done = dojo("bench", *words)

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(sentence)
