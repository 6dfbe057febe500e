"""Single keys from a terminal, and the mode in which it sends them."""

import os
import re
import select
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from threading import Thread
from typing import Any

# What an arrow or a function key sends holds letters, none of which is meant.
SEQUENCE = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|O.)|.", re.S)
NAMES = {
    "\x1b": "esc",
    "\r": "enter",
    "\n": "enter",
    "\t": "tab",
    "\x1b[A": "up",
    "\x1bOA": "up",
    "\x1b[B": "down",
    "\x1bOB": "down",
    "\x1b[C": "right",
    "\x1bOC": "right",
    "\x1b[D": "left",
    "\x1bOD": "left",
    "\x1b[Z": "backtab",
    "\x1b[5~": "pageup",
    "\x1b[6~": "pagedown",
}
# The rest of what a key sends comes at once; Esc alone is followed by nothing for so long.
REST_SECONDS = 0.03

# What a terminal says of its mode; nothing where there is no such thing.
Mode = list[Any]


@contextmanager
def keys(pressed: Callable[[str], None], gone: Callable[[], None]) -> Iterator[None]:
    """Call back for every key while the block runs, and when the terminal is gone."""
    if os.name == "nt":
        Thread(target=read_windows, args=(pressed,), daemon=True).start()
        yield
        return
    stop, stopping = os.pipe()
    terminal = sys.stdin.fileno()
    thread = Thread(target=read_posix, args=(terminal, stop, pressed, gone), daemon=True)
    thread.start()
    try:
        yield
    finally:
        os.write(stopping, b"x")
        thread.join()
        os.close(stop)
        os.close(stopping)


def key_by_key() -> Mode:
    """Have the terminal send each key at once and show none; return the mode it was in.

    OSError where the terminal is gone.
    """
    if os.name == "nt":
        return []
    import termios
    import tty

    try:
        mode = termios.tcgetattr(sys.stdin)
        tty.setcbreak(sys.stdin)
    except termios.error as error:
        raise OSError(*error.args) from None
    return mode


def restore(mode: Mode) -> None:
    """Give the terminal a mode back; one that is gone needs none."""
    if mode:
        import termios

        with suppress(termios.error):
            termios.tcsetattr(sys.stdin, termios.TCSADRAIN, mode)


def read_posix(
    terminal: int, stop: int, pressed: Callable[[str], None], gone: Callable[[], None]
) -> None:
    """Read keys until something arrives on `stop` or the terminal is gone."""
    while True:
        ready, _, _ = select.select([terminal, stop], [], [])
        if stop in ready:
            return
        typed = read(terminal)
        if typed == b"\x1b" and select.select([terminal], [], [], REST_SECONDS)[0]:
            typed += read(terminal)
        if not typed:
            gone()
            return
        for key in named(typed.decode(errors="ignore")):
            pressed(key)


def read(terminal: int) -> bytes:
    """Read what was typed; nothing from a terminal that is gone."""
    with suppress(OSError):
        return os.read(terminal, 64)
    return b""


def named(typed: str) -> Iterator[str]:
    """Yield the keys in what a terminal sent: letters as they are, others by their names."""
    for sent in SEQUENCE.findall(typed):
        if sent in NAMES or len(sent) == 1:
            yield NAMES.get(sent, sent)


def read_windows(pressed: Callable[[str], None]) -> None:
    """Read keys with the C runtime; the thread ends with the process."""
    import msvcrt

    while True:
        for key in named(msvcrt.getwch()):  # type: ignore[attr-defined]
            pressed(key)
