"""`watch`: a verdict at every save, on a screen of its own or line by line."""

import os
import signal
import subprocess
import sys
from queue import SimpleQueue
from threading import Event, Lock, current_thread

import pytest
from dojo.learner import journal
from dojo.learner.watch import tester as testers

pytestmark = pytest.mark.timeout(120)


def test_a_save_shows_what_turned_green(terminal, spread, solve):
    """The first verdict comes by itself, the next with the save; `q` gives the terminal back."""
    code, screen = terminal(
        "watch",
        "kata01",
        typed=[
            ("Write center first", lambda: solve(spread, "center")),
            ("now green: center, the mean moves to zero", "q"),
        ],
    )

    assert code == 0
    assert "\x1b[?1049h" in screen
    assert screen.rpartition("\x1b[?1049l")[2].startswith("kata01: 1 of 3 functions green")
    assert "Traceback" not in screen


def test_a_hint_is_one_key_away(terminal, workbook):
    """The same rungs as those of `hint`, and the journal remembers them."""
    code, _ = terminal(
        "watch",
        "kata01",
        typed=[
            ("Write center first", "h"),
            ("What is the sum of the values", "h"),
            ("Take the mean off every value", "q"),
        ],
    )

    assert code == 0
    assert journal.read(workbook)["kata01_spread"].hints == {"center": 2}


def test_ctrl_c_gives_the_terminal_back(terminal):
    """No traceback, and the screen that was there before."""
    code, screen = terminal("watch", "kata01", typed=[("Write center first", "\x03")])

    assert code == 130
    assert "\x1b[?1049l" in screen
    assert "Stopped." in screen
    assert "Traceback" not in screen


def test_without_a_terminal_verdicts_follow_one_another(workbook, spread, solve):
    """One after the other in a pipe, until Ctrl-C; half a file is no save."""
    process = subprocess.Popen(
        [sys.executable, "-m", "dojo", "watch", "kata01"],
        cwd=workbook,
        env={**os.environ, "PYTHONPATH": str(workbook / "tooling"), "PYTHONUNBUFFERED": "1"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    first = read_until(process, "A hint:")
    solve(spread)
    second = read_until(process, "Read now:")
    process.send_signal(signal.SIGINT)
    rest, err = process.communicate()

    assert "Write center first" in first
    assert "now green: 7 tests (center 4, spread 2, summarise 1)\n" in second
    assert "\x1b" not in first + second + rest
    assert (process.returncode, err) == (130, "Stopped.\n")
    assert journal.read(workbook)["kata01_spread"].tries == 2


def read_until(process, part):
    """Read what a process prints up to the line that holds a part."""
    text = ""
    for row in process.stdout:
        text += row
        if part in row:
            return text
    raise AssertionError(f"{part!r} did not come: {text}")


def test_who_asks_for_a_run_does_not_cancel_it(runs):
    """The thread that runs may be quicker than the one that asked, and goes on to cancel."""
    judged, reached = SimpleQueue(), Event()

    class Asked(SimpleQueue):
        """Whoever asks comes back when the tester has gone as far as it can."""

        def put(self, kata):
            reached.clear()
            super().put(kata)
            assert kata is None or reached.wait(60)

    class Door:
        """A lock that tells when the tester stands before it."""

        def __init__(self):
            self.lock = Lock()

        def __enter__(self):
            if current_thread() is tester.thread:
                reached.set()
            self.lock.acquire()

        def __exit__(self, *_):
            self.lock.release()

    def send(line):
        tester.runner.stream.write(line + b"\n")
        tester.runner.stream.flush()
        reached.set()

    tester = testers.Tester(runs, judged.put)
    tester.asked, tester.asking, tester.runner.send = Asked(), Door(), send
    with tester:
        for _ in range(2):
            tester.start(runs)

            assert judged.get(timeout=60).verdict is not None
