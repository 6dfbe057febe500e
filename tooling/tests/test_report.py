"""A verdict as a learner reads it, in a pipe and on a terminal."""

import io
import re
import textwrap
from dataclasses import replace

import pytest
from dojo.kata.catalog import Kata
from dojo.run.verdict import TestResult, Verdict
from dojo.show import report
from rich.console import Console

RED = TestResult(
    id="TestCenter::test_the_mean_moves_to_zero",
    function="center",
    rule="the mean moves to zero",
    why="Something other than the mean was taken off.",
    outcome="failed",
    message="came back  array([1.])\nexpected   array([0.])",
    calls=("center(array([1.])) -> array([1.])",),
    where="katas/kata01_spread/test_spread.py:18",
)
GREEN = replace(RED, outcome="passed", message="", calls=(), where="")
OPEN = TestResult(
    id="TestSpread::test_one_value",
    function="spread",
    rule="one value has no spread",
    why="A single value leaves nothing to divide by.",
    outcome="not_started",
    message="spread is not written yet.",
    calls=("spread(array([3.])) raised NotImplementedError",),
    where="katas/kata01_spread/spread.py:39",
)


def verdict(*tests: TestResult, fault: str = "") -> Verdict:
    """Make a verdict on center and spread."""
    return Verdict("kata01_spread", "mine", 1, "process", ("center", "spread"), tests, fault)


def whole() -> Verdict:
    """Make a verdict on all functions of the kata, every one of them green."""
    functions = ("center", "spread", "summarise")
    return replace(verdict(*(replace(GREEN, function=f) for f in functions)), functions=functions)


def shown(kata: Kata, *verdicts: Verdict, following: Kata | None = None, **options) -> str:
    """Return what is printed of some verdicts."""
    stream = io.StringIO()
    console = Console(file=stream, **{"width": 60, **options})
    report.show(console, [(kata, v) for v in verdicts], following)
    return stream.getvalue()


def test_a_red_verdict_shows_one_test_in_full(spread):
    """Title, one line a function, the first red test, and the way to a hint."""
    assert shown(spread, verdict(RED, OPEN)).splitlines() == [
        "kata01 Spread  level 1, about 15 min",
        "  center     0/1  red",
        "  spread     0/1  not started",
        "",
        "center: the mean moves to zero",
        "  center(array([1.])) -> array([1.])",
        "",
        "  came back  array([1.])",
        "  expected   array([0.])",
        "",
        "  What usually breaks it:",
        "  Something other than the mean was taken off.",
        "",
        "  at katas/kata01_spread/test_spread.py:18",
        "",
        "A hint: nox -s hint -- kata01 center",
    ]


def test_a_stub_does_not_look_like_a_crash(spread):
    """What is to be written first, where, and what its first test says; nobody has erred yet."""
    untouched = replace(
        OPEN, function="center", calls=("center(array([3.])) raised NotImplementedError",)
    )
    text = shown(spread, verdict(untouched, OPEN))

    assert text.splitlines()[4:] == [
        "Write center first: katas/kata01_spread/spread.py:39",
        "Its first test says: one value has no spread.",
        "  center(array([3.]))",
        "",
        "A hint: nox -s hint -- kata01 center",
    ]
    assert "Error" not in text
    assert "red" not in text


@pytest.mark.parametrize(
    ("count", "sentence"),
    [(1, "1 more test is red."), (2, "2 more tests are red.")],
)
def test_the_other_red_tests_are_counted(spread, count, sentence):
    """Tests that are not started are not red."""
    more = [replace(RED, id=f"TestCenter::test_{n}") for n in range(count)]

    assert sentence in shown(spread, verdict(RED, *more, OPEN)).splitlines()


def test_a_red_test_goes_before_one_that_is_not_started(spread):
    """What was begun is finished first."""
    late = replace(RED, function="spread", rule="it is red")
    early = replace(OPEN, function="center", rule="it waits")
    text = shown(spread, verdict(early, late))

    assert "spread: it is red" in text
    assert "it waits" not in text


