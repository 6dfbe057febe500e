"""From an exception to an outcome, a sentence and a place."""

import re
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from dojo.child.contract import ContractError
from dojo.child.explain import explain, refuse_import
from dojo.child.recorder import Call, Escape, Recorder, Refusal

FILE = "/somewhere/katas/spread.py"


def caught(function, *args):
    """Return the exception that a function raises."""
    with pytest.raises(BaseException) as info:  # noqa: PT011 - any of them
        function(*args)
    return info.value


def raised_in_file(source):
    """Return the exception that a learner's file raises when it is executed."""
    return caught(exec, compile(source, FILE, "exec"), {})


def recorder_of(error=None, result=None, comparison=None):
    """Return a recorder that saw one call of center."""
    recorder = Recorder(isolated=True)
    recorder.last.append(Call("center", (1,), {}, ("x",), result, error))
    recorder.comparison = comparison
    return recorder


def explained(raised, /, **seen):
    """Explain an exception after one call of center."""
    return explain(raised, recorder_of(**seen), {FILE})


def left_center(source):
    """Explain an exception that left the learner's center."""
    error = raised_in_file(source)
    return explained(error, error=error)


@pytest.mark.parametrize(
    ("source", "outcome", "sentence"),
    [
        ("def center():\n    raise NotImplementedError\ncenter()", "not_started", "center is not"),
        (
            "def center():\n    raise NotImplementedError('no floats')\ncenter()",
            "error",
            "center raised NotImplementedError in line 2: no floats",
        ),
        (
            "def mean():\n    raise NotImplementedError()\ndef center():\n    mean()\ncenter()",
            "error",
            "center raised NotImplementedError in line 2: mean is not written yet.",
        ),
        (
            "def center():\n    (lambda: (_ for _ in ()).throw(NotImplementedError))()\ncenter()",
            "error",
            "center raised NotImplementedError in line 2",
        ),
        ("raise NotImplementedError", "error", "center raised NotImplementedError in line 1"),
        ("\nx = {}['a']", "error", "center raised KeyError in line 2: 'a'"),
        ("assert 0, 'two'", "error", "center raised AssertionError in line 1: two"),
        ("raise MemoryError", "memory", "center asked for too much memory in line 1."),
        (
            "def f():\n    f()\n\nf()",
            "error",
            "center went on calling itself until Python's limit in line 2.",
        ),
        ("import json\njson.loads('{')", "error", "center raised JSONDecodeError in line 2: "),
    ],
)
def test_an_error_that_left_a_function_is_the_function_s(source, outcome, sentence):
    """The sentence names the function, the error, and the last line of the learner's file."""
    found = left_center(source)

    assert found.outcome == outcome
    assert found.message.startswith(sentence)
    assert re.fullmatch(re.escape(FILE) + r":\d+", found.where)


@pytest.mark.parametrize(
    ("source", "sentence"),
    [
        ("raise SystemExit", "center called sys.exit() or raised SystemExit in line 1"),
        ("raise KeyboardInterrupt", "center raised KeyboardInterrupt in line 1"),
        ("import pytest\npytest.skip('x')", "center called pytest.skip() in line 2"),
        ("import pytest\npytest.xfail('x')", "center called pytest.xfail() in line 2"),
        ("import pytest\npytest.exit('x')", "center called pytest.exit() in line 2"),
    ],
)
def test_a_way_out_is_named(source, sentence):
    """Through the escape that kept it from ending more than the test."""
    inner = raised_in_file(source)
    outer = Escape(type(inner).__name__)
    outer.__cause__ = inner
    found = explained(outer, error=inner)

    assert found.outcome == "error"
    assert found.message.startswith(sentence)


def test_a_warning_says_that_it_counts_as_an_error():
    """Numpy only warns of a division by zero."""
    found = left_center("raise RuntimeWarning('divide by zero')")

    assert found.message.splitlines() == [
        "center raised RuntimeWarning in line 1: divide by zero",
        "A warning of this kind inside your function counts as an error.",
    ]


