"""A bad input ends in a sandbox as it does in the process of the tests.

Where it cannot, the reason stands here.
"""

import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from dojo.run.request import ask

BAD = sorted((Path(__file__).parents[1] / "bad_input").glob("*.py"))
ODD = sorted((Path(__file__).parents[1] / "odd_input").glob("*.py"))

pytestmark = pytest.mark.timeout(120)

OTHERWISE = {
    "interrupts_the_test": ("passed", "a subclass of ndarray arrives as a plain array"),
    "killed": ("passed", "the first process of a namespace cannot kill itself"),
}
NO_LINE = "nobody looks where a worker is when it is ended"
IN_OTHER_WORDS = {
    "abort": "the first process of a namespace ends by another signal",
    "closes_everything": "a worker that cannot answer ends with another code",
    "half_a_character": "what is no character crosses as a mark",
    "recursion_swallowed": "the depth that was reached is in the answer",
    **dict.fromkeys(
        ["prints_100_mb", "prints_100_mb_below_python", "prints_for_ever"],
        "one megabyte of what was printed crosses",
    ),
    **dict.fromkeys(
        [
            *("every_exception_swallowed", "loop_at_import", "loop_in_c", "loop_in_python"),
            *("loop_in_thread", "segfault", "segfault_at_import", "signals_ignored", "sleep"),
            *(["recursion_without_limit"] if sys.version_info < (3, 12) else []),  # a crash there
        ],
        NO_LINE,
    ),
}


def wanted_of(path):
    """Name the function and the tests that a bad input says something of."""
    text = path.read_text(encoding="utf-8")
    wanted = ("spread", "TestSpread::test_the_divisor_is_one_less_than_the_count")
    if "Function: summarise" in text:
        wanted = ("summarise", "TestSummarise::test_the_mean_comes_with_the_spread")
    if "Function:" not in text:
        wanted = ("center", "TestCenter::test_the_mean_moves_to_zero")
    named = text.partition("Test: ")[2].partition("\n")[0]
    return (wanted[1], *([f"TestCenter::{named}"] if named else []))


@pytest.mark.parametrize("path", [*BAD, *ODD], ids=lambda path: path.stem)
def test_it_ends_in_a_sandbox_as_it_does_without_one(path, spread, warm, judged, limit):
    """The last of its tests has the same outcome and the same sentence."""
    request = ask(spread, 1, file=path, ids=wanted_of(path), timeout=limit(path))
    with ThreadPoolExecutor(1) as threads:  # those that run into their limit do so together
        checked = threads.submit(warm, request)
        there = judged(request)
    here = checked.result()[0]
    mine, its = here.tests[-1], there.tests[-1]
    outcome, _ = OTHERWISE.get(path.stem, (mine.outcome, ""))

    assert there.fault == ""
    assert there.isolation == "sandbox"
    assert its.outcome == outcome
    assert (path.stem in OTHERWISE) == (its.outcome != mine.outcome)
    if path.stem in OTHERWISE or path.stem in IN_OTHER_WORDS:
        assert its.message != mine.message
    else:
        assert (its.message, its.where, its.printed) == (mine.message, mine.where, mine.printed)


def test_every_exception_to_the_rule_has_its_file():
    """A list that nothing reads would grow old."""
    known = {path.stem for path in (*BAD, *ODD)}

    assert set(OTHERWISE) | set(IN_OTHER_WORDS) <= known
    assert not set(OTHERWISE) & set(IN_OTHER_WORDS)


def test_a_file_that_is_gone_is_not_a_crash(spread, judged):
    """The sentence says how to get the file back."""
    spread.mine.unlink()
    verdict = judged(ask(spread, 1))

    assert verdict.fault == ""
    assert {t.message for t in verdict.tests} == {
        "spread.py does not exist; nox -s reset -- spread puts the stub back."
    }


def test_a_worker_that_dies_costs_one_test(spread, judged, tmp_path):
    """The next test runs in a fresh one."""
    path = tmp_path / "deadly.py"
    text = spread.reference.read_text(encoding="utf-8")
    path.write_text(text.replace("return Summary(", "import os; os._exit(3)\n    return Summary("))
    first = "TestSummarise::test_the_mean_comes_with_the_spread"
    verdict = judged(ask(spread, 1, file=path, first=(first,)))

    assert [t.outcome for t in verdict.tests] == ["crashed"] + ["passed"] * 6
    assert verdict.tests[0].message == (
        "summarise ended Python itself (exit code 3), as os._exit() does."
    )


def test_a_flood_in_many_calls_is_a_flood(spread, judged, tmp_path):
    """Each call prints less than the limit, and all of them together too much for a file."""
    path = tmp_path / "floods.py"
    path.write_text(
        "import numpy as np\n\n\ndef center(x):\n    print('x' * 2**20)\n    return x - x.mean()\n"
    )
    text = spread.tests.read_text()
    spread.tests.write_text(
        text.replace(
            "        x = rng.exp",
            "        [center(np.ones(1)) for _ in range(100)]\n        x = rng.exp",
            1,
        )
    )
    ids = ("TestCenter::test_the_mean_moves_to_zero",)
    request = ask(spread, 1, file=path, ids=ids, timeout=60.0)
    verdict = judged(request)

    assert verdict.fault == ""
    assert verdict.tests[0].outcome == "error"
    assert "Take the print out of the loop." in verdict.tests[0].message
