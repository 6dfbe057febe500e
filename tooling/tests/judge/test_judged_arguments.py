"""A changed argument ends a test in the same words with and without a sandbox."""

from collections.abc import Callable

import pytest
from dojo.run.request import ask

pytestmark = pytest.mark.timeout(120)

CHANGING = {
    "it raises as the test expects": """
def center(x):
    if x.size == 0:
        x.shape = (0, 1)
        raise ValueError("x")
    return x - x.mean()
""",
    "it crashes besides": """
def center(x):
    x *= 2
    return x - nothing
""",
    "it answers": """
def center(x):
    x -= x.mean()
    return x
""",
}


@pytest.fixture
def ended(spread, warm, judged) -> Callable[[str], dict[str, tuple[str, str, str]]]:
    """Return `ended(name)`: how the tests of center end, in a sandbox as without one."""

    def run(name):
        path = spread.folder / "mine.py"
        path.write_text(CHANGING[name])
        request = ask(spread, 1, file=path, functions=("center",))
        here, there = warm(request)[0], judged(request)
        found = [
            {t.id: (t.outcome, t.message, t.where, t.calls) for t in verdict.tests}
            for verdict in (here, there)
        ]
        assert found[0] == found[1]
        return found[0]

    return run


EMPTY = "TestCenter::test_an_empty_sample_has_no_mean"
ZERO = "TestCenter::test_the_mean_moves_to_zero"
STEPS = "TestCenter::test_four_times_the_data_takes_no_more_steps"
SENTENCE = "center changed its argument x; work on a copy."
PLACE = "katas/kata01_spread/mine.py:2"


def test_a_change_is_told_where_the_test_would_pass(ended):
    """The error that the test expects came, and the argument is another."""
    found = ended("it raises as the test expects")

    assert found[EMPTY][:3] == ("error", SENTENCE, PLACE)
    assert found[ZERO][0] == "passed"


def test_a_change_is_told_instead_of_what_came_back(ended):
    """The call shows it."""
    outcome, message, where, calls = ended("it answers")[ZERO]

    assert (outcome, message, where) == ("error", SENTENCE, PLACE)
    assert calls[0].endswith(" changed x")


def test_a_crash_leads_and_the_change_is_told_besides(ended):
    """To mend the crash comes first."""
    outcome, message, where, _ = ended("it crashes besides")[ZERO]

    assert (outcome, where) == ("error", "katas/kata01_spread/mine.py:4")
    assert message == (
        "center raised NameError in line 4: name 'nothing' is not defined\n"
        + f"Besides, {SENTENCE}"
    )


def test_copies_are_no_part_of_what_a_call_costs(spread, warm, judged):
    """Neither bytes nor steps: 100 times the data, passed through, cost next to nothing."""
    path = spread.folder / "mine.py"
    path.write_text("def center(x):\n    return x[:1]\n")
    spread.tests.write_text(
        spread.tests.read_text().replace(
            "        short = cost(center, np.arange(50.0)).steps\n",
            "        xs = [np.ones(100_000), np.ones(100_000)]\n"
            "        both = cost(lambda: [center(x) for x in xs])\n"
            "        assert both.peak_bytes < 20_000\n"
            "        assert 0 < both.steps < 50\n"
            "        assert cost.peak_bytes(center, xs[0]) < 20_000\n"
            "        short = cost(center, np.arange(50.0)).steps\n",
        )
    )
    request = ask(spread, 1, file=path, ids=(STEPS,))
    for verdict in (warm(request)[0], judged(request)):
        assert [(t.outcome, t.message) for t in verdict.tests] == [("passed", "")]
