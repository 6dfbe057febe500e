"""The job summary that `check` leaves on the page of a run at GitHub."""

from dataclasses import replace

import pytest
from dojo.run.request import ask
from dojo.show import github

pytestmark = pytest.mark.timeout(120)


@pytest.fixture
def summarised(dojo, tmp_path):
    """Return `summarised(*words)`: what `check` appends to the file that GitHub names."""
    path = tmp_path / "summary.md"

    def run(*words):
        dojo("check", *words, GITHUB_STEP_SUMMARY=path)
        return path.read_text(encoding="utf-8")

    return run


def test_the_table_says_how_far_each_kata_is(summarised, spread, solve):
    """A kata that nobody has begun is no failure, and takes one line."""
    solve(spread)

    assert summarised("--all").splitlines() == [
        "## 1 of 2 katas is green",
        "",
        "| kata | functions green | tests passed | |",
        "|---|--:|--:|---|",
        "| kata01 Spread | 3/3 | 7/7 | green |",
        "| kata02 Runs | 0/1 | 0/3 | not started |",
    ]


def test_a_kata_that_was_begun_says_what_to_do_first(summarised, spread, solve):
    """As the terminal does: the rule, the call, what came back."""
    solve(spread)
    text = spread.mine.read_text()
    spread.mine.write_text(text.replace("(x.size - 1)", "x.size"))
    shown = summarised("kata01")

    assert "## 0 of 1 katas are green" in shown
    assert "| kata01 Spread | 1/3 | 4/7 | red |" in shown
    assert "### kata01 Spread\n\n<pre>\nspread: the divisor is one less than the count" in shown
    assert shown.endswith("A hint: nox -s hint -- kata01 spread\n</pre>\n")


def test_a_learner_s_text_stays_text(summarised, spread):
    """Neither a tag, nor the end of the block, nor a control character leaves it."""
    said = "</pre><img src=x> | @ann\\n\\n# Green \\x1b[2J ::error::"
    spread.mine.write_text(f'def center(x):\n    raise ValueError("{said}")\n')
    shown = summarised("kata01")

    assert "&lt;/pre&gt;&lt;img src=x&gt; | @ann" in shown
    assert (shown.count("<"), shown.count("<pre>"), shown.count("</pre>")) == (2, 1, 1)
    assert "\x1b" not in shown


def test_a_flood_is_cut(spread, warm):
    """GitHub refuses a summary above 1 MB."""
    verdict = warm(ask(spread, 1))[0]
    first = replace(verdict.tests[0], outcome="failed", message="<" * 9999 + "\n<" * 99_999)
    flood = replace(verdict, tests=(first, *verdict.tests[1:]))
    shown = "\n".join(github.lines([(spread, flood)]))

    assert 1_000 < len(shown) < 20_000


def test_a_fault_of_the_workbook_is_called_one(summarised, spread):
    """It is none of the learner's."""
    spread.tests.write_text("import nothing_like_this\n")
    shown = summarised("kata01")

    assert "| fault |" in shown
    assert "This is a fault of the workbook, not of your code." in shown


def test_a_second_check_is_appended(summarised):
    """A job may check more than once."""
    summarised("kata01")

    assert summarised("kata02").count("## 0 of 1 katas are green") == 2
