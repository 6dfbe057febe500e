"""Runs in forks of a warm process: the same verdicts, one after the other, or none if cancelled."""

import contextlib
import os
import threading

import pytest
from dojo.errors import UsageError
from dojo.run import warm
from dojo.run.pool import Pool
from dojo.run.request import ask

pytestmark = pytest.mark.timeout(120)


@pytest.fixture
def kata(spread):
    """Return the first kata of the workbook."""
    return spread


@pytest.fixture(params=sorted({False, warm.CAN_FORK}), ids=lambda fork: "fork" if fork else "cold")
def runner(request, workbook, monkeypatch):
    """Return the runner of a system that can fork, and that of one that cannot."""
    monkeypatch.setattr(warm, "CAN_FORK", request.param)
    with contextlib.closing(warm.start_runner(workbook, ("numpy",))) as runner:
        yield runner


def hanging(tmp_path, kata):
    """Write a learner's file that says when it hangs; return it and the pipe it says it on."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    path = tmp_path / "hangs.py"
    path.write_text(
        f"import time\n\n\ndef center(x):\n    held = open({str(pipe)!r}, 'w')\n"
        "    held.write('!')\n    held.flush()\n    time.sleep(600)\n"
    )
    return path, pipe


def test_every_runner_finds_the_same(runner, kata):
    """Green is green and red is red; one request after the other."""
    mistake = kata.solution / "mistakes" / "swapped.py"
    green = runner.run(ask(kata, 1, against="solutions"))[0]
    red = runner.run(ask(kata, 1, file=mistake))[0]

    assert (green.green, red.green) == (True, False)
    assert [t.outcome for t in red.tests] == ["passed"] * 6 + ["failed"]


def test_what_is_done_already_is_not_run_again(runner, kata):
    """A test under one seed; under the other it runs."""
    first, *_ = runner.run(ask(kata, 1, against="solutions"))[0].tests
    one, two = runner.run(ask(kata, 1, 2, against="solutions", done=((2, first.id),)))

    assert [test.id for test in one.tests] == [first.id, *(test.id for test in two.tests)]
    assert two.green


def test_a_run_can_be_cancelled(runner, kata, tmp_path):
    """There is no verdict, nothing of the run lives on, and the next request is answered."""
    path, pipe = hanging(tmp_path, kata)
    found = []

    def run():
        try:
            found.append(runner.run(ask(kata, 1, file=path, timeout=600.0)))
        finally:
            with contextlib.suppress(OSError):  # whoever still waits for the pipe gives up
                os.close(os.open(pipe, os.O_WRONLY | os.O_NONBLOCK))

    thread = threading.Thread(target=run)
    thread.start()
    with pipe.open() as held:
        assert held.read(1) == "!"
        runner.cancel()
        assert held.read() == ""
    thread.join()

    assert found == [[]]
    assert runner.run(ask(kata, 1, against="solutions"))[0].green


def test_cancelling_nothing_changes_nothing(runner, kata):
    """Before, between and after runs."""
    runner.cancel()
    first = runner.run(ask(kata, 1, against="solutions"))
    runner.cancel()
    runner.cancel()
    second = runner.run(ask(kata, 1, against="solutions"))

    assert [v.green for v in first + second] == [True, True]


@pytest.mark.skipif(not warm.CAN_FORK, reason="this system cannot fork")
class TestFork:
    """What only a warm process can do."""

    def test_a_fork_starts_from_a_clean_process(self, kata, warm, tmp_path):
        """What one run changes in Python itself the next does not see."""
        path = tmp_path / "vandal.py"
        path.write_text(
            "import builtins, os, numpy\n"
            "builtins.len = None\nnumpy.ndarray.mean = None\nos.environ.clear()\nos.chdir('/')\n"
            "del numpy.array\n\n\ndef center(x):\n    return x\n"
        )
        ruined = warm(ask(kata, 1, file=path))[0]
        after = warm(ask(kata, 1, against="solutions"))[0]

        assert not ruined.green
        assert after.green

    def test_a_deadly_run_does_not_end_the_warm_process(self, kata, warm, tmp_path):
        """It is the fork that dies, by any signal."""
        path = tmp_path / "deadly.py"
        path.write_text("import os, signal\nos.kill(os.getpid(), signal.SIGKILL)\n")
        dead = warm(ask(kata, 1, file=path))[0]
        after = warm(ask(kata, 1, against="solutions"))[0]

        assert {t.outcome for t in dead.tests} == {"crashed"}
        assert after.green

    def test_what_a_run_leaves_behind_is_ended_with_it(self, kata, warm, tmp_path):
        """A process that the learner's code forked holds a pipe open, until the run is over."""
        pipe = tmp_path / "pipe"
        os.mkfifo(pipe)
        path = tmp_path / "forks.py"
        path.write_text(
            "import os, time\n\n\ndef spread(x):\n"
            f"    held = open({str(pipe)!r}, 'w')\n"
            "    if not os.fork():\n        time.sleep(600)\n        os._exit(0)\n"
            "    return 1.0\n"
        )
        name = "TestSpread::test_the_divisor_is_one_less_than_the_count"
        opened = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
        warm(ask(kata, 1, file=path, ids=(name,)))
        os.set_blocking(opened, True)

        assert os.read(opened, 1) == b""
        os.close(opened)

    def test_a_change_is_seen_at_once(self, spread, warm, solve):
        """No run remembers the file of the run before, nor the tests."""
        solve(spread)
        assert warm(ask(spread, 1))[0].green
        text = spread.tests.read_text()
        spread.tests.write_text(text.replace("2**0.5", "3.0"))

        assert not warm(ask(spread, 1))[0].green

    def test_a_library_that_is_missing_is_a_sentence(self, kata, workbook, capfd):
        """A kata may need a library that is not installed."""
        with (
            contextlib.closing(warm.start_runner(workbook, ("nothing_like_this",))) as runner,
            pytest.raises(UsageError, match="The warm process ended"),
        ):
            runner.run(ask(kata, 1))

        assert "nothing_like_this" in capfd.readouterr().err

    def test_closing_ends_the_process(self, workbook):
        """Even before it has imported everything."""
        runner = warm.start_runner(workbook, ("numpy",))
        runner.close()

        assert runner.process.poll() is not None


def test_what_is_about_to_start_when_a_pool_closes_does_not_start(warm_runner, spread):
    """A cancel comes too early for it, and closing would wait for its end."""
    pool = Pool([warm_runner])
    pool.close()

    assert pool.run(ask(spread, 1)) == []
