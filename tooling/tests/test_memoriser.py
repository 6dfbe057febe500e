"""A cheat that answers from a table, and what it takes to beat it."""

import numpy as np
import pandas as pd
import pytest
from dojo.author.verify import memoriser
from dojo.author.verify.memoriser import Question, Table, answering
from dojo.author.verify.proofs import OTHER_SEED, check_memoriser
from dojo.author.verify.workbench import Bench
from dojo.run.pool import Pool
from dojo.run.request import ask

pytestmark = pytest.mark.timeout(120)


def stub(x, by=1.0):
    """Say what is asked."""
    raise NotImplementedError


def remembered(*pairs):
    """Return a table that has seen some arguments and answers of stub."""
    answers = [(memoriser.ask({"x": x}), answer) for x, answer in pairs]
    return answering(Table({"stub": answers}), stub)


@pytest.fixture
def bench(workbook, warm_runner, tmp_path):
    """Return what proves a kata of the workbook: `bench(kata)`."""
    return lambda kata: Bench(kata, Pool([warm_runner]), tmp_path)


def test_the_same_question_has_its_own_answer():
    """An equal record is the nearest there is."""
    f = remembered((np.array([1.0, 2.0]), "a"), (np.array([1.0, 3.0]), "b"))

    assert f(np.array([1.0, 3.0])) == "b"
    assert f(x=np.array([1.0, 2.0])) == "a"


def test_the_nearest_question_of_the_same_shape_answers_for_others():
    """Values that look alike often have answers that are alike."""
    f = remembered((np.array([1.0, 2.0]), "a"), (np.array([9.0, 9.0]), "b"), (1.0, "c"))

    assert f(np.array([8.0, 7.5])) == "b"
    assert f(np.array([0.0, 0.0])) == "a"
    assert f(100.0) == "c"


def test_a_shape_that_was_never_seen_gets_the_last_answer():
    """It never raises, and never returns nothing where there is something."""
    f = remembered((np.array([1.0, 2.0]), "a"), (np.array([9.0, 9.0]), "b"))

    assert f(np.zeros((2, 2))) == "b"
    assert f("text", by=None) == "b"


def test_an_empty_table_answers_none():
    """The function was never called on the reference."""
    assert answering(Table(), stub)(1) is None


def test_an_answer_is_a_copy():
    """What a test does to it is not remembered."""
    f = remembered((1.0, [1, 2]))
    f(1.0).append(3)

    assert f(1.0) == [1, 2]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (1, 1.0),
        (np.zeros(2), [0.0, 0.0]),
        (np.zeros(2), np.zeros(2, dtype=int)),
        (np.zeros(2), np.zeros((2, 1))),
        (pd.DataFrame({"a": [1.0]}), pd.DataFrame({"b": [1.0]})),
        ({"a": 1}, {"b": 1}),
        ((1, 2), [1, 2]),
    ],
)
def test_types_and_shapes_are_told_apart(one, other):
    """Only questions of the same shape are compared by their numbers."""
    assert memoriser.ask({"x": one}).shape != memoriser.ask({"x": other}).shape


@pytest.mark.parametrize(
    "value",
    [
        None,
        "text",
        b"bytes",
        1 + 2j,
        float("nan"),
        10**400,
        np.array(["a", None], dtype=object),
        np.array(["2024-01-01"], dtype="datetime64[D]"),
        pd.Series(["a", None]),
        pd.DataFrame({"a": pd.Categorical(["x"]), "b": pd.to_datetime(["2024-01-01"])}),
        pd.DataFrame([[1.0, 2.0]], columns=["a", "a"]),
        [1, {"a": (2.0, np.eye(2))}],
        len,
        np.random.default_rng(1),
    ],
    ids=lambda value: type(value).__name__,
)
def test_any_argument_can_be_written_down(value):
    """Twice the same, at no distance from itself."""
    question = memoriser.ask({"x": value})
    again = memoriser.ask({"x": value})

    assert question.shape == again.shape
    assert question.distance(again) == 0.0


def test_a_number_that_is_missing_is_near_everything():
    """NaN does not make a distance NaN, nor infinity one that cannot be compared."""
    odd = Question((), (float("nan"), float("inf"), 1.0))

    assert odd.distance(Question((), (5.0, float("inf"), 3.0))) == 2.0
    assert odd.distance(Question((), (5.0, 0.0, 1.0))) < float("inf")


def test_the_memoriser_is_green_under_the_seed_it_was_made_with(spread, bench):
    """The cheat is a good one: it is the other seed that catches it, and not a flaw of its own."""
    made = bench(spread)
    proof = check_memoriser(made)
    cheat = made.scratch / "kata01_spread_memoriser.py"
    same = made.run(ask(spread, 1, file=cheat))[0]
    other = made.run(ask(spread, OTHER_SEED, file=cheat))[0]
    green = [t.id for t in same.tests if t.outcome == "passed"]

    assert "TestCenter::test_the_mean_moves_to_zero" in green
    assert "TestSpread::test_the_divisor_is_one_less_than_the_count" in green
    assert "TestSummarise::test_the_mean_comes_with_the_spread" in green
    assert not any(other.state(f) == "green" for f in spread.functions)
    assert (proof.problems, proof.figure) == ((), "red for 3 functions")


def test_tests_on_fixed_data_do_not_beat_it(runs, bench):
    """A function that is only tested on the same values under every seed is named."""
    text = runs.tests.read_text()
    runs.tests.write_text(text.replace("int(rng.integers(3, 9))", "5"))
    proof = check_memoriser(bench(runs))

    assert proof.problems == (
        "longest_run is green for a table of remembered answers: test values on data from `rng`.",
    )


def test_catching_it_by_an_error_alone_does_not_count(runs, bench):
    """The memoriser never raises: a test of an error is red for it under any seed."""
    for path in (runs.reference, *(runs.solution / "alternatives").glob("*.py")):
        text = path.read_text()
        path.write_text(
            text.replace(
                'neighbours."""\n',
                'neighbours."""\n    if x.ndim != 1:\n        raise ValueError("x")\n',
            )
        )
    text = runs.tests.read_text()
    text = text.replace("int(rng.integers(3, 9))", "5").replace(
        "import numpy as np", "import numpy as np\nimport pytest"
    )
    runs.tests.write_text(
        text + "\n    def test_only_rows_are_read(self):\n"
        '        """A table has no neighbours in a row."""\n'
        '        with pytest.raises(ValueError, match="x"):\n'
        "            longest_run(np.zeros((2, 2)))\n"
    )
    proof = check_memoriser(bench(runs))

    assert len(proof.problems) == 1
    assert proof.problems[0].startswith("longest_run is green")
