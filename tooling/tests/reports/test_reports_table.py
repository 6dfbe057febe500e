"""gradebook.csv, as a program and as a spreadsheet read it."""

import csv
from dataclasses import replace

import pytest
from dojo.author.grade.reports import write_reports
from dojo.author.grade.reports.table import safe


def read(gradebook, folder, delimiter=","):
    """Write the reports and read the table back."""
    write_reports(gradebook, folder)
    with (folder / "gradebook.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file, delimiter=delimiter))


def test_points_total_and_reasons(cohort, tmp_path):
    """Blank where there is no mark: a fault and an unreadable fork are no zero."""
    header, *rows = read(cohort, tmp_path)
    table = {row[0]: dict(zip(header, row, strict=True)) for row in rows}

    assert header[:5] == ["learner", "kata01_spread", "kata02_runs", "total", "possible"]
    assert [row[:5] for row in rows] == [
        ["ann", "4", "0", "4", "5"],
        ["ben", "1", "0", "1", "5"],
        ["eve", "0", "0", "0", "5"],
        ["kim", "", "", "", "5"],
        ["lea", "", "0", "", "5"],
        ["tom", "0", "0", "0", "5"],
    ]
    assert table["ann"]["kata01_spread state"] == "green"
    assert table["ben"]["kata01_spread state"] == "red"
    assert table["lea"]["kata01_spread state"] == "fault"
    assert table["lea"]["kata01_spread reason"].endswith("The tests cannot be collected.")
    assert table["eve"]["kata02_runs reason"] == "The file is a symbolic link."
    assert table["ann"]["seed"] == "7"
    assert table["ann"]["isolation"] == "bubblewrap"


def test_the_table_says_when_there_was_no_sandbox(cohort, tmp_path):
    """In every row, so that a row that is copied says it too."""
    header, *rows = read(replace(cohort, isolation="unsafe"), tmp_path)

    assert {row[header.index("isolation")] for row in rows} == {"unsafe"}


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_no_cell_is_a_formula(hostile, tmp_path, delimiter):
    """Whichever separator a spreadsheet splits at."""
    rows = read(hostile, tmp_path, delimiter)

    assert len(rows) == len(hostile.learners) + 1
    for row in rows:
        for cell in row:
            assert not cell.lstrip().startswith(("=", "+", "-", "@", "\t", "\r"))


def test_every_row_has_every_column(hostile, tmp_path):
    """Quotes, commas and line breaks of a name move nothing."""
    rows = read(hostile, tmp_path)

    assert {len(row) for row in rows} == {len(rows[0])}
    assert rows[4][0] == '\'=HYPERLINK("https://owned.example","x")'
    assert rows[-1][0] == "x" * 300


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("ann", "ann"),
        ("ann-b", "ann-b"),
        ("a=b", "a=b"),
        ("=1", "'=1"),
        ("  =1", "'  =1"),
        ("\t=1", r"\t=1"),
        ("＝1", "'＝1"),
        ("a;-1", "a;'-1"),
    ],
)
def test_only_what_computes_gets_an_apostrophe(text, shown):
    """An honest name is the key to other tables."""
    assert safe(text) == shown
