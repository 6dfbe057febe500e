"""Learners' text in a terminal and in the log of a runner."""

import unicodedata

import pytest
from dojo.show import escape

# Default_Ignorable_Code_Point of Unicode 15, and a blank that is a symbol.
IGNORED = [
    *(0x2800, 0xAD, 0x34F, 0x61C, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x3164, 0xFEFF, 0xFFA0),
    *range(0x180B, 0x1810),
    *range(0x200B, 0x2010),
    *range(0x202A, 0x202F),
    *range(0x2060, 0x2070),
    *range(0xFE00, 0xFE10),
    *range(0xFFF0, 0xFFF9),
    *range(0x1BCA0, 0x1BCA4),
    *range(0x1D173, 0x1D17B),
    *range(0xE0000, 0xE1000),
]


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
    assert escape.line(nasty) == shown


def test_what_nobody_sees_is_shown():
    """Between letters, at either end and alone."""
    for code in IGNORED:
        escaped = chr(code).encode("unicode_escape").decode()
        assert escape.line(f"a{chr(code)}b") == f"a{escaped}b"
        assert escape.line(f"{chr(code)}b") == f"{escaped}b"
        assert escape.line(f"a{chr(code)}") == f"a{escaped}"


@pytest.mark.parametrize("mark", ["\u0301", "\u0488", "\u20dd", "\u1abd", "\U0001e8d0"])
def test_marks_are_not_piled_up(mark):
    """Nine on a letter reach into the line above; one at the start would join what is before."""
    escaped = mark.encode("unicode_escape").decode()

    assert escape.line("a" + 9 * mark) == "a" + 3 * mark + 6 * escaped
    assert escape.line(2 * mark + "a") == 2 * escaped + "a"
    assert escape.lines(f"a\n{mark}") == ["a", escaped]


@pytest.mark.parametrize(
    "foreign",
    [
        *("Анна Ковальчук", "山田太郎", "한국어", "Ελένη", "नमस्ते ब्राह्मण", "บริษัท ยิ้ม", "བོད་སྐད"),
        *("עִבְרִית", "مرحبا", "بِسْمِ ٱللَّهِ ٱلرَّحْمَٰنِ", "می\u200cخواهم", "خانه\u200cای", "क्\u200dष"),
        *("❤️", "1️⃣", "👍🏽", "👩\u200d🔬", "👨\u200d👩\u200d👧", "🏳️\u200d🌈"),
        unicodedata.normalize("NFD", "Nguyễn Thị Việt ᾧ"),
    ],
)
def test_what_writing_needs_stays(foreign):
    """Marks on letters, joiners where they change the letters beside them, parts of an emoji."""
    assert escape.line(foreign) == foreign


@pytest.mark.parametrize(
    "nasty",
    [
        "a\u200db",
        "ا\u200cب",
        "b\u200cا",
        "❤\ufe0f\ufe0f",
        "1\ufe0f",
        "a\ufe0f",
        "\u200d😀",
        "😀\u200d",
    ],
)
def test_what_changes_nothing_beside_it_is_shown(nasty):
    """The same characters where nobody would see them."""
    assert escape.line(nasty) != nasty


@pytest.mark.parametrize("plain", ["ann", "Zoë", "李", "😀", "a::b", "x[1:]", "# [1]", "", "a\\nb"])
def test_plain_text_stays_as_it_is(plain):
    """A name is not disfigured for being foreign."""
    assert escape.line(plain) == plain
    assert "\n".join(escape.lines(plain)) == plain


def test_a_long_line_is_cut():
    """Nobody fills a screen with a name."""
    assert escape.line("a" * 300, most=5) == "aaaaa ..."
    assert escape.line("\x1b" * 5, most=5) == r"\x1b" * 5


def test_lines_are_made_inert_one_by_one():
    """A command may stand in any of them; a tab may stay."""
    assert escape.lines("a\tb\n ::error::x\r\n\x1b[2J") == ["a\tb", r" \x3a:error::x", r"\x1b[2J"]


def test_a_tab_before_a_command_does_not_save_it():
    """The runner strips tabs too."""
    assert escape.lines("\t::error::x") == ["\t\\x3a:error::x"]
