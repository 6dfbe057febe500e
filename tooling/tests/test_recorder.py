"""What a function was called with, and what it may not do to the test that calls it."""

import warnings

import numpy as np
import pandas as pd
import pytest
from dojo.child.contract import ContractError
from dojo.child.recorder import KEPT, Call, Escape, Recorder


def stub(x: np.ndarray, by: float = 1.0) -> float:
    """Say what is asked."""
    raise NotImplementedError


def record(function, recorder=None):
    """Return a function as tests see it, and its recorder."""
    recorder = recorder or Recorder(isolated=True)
    return recorder.wrap(function, stub), recorder


def test_a_call_is_shown_with_arguments_and_result():
    """Positional and named arguments, each as a person reads it."""
    function, recorder = record(lambda x, by=1.0: float(x.sum() * by))
    function(np.array([1.0, 2.0]), by=2)

    assert list(map(str, recorder.last)) == ["stub(array([1., 2.]), by=2) -> 6.0"]


def test_what_is_long_stands_under_the_call():
    """An argument that needs lines is named in the call, and shown below it."""
    function, recorder = record(lambda x, by=1.0: 1.0)
    function(np.eye(4))
    first, *rest = str(recorder.last[0]).splitlines()

    assert first == "stub(x) -> 1.0"
    assert rest[0] == "where x ="
    assert rest[1] == "    array([[1., 0., 0., 0.],"


def test_a_named_argument_that_is_long_keeps_its_name():
    """Under the call it goes by the same name."""
    function, recorder = record(lambda x, by=1.0: 1.0)
    function(1, by=np.eye(4))

    assert str(recorder.last[0]).splitlines()[:2] == ["stub(1, by=...) -> 1.0", "where by ="]


def test_an_error_is_shown_in_the_result_s_place():
    """Its class and its text."""
    function, recorder = record(lambda x, by=1.0: int("a"))

    with pytest.raises(ValueError, match="invalid literal"):
        function(1)
    assert str(recorder.last[0]).startswith("stub(1) raised ValueError: invalid literal")


def test_an_error_that_has_no_text_ends_after_its_name():
    """No colon that leads nowhere."""
    call = Call("stub", (), {}, error=NotImplementedError())

    assert str(call) == "stub() raised NotImplementedError"


def test_an_error_that_cannot_be_printed_is_still_shown():
    """The report of a learner's error never is an error."""

    class Silent(ValueError):
        """An error whose text is an error."""

        def __str__(self) -> str:
            """Raise."""
            raise TypeError("no text")

    assert str(Call("stub", (), {}, error=Silent())).startswith("stub() raised Silent")


def change(value):
    """Change a value in place."""
    value[0] = 9
    return 1.0


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (np.array([1.0, 2.0]), "array([1., 2.])"),
        ([1, 2], "[1, 2]"),
        ({0: 1}, "{0: 1}"),
    ],
    ids=["array", "list", "dict"],
)
def test_arguments_are_shown_as_they_were_before_the_call(value, shown):
    """A function that changes them in place does not rewrite the report."""
    function, recorder = record(lambda x, by=1.0: change(x))
    function(value)

    assert str(recorder.last[0]) == f"stub({shown}) -> 1.0"
    assert value[0] == 9


def test_a_column_is_shown_as_it_was_before_the_call():
    """Pandas' values too, which have an index."""
    function, recorder = record(lambda x, by=1.0: change(x))
    function(pd.Series([1.0, 2.0]))

    assert "1.0" in str(recorder.last[0])
    assert "9.0" not in str(recorder.last[0])


def test_the_last_calls_are_kept_and_all_names():
    """A test that calls a hundred times shows the end of it."""
    function, recorder = record(lambda x, by=1.0: float(x))
    for n in range(10):
        function(n)

    assert [call.args for call in recorder.last] == [(n,) for n in range(10 - KEPT, 10)]
    assert list(recorder.called) == ["stub"]


def test_the_next_test_starts_afresh():
    """Calls and comparisons belong to one test."""
    function, recorder = record(lambda x, by=1.0: 1.0)
    function(1)
    recorder.comparison = ("==", "1", "2")
    recorder.start_test()

    assert (list(recorder.last), list(recorder.called), recorder.comparison) == ([], [], None)