def test_a_green_verdict_says_what_was_learned_and_what_comes_next(spread, runs):
    """The lines at the head of the debrief, where it is, and the next kata."""
    assert shown(spread, whole(), following=runs).splitlines()[5:] == [
        "kata01 is green.",
        "  The trap. A mean costs one degree of freedom.",
        "  The number. With five values, dividing by n gives four fifths of the variance.",
        "  Say it. Why n - 1, and when does it matter?",
        "Read now: katas/kata01_spread/debrief.md",
        "Next kata: nox -s check -- kata02  (Runs)",
    ]


def test_a_debrief_without_such_lines_is_only_named(spread, tmp_path):
    """An author's kata is not finished; the green is a green all the same."""
    unfinished = Kata(tmp_path, spread.name)
    (tmp_path / "katas" / spread.name).mkdir(parents=True)
    for file in (spread.folder / "kata.toml", spread.pristine):
        copy = tmp_path / file.relative_to(spread.root)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_text(file.read_text())

    assert shown(unfinished, whole()).splitlines()[5:] == [
        "kata01 is green.",
        "Read now: katas/kata01_spread/debrief.md",
    ]


def test_after_the_last_kata_nothing_comes_next(spread):
    """All others are green already."""
    text = shown(spread, whole())

    assert "kata01 is green." in text
    assert "Next kata" not in text


def test_green_functions_are_not_a_green_kata(spread):
    """Only they were tested: the debrief waits for the others."""
    text = shown(spread, verdict(GREEN, replace(OPEN, outcome="passed")))

    assert text.splitlines()[4:] == [
        "center, spread are green.",
        "All of it: nox -s check -- kata01",
    ]


def test_a_single_green_function_is_one(spread):
    """One is, two are."""
    one = replace(verdict(GREEN), functions=("center",))

    assert shown(spread, one).splitlines()[3:] == [
        "center is green.",
        "All of it: nox -s check -- kata01",
    ]


def test_another_s_answer_earns_the_learner_nothing(spread, runs):
    """The reference is green, or another file: the debrief is for who got there."""
    text = shown(spread, replace(whole(), against="solutions"), following=runs)

    assert text.splitlines()[-1] == "kata01 is green on solutions."
    assert "debrief" not in text
    assert "Next kata" not in text


def test_of_several_green_katas_the_last_is_told(spread, runs):
    """Its debrief, and what comes after it."""
    stream = io.StringIO()
    last = replace(whole(), kata="kata02_runs", functions=("longest_run",))
    last = replace(last, tests=(replace(GREEN, function="longest_run"),))
    report.show(Console(file=stream, width=60), [(spread, whole()), (runs, last)], None)

    assert "kata02 is green." in stream.getvalue()
    assert "kata01 is green." not in stream.getvalue()


def test_a_fault_is_not_the_learner_s(spread):
    """It says whose it is, and what it is."""
    text = shown(spread, verdict(GREEN, fault="The tests cannot be collected: NameError"))

    assert "This is a fault of the workbook, not of your code." in text
    assert "The tests cannot be collected: NameError" in text


def test_several_katas_are_listed_and_one_is_told(spread):
    """The lines of all, and in full only the first thing to do."""
    text = shown(spread, whole(), verdict(RED, OPEN), verdict(RED, OPEN))

    assert text.count("kata01 Spread") == 3
    assert text.count("center: the mean moves to zero") == 1


def test_a_pipe_gets_whole_lines_without_colour(spread):
    """A line is as long as it is: what reads the pipe may search it."""
    long = replace(RED, message="x" * 500)
    text = shown(spread, verdict(long, OPEN))

    assert "x" * 500 in text
    assert "\x1b" not in text


WHY = """A pooled variance stands for both arms, so that the size does not depend on the order in
which they are given; each arm brings a variance of its own, and the two of them are added up.

Two more lines:

- the first of a list that is long enough to be wrapped at any of the widths that are tried here
- the second
"""


@pytest.mark.parametrize("width", [60, 80, 100])
def test_a_terminal_wraps_once_and_between_words(spread, width):
    """What an author has wrapped for an editor is not wrapped again, row by row."""
    test = replace(RED, why=WHY, message=f"came back  [{', '.join(['1.25'] * 30)}]\nexpected   0")
    text = shown(spread, verdict(test, OPEN), force_terminal=True, width=width, color_system=None)
    rows = re.sub(r"\x1b\]8;.*?\x1b\\\\", "", text).splitlines()
    first = rows.index(next(r for r in rows if r.startswith("  A pooled")))
    end = rows.index("", first)
    value = rows.index(next(r for r in rows if r.startswith("  came back  [1.25")))

    assert max(map(len, rows)) <= width
    assert rows[first:end] == textwrap.wrap(
        " ".join(WHY.partition("\n\n")[0].split()),
        width,
        initial_indent="  ",
        subsequent_indent="  ",
    )
    assert rows[end + 1 : end + 3] == ["  Two more lines:", ""]
    assert "  - the second" in rows
    assert rows[value + 1].startswith(" " * 13 + "1.25")


