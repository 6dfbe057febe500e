"""What other programs read: JUnit, Gradescope's results, the summary of a GitHub job."""

import json
import xml.etree.ElementTree as ET
from dataclasses import replace

from dojo.author.grade.filename import file_name
from dojo.author.grade.reports import job_summary, write_reports
from markdown_it import MarkdownIt


def suites(gradebook, folder):
    """Write the reports and read the suites by their names."""
    write_reports(gradebook, folder)
    return {s.get("name"): s for s in ET.parse(folder / "junit.xml").getroot()}


def test_junit_has_a_suite_a_learner_and_kata(cohort, tmp_path):
    """With the counts that a CI shows, and how it was graded."""
    found = suites(cohort, tmp_path)
    counts = {n: tuple(s.get(k) for k in ("tests", "failures", "errors")) for n, s in found.items()}

    assert len(found) == 12
    assert counts["ann kata01_spread"] == ("7", "0", "0")
    assert counts["ben kata01_spread"] == ("7", "3", "0")
    assert counts["eve kata01_spread"] == ("3", "3", "0")
    assert counts["kim kata01_spread"] == ("1", "0", "1")
    assert counts["lea kata01_spread"] == ("1", "0", "1")
    properties = {p.get("name"): p.get("value") for p in found["ann kata01_spread"][0]}
    assert properties == {"isolation": "bubblewrap", "seed": "7", "version": "0.1.0"}


def test_junit_counts_what_it_holds(cohort, tmp_path):
    """The attributes agree with the cases; a stub is a failure, a fault an error, with reason."""
    found = suites(cohort, tmp_path)
    for suite in found.values():
        assert int(suite.get("tests")) == len(suite.findall("testcase"))
        assert int(suite.get("failures")) == len(suite.findall("testcase/failure"))
        assert int(suite.get("errors")) == len(suite.findall("testcase/error"))

    assert found["eve kata01_spread"].find("testcase/failure").get("type") == "untouched"
    assert "cannot be collected" in found["lea kata01_spread"].find("testcase/error").text
    assert "came back" in found["ben kata01_spread"].find("testcase/failure").text


def test_junit_holds_what_xml_cannot(hostile, tmp_path):
    """A real parser reads it; nulls and halves of characters are shown."""
    found = suites(hostile, tmp_path)

    assert all(len(suite.findall("testcase/failure")) in (1, 3) for suite in found.values())
    text = next(s for n, s in found.items() if n.startswith(r"\x00")).find("testcase/failure").text
    assert r"\x00" in text
    assert r"\ud800\uffff" in text
    root = ET.parse(tmp_path / "junit.xml").getroot()
    assert {e.tag for e in root.iter()} == {
        "testsuites", "testsuite", "properties", "property", "testcase", "failure",
    }  # fmt: skip


def results(folder, name):
    """Read one learner's results."""
    text = (folder / "results" / f"{file_name(name)}.json").read_text(encoding="utf-8")
    return json.loads(text)


def test_gradescope_has_a_test_a_function(cohort, tmp_path):
    """With score, largest score, status and what `check` says."""
    write_reports(cohort, tmp_path)
    found = results(tmp_path, "ben")

    assert found["score"] == 1
    facts = {"isolation": "bubblewrap", "seed": "7", "version": "0.1.0"}
    assert found["extra_data"] == {**facts, "commit": ""}
    assert [(t["name"], t["score"], t["max_score"], t["status"]) for t in found["tests"]] == [
        ("kata01 center", 1, 1, "passed"),
        ("kata01 spread", 0, 1, "failed"),
        ("kata01 summarise", 0, 2, "failed"),
        ("kata02 longest_run", 0, 1, "failed"),
    ]
    assert "came back" in found["tests"][1]["output"]
    assert "The fork has no" in found["tests"][3]["output"]
    assert {t["output_format"] for t in found["tests"]} == {"text"}
    assert {t["visibility"] for t in found["tests"]} == {"visible"}


