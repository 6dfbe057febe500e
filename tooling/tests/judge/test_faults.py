"""What goes wrong in the tests' process of a judged run is a fault, whatever a learner wrote."""

import pytest
from dojo.author.judge.judge import run_judged
from dojo.run.request import ask

pytestmark = pytest.mark.timeout(120)

NAME = "test_one_value_has_no_spread"
CRASH = "os.kill(os.getpid(), signal.SIGSEGV)"
# What ends the process, at the start of a test and when the first reply to that test arrives.
AT_THE_START = """

import os, signal, pytest

@pytest.fixture(autouse=True)
def ending(request):
    if request.node.name == "{name}":
        {end}
"""
AT_A_REPLY = """

import os, signal, pytest

@pytest.fixture(autouse=True)
def ending(request):
    if request.node.name == "{name}":
        from dojo.author.judge.tests_end import Tests

        Tests.receive = end

def end(tests, reply):
    {end}
"""


@pytest.fixture
def broken(spread, judged):
    """Return `broken(code, end)`: the verdict on the reference where the judge ends so."""

    def run(code, end, run=judged):
        add(spread, code, end)
        return run(ask(spread, 1, against="solutions"))

    return run


def add(kata, code, end):
    """Add to a kata's tests what ends their process."""
    with kata.tests.open("a") as file:
        file.write(code.format(name=NAME, end=end))


@pytest.mark.parametrize(
    ("code", "end"),
    [
        (AT_THE_START, CRASH),
        (AT_THE_START, "os.kill(os.getpid(), signal.SIGKILL)"),
        (AT_THE_START, "raise KeyboardInterrupt"),
        (AT_A_REPLY, CRASH),
        (AT_A_REPLY, "os._exit(3)"),
    ],
    ids=["crashed", "killed", "interrupted", "crashed at a reply", "ended at a reply"],
)
def test_the_end_of_the_tests_process_is_a_fault(code, end, broken):
    """No test is red; those that had passed keep their result."""
    verdict = broken(code, end)

    assert verdict.fault.startswith("The test process ")
    assert verdict.exit_code == 2
    assert {test.outcome for test in verdict.tests} == {"passed"}


def test_an_error_of_the_judge_s_own_is_a_fault(broken):
    """It names what failed and where, and no learner's function raised it."""
    verdict = broken(AT_A_REPLY, "raise LookupError('nothing there')")

    assert verdict.fault.startswith("The judge failed while it handled spread: LookupError in ")
    assert verdict.fault.endswith(": nothing there")
    assert {test.outcome for test in verdict.tests} == {"passed"}


def test_a_reply_that_takes_too_much_is_none(broken):
    """Memory and depth are what a worker can make this side run out of."""
    verdict = broken(AT_A_REPLY, "raise MemoryError")
    red = [test for test in verdict.tests if test.outcome != "passed"]

    assert verdict.fault == ""
    assert {test.outcome for test in red} == {"error"}
    assert red[0].message == "spread gave an answer that cannot be checked: a MemoryError."


def test_a_process_that_is_started_afresh_fails_alike(broken):
    """Its signal is told, too."""
    verdict = broken(AT_A_REPLY, CRASH, lambda *run: run_judged(*run)[0])

    told = "The test process failed: crashed Python with SIGSEGV (a segmentation fault)."
    assert verdict.fault == told, verdict


def test_without_a_sandbox_the_process_is_the_learner_s(spread, warm):
    """There a learner's code may have ended it."""
    add(spread, AT_THE_START, CRASH)
    (verdict,) = warm(ask(spread, 1, against="solutions"))

    assert verdict.fault == ""
    assert {t.outcome for t in verdict.tests if t.id.endswith(NAME)} == {"crashed"}
