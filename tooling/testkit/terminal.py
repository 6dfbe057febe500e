"""A pseudo-terminal with a program in it: what a person would see, and keys that they would press.

Posix only.
"""

import contextlib
import fcntl
import functools
import os
import pty
import select
import struct
import subprocess
import termios
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import TracebackType

PATIENCE = 60.0
GOODBYE = 20.0
NOISE = ("PYTEST_", "PY_COLORS", "NO_COLOR", "FORCE_COLOR", "COLUMNS", "LINES")


class Terminal:
    """A program that believes that a person sits in front of it."""

    def __init__(
        self,
        command: Sequence[str],
        folder: Path,
        variables: Mapping[str, str],
        rows: int = 50,
        columns: int = 100,
    ) -> None:
        """Start a program in a folder, in a terminal of a size."""
        self.shown = b""
        self.rows, self.columns = rows, columns
        self.ours, theirs = pty.openpty()
        self.set_size()
        kept = {k: v for k, v in os.environ.items() if not k.startswith(NOISE)}
        self.process = subprocess.Popen(
            command,
            cwd=folder,
            env={**kept, "TERM": "xterm-256color", **variables},
            preexec_fn=lambda: os.login_tty(theirs),
        )
        os.close(theirs)

    def __enter__(self) -> "Terminal":
        """Use it in a block."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the terminal, which ends what runs in it, a shell and its stopped jobs too."""
        os.close(self.ours)
        try:
            self.process.wait(GOODBYE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def set_size(self) -> None:
        """Tell the terminal how large it is."""
        size = struct.pack("HHHH", self.rows, self.columns, 0, 0)
        fcntl.ioctl(self.ours, termios.TIOCSWINSZ, size)

    def resize(self, rows: int, columns: int) -> None:
        """Change the size, as dragging the corner of a window does."""
        self.rows, self.columns = rows, columns
        self.set_size()

    def press(self, keys: str) -> None:
        """Press keys."""
        os.write(self.ours, keys.encode())

    def read(self) -> bytes:
        """Read what is shown next; nothing when the program has closed the terminal."""
        ready, _, _ = select.select([self.ours], [], [], PATIENCE)
        if not ready:
            raise TimeoutError(f"Nothing was shown for {PATIENCE:g} s after:\n{self.text()}")
        with contextlib.suppress(OSError):  # Linux tells the end of a terminal so
            chunk = os.read(self.ours, 2**16)
            self.shown += chunk
            return chunk
        return b""

    def read_until(self, part: str) -> None:
        """Read until a text has been written, from now on."""
        wanted = part.encode()
        # What was shown before must not answer; one screen of it stays, for `screen`.
        self.shown = self.shown[-(2**16) :]
        start = len(self.shown)
        while wanted not in self.shown[start:]:
            if not self.read():
                raise EOFError(f"The program ended before {part!r} was shown:\n{self.text()}")

    def wait_for(self, *parts: str, gone: str = "\0") -> str:
        """Read until the screen holds all of some texts, and one no more; return the screen."""
        return self.wait_until(
            lambda text: all(part in text for part in parts) and gone not in text, f"{parts}"
        )

    def wait_until(self, holds: Callable[[str], bool], what: str) -> str:
        """Read until something holds of the screen; return the screen."""
        while not holds(self.text()):
            if not self.read():
                raise EOFError(f"The program ended before {what} was shown:\n{self.text()}")
        return self.text()

    def read_to_end(self) -> int:
        """Read until the program has ended; return its exit code."""
        while self.read():
            pass
        return self.process.wait()

    def text(self) -> str:
        """Return what stands on the screen now, as lines of text."""
        return drawn(self.frame(), self.rows, self.columns)

    def frame(self) -> bytes:
        """Return what was written since the screen was last drawn from its top, codes and all."""
        return self.shown[self.shown.rfind(b"\x1b[H") :]


@functools.lru_cache(maxsize=1)  # a screen is often looked at again before it changes
def drawn(frame: bytes, rows: int, columns: int) -> str:
    """Return what a terminal of a size shows of a frame, as lines of text."""
    import pyte

    screen = pyte.Screen(columns, rows)
    pyte.ByteStream(screen).feed(frame)
    return "\n".join(row.rstrip() for row in screen.display)