def test_gradescope_gets_no_score_where_there_is_no_total(cohort, tmp_path):
    """It then says that the autograder failed, which is true, and shows no zero."""
    write_reports(cohort, tmp_path)
    for name in ("kim", "lea"):
        found = results(tmp_path, name)
        assert "score" not in found
        assert not any("score" in t or "max_score" in t for t in found["tests"])
    assert "status" not in results(tmp_path, "lea")["tests"][0]


def test_gradescope_s_scores_add_up(crowd, tmp_path):
    """The total is the sum of the parts, for everybody who has one."""
    gradebook = crowd(20)
    write_reports(gradebook, tmp_path)
    found = [results(tmp_path, learner.name) for learner in gradebook.learners]
    whole = [f for f in found if "score" in f]

    assert len(whole) > 10
    for one in whole:
        assert sum(t["score"] for t in one["tests"]) == one["score"]
        assert sum(t["max_score"] for t in one["tests"]) == gradebook.possible


def test_every_report_warns_of_marks_without_a_sandbox(cohort, tmp_path, monkeypatch):
    """None of them can be read without seeing it."""
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path / "summary.md"))
    for path in write_reports(replace(cohort, isolation="unsafe"), tmp_path / "out"):
        assert "unsafe" in path.read_text(encoding="utf-8").lower(), path
    assert "UNSAFE" in (tmp_path / "summary.md").read_text(encoding="utf-8")


def summary(gradebook, tmp_path, monkeypatch, before=""):
    """Write the reports in a job of GitHub's; return what its summary then holds."""
    path = tmp_path / "summary.md"
    path.write_text(before, encoding="utf-8")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(path))
    write_reports(gradebook, tmp_path / "out")
    return path.read_text(encoding="utf-8")


def test_the_summary_is_appended(cohort, tmp_path, monkeypatch):
    """After what another step's tool wrote: points, and the hardest tests."""
    text = summary(cohort, tmp_path, monkeypatch, before="Before.\n")

    assert text.startswith("Before.\n## Gradebook\n")
    assert "| ` ann ` | 4 | 0 | 4 of 5 |" in text
    assert "| ` lea ` | fault | 0 | no total of 5 |" in text
    assert "| ` the divisor is one less than the count ` | kata01 ` spread ` | 2 | 3 |" in text


def test_no_summary_is_written_elsewhere(cohort, tmp_path, monkeypatch):
    """Outside GitHub there is none."""
    monkeypatch.delenv("GITHUB_STEP_SUMMARY", raising=False)
    write_reports(cohort, tmp_path)

    assert not [p for p in tmp_path.rglob("*.md") if p.parent.name != "feedback"]


def test_the_summary_of_hostile_learners_is_inert(hostile, tmp_path, monkeypatch, parse):
    """A row each, and no tag or link among them."""
    text = summary(hostile, tmp_path, monkeypatch)
    page = parse(MarkdownIt("commonmark", {"html": True}).enable("table").render(text))

    assert not page.tags & {"script", "img", "a", "b", "h1", "em", "pre"}
    assert len(page.all("tr")) == 2 + 3 + len(hostile.learners)
    assert len(page.all("td")) == 3 * 4 + len(hostile.learners) * 4


def test_the_summary_keeps_to_github_s_limit(cohort, tmp_path, monkeypatch):
    """Whole lines as long as they fit, what stood before counted too, and a word on the rest."""
    full = summary(cohort, tmp_path, monkeypatch)
    room = len(full.encode()) - 20
    text = summary(cohort, tmp_path, monkeypatch, before="é" * ((2**20 - room) // 2))
    ours = text.lstrip("é")

    assert len(text.encode()) <= 2**20
    assert ours.endswith(job_summary.CLOSING)
    kept = ours.removesuffix(job_summary.CLOSING)
    assert full.startswith(kept)
    assert kept.endswith("|\n")


def test_a_full_summary_stays_as_it_is(cohort, tmp_path, monkeypatch):
    """No half sentence is squeezed in."""
    before = "x" * 2**20

    assert summary(cohort, tmp_path, monkeypatch, before) == before
