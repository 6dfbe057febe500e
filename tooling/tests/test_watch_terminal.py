"""`watch` and its terminal: given back on every stop and end, taken again, done without."""

import errno
import os
import pty
import re
import select
import signal
import sys
import termios
from pathlib import Path

import pytest
from bench.desk import install
from dojo.learner import journal
from dojo.learner.watch import keys

pytestmark = pytest.mark.timeout(180)

ROOT = Path(__file__).parents[2]
WHOLE = "q quit"
SHELL = ("bash", "--norc", "--noprofile", "-i")


def mode(screen):
    """Tell whether a terminal waits for whole lines, and whether it shows what is typed."""
    flags = termios.tcgetattr(screen.ours)[3]
    return bool(flags & termios.ICANON), bool(flags & termios.ECHO)


def last(screen, *codes):
    """Return which of some codes a program has written last."""
    return max(codes, key=lambda code: screen.shown.rfind(code.encode()))


def is_plain(screen):
    """Tell whether the screen is the usual one, with a cursor."""
    return (
        last(screen, "\x1b[?1049h", "\x1b[?1049l") == "\x1b[?1049l"
        and last(screen, "\x1b[?25h", "\x1b[?25l") == "\x1b[?25h"
    )


def shell(watching):
    """Start a shell with job control, at its first prompt."""
    screen = watching(command=SHELL, PS1="ready> ", PYTHONDONTWRITEBYTECODE="")
    screen.read_until("ready> ")
    return screen


def type_in(screen, line, answer):
    """Type a line at the prompt, and read what comes up to an answer."""
    screen.press(f"{line}\n")
    screen.read_until(answer)


def sees_cooked_mode(screen):
    """Tell whether a program that the shell starts now gets the terminal as it should be."""
    # The shell's own line editor has the terminal in a mode of its own at the prompt.
    type_in(screen, "stty -a; echo do''ne", "done")
    words = re.split(r"[;\s]+", screen.shown[screen.shown.rfind(b"speed") :].decode())
    return {"icanon", "echo", "isig", "icrnl"} <= set(words)


def test_ctrl_z_gives_the_terminal_to_the_shell_and_fg_takes_it_again(watching, workbook):
    """With nox between the shell and the watch, as people type it."""
    install(workbook, ROOT)
    screen = shell(watching)
    type_in(screen, f"{sys.executable} -m nox -s watch -- kata01", "Write ")
    screen.wait_for("Write center first", WHOLE)
    taken = mode(screen)
    screen.press("\x1a")
    screen.read_until("ready> ")
    assert b"Stopped" in screen.shown
    assert taken == (False, False)
    assert is_plain(screen)
    assert sees_cooked_mode(screen)

    screen.press("fg\n")
    screen.read_until("\x1b[?1049h")
    screen.wait_for("Write center first", WHOLE)
    assert mode(screen) == (False, False)
    screen.press("h")
    screen.wait_for("hint 1 of 3")
    screen.press("\x1a")
    screen.read_until("ready> ")
    screen.press("fg\n")
    screen.read_until("\x1b[?1049h")
    screen.press("q")
    screen.read_until("ready> ")
    type_in(screen, "echo code $?", "code 0")
    assert is_plain(screen)
    assert sees_cooked_mode(screen)


def test_who_was_stopped_from_outside_draws_again(watching):
    """SIGSTOP cannot be heard; SIGCONT can."""
    screen = watching("kata01")
    screen.wait_for("Write center first", WHOLE)
    screen.process.send_signal(signal.SIGSTOP)
    os.waitpid(screen.process.pid, os.WUNTRACED)
    flags = termios.tcgetattr(screen.ours)
    flags[3] |= termios.ICANON | termios.ECHO
    termios.tcsetattr(screen.ours, termios.TCSANOW, flags)
    screen.process.send_signal(signal.SIGCONT)
    screen.read_until("\x1b[?1049h")
    screen.read_until(WHOLE)
    assert mode(screen) == (False, False)
    screen.press("q")

    assert screen.read_to_end() == 0


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_a_signal_leaves_the_terminal_as_it_was(watching, name):
    """Lines, echo, cursor and screen; and the code by which a shell knows the signal."""
    screen = watching("kata01")
    before = mode(screen)
    screen.wait_for("Write center first", WHOLE)
    assert mode(screen) == (False, False)
    screen.process.send_signal(getattr(signal, name))

    assert screen.read_to_end() == 128 + getattr(signal, name)
    assert is_plain(screen)
    assert mode(screen) == before == (True, True)
    assert b"Traceback" not in screen.shown
    assert (b"Stopped." in screen.shown) == (name == "SIGINT")


def test_nox_ends_after_the_watch(watching, workbook):
    """Who ends nox alone ends the watch too, which tidies the terminal."""
    install(workbook, ROOT)
    command = (sys.executable, "-m", "nox", "-s", "watch", "--")
    screen = watching("kata01", command=command)
    screen.wait_for("Write center first", WHOLE)
    screen.process.send_signal(signal.SIGTERM)

    assert screen.read_to_end() == 128 + signal.SIGTERM
    assert is_plain(screen)
    assert mode(screen) == (True, True)


