"""What is asked of a run, and that its verdict answers it."""

import json

import pytest
from dojo.run.cold import Process, run_cold, spawn_cold
from dojo.run.request import Request, ask
from dojo.run.supervisor import supervise

pytestmark = pytest.mark.timeout(120)


@pytest.fixture
def kata(spread):
    """Return the first kata of the workbook."""
    return spread


def ids(verdict):
    """List the tests of a verdict."""
    return [t.id for t in verdict.tests]


def outcomes(verdict):
    """List the outcomes of a verdict."""
    return [t.outcome for t in verdict.tests]


def test_the_reference_is_green(kata, warm):
    """Every test passed, in the order of the file."""
    verdict = warm(ask(kata, 1, against="solutions"))[0]

    assert verdict.green
    assert verdict.functions == ("center", "spread", "summarise")
    assert ids(verdict) == [
        "TestCenter::test_the_mean_moves_to_zero",
        "TestCenter::test_what_was_passed_in_stays_as_it_was",
        "TestCenter::test_four_times_the_data_takes_no_more_steps",
        "TestCenter::test_an_empty_sample_has_no_mean",
        "TestSpread::test_the_divisor_is_one_less_than_the_count",
        "TestSpread::test_one_value_has_no_spread",
        "TestSummarise::test_the_mean_comes_with_the_spread",
    ]


def test_every_test_of_the_stub_is_not_started(kata, warm):
    """Nothing is red before something was written."""
    verdict = warm(ask(kata, 1, against="stub"))[0]

    assert outcomes(verdict) == ["not_started"] * 7
    assert verdict.exit_code == 1


def test_a_result_tells_all_about_its_test(kata, warm):
    """The rule, the diagnosis, the call, what came back, the place and the time."""
    path = kata.solution / "mistakes" / "population.py"
    verdict = warm(ask(kata, 1, file=path, functions=("spread",)))[0]
    result = verdict.tests[0]

    assert result.function == "spread"
    assert result.rule == "the divisor is one less than the count"
    assert result.why.startswith("Divided by n: that is the spread of a population")
    assert result.outcome == "failed"
    assert result.message.startswith("came back  ")
    assert "\nexpected   " in result.message
    assert result.calls[0].startswith("spread(array([")
    assert result.called == ("spread",)
    assert result.where.startswith("katas/kata01_spread/test_spread.py:")
    assert 0 < result.seconds < 60


def test_functions_choose_their_tests(kata, warm):
    """The verdict speaks of them only."""
    verdict = warm(ask(kata, 1, against="solutions", functions=("spread", "summarise")))[0]

    assert verdict.functions == ("spread", "summarise")
    assert verdict.green
    assert len(verdict.tests) == 3


def test_ids_choose_single_tests(kata, warm):
    """As a mistake names the test that must fail."""
    name = "TestSpread::test_one_value_has_no_spread"
    verdict = warm(ask(kata, 1, against="solutions", ids=(name,)))[0]

    assert ids(verdict) == [name]


def test_an_id_that_is_none_is_a_fault(kata, warm):
    """Nothing was found out about the learner."""
    verdict = warm(ask(kata, 1, against="solutions", ids=("TestNone::test_none",)))[0]

    assert "No test was found" in verdict.fault
    assert verdict.exit_code == 2


def test_a_run_may_stop_at_the_first_red_test(kata, warm):
    """A mutant is dead when one test has noticed it."""
    path = kata.solution / "mistakes" / "median.py"
    verdict = warm(ask(kata, 1, file=path, stop=True))[0]

    assert outcomes(verdict) == ["failed"]


def test_urgent_tests_go_first(kata, warm):
    """Tests that have caught nothing yet get their chance."""
    name = "TestSummarise::test_the_mean_comes_with_the_spread"
    path = kata.solution / "mistakes" / "population.py"
    verdict = warm(ask(kata, 1, file=path, first=(name,), stop=True))[0]

    assert ids(verdict) == [name]


def test_several_seeds_give_a_verdict_each(kata, warm):
    """In their order, with other data."""
    path = kata.solution / "mistakes" / "population.py"
    verdicts = warm(ask(kata, 3, 1, 2, file=path, functions=("spread",)))

    assert [v.seed for v in verdicts] == [3, 1, 2]
    assert [outcomes(v) for v in verdicts] == [["failed", "failed"]] * 3
    assert len({v.tests[0].calls for v in verdicts}) == 3


def test_the_same_seed_gives_the_same_data(kata, warm):
    """The calls are the same to the last digit, alone or among others."""
    path = kata.solution / "mistakes" / "population.py"
    alone = warm(ask(kata, 2, file=path, functions=("spread",)))[0]
    among = warm(ask(kata, 1, 2, file=path))[1]

    assert [t.calls for t in alone.tests] == [t.calls for t in among.of("spread")]