def test_a_long_text_is_cut():
    """Four lines of an error are enough."""
    found = left_center("raise ValueError('\\n'.join('abcdefgh'))")

    assert found.message.splitlines()[-2:] == ["d", "... 4 more lines"]


def test_an_error_that_cannot_be_printed_is_explained_all_the_same():
    """An error whose text is an error has a class and a line."""
    found = left_center(
        "class Silent(ValueError):\n"
        "    def __str__(self):\n"
        "        raise TypeError('no text')\n"
        "raise Silent"
    )

    assert found.outcome == "error"
    assert found.message.startswith("center raised Silent in line 4")


def test_a_refusal_speaks_for_itself():
    """Its sentence is whole, and it knows outcome and place."""
    found = explained(Refusal("forbidden", "spread.py uses numpy.std.", "spread.py:3"))

    assert (found.outcome, found.message, found.where) == (
        "forbidden",
        "spread.py uses numpy.std.",
        "spread.py:3",
    )


def test_a_broken_promise_is_a_failure():
    """The sentence is the contract's."""
    found = explained(ContractError("center returned None; the stub promises a float."))

    assert found.outcome == "failed"
    assert found.message == "center returned None; the stub promises a float."


def test_numpy_s_comparison_sets_one_above_the_other():
    """What came back, what was expected, and by how much they differ."""
    error = caught(np.testing.assert_allclose, np.array([1.0, 2.0]), np.array([1.0, 3.0]))
    found = explained(error)

    assert found.outcome == "failed"
    assert found.message.splitlines()[:3] == [
        "came back  array([1., 2.])",
        "expected   array([1., 3.])",
        "Mismatched elements: 1 / 2 (50%)",
    ]


def test_of_one_number_there_is_no_share_that_differs():
    """Nor a largest difference: both numbers stand there."""
    found = explained(caught(np.testing.assert_allclose, 1.5, 3.0))

    assert found.message == "came back  1.5\nexpected   3."


@pytest.mark.parametrize(
    ("wanted", "shown"),
    [
        (pytest.approx(0.25), "0.25"),
        (pytest.approx(0.25, rel=1e-9), "0.25"),
        (pytest.approx(0.25, abs=0.02), "0.25 ± 0.02"),
        (pytest.approx([0.25, 1.0], rel=1e-9), "[0.25, 1.0]"),
        (("ship", pytest.approx(0.25, rel=1e-9)), "('ship', 0.25)"),
        (["ship", (1, pytest.approx(0.25, abs=0.02))], "['ship', (1, 0.25 ± 0.02)]"),
    ],
)
def test_a_tolerance_for_rounding_is_not_shown(wanted, shown):
    """One that a test allows for chance is part of what was expected."""
    found = explained(AssertionError("assert"), comparison=("==", 3, wanted))

    assert found.message.partition("\nexpected   ")[2] == shown


def test_numpy_s_shapes_are_named():
    """Arrays of different shapes are compared by their shapes."""
    found = explained(caught(np.testing.assert_array_equal, np.zeros(2), np.zeros(3)))

    assert found.message.splitlines()[:2] == [
        "came back  array([0., 0.])",
        "expected   array([0., 0., 0.])",
    ]
    assert "(2,), (3,)" in found.message


def test_pandas_comparison_sets_one_above_the_other():
    """The line that says what differs comes last."""
    error = caught(pd.testing.assert_series_equal, pd.Series([1.0]), pd.Series([2.0]))

    rows = explained(error).message.splitlines()

    assert rows[:2] == ["came back  [1.0]", "expected   [2.0]"]
    assert rows[-1] == "Series are different"


def test_a_plain_comparison_is_shown_with_both_sides():
    """What pytest compared was remembered, short enough to read."""
    error = AssertionError("assert 3 == 4")
    found = explained(error, comparison=("==", 3, 4))

    assert found.message == "came back  3\nexpected   4"


