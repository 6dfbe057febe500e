"""feedback/<learner>.md, as a renderer of Markdown reads it."""

import re
from dataclasses import replace

import pytest
from dojo.author.grade.filename import file_name
from dojo.author.grade.reports import markdown, write_reports
from markdown_it import MarkdownIt

OURS = {
    "h1", "h2", "h3", "p", "code", "pre", "table", "thead", "tbody", "tr", "th", "td",
    "blockquote", "strong",
}  # fmt: skip


@pytest.fixture(params=[True, False], ids=["html", "no html"])
def render(request):
    """Return a renderer of Markdown with tables, that lets HTML pass or not."""
    return MarkdownIt("commonmark", {"html": request.param}).enable("table").render


def test_feedback_tells_what_check_tells(cohort, tmp_path):
    """Functions with points, then each red one: rule, mistake, call, came back, expected, where."""
    write_reports(cohort, tmp_path)
    text = (tmp_path / "feedback" / "ben.md").read_text(encoding="utf-8")

    assert text.startswith("# Feedback for ` ben `\n\n1 of 5 points.")
    assert "## kata01 Spread: 1 of 4 points" in text
    assert "| ` center ` | green | 1 of 1 |" in text
    assert "| ` summarise ` | red | 0 of 2 |" in text
    assert (
        "spread: the divisor is one less than the count\n"
        "  What came back is exactly what this mistake gives:\n"
        "  The divisor of a population.\n\n"
        "  spread(array(["
    ) in text
    assert "  came back  " in text
    assert "  expected   " in text
    assert "What usually breaks it" not in text
    assert "  at katas/kata01_spread/test_spread.py:" in text
    assert "1 more test is red." in text
    assert "The fork has no katas/kata02_runs/runs.py." in text


def test_feedback_names_every_red_test(cohort, tmp_path):
    """The first in full, the others by their rules: an appeal may be about any of them."""
    write_reports(cohort, tmp_path)
    text = (tmp_path / "feedback" / "ben.md").read_text(encoding="utf-8")
    verdict = cohort.entries[1].verdict
    rules = [t.rule for t in verdict.tests if t.outcome != "passed"]

    assert len(rules) > 2
    assert all(rule in text for rule in rules)
    assert "\nAlso red:\n  " in text


def test_feedback_says_why_tests_were_not_run(cohort, tmp_path):
    """They broke no rule, so theirs are not listed; the reason is told with their number."""
    entry = cohort.entries[1]
    why = "Not run, since center broke its process 3 times."
    dead = [replace(t, outcome="crashed", message="It died.") for t in entry.verdict.of("center")]
    others = [test for test in entry.verdict.tests if test.function != "center"]
    tests = (*dead[:2], *(replace(t, message=why, ran=False) for t in dead[2:]), *others)
    entries = (replace(entry, verdict=replace(entry.verdict, tests=tests)),)
    alone = replace(cohort, entries=entries, learners=cohort.learners[1:2], katas=cohort.katas[:1])
    write_reports(alone, tmp_path)

    for ending in ("md", "html"):
        text = (tmp_path / "feedback" / f"ben.{ending}").read_text(encoding="utf-8")
        assert f"{why} (2 tests)" in text
        assert dead[1].rule in text
        assert dead[2].rule not in text
    assert "It died." in text


def test_what_is_long_is_cut_in_the_middle(cohort, tmp_path):
    """What was expected, and what usually breaks the rule, stands behind long values."""
    entry = cohort.entries[1]
    tests = tuple(replace(t, calls=("\n".join(map(str, range(500))),)) for t in entry.verdict.tests)
    entries = (replace(entry, verdict=replace(entry.verdict, tests=tests, diagnosis=())),)
    alone = replace(cohort, entries=entries, learners=cohort.learners[1:2], katas=cohort.katas[:1])
    write_reports(alone, tmp_path)
    text = (tmp_path / "feedback" / "ben.md").read_text(encoding="utf-8")

    assert re.search(r"\n  \.\.\. \d+ more lines \.\.\.\n", text)
    assert "  came back  " in text
    assert "  expected   " in text
    assert "  Divided by n: that is the spread of a population" in text


