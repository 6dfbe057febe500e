"""`bench`: every benchmark works, prints one table, and leaves the learner's files alone."""

import json

import pytest
from bench.bench import BENCHMARKS
from bench.rounds import medians

pytestmark = pytest.mark.timeout(120)

SMALL = {"check": (), "watch": (), "verify": ("--only", "files", "--only", "stub")}


def test_every_benchmark_is_run_small_here():
    """A benchmark that is added has to be added below too."""
    assert {*SMALL, "grade", "scale", "attacks"} == set(BENCHMARKS)


@pytest.mark.parametrize("name", SMALL)
def test_a_benchmark_prints_one_table_and_writes_its_figures(name, dojo, runs, tmp_path):
    """One kata, one round; ratios and seconds are there, and none of them is judged."""
    runs.mine.write_text("MINE = 1\n")
    file = tmp_path / "figures.json"
    done = dojo(
        name, "--katas", "2", "--rounds", "1", "--json", file, *SMALL[name], program="bench"
    )

    figures = json.loads(file.read_text())
    (row,) = figures["rows"]
    assert (done.returncode, done.stderr) == (0, "kata02 ...\n")
    assert done.stdout.count("kata02") == 1
    assert figures["benchmark"] == name
    assert row.pop("kata") == "kata02"
    assert all(value > 0 for value in row.values())
    assert runs.mine.read_text() == "MINE = 1\n"


def test_judged_runs_are_measured_beside_others(dojo, tmp_path):
    """A row a kata and one for all; untouched stubs count as judged and not as run."""
    file = tmp_path / "figures.json"
    words = ("--katas", "2", "--rounds", "1", "--files", "2", "--json", file)
    done = dojo("grade", *words, program="bench")

    one, everything = json.loads(file.read_text())["rows"]
    assert (done.returncode, done.stderr) == (0, "kata02 ...\n")
    assert (one.pop("kata"), everything.pop("kata")) == ("kata02", "all")
    assert one == pytest.approx(everything)
    # Of these two, one is an untouched stub.
    assert one["judged_runs"] == pytest.approx(one["judged"] / 2)
    assert one["by_sandbox"] == pytest.approx(one["judged"] / one["sandboxed"])


def test_a_cohort_is_graded_new_again_and_with_one_change(dojo, tmp_path):
    """Again, nothing runs; after one hand-in, only that one does."""
    file = tmp_path / "figures.json"
    done = dojo("scale", "--katas", "1", "--learners", "3", "6", "--json", file, program="bench")

    few, many = json.loads(file.read_text())["rows"]
    assert (done.returncode, done.stderr) == (0, "3 learners ...\n6 learners ...\n")
    assert 0 < few["runs"] <= many["runs"] <= 6
    assert (few["again_runs"], many["again_runs"]) == (0, 0)
    assert max(few["one_runs"], many["one_runs"]) <= 1
    assert few["by_first"] == 1


def test_an_honest_file_is_measured_beside_attacks(dojo, tmp_path):
    """It stays green, whatever the other judge meets; the last row sums up."""
    file = tmp_path / "figures.json"
    words = ("--attacks", "exit_in_a_function", "wire_garbage", "--rounds", "1", "--json", file)
    done = dojo("attacks", *words, program="bench")

    *rows, everything = json.loads(file.read_text())["rows"]
    assert (done.returncode, done.stderr) == (0, "2 attacks ...\n")
    assert {row["attack"] for row in rows} == {"exit_in_a_function", "wire_garbage"}
    assert everything["attack"] == "all 2"
    assert everything["runs"] == sum(row["runs"] for row in rows) >= 2
    assert all(row["green"] == row["runs"] for row in rows)
    assert all(row["by_honest"] > 0 for row in rows)


def test_a_hundred_saves_leave_nothing_behind(dojo, tmp_path):
    """Memory, processes and descriptors stay as they were after the first verdicts."""
    file = tmp_path / "figures.json"
    done = dojo("watch", "--katas", "2", "--saves", "100", "--json", file, program="bench")

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
        (("attacks", "--attacks", "none"), "There is no attack 'none' in tooling/"),
    ],
)
def test_a_wrong_use_is_a_sentence(dojo, words, sentence):
    """What happened, and what to do."""
    done = dojo(*words, program="bench")

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(sentence)