def test_a_terminal_that_goes_takes_the_watch_with_it(watching, workbook):
    """The window is closed: nothing is left that could be drawn on, and no process stays."""
    screen = watching("kata01")
    screen.wait_for("Write center first", WHOLE)
    replacement = os.open(os.devnull, os.O_RDWR)
    os.dup2(replacement, screen.ours)
    os.close(replacement)

    assert screen.process.wait() == 128 + signal.SIGHUP


def test_a_terminal_that_goes_while_the_watch_draws_is_no_fault(watching):
    """More is to be drawn than anybody reads: the screen fails before the signal is looked at."""
    screen = watching("kata01")
    screen.wait_for("Write center first", WHOLE)
    screen.press("?" * 60)
    select.select([screen.ours], [], [], 60)
    replacement = os.open(os.devnull, os.O_RDWR)
    os.dup2(replacement, screen.ours)
    os.close(replacement)

    assert screen.process.wait() == 128 + signal.SIGHUP


def test_a_terminal_that_is_gone_gives_no_keys(monkeypatch):
    """The system lets a stopped watch go on when its terminal goes, and that takes it again."""
    ours, theirs = pty.openpty()
    os.close(ours)
    with open(theirs) as gone:
        monkeypatch.setattr(sys, "stdin", gone)

        with pytest.raises(OSError, match="Input/output error"):
            keys.key_by_key()


@pytest.mark.parametrize("where", ["panel.green", "tester.Tester.judge"])
def test_a_fault_of_the_watch_is_a_sentence(watching, spread, solve, where):
    """Wherever it happens, in a thread too: exit code 2, and the terminal as it was."""
    module, _, name = where.partition(".")
    code = (
        f"import sys; from dojo import cli; from dojo.learner.watch import {module}\n"
        f"def broken(*_): raise LookupError('gone')\n{module}.{name} = broken\n"
        "sys.exit(cli.main(sys.argv[1:], cli.parser))"
    )
    solve(spread)
    screen = watching("watch", "kata01", command=(sys.executable, "-c", code))

    assert screen.read_to_end() == 2
    said = screen.shown.decode().rpartition("\x1b[?1049l")[2].strip()
    assert " ".join(said.split()) == (
        "watch has ended by a fault of its own (LookupError in <string>:2: gone); start it again, "
        "and report it."
    )
    assert is_plain(screen)
    assert mode(screen) == (True, True)


def test_the_last_line_says_where_you_stand(watching, spread, solve):
    """How far, what is next, and what to type: no key works any more."""
    solve(spread, "center")
    screen = watching("kata01")
    screen.wait_for("Write spread first", WHOLE)
    screen.press("q")
    screen.read_to_end()
    half = screen.shown.decode().rpartition("\x1b[?1049l")[2]
    solve(spread)
    screen = watching("kata01")
    screen.wait_for("kata01 is green.", WHOLE)
    screen.press("q")
    screen.read_to_end()

    assert half == (
        "kata01: 1 of 3 functions green, spread is next. Go on: nox -s watch -- kata01\r\n"
    )
    assert screen.shown.decode().rpartition("\x1b[?1049l")[2] == (
        "kata01 is green. Next: nox -s watch -- kata02\r\n"
    )


def test_a_dumb_terminal_gets_plain_lines(watching, spread, solve):
    """As a pipe does: nothing can be drawn there."""
    screen = watching("kata01", TERM="dumb")
    screen.read_until("A hint: nox -s hint -- kata01 center")
    solve(spread)
    screen.read_until("Read now: katas/kata01_spread/debrief.md")
    screen.press("\x03")

    assert screen.read_to_end() == 130
    assert b"\x1b" not in screen.shown


def test_a_journal_that_cannot_be_written_ends_nothing(watching, workbook, spread, solve):
    """The verdict is shown, and one line that says what is missing."""
    (workbook / ".dojo").write_text("A file where a folder should be.")
    screen = watching("kata01")
    said = "Progress could not be saved: "
    screen.wait_for("Write center first", said, os.strerror(errno.EEXIST), WHOLE)
    screen.press("h")
    screen.wait_for("kata01 center, hint 1 of 3", said)
    screen.press("x")
    solve(spread)

    screen.wait_for("kata01 is green.", said, WHOLE)
    assert journal.read(workbook) == {}


# The kernel refuses what tells of saves, as it does where too many programs ask for it.
REFUSED = """
import errno, os, pyseccomp as seccomp, sys
refused = seccomp.SyscallFilter(seccomp.ALLOW)
for call in ("inotify_init", "inotify_init1"):
    refused.add_rule(seccomp.ERRNO(errno.EMFILE), call)
refused.load()
os.execv(sys.executable, [sys.executable, "-m", "dojo", "watch", *sys.argv[1:]])
"""


@pytest.mark.parametrize("way", ["told", "refused", "--poll"])
def test_saves_are_noticed_however_the_system_tells_of_them(watching, spread, solve, way):
    """And the screen says where they are looked for."""
    words = ["kata01", *(["--poll"] if way == "--poll" else [])]
    command = {"refused": (sys.executable, "-c", REFUSED)}.get(
        way, (sys.executable, "-m", "dojo", "watch")
    )
    screen = watching(*words, command=command)
    shown = screen.wait_for("Write center first", WHOLE)
    solve(spread)
    screen.wait_for("kata01 is green.", WHOLE)

    assert ("Looking for saves ten times a second:" in shown) == (way != "told")