def test_what_stops_several_functions_is_told_once(cohort, tmp_path):
    """A syntax error is one mistake, whatever it costs."""
    entry = cohort.entries[1]
    tests = tuple(
        replace(t, outcome="error", message="There is a syntax error.", ran=False)
        for t in entry.verdict.tests
    )
    entries = (replace(entry, verdict=replace(entry.verdict, tests=tests)),)
    alone = replace(cohort, entries=entries, learners=cohort.learners[1:2], katas=cohort.katas[:1])
    write_reports(alone, tmp_path)
    text = (tmp_path / "feedback" / "ben.md").read_text(encoding="utf-8")

    assert text.count("There is a syntax error.") == 1
    assert text.count("The same as center.") == len(cohort.katas[0].functions) - 1


def test_every_report_of_one_names_the_commit(cohort, tmp_path):
    """An appeal begins with what was handed in."""
    commit = "9d4e1f07c52b6c3e8a1f0b7d2c5e4a3f6b8d9c01"
    learners = tuple(replace(learner, commit=commit) for learner in cohort.learners)
    write_reports(replace(cohort, learners=learners), tmp_path)

    for name in ("gradebook.csv", "gradebook.html", "feedback/ben.md", "feedback/ben.html"):
        assert commit in (tmp_path / name).read_text(encoding="utf-8"), name
    assert commit in (tmp_path / "results" / "ben.json").read_text(encoding="utf-8")


def test_feedback_on_all_green_has_nothing_to_tell(cohort, tmp_path):
    """Only the table of functions."""
    write_reports(cohort, tmp_path)
    text = (tmp_path / "feedback" / "ann.md").read_text(encoding="utf-8")

    assert "## kata01 Spread: 4 of 4 points" in text
    assert "came back" not in text
    assert "The file is the stub as it was handed out." in text


def test_feedback_gives_no_zero_for_a_fault(cohort, tmp_path):
    """It says whose fault it is not, in both forms."""
    write_reports(cohort, tmp_path)
    for ending in ("md", "html"):
        text = (tmp_path / "feedback" / f"lea.{ending}").read_text(encoding="utf-8")
        assert "no total of 5 points" in text
        assert "no mark of 4 points" in text
        assert "The tests cannot be collected." in text


def test_nothing_of_a_learner_s_is_markup(hostile, render, parse, tmp_path):
    """No tag, link, picture or heading, whether the renderer lets HTML pass or not."""
    write_reports(hostile, tmp_path)
    for learner in hostile.learners:
        path = tmp_path / "feedback" / f"{file_name(learner.name)}.md"
        page = parse(render(path.read_text(encoding="utf-8")))
        assert page.tags <= OURS, learner
        assert [len(page.all(tag)) for tag in ("h1", "h2", "h3", "pre", "table")] == [1, 2, 2, 3, 1]
        assert {len(page.all("tr")), len(page.all("td")) // 3} == {4, 3}


@pytest.mark.parametrize("text", ["a", "`", "``a`", "` `", "a`", "\\`", "a|b", "<b>", "`" * 9])
def test_a_code_span_ends_where_it_should(render, parse, text):
    """Whatever backticks are in it; also in a cell of a table."""
    span = render(f"x {markdown.code(text)} *y*")
    table = render("\n".join(["| x | y |", "|---|---|", markdown.row(markdown.code(text), "*y*")]))

    for page in (parse(span), parse(table)):
        assert len(page.all("code")) == len(page.all("em")) == 1
        assert text.replace("|", r"\x7c") in page.text


@pytest.mark.parametrize("text", ["```", "~~~", "````\n<b>", "a\n```\n# x", "    a\n\n\n- b"])
def test_a_block_ends_where_it_should(render, parse, text):
    """The fence is longer than any run of backticks in it."""
    page = parse(render(f"{markdown.block(text)}\n\n*y*"))

    assert page.tags == {"pre", "code", "p", "em"}
    assert text in page.text
