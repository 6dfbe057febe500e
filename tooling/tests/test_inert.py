"""Learners' text in a terminal and in the log of a runner."""

import pytest
from dojo import inert


@pytest.mark.parametrize(
    ("nasty", "shown"),
    [
        ("\x1b[2J", r"\x1b[2J"),
        ("\x1b]52;c;cm0=\x07", r"\x1b]52;c;cm0=\x07"),
        ("\x9b31m", r"\x9b31m"),
        ("over\rwritten", r"over\rwritten"),
        ("a\u202eb", r"a\u202eb"),
        ("a\u2066b\u2069", r"a\u2066b\u2069"),
        ("zero\u200bwidth", r"zero\u200bwidth"),
        ("half \ud800", r"half \ud800"),
        ("two\nlines\u2028three", r"two\nlines\u2028three"),
        ("\x00", r"\x00"),
        ("::error::x", r"\x3a:error::x"),
        (" \t::add-mask::x", r" \t::add-mask::x"),
        ("  ::stop-commands::x", r"  \x3a:stop-commands::x"),
        ("a ##[error]x ##[add-mask]y", r"a #\x23[error]x #\x23[add-mask]y"),
    ],
)
def test_what_acts_is_shown_instead(nasty, shown):
    """Nothing that a terminal or a runner would obey is left."""
    assert inert.line(nasty) == shown


@pytest.mark.parametrize("plain", ["ann", "Zoë", "李", "😀", "a::b", "x[1:]", "# [1]", "", "a\\nb"])
def test_plain_text_stays_as_it_is(plain):
    """A name is not disfigured for being foreign."""
    assert inert.line(plain) == plain
    assert "\n".join(inert.lines(plain)) == plain


def test_a_long_line_is_cut():
    """Nobody fills a screen with a name."""
    assert inert.line("a" * 300, most=5) == "aaaaa ..."
    assert inert.line("\x1b" * 5, most=5) == r"\x1b" * 5


def test_lines_are_made_inert_one_by_one():
    """A command may stand in any of them; a tab may stay."""
    assert inert.lines("a\tb\n ::error::x\r\n\x1b[2J") == ["a\tb", r" \x3a:error::x", r"\x1b[2J"]


def test_a_tab_before_a_command_does_not_save_it():
    """The runner strips tabs too."""
    assert inert.lines("\t::error::x") == ["\t\\x3a:error::x"]