def test_a_terminal_gets_colours_and_links(spread):
    """The places can be opened by a click."""
    text = shown(spread, verdict(RED, OPEN), force_terminal=True, color_system="standard")

    assert "\x1b[31m" in text
    assert "\x1b]8;" in text
    assert spread.tests.as_uri() in text


def test_no_colour_is_respected(spread):
    """The words say everything that the colours say."""
    text = shown(spread, verdict(RED, OPEN), force_terminal=True, no_color=True)

    assert "\x1b[31m" not in text
    assert "0/1  red" in text


def test_a_learner_s_text_is_never_markup(spread):
    """Brackets are shown as they are, and control characters made visible."""
    nasty = replace(
        RED,
        message="[bold]x[/bold] \x1b[2J\x07",
        calls=("center('[red]') -> '\x9b31m'",),
        printed="[blink]\x1b]0;title\x07\r\n\tindented",
    )
    text = shown(spread, verdict(nasty, OPEN), force_terminal=True, color_system="standard")

    assert "[bold]x[/bold] \\x1b[2J\\x07" in text
    assert "[red]" in text
    assert "[blink]\\x1b]0;title\\x07" in text
    assert "\\t" not in text
    assert "\x1b[2J" not in text
    assert "\x9b" not in text
    assert "\r" not in text


def test_a_fault_is_shown_inert(spread):
    """It may quote what a learner's code wrote."""
    text = shown(spread, verdict(fault="It said \x1b[2J\n::error::owned"))

    assert "It said \\x1b[2J\n\\x3a:error::owned" in text


def test_what_was_printed_is_capped(spread):
    """Ten lines are enough to see what it was."""
    chatty = replace(RED, printed="\n".join(f"line {n}" for n in range(30)))
    text = shown(spread, verdict(chatty, OPEN))

    assert "  printed:" in text
    assert "    line 9" in text
    assert "line 10" not in text
    assert "... 20 more lines" in text


def test_short_calls_are_shown_together_and_long_ones_alone(spread):
    """Three short calls tell a story; of long ones the last is enough."""
    short = replace(RED, calls=("center(1) -> 1", "center(2) -> 2"))
    long = replace(RED, calls=("center(1) -> 1\nwhere x =\n    9", "center(2) -> 2"))

    assert "  center(1) -> 1\n  center(2) -> 2\n" in shown(spread, verdict(short, OPEN))
    assert "center(1)" not in shown(spread, verdict(long, OPEN))


def test_of_long_calls_the_one_that_gave_what_came_back_is_shown(spread):
    """A test may have called again after it, or for something else."""
    giving = "center(x) -> array([1.])\nwhere x =\n    9"
    told = replace(RED, calls=("center(1) -> array([1.])", giving, "center(3) -> 3"))
    text = shown(spread, verdict(told, OPEN))

    assert "center(x) -> array([1.])" in text
    assert "center(1)" not in text
    assert "center(3)" not in text


def test_an_error_s_place_is_the_learner_s_file(spread):
    """Where a file lies outside the workbook its whole path is shown."""
    inside = replace(RED, where="katas/kata01_spread/spread.py:5")
    outside = replace(RED, where="/elsewhere/mine.py:5")

    assert "  at katas/kata01_spread/spread.py:5" in shown(spread, verdict(inside, OPEN))
    assert "  at /elsewhere/mine.py:5" in shown(spread, verdict(outside, OPEN))


@pytest.mark.parametrize("tests", [(), (GREEN,)], ids=["none", "some"])
def test_a_verdict_without_a_red_test_is_shown_as_red(spread, tests):
    """A run that was cut short found nothing wrong, and is no crash of the report."""
    text = shown(spread, verdict(*tests))

    assert "  spread     0/0  red" in text
    assert "is green" not in text
