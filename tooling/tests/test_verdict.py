"""What a verdict says, and that it survives the way through JSON."""

import json
from dataclasses import replace

import pytest
from dojo.run.verdict import OUTCOMES, TestResult, Verdict
from hypothesis import given, settings
from hypothesis import strategies as st

text = st.text(max_size=20)
texts = st.lists(text, max_size=3).map(tuple)
seconds = st.floats(min_value=0, max_value=1e6)
results = st.builds(
    TestResult,
    id=text,
    function=st.sampled_from(["center", "spread"]),
    rule=text,
    why=text,
    outcome=st.sampled_from(OUTCOMES),
    message=text,
    calls=texts,
    called=texts,
    where=text,
    printed=text,
    seconds=seconds,
)
verdicts = st.builds(
    Verdict,
    kata=text,
    against=text,
    seed=st.integers(),
    isolation=text,
    functions=st.sampled_from([("center",), ("center", "spread"), ()]),
    tests=st.lists(results, max_size=4).map(tuple),
    fault=text,
    seconds=seconds,
)


def result(function: str, outcome: str, name: str = "test_it") -> TestResult:
    """Make the result of a test."""
    return TestResult(f"Test::{name}", function, "it holds", "", outcome)


def verdict(*tests: TestResult, fault: str = "") -> Verdict:
    """Make a verdict on center and spread."""
    return Verdict("kata01_spread", "mine", 1, "process", ("center", "spread"), tests, fault)


@settings(derandomize=True, deadline=None)
@given(verdicts)
def test_json_keeps_everything(found):
    """What was written and read back is the same verdict."""
    back = Verdict.from_json(json.loads(json.dumps(found.to_json())))

    assert back == found
    assert back.seconds == found.seconds
    assert hash(back) == hash(found)


@settings(derandomize=True, deadline=None)
@given(verdicts)
def test_green_is_the_same_everywhere(found):
    """Exit code, JSON and the states of the functions agree, whatever was found."""
    all_passed = all({t.outcome for t in found.of(f)} == {"passed"} for f in found.functions)

    assert found.green == (all_passed and not found.fault)
    assert found.to_json()["green"] == found.green
    assert found.exit_code == (2 if found.fault else 0 if found.green else 1)


def test_json_of_another_schema_is_refused():
    """A later version may mean something else by the same names."""
    data = {**verdict().to_json(), "schema": 99}

    with pytest.raises(ValueError, match="schema 1"):
        Verdict.from_json(data)


@pytest.mark.parametrize(
    ("outcomes", "state"),
    [
        (["passed", "passed"], "green"),
        (["not_started", "not_started"], "not_started"),
        (["passed", "not_started"], "red"),
        (["passed", "failed"], "red"),
        ([], "red"),
        *[([outcome], "red") for outcome in OUTCOMES[3:]],
    ],
)
def test_a_function_is_green_when_every_test_of_it_passed(outcomes, state):
    """A single test that did not, or no test at all, is red; untouched is neither."""
    tests = [result("center", outcome, f"test_{n}") for n, outcome in enumerate(outcomes)]

    assert verdict(*tests).state("center") == state


def test_a_function_s_tests_are_its_own():
    """What another function's tests found says nothing of it."""
    found = verdict(result("center", "passed"), result("spread", "failed"))

    assert [t.function for t in found.of("center")] == ["center"]
    assert (found.state("center"), found.state("spread")) == ("green", "red")


def test_a_function_without_a_test_spoils_the_verdict():
    """What was not tested is not known to be right."""
    assert not verdict(result("center", "passed")).green
    assert verdict(result("center", "passed"), result("spread", "passed")).green


def test_a_fault_is_neither_green_nor_red():
    """It is the tool's own: exit code 2, whatever the tests say."""
    whole = verdict(result("center", "passed"), result("spread", "passed"))

    assert (whole.green, whole.exit_code) == (True, 0)
    broken = replace(whole, fault="The tests cannot be collected.")
    assert (broken.green, broken.exit_code) == (False, 2)


def test_the_first_red_test_is_the_first_in_the_order_of_work():
    """Passed tests are stepped over; all passed leaves none."""
    red = result("spread", "failed")
    later = result("spread", "timeout")

    assert verdict(result("center", "passed"), red, later).first_red() == red
    assert verdict(result("center", "passed")).first_red() is None


def test_time_does_not_tell_verdicts_apart():
    """Two runs of the same code are the same verdict, whatever they took."""
    assert replace(verdict(), seconds=1.0) == replace(verdict(), seconds=2.0)
