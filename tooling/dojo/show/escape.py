"""Text that a learner may have chosen, made harmless wherever it is shown.

What cannot be seen is shown as Python writes it: a terminal must not clear itself, set its title or
fill the clipboard (OSC 52), no character may turn the direction of a line, and no two names may
look alike because one holds what nobody sees. Marks that are piled on a letter reach into other
lines; so many are shown as a language writes. What GitHub's runner would take for a command,
`::error::` at the start of a line or `##[error]` within one, is broken up.
"""

import re
import unicodedata
from functools import cache, lru_cache

# The runner strips a line before it looks for `::`; the older `##[` counts anywhere.
COMMAND = re.compile(r"^(\s*):(?=:)|#(?=\[)")
# Characters that Python prints and nobody sees, by words of their names; those that Unicode wants
# to be ignored are among them, and all others of those do not print.
UNSEEN = re.compile(
    r"FILLER|VARIATION SELECTOR|GRAPHEME JOINER|VOWEL INHERENT|BLANK$|NULL NOTEHEAD"
)
# Vietnamese and Greek need three on a letter, Thai and Arabic two.
MOST_MARKS = 3
JOINER, NON_JOINER, AS_TEXT, AS_PICTURE, KEYCAP = "\u200d", "\u200c", "\ufe0e", "\ufe0f", "\u20e3"
VIRAMA = 9  # a combining class
PRESENTATION_FORMS = (*range(0xFB50, 0xFE00), *range(0xFE70, 0xFF00))


def line(text: str, most: int = 200) -> str:
    """Show a text on one line of at most so many characters; line breaks become visible too."""
    return without_command(visible(text if len(text) <= most else text[:most] + " ..."))


def lines(text: str) -> list[str]:
    """Show the lines of a text; tabs stay."""
    return [without_command(visible(row, keep="\t")) for row in text.splitlines()]


def visible(row: str, keep: str = "") -> str:
    """Show the characters of a line: themselves, or their escapes where nobody would see them."""
    if row.isascii() and row.isprintable():
        return row
    # A mark at the start would join what stands before the text.
    marks, shown = MOST_MARKS, []
    for place, c in enumerate(row):
        marks = marks + 1 if unicodedata.category(c) in ("Mn", "Me") else 0
        plain = c in keep or (is_seen(c) and marks <= MOST_MARKS) or is_needed(row, place)
        shown.append(c if plain else c.encode("unicode_escape").decode())
    return "".join(shown)


@lru_cache(2**12)
def is_seen(c: str) -> bool:
    """Tell whether a character leaves something to see, or is a space."""
    return c.isprintable() and not UNSEEN.search(unicodedata.name(c, ""))


def is_needed(row: str, place: int) -> bool:
    """Tell whether what nobody sees changes how its neighbours look, as writing needs it."""
    c, before, after = row[place], row[place - 1 : place], row[place + 1 : place + 2]
    if c in (AS_TEXT, AS_PICTURE):
        return is_picture(before) or (before.isdigit() and after == KEYCAP)
    if c in (JOINER, NON_JOINER) and before and unicodedata.combining(before) == VIRAMA:
        return True
    if c == NON_JOINER:
        return before in joining_letters("<initial>") and after in joining_letters("<final>")
    return c == JOINER and (is_picture(before) or before == AS_PICTURE) and is_picture(after)


def is_picture(c: str) -> bool:
    """Tell whether a character is a symbol, as emoji and their colours of skin are."""
    return bool(c) and unicodedata.category(c) in ("So", "Sk") and is_seen(c)


@cache
def joining_letters(form: str) -> frozenset[str]:
    """Return the letters, Arabic ones, of which Unicode has a form for where they join another."""
    forms = (unicodedata.decomposition(chr(code)).split() for code in PRESENTATION_FORMS)
    return frozenset(chr(int(f[1], 16)) for f in forms if len(f) == 2 and f[0] == form)


def without_command(row: str) -> str:
    """Break up what a runner of GitHub's would take for a command."""
    return COMMAND.sub(lambda found: (found[1] or "") + f"\\x{ord(found[0][-1]):02x}", row)
