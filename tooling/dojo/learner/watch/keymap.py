"""The keys of `watch`: what each sends and does, on which screens it works, and which ones name it.

This table is the only place that knows a key: the watcher acts by it, the last line of every screen
and the list behind `?` are written from it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from rich.text import Text

# The verdict of a kata that is not green, and of one that is; a text to read and a hint; the list
# of katas; a question that waits for yes or no.
Place = Literal["open", "green", "text", "hint", "list", "question"]

VERDICT: tuple[Place, ...] = ("open", "green")
READING: tuple[Place, ...] = ("text", "hint")
SHOWING: tuple[Place, ...] = (*VERDICT, *READING)
ANY: tuple[Place, ...] = (*SHOWING, "list")


@dataclass(frozen=True)
class Key:
    """What one action needs: the keys that ask for it, as `screen.keys` calls them.

    `name` and `word` stand in the last line of the screens in `foot`, `does` behind `?`. It works
    on the screens in `where`.
    """

    action: str
    sent: tuple[str, ...]
    name: str
    word: str
    does: str
    where: tuple[Place, ...]
    foot: tuple[Place, ...] = ()

    @property
    def label(self) -> str:
        """How the last line names it."""
        return f"{self.name} {self.word}"


KEYS = (
    Key("yes", ("y",), "y", "yes", "do what the question asks", ("question",), ("question",)),
    Key("back", ("n", "enter"), "n", "no", "do not", ("question",), ("question",)),
    Key("open", ("enter",), "Enter", "open", "open the kata", ("list",), ("list",)),
    Key("up", ("k", "up"), "k", "up", "the kata above; or the arrow", ("list",), ("list",)),
    Key("down", ("j", "down"), "j", "down", "the kata below; or the arrow", ("list",), ("list",)),
    Key("hint", ("h",), "h", "hint", "a hint for the function shown", VERDICT, ("open",)),
    Key("next_hint", ("h",), "h", "next hint", "the next of three hints", ("hint",), ("hint",)),
    Key("debrief", ("d",), "d", "debrief", "how an expert sees it", SHOWING, ("green",)),
    Key("task", ("t",), "t", "task", "the question and the task", SHOWING, ("open",)),
    Key("every", ("a",), "a", "all red", "every red test in full", VERDICT, ("open",)),
    Key(
        "function", ("f", "tab", "right"), "f", "function", "the next function", VERDICT, ("open",)
    ),
    Key("function_before", ("left", "backtab"), "left", "", "the function before", VERDICT),
    Key("worked_on", ("esc",), "Esc", "", "the function being worked on", VERDICT),
    Key("numbered", tuple("123456789"), "1-9", "", "the function in that row", VERDICT),
    Key("again", ("r", "enter", " "), "r", "run", "run the tests again", VERDICT, ("open",)),
    Key("next", ("n",), "n", "next", "the next kata", VERDICT, VERDICT),
    Key("previous", ("p",), "p", "previous", "the kata before", VERDICT, ("green",)),
    Key("katas", ("l",), "l", "list", "all katas, and how far you are", SHOWING, VERDICT),
    Key("stay", ("g",), "g", "go on", "on green: go on by itself, or stay", VERDICT, ("green",)),
    Key("disown", ("m",), "m", "not mine", "that is not what I did: say it no more", VERDICT),
    Key("skip", ("x",), "x", "skip", "pass over this kata, or take it up again", VERDICT),
    Key("solution", ("s",), "s", "solution", "the reference; asks first", SHOWING),
    Key("reset", ("z",), "z", "reset", "the stub again; asks, and keeps your file", VERDICT),
    Key("line_up", ("k", "up"), "k", "", "a line up; or the arrow", SHOWING),
    Key("line_down", ("j", "down"), "j", "", "a line down; or the arrow", SHOWING),
    Key("page_up", ("pageup", "b"), "PgUp", "", "a screen up; or b", SHOWING),
    Key("page_down", ("pagedown",), "PgDn", "", "a screen down", SHOWING),
    Key("page_down", (" ",), "Space", "page", "a screen down", READING, READING),
    Key("back", ("esc", "enter"), "Esc", "back", "back to the verdict", READING, READING),
    Key("back", ("esc",), "Esc", "back", "back", ("list", "question"), ("list", "question")),
    Key("keys", ("?",), "?", "keys", "all keys", ANY, ANY),
    Key("quit", ("q",), "q", "quit", "quit", (*ANY, "question"), (*ANY, "question")),
)
# What the last line keeps, however narrow the terminal is.
KEPT = ("back", "keys", "quit")
# What is left out of it where nothing can be scrolled.
SCROLLS = ("page_down",)
TITLES: dict[tuple[Place, ...], str] = {
    VERDICT: "On a verdict",
    SHOWING: "On a verdict, or while reading",
    READING: "While reading",
    ("hint",): "On a hint",
    ("list",): "In the list of katas",
    ("list", "question"): "In the list, or at a question",
    ("question",): "At a question",
    ANY: "Everywhere",
    (*ANY, "question"): "Everywhere",
}


def action(place: Place, pressed: str) -> str:
    """Return what a key asks for on a screen; nothing where it does nothing."""
    return next((k.action for k in KEYS if place in k.where and pressed in k.sent), "")


def foot(place: Place, width: int, scrolls: bool) -> str:
    """Name the keys of a screen, as many as fit into a line; the way out always."""
    keys = [k for k in KEYS if place in k.foot and (scrolls or k.action not in SCROLLS)]
    while len(line := "  ".join(k.label for k in keys)) > width:
        spare = [k for k in keys if k.action not in KEPT]
        keys.remove(spare[-1] if spare else keys[0])
        if not keys:
            return ""
    return line


def lines() -> Iterator[Text]:
    """Yield all keys with what they do, by the screens on which they work."""
    for title in dict.fromkeys(TITLES.values()):
        yield Text(title, "bold")
        for key in KEYS:
            if TITLES[key.where] == title:
                yield Text(f"  {key.name:<6} {key.does}")
        yield Text()
