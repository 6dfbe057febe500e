"""What a parent makes of what a child says, in whatever pieces and however late it hears of it."""

import json
import socket

from dojo import limits
from dojo.run.request import ask
from dojo.run.supervisor import supervise
from dojo.run.verdict import TestResult

FIRST, SECOND = "TestCenter::test_first", "TestSpread::test_second"
LIMITS = 4  # of time, for three functions and all else


class Line(socket.socket):
    """A socket that gives one line at a time."""

    def recv(self, count: int, flags: int = 0) -> bytes:
        """Read up to the end of the line."""
        seen = super().recv(count, flags | socket.MSG_PEEK)
        return super().recv(seen.find(b"\n") + 1 or len(seen), flags)


class Said:
    """A child that has said everything before its parent looks."""

    def __init__(self, *events: dict[str, object], in_lines: bool) -> None:
        """Say it, and end."""
        ours, theirs = socket.socketpair()
        self.wire = Line(fileno=ours.detach()) if in_lines else ours
        theirs.sendall(b"".join(json.dumps(event).encode() + b"\n" for event in events))
        theirs.close()

    def poll(self) -> int | None:
        """Tell that it has ended."""
        return 0

    def kill(self) -> None:
        """Close this end."""
        self.wire.close()


def blank(identity, function):
    """Return a test that has not run."""
    return TestResult(identity, function, "a rule", "", "error", "The test did not run.")


COLLECTED = {
    "event": "collected",
    "tests": [vars(blank(FIRST, "center")), vars(blank(SECOND, "spread"))],
}


def started(identity):
    """Return the event that a test starts."""
    return {"event": "start", "seed": 1, "id": identity}


def ended(identity, outcome):
    """Return the event that a test ended."""
    function = "center" if identity == FIRST else "spread"
    return {"event": "result", "test": {**vars(blank(identity, function)), "outcome": outcome}}


def verdict_on(kata, *events, timeout=60.0, in_lines=False):
    """Return the verdict on one child that says these events."""
    children = iter([Said(*events, in_lines=in_lines)])
    request = ask(kata, 1, timeout=timeout)
    (verdict,) = supervise(request, lambda request, trace: next(children))
    return verdict


def test_what_follows_a_fault_counts_for_nothing(spread):
    """It is heard in one piece with the fault, and is its consequence."""
    verdict = verdict_on(
        spread,
        COLLECTED,
        started(FIRST),
        ended(FIRST, "passed"),
        started(SECOND),
        {"event": "fault", "text": "The sandbox ended."},
        ended(SECOND, "error"),
        {"event": "end", "code": 1},
    )

    assert verdict.fault == "The sandbox ended."
    assert [(test.id, test.outcome) for test in verdict.tests] == [(FIRST, "passed")]


def test_a_parent_that_is_late_hears_what_was_said_in_time(spread):
    """Its machine was busy: the limit is long over when it reads that the test passed."""
    verdict = verdict_on(
        spread,
        COLLECTED,
        started(FIRST),
        ended(FIRST, "passed"),
        started(SECOND),
        ended(SECOND, "passed"),
        {"event": "end", "code": 0},
        timeout=-1e6,
        in_lines=True,
    )

    assert verdict.tests[0].outcome == "passed"


def test_when_the_time_of_all_tests_is_over_the_rest_is_not_run(spread):
    """The sentence says so; the test that ran keeps its result."""
    limit = 1e-9
    verdict = verdict_on(
        spread, COLLECTED, started(FIRST), ended(FIRST, "passed"), started(SECOND), timeout=limit
    )

    assert [(t.outcome, t.ran) for t in verdict.tests] == [("passed", True), ("timeout", False)]
    assert verdict.tests[1].message == (
        f"Not run, since the tests took more than {LIMITS * limit:g} s together."
    )


def test_time_that_passes_before_the_tests_is_the_tool_s_own(spread):
    """To start and to collect costs no learner's time."""
    verdict = verdict_on(
        spread,
        {"event": "import"},
        {"event": "imported"},
        COLLECTED,
        started(FIRST),
        ended(FIRST, "passed"),
        started(SECOND),
        ended(SECOND, "passed"),
        {"event": "end", "code": 0},
    )

    assert [t.outcome for t in verdict.tests] == ["passed", "passed"]


def test_a_function_pays_for_its_own_breaks_alone(spread, warm, tmp_path):
    """After three broken processes its other tests are not run; those of others are."""
    path = tmp_path / "deadly.py"
    text = spread.reference.read_text(encoding="utf-8")
    path.write_text(f"{text}\n\ndef center(x):\n    import os\n    os._exit(7)\n")
    for verdict in warm(ask(spread, 1, 2, file=path, functions=("center", "spread"))):
        center = verdict.of("center")
        ran = 4 if verdict.seed == 1 else 0

        assert {t.outcome for t in center} == {"crashed"}
        assert [t.ran for t in center] == [n < min(ran, limits.BREAKS) for n in range(4)]
        assert center[-1].message == "Not run, since center broke its process 3 times."
        assert len(verdict.of("spread")) == 2
