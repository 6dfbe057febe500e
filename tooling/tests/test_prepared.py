"""Tests collected once and run again and again: the verdicts are those of a fresh process."""

import contextlib
import os
import threading

import pytest
from dojo.run import warm
from dojo.run.cold import run_cold
from dojo.run.request import ask

pytestmark = [
    pytest.mark.timeout(120),
    pytest.mark.skipif(not warm.CAN_FORK, reason="this system cannot fork"),
]

IMPORTS = "from katas.kata01_spread.spread import Summary, center, spread, summarise\n"


def edit(kata, *, imports="", tests=""):
    """Add lines to a kata's tests, below its imports and at the end."""
    text = kata.tests.read_text()
    assert IMPORTS in text
    kata.tests.write_text(text.replace(IMPORTS, IMPORTS + imports) + tests)


def outcomes(verdict):
    """Return what there is to compare of a verdict."""
    return verdict.fault, [(t.id, t.outcome, t.message, t.calls, t.where) for t in verdict.tests]


@pytest.mark.parametrize("name", ["population", "swapped", "loop", "empty", "median", "in_place"])
def test_every_mistake_has_the_verdict_of_a_fresh_process(name, spread, warm):
    """Sentence by sentence: what was called, what came back, and where."""
    request = ask(spread, 1, file=spread.solution / "mistakes" / f"{name}.py")
    fresh = run_cold(request)[0]
    again = [warm(request)[0] for _ in range(2)]

    assert not fresh.green
    assert [outcomes(verdict) for verdict in again] == [outcomes(fresh)] * 2


def test_a_function_that_tests_keep_is_the_learners(spread, warm):
    """Among the cases of a parametrised test, or in a dictionary."""
    edit(
        spread,
        imports='KEPT = {"center": center}\n',
        tests='\n    @pytest.mark.parametrize("f", [KEPT["center"], center])\n'
        "    def test_kept(self, f):\n"
        '        """Kept."""\n'
        "        assert summarise(np.array([1.0, 3.0])).mean == 2\n"
        "        assert f(np.array([5.0])).tolist() == [0.0]\n",
    )
    request = ask(spread, 1, file=spread.solution / "mistakes" / "empty.py")
    fresh = run_cold(request)[0]

    assert [t.id for t in fresh.tests[-2:]] == [
        "TestSummarise::test_kept[center0]",
        "TestSummarise::test_kept[center1]",
    ]
    assert outcomes(warm(request)[0]) == outcomes(fresh)
    assert warm(ask(spread, 1, against="solutions"))[0].green


@pytest.mark.parametrize(
    "line",
    ["PAIR = Summary(2.0, 1.0)", "PAIR = [Summary][0](2.0, 1.0)", "import functools\n\n\n"
     "@functools.cache\ndef make():\n    return Summary(2.0, 1.0)\n\n\nPAIR = make()"],
)  # fmt: skip
def test_an_instance_that_tests_keep_is_of_the_learners_class(line, spread, warm):
    """Equal instances of two classes are not equal."""
    edit(
        spread,
        imports=f"\n{line}\n",
        tests='\n    def test_pair(self):\n        """Pair."""\n'
        "        assert summarise(np.array([1.0, 2.0, 3.0])) == PAIR\n",
    )

    assert warm(ask(spread, 1, against="solutions"))[0].green
    assert warm(ask(spread, 1, against="solutions"))[0].green


def test_annotations_of_a_class_are_no_obstacle(spread, workbook):
    """The tests are collected once all the same: what they count at import stays the same."""
    edit(
        spread,
        imports="import os\n\nHERE = os.getpid()\n\n\n"
        "def pairs(x: Summary) -> list[Summary]:\n    return [x]\n",
        tests='\n    def test_here(self):\n        """Here."""\n'
        "        assert summarise(np.array([1.0, 3.0]))\n        assert HERE == os.getpid()\n",
    )
    with contextlib.closing(warm.start_runner(workbook, ("numpy",))) as runner:
        said = {
            runner.run(ask(spread, 1, against="solutions"))[0].tests[-1].message.split()[2]
            for _ in range(3)
        }

    assert len(said) == 1


def test_what_cannot_be_collected_is_a_fault_each_time(spread, warm):
    """And mended, it is none."""
    text = spread.tests.read_text()
    edit(spread, imports="raise RuntimeError('no')\n")
    first = warm(ask(spread, 1))[0].fault
    second = warm(ask(spread, 1))[0].fault
    spread.tests.write_text(text)

    assert first == second == "The tests cannot be collected: RuntimeError: no (test_spread.py:6)"
    assert warm(ask(spread, 1, against="solutions"))[0].green


def test_a_collection_that_hangs_can_be_cancelled(spread, workbook, tmp_path):
    """A test file that loops when it is imported ends with the run that was given up."""
    text = spread.tests.read_text()
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    edit(
        spread,
        imports=f"held = open({str(pipe)!r}, 'w')\nheld.write('!')\nheld.flush()\n"
        "while True:\n    pass\n",
    )
    with contextlib.closing(warm.start_runner(workbook, ("numpy",))) as runner:
        found = []
        thread = threading.Thread(
            target=lambda: found.append(runner.run(ask(spread, 1, against="solutions")))
        )
        thread.start()
        with pipe.open() as held:
            assert held.read(1) == "!"
            runner.cancel()
            thread.join()
            spread.tests.write_text(text)
            green = runner.run(ask(spread, 1, against="solutions"))[0].green
            assert held.read() == ""

    assert (found, green) == ([[]], True)


def test_a_run_that_is_no_longer_wanted_does_not_begin(spread, workbook):
    """Whoever cancels may come before the run has begun: it is asked last thing."""
    with contextlib.closing(warm.start_runner(workbook, ("numpy",))) as runner:
        assert runner.run(ask(spread, 1), lambda: False) == []
        assert runner.run(ask(spread, 1, against="solutions"), lambda: True)[0].green