@pytest.mark.parametrize(
    ("operator", "expected"),
    [("!=", "anything but 4"), ("in", "one of 4"), ("not in", "none of 4"), ("<", "< 4")],
)
def test_another_comparison_says_what_was_asked(operator, expected):
    """Equal is what is expected when nothing is said."""
    found = explained(AssertionError("assert"), comparison=(operator, 3, 4))

    assert found.message == f"came back  3\nexpected   {expected}"


def test_the_test_s_own_words_are_kept():
    """A message after the comma of an assert stands below."""
    error = AssertionError("the mean is off\nassert 3 == 4")
    found = explained(error, comparison=("==", 3, 4))

    assert found.message.splitlines()[-1] == "the mean is off"


def test_a_bare_assertion_shows_what_pytest_said():
    """Without a comparison there is only the text."""
    assert explained(AssertionError("assert False\n +  where")).message.startswith("False")
    assert explained(AssertionError()).message == "An assertion failed."


def test_an_error_that_did_not_come_is_missed():
    """The call that should have raised is shown, and which error was wanted."""
    error = caught(lambda: pytest.raises(ValueError, match="x").__exit__(None, None, None))
    found = explained(error, result=3.0)

    assert found.outcome == "failed"
    assert found.message == "came back  no error\nexpected   ValueError"


def test_an_error_that_says_something_else_is_compared():
    """The pattern and the text."""

    def other():
        with pytest.raises(ValueError, match="alpha"):
            raise ValueError("beta is wrong")

    message = explained(caught(other)).message

    assert "beta is wrong" in message.splitlines()[0]
    assert "alpha" in message.splitlines()[1]
    assert message.startswith("came back  an error that says")


def test_an_error_of_the_test_s_own_blames_the_result():
    """The test could not use what came back; the call is named."""
    found = explained(caught(lambda: [][3]), result=[])

    assert found.outcome == "failed"
    assert found.message.splitlines() == [
        "The test could not use what center returned.",
        "IndexError: list index out of range",
    ]


def test_the_test_s_line_is_the_place_where_no_learner_s_is():
    """An assertion stands in the test's file."""
    found = explained(caught(lambda: [][3]))

    assert Path(found.where.rpartition(":")[0]).name == "test_explain.py"


def test_a_long_array_does_not_bury_the_sentence():
    """Eight lines of each side are kept."""
    error = AssertionError("assert")
    long = np.arange(12).reshape(12, 1)
    rows = explained(error, comparison=("==", long, 4)).message.splitlines()

    assert rows[0] == "came back  array([[ 0],"
    assert rows[7].endswith("[ 7],")
    assert rows[8] == "           ... 4 more lines"
    assert rows[9] == "expected   4"


@pytest.mark.parametrize(
    ("source", "outcome", "sentence"),
    [
        ("x = 1\ny = (", "error", "spread.py has a syntax error in line 2: '(' was never closed"),
        (
            "import nope_nope",
            "error",
            "spread.py cannot be imported: ModuleNotFoundError in line 1",
        ),
        (
            "1 / 0",
            "error",
            "spread.py cannot be imported: ZeroDivisionError in line 1: division by",
        ),
        ("raise MemoryError", "memory", "spread.py runs out of memory in line 1"),
        ("raise SystemExit", "error", "spread.py called sys.exit() or raised SystemExit in line 1"),
    ],
)
def test_an_import_that_failed_names_file_and_line(source, outcome, sentence):
    """The file is named as the learner knows it."""

    def executed():
        exec(compile(source, FILE, "exec"), {})

    refusal = refuse_import(caught(executed), FILE)

    assert refusal.outcome == outcome
    assert str(refusal).startswith(sentence)
    assert refusal.where.startswith(f"{FILE}:")


def test_a_syntax_error_in_evaluated_code_is_not_the_file_s():
    """The line of the evaluated text would mislead."""

    def executed():
        exec(compile("\n\neval('1 +')", FILE, "exec"), {})

    refusal = refuse_import(caught(executed), FILE)

    assert "SyntaxError in line 3" in str(refusal)
