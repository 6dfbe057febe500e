"""Single keys from a terminal."""

import os
import re
import select
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Thread

# What an arrow or a function key sends holds letters, none of which is meant.
SEQUENCE = re.compile(r"\x1b(\[[0-?]*[ -/]*[@-~]|O.)?")


@contextmanager
def keys(pressed: Callable[[str], None]) -> Iterator[None]:
    """Call back for every key while the block runs; the terminal is as before afterwards."""
    if os.name == "nt":
        Thread(target=read_windows, args=(pressed,), daemon=True).start()
        yield
        return
    import termios
    import tty

    terminal = sys.stdin.fileno()
    before = termios.tcgetattr(terminal)
    stop, stopping = os.pipe()
    thread = Thread(target=read_posix, args=(terminal, stop, pressed), daemon=True)
    tty.setcbreak(terminal)
    thread.start()
    try:
        yield
    finally:
        os.write(stopping, b"x")
        thread.join()
        os.close(stop)
        os.close(stopping)
        termios.tcsetattr(terminal, termios.TCSADRAIN, before)


def read_posix(terminal: int, stop: int, pressed: Callable[[str], None]) -> None:
    """Read keys until something arrives on `stop` or the terminal is gone."""
    while True:
        ready, _, _ = select.select([terminal, stop], [], [])
        if stop in ready:
            return
        typed = os.read(terminal, 64)
        if not typed:
            pressed("q")
            return
        for key in SEQUENCE.sub("", typed.decode(errors="ignore")):
            pressed(key)


def read_windows(pressed: Callable[[str], None]) -> None:
    """Read keys with the C runtime; the thread ends with the process."""
    import msvcrt

    while True:
        pressed(msvcrt.getwch())  # type: ignore[attr-defined]