def test_each_test_has_data_of_its_own(kata, warm, tmp_path):
    """The generator is seeded from the test's id too: order and selection change nothing."""
    path = tmp_path / "wrong.py"
    path.write_text(kata.reference.read_text().replace("return x - x.mean()", "return x + 1"))
    all_tests = warm(ask(kata, 1, file=path))[0]
    name = "TestCenter::test_what_was_passed_in_stays_as_it_was"
    last = warm(ask(kata, 1, file=path, first=(name,), functions=("center",)))[0]

    assert {t.id: t.calls for t in last.tests} == {t.id: t.calls for t in all_tests.of("center")}


def test_a_child_that_died_loses_no_seed(kata, warm, tmp_path):
    """The tests of all seeds are run, in fresh children, each once."""
    path = tmp_path / "deadly.py"
    text = kata.reference.read_text()
    path.write_text(text.replace("return Summary(", "import os; os._exit(3)\n    return Summary("))
    verdicts = warm(ask(kata, 1, 2, 3, file=path))

    assert [outcomes(v) for v in verdicts] == [["passed"] * 6 + ["crashed"]] * 3
    assert verdicts[0].tests[-1].message == (
        "summarise ended Python itself (exit code 3), as os._exit() does."
    )


def test_tests_that_cannot_be_collected_are_a_fault(spread, warm):
    """A broken test file is never the learner's; the sentence says where it is broken."""
    spread.tests.write_text("import nothing_like_this\n")
    verdict = warm(ask(spread, 1, against="solutions"))[0]

    assert verdict.fault.startswith("The tests cannot be collected: ")
    assert verdict.fault.endswith("'nothing_like_this' (test_spread.py:1)")
    assert (verdict.green, verdict.exit_code) == (False, 2)


def test_a_fixture_that_fails_is_a_fault(spread, warm):
    """The same for what is set up around a test."""
    text = spread.tests.read_text()
    spread.tests.write_text(text.replace("(self, rng)", "(self, nothing)"))
    verdict = warm(ask(spread, 1, against="solutions"))[0]

    assert "fixture 'nothing' not found" in verdict.fault or "setup of" in verdict.fault
    assert verdict.exit_code == 2


def test_a_missing_test_file_is_a_fault(spread, warm):
    """The learner deleted it, or a merge did."""
    spread.tests.unlink()
    verdict = warm(ask(spread, 1, against="solutions"))[0]

    assert verdict.fault
    assert verdict.exit_code == 2


def test_what_a_function_prints_is_shown_with_its_test(kata, warm, tmp_path):
    """Each test's own output, standard error too, and no more than twenty lines."""
    path = tmp_path / "chatty.py"
    path.write_text(
        "import sys\n\n\ndef center(x):\n"
        "    print('out')\n    print('err', file=sys.stderr)\n"
        "    print('more\\n' * 100)\n    return x\n"
    )
    result = warm(ask(kata, 1, file=path, functions=("center",)))[0].tests[0]

    assert result.printed.splitlines()[0] == "out"
    assert len(result.printed.splitlines()) <= 21


def test_a_cold_run_finds_what_a_warm_one_finds(kata, warm, capfd):
    """Only the times differ, and how the test process was made; neither says a word."""
    request = ask(kata, 1, 2, file=kata.solution / "mistakes" / "loop.py")

    def bare(verdicts):
        data = [{**v.to_json(), "seconds": 0, "isolation": ""} for v in verdicts]
        for verdict in data:
            verdict["tests"] = [{**t, "seconds": 0} for t in verdict["tests"]]
        return data

    assert bare(run_cold(request)) == bare(warm(request))
    assert capfd.readouterr() == ("", "")


def test_what_a_child_said_before_it_ended_is_heard(kata):
    """It may end between the look at its socket and the look at the process."""

    class Hasty(Process):
        def poll(self):
            return self.popen.wait()

    def spawn(request, trace):
        return Hasty(**vars(spawn_cold(request, trace)))

    verdict = supervise(ask(kata, 1, against="solutions"), spawn)[0]

    assert verdict.green


def test_a_request_survives_the_way_to_another_process(kata):
    """What was asked is what is read."""
    request = ask(kata, 1, 2, file=kata.reference, functions=("center",), done=((1, "a"), (2, "b")))

    assert Request.from_json(json.loads(json.dumps(request.to_json()))) == request


@pytest.mark.parametrize(
    ("request_", "wanted"),
    [
        ({}, [True, True, True]),
        ({"classes": ("TestA",)}, [True, True, False]),
        ({"ids": ("TestA::test_a",)}, [True, False, False]),
        ({"ids": ("TestA::test_b",)}, [False, True, False]),
        ({"ids": ("TestA::test_b[x-1]",)}, [False, True, False]),
        ({"ids": ("TestA::test_b[x-2]",)}, [False, False, False]),
    ],
)
def test_a_parametrised_test_goes_by_its_plain_name_too(request_, wanted):
    """A mistake may name the test without the case."""
    request = Request("", "kata01_spread", "", (1,), **request_)
    tests = ["TestA::test_a", "TestA::test_b[x-1]", "TestB::test_a"]

    assert [request.wants(test) for test in tests] == wanted