@pytest.mark.parametrize("error", [SystemExit, GeneratorExit, KeyboardInterrupt])
def test_what_would_end_more_than_the_test_ends_the_test(error):
    """The escape holds the error, so that the report can name it."""

    def leave(x, by=1.0):
        raise error

    function, recorder = record(leave)

    with pytest.raises(Escape) as caught:
        function(1)
    assert type(caught.value.__cause__) is error
    assert type(recorder.last[0].error) is error


@pytest.mark.parametrize(
    "leave",
    [
        lambda: pytest.skip("too hard"),
        lambda: pytest.exit("done", returncode=0),
        lambda: pytest.xfail("too hard"),
        lambda: pytest.fail("no"),
    ],
    ids=["skip", "exit", "xfail", "fail"],
)
def test_pytest_s_own_ways_out_are_closed(leave):
    """A learner's function cannot end the run, nor have its test skipped."""
    function, _ = record(lambda x, by=1.0: leave())

    with pytest.raises(BaseException) as caught:  # noqa: PT011 - pytest would obey any other
        function(1)
    assert type(caught.value) is Escape


def test_ctrl_c_passes_where_a_person_sits():
    """In a run that shares the terminal, the interrupt is the person's."""

    def interrupted(x, by=1.0):
        raise KeyboardInterrupt

    function, _ = record(interrupted, Recorder(isolated=False))

    with pytest.raises(KeyboardInterrupt):
        function(1)


@pytest.mark.parametrize("category", [RuntimeWarning, pd.errors.ChainedAssignmentError])
def test_a_warning_that_means_a_wrong_result_is_an_error(category):
    """Division by zero, overflow, and an assignment that changes nothing."""
    function, _ = record(lambda x, by=1.0: warnings.warn("careful", category, stacklevel=1))

    with pytest.raises(category, match="careful"):
        function(1)


@pytest.mark.parametrize("category", [DeprecationWarning, FutureWarning, UserWarning])
def test_any_other_warning_costs_nothing(category):
    """Not even where the caller turned warnings into errors."""

    def warn(x, by=1.0):
        warnings.warn("old", category, stacklevel=1)
        return 1.0

    function, _ = record(warn)
    with warnings.catch_warnings():
        warnings.simplefilter("error")

        assert function(1) == 1.0


def test_the_caller_s_warnings_are_as_before():
    """What the function's strictness changed is put back."""
    function, _ = record(lambda x, by=1.0: 1.0)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        before = list(warnings.filters)
        function(1)

        assert warnings.filters == before


def test_a_warning_of_the_test_s_own_is_not_the_learner_s():
    """Only the learner's function is held to it."""
    with pytest.warns(RuntimeWarning):
        np.float64(1) / np.float64(0)


def test_the_result_is_held_against_the_stub():
    """A broken promise is seen before the test sees the result; the call is kept."""
    function, recorder = record(lambda x, by=1.0: None)

    with pytest.raises(ContractError, match="stub returned None; the stub promises a float"):
        function(1)
    assert str(recorder.last[0]) == "stub(1) -> None"


def test_listeners_hear_every_call():
    """Also those that raise, with the names of the stub's parameters."""
    heard = []
    recorder = Recorder(isolated=True)
    recorder.listeners.append(heard.append)
    function, _ = record(lambda x, by=1.0: 1.0 / x, recorder)
    function(2)
    with pytest.raises(ZeroDivisionError):
        function(0, by=3)

    assert [call.parameters for call in heard] == [("x", "by")] * 2
    assert [call.result for call in heard] == [0.5, None]
    assert isinstance(heard[1].error, ZeroDivisionError)


def test_a_call_with_too_many_arguments_is_the_learner_s_error():
    """It is recorded like any other."""
    function, recorder = record(lambda x: 1.0)

    with pytest.raises(TypeError):
        function(1, 2, 3)
    assert str(recorder.last[0]).startswith("stub(1, 2, 3) raised TypeError")
