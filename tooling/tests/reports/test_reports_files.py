"""All reports together: which files, and that they are the same each time."""

import random
import re
from dataclasses import replace

import pytest
from dojo.author.grade.filename import file_name
from dojo.author.grade.reports import write, write_reports
from dojo.errors import UsageError


def contents(folder):
    """Read all files under a folder."""
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*.*")}


def test_all_files_are_written_and_named(cohort, tmp_path):
    """What is returned is what is there, and nothing half-written stays."""
    written = write_reports(cohort, tmp_path / "out")
    learners = ("ann", "ben", "eve", "kim", "lea", "tom")
    expected = {"gradebook.csv", "gradebook.html", "junit.xml"}
    expected |= {f"feedback/{name}.{ending}" for name in learners for ending in ("md", "html")}
    expected |= {f"results/{name}.json" for name in learners}

    assert {p.relative_to(tmp_path / "out").as_posix() for p in written} == expected
    assert set(contents(tmp_path / "out")) == expected


def test_the_same_gradebook_gives_the_same_bytes(cohort, tmp_path):
    """Neither how long it took nor in which order it came in can be seen."""
    write_reports(cohort, tmp_path / "first")
    entries = [
        replace(
            entry,
            verdict=entry.verdict
            and replace(
                entry.verdict,
                seconds=99.0,
                tests=tuple(replace(t, seconds=9.0) for t in entry.verdict.tests),
            ),
        )
        for entry in cohort.entries
    ]
    random.Random(1).shuffle(entries)
    write_reports(replace(cohort, entries=tuple(entries)), tmp_path / "second")

    assert contents(tmp_path / "first") == contents(tmp_path / "second")


def test_new_reports_take_the_place_of_old_ones(cohort, tmp_path):
    """The whole of them, with nothing of the old left at the end."""
    write_reports(cohort, tmp_path / "first")
    for path in write_reports(cohort, tmp_path / "second"):
        path.write_text("old " * 100_000)
    write_reports(cohort, tmp_path / "second")

    assert contents(tmp_path / "first") == contents(tmp_path / "second")


def test_hostile_names_stay_in_their_folders(hostile, tmp_path):
    """One file each, wherever a name points."""
    out = tmp_path / "deep" / "out"
    write_reports(hostile, out)

    assert len(list((out / "feedback").iterdir())) == 2 * len(hostile.learners)
    assert len(list((out / "results").iterdir())) == len(hostile.learners)
    assert [p.name for p in tmp_path.iterdir()] == ["deep"]
    assert [p.name for p in out.parent.iterdir()] == ["out"]


def test_no_file_holds_a_character_that_acts(hostile, tmp_path):
    """Escapes, bells, nulls and turned text are shown, never written; so are commands."""
    for path in write_reports(hostile, tmp_path):
        text = path.read_text(encoding="utf-8")
        assert not set(text) & set("\x00\x07\x0b\x1b\x9b\r\u202e"), path
        assert not set(text) & set("\u3164\u115f\u2800\u034f\ufe0f\U000e0100\U000e0041"), path
        assert not set(text) & set("\u2060\u200b\u2066\u200f\ufeff"), path
        assert not re.search("[\u0351\u0489]{4}", text), path
        assert not any(row.strip().startswith("::") for row in text.splitlines()), path


def test_a_flood_is_capped(cohort, tmp_path):
    """A learner whose code says a great deal fills no report."""
    flood = "\n".join(["x" * 5000] * 500)
    entries = [
        replace(e, reason=flood, verdict=e.verdict and flooded(e.verdict, flood))
        for e in cohort.entries
    ]
    for path in write_reports(replace(cohort, entries=tuple(entries)), tmp_path):
        text = path.read_text(encoding="utf-8")
        assert len(text) < 120_000, path
        assert max(map(len, text.replace("\\n", "\n").splitlines())) < 4_000, path


def flooded(verdict, flood):
    """Have every test say, call and print very much."""
    said = {"outcome": "failed", "message": flood, "calls": (flood,) * 3, "printed": flood}
    return replace(verdict, tests=tuple(replace(t, **said) for t in verdict.tests))


def test_a_folder_that_refuses_is_said_in_a_sentence(cohort, tmp_path):
    """A file is in the place of the folder: the person can put that right."""
    (tmp_path / "feedback").write_text("mine")

    with pytest.raises(UsageError, match=r"cannot be written .*name another folder with --out"):
        write_reports(cohort, tmp_path)

    assert (tmp_path / "feedback").read_text() == "mine"
    assert not [p for p in tmp_path.iterdir() if p.name.startswith(".")]


def test_a_file_that_cannot_be_finished_leaves_the_old_one(tmp_path):
    """Half a character cannot be written; what was there stays, and nothing lies beside it."""
    path = tmp_path / "gradebook.csv"
    write(path, "old")
    with pytest.raises(UnicodeEncodeError):
        write(path, "new \ud800")

    assert contents(tmp_path) == {"gradebook.csv": b"old"}
    assert [p.name for p in tmp_path.iterdir()] == ["gradebook.csv"]


@pytest.mark.parametrize("name", ["ann", "ann-b_2", "s1234567"])
def test_a_safe_name_is_its_own_file_name(name):
    """Whoever looks for a learner finds the file."""
    assert file_name(name) == name


@pytest.mark.parametrize(
    ("name", "start"),
    [
        ("Ann", "ann."),
        ("ann@uni.example", "ann-uni-example."),
        ("Zoë", "zoe."),
        ("../../x", "x."),
        ("-rf", "rf."),
        (".", "learner."),
        ("", "learner."),
        ("李", "learner."),
        ("con", "con."),
        ("com1", "com1."),
        ("a/b", "a-b."),
        ("a\x00b", "a-b."),
        ("\ud800", "learner."),
    ],
)
def test_any_other_name_gets_a_slug_and_a_hash(name, start):
    """Readable, safe on every system, and always the same."""
    made = file_name(name)

    assert made.startswith(start)
    assert len(made) == len(start) + 16
    assert set(made) <= set("abcdefghijklmnopqrstuvwxyz0123456789-_.")


def test_file_names_are_short_and_differ():
    """However long or alike the names; nobody can choose the name of another's file."""
    names = ["x" * 300, "x" * 301, "Ann", "ann", "ANN", "a/b", "a-b", "a b", file_name("Ann")]
    made = [file_name(name).casefold() for name in names]

    assert len(set(made)) == len(names)
    assert max(map(len, made)) < 100
