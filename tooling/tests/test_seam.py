"""Which file answers a test's import, and what a test then holds in its hands."""

import importlib.util
import sys
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest
from dojo.child import seam
from dojo.child.recorder import Recorder, Refusal
from dojo.kata.catalog import Kata

X = np.array([1.0, 2.0, 6.0])


@pytest.fixture
def load(spread: Kata) -> Iterator[Callable[..., ModuleType]]:
    """Return `load(*files)`: what `import katas.kata01_spread.spread` gives to a test."""
    before = dict(sys.modules)

    def imported(*files: Path) -> ModuleType:
        finder = seam.Seam([spread], lambda kata: files or (kata.mine,), Recorder(isolated=True))
        spec = finder.find_spec(spread.module)
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        return module

    yield imported
    for name in set(sys.modules) - set(before):
        del sys.modules[name]


def said(function: Callable[..., object], *args: object) -> str:
    """Return the sentence with which a function refuses."""
    with pytest.raises(Refusal) as caught:
        function(*args)
    return str(caught.value)


def write(kata: Kata, text: str) -> Path:
    """Have the learner write a file."""
    kata.mine.write_text(text, encoding="utf-8")
    return kata.mine


@pytest.mark.parametrize(
    ("against", "place"),
    [
        ("mine", "katas/kata01_spread/spread.py"),
        ("solutions", "solutions/kata01_spread/spread.py"),
        ("stub", "tooling/stubs/kata01_spread.py"),
    ],
)
def test_the_option_chooses_the_file(spread, workbook, against, place):
    """The learner's own, the reference, or the stub as its author wrote it."""
    assert seam.choose(spread, against, None) == (workbook / place,)


@pytest.mark.parametrize("folder", ["mistakes", "alternatives"])
def test_a_mistake_or_alternative_lies_over_the_reference(spread, folder):
    """The reference is executed first, so that the file may define what it changes only."""
    path = spread.solution / folder / "any.py"

    assert seam.choose(spread, "mine", path) == (spread.reference, path)


def test_any_other_file_stands_alone(spread, runs, tmp_path):
    """A learner's file gets nothing from the reference, another kata's mistake neither."""
    elsewhere = tmp_path / "mistakes" / "any.py"
    foreign = runs.solution / "mistakes" / "totals.py"

    assert seam.choose(spread, "mine", elsewhere) == (elsewhere,)
    assert seam.choose(spread, "mine", foreign) == (foreign,)


def test_only_learners_modules_are_answered(spread):
    """Everything else is left to Python."""
    finder = seam.Seam([spread], lambda kata: (kata.mine,), Recorder())

    assert finder.find_spec("katas.kata01_spread.spread").origin == str(spread.mine)
    assert finder.find_spec("katas.kata01_spread") is None
    assert finder.find_spec("katas.kata01_spread.helpers") is None
    assert finder.find_spec("katas.kata02_runs.runs") is None
    assert finder.find_spec("numpy") is None


def test_the_learner_s_functions_answer(load, spread):
    """A test holds the learner's function under the stub's name and docstring."""
    module = load(spread.reference)

    assert module.center(X).tolist() == [-2.0, -1.0, 3.0]
    assert module.center.__name__ == "center"
    assert module.center.__doc__.startswith("Return the values minus their mean, shape (n,)")
    assert sys.modules[spread.module] is module


def test_a_stub_says_that_it_is_not_written(load):
    """What the stub raises comes through as it is."""
    with pytest.raises(NotImplementedError):
        load().center(X)


def test_the_stub_s_classes_are_there_without_the_learner_s(load, spread):
    """A test can compare with the dataclass even where the file lost it."""
    module = load(write(spread, "def center(x):\n    return x - x.mean()\n"))

    assert module.Summary(1.0, 2.0).spread == 2.0


def test_the_learner_s_own_class_is_the_one_that_tests_see(load, spread):
    """So that isinstance holds for what the learner's function returns."""
    module = load(spread.reference)

    assert isinstance(module.summarise(X), module.Summary)


def test_a_change_reaches_the_functions_that_call_it(load, spread):
    """One namespace: summarise of the reference uses the mistake's spread."""
    module = load(spread.reference, spread.solution / "mistakes" / "population.py")

    assert module.spread(X) == pytest.approx(np.std(X))
    assert module.summarise(X).spread == pytest.approx(np.std(X))
    assert module.center(X).tolist() == [-2.0, -1.0, 3.0]


def test_a_missing_function_spoils_no_other(load, spread):
    """The refusal comes at the call, and not at the import."""
    module = load(write(spread, "def center(x):\n    return x - x.mean()\n"))

    assert module.center(X).tolist() == [-2.0, -1.0, 3.0]
    assert said(module.spread, X) == (
        "spread.py has no function spread. Put it back as in the stub."
    )


def test_a_renamed_function_is_guessed(load, spread):
    """Only names that the stub does not know are offered."""
    module = load(
        write(spread, "def center_(x):\n    return x\n\n\ndef spread(x):\n    return 1.0\n")
    )

    assert said(module.center, X) == ("spread.py has no function center. Did you mean 'center_'?")


def test_a_number_in_a_function_s_place_is_named(load, spread):
    """The name is taken by something that cannot be called."""
    module = load(write(spread, "center = 3\n"))

    assert said(module.center, X).startswith(
        "spread.py has something else under the name of center"
    )


@pytest.mark.parametrize(
    "source",
    [
        "def center(x): ...",
        "def center(x, more=1): ...",
        "def center(x, *rest, **options): ...",
        "def center(x: list[int]) -> None: ...",
        "center = lambda x: None",
        "class center:\n    def __init__(self, x): ...",
        "import functools\n\ndef two(a, x): ...\n\ncenter = functools.partial(two, 1)",
    ],
)
def test_a_signature_may_have_more_to_offer(load, spread, source):
    """Annotations do not matter, nor parameters that a caller may leave out."""
    center = load(write(spread, source)).center

    with pytest.raises(AssertionError, match="center returned"):
        center(X)


@pytest.mark.parametrize(
    ("source", "sentence"),
    [
        ("def center(y): ...", "center takes (y), but the stub says (x); put the stub's"),
        ("def center(): ...", "center takes (), but the stub says (x)"),
        ("def center(x, y): ...", "center takes (x, y), but the stub says (x)"),
        ("def center(*, x): ...", "center takes (*, x), but the stub says (x)"),
        ("def center(x, /): ...", "center takes (x, /), but the stub says (x)"),
        ("def center(x=None): ...", "center takes (x=None), but the stub says (x)"),
        ("def center(*x): ...", "center takes (*x), but the stub says (x)"),
        ("class center: ...", "center takes (), but the stub says (x)"),
    ],
)
def test_another_signature_is_refused_in_a_sentence(load, spread, source, sentence):
    """Both signatures are named, without annotations."""
    assert said(load(write(spread, source)).center, X).startswith(sentence)


def test_a_default_is_part_of_the_signature(load, spread):
    """A test may rely on what the stub leaves out."""
    spread.pristine.write_text("def center(x, by=1):\n    raise NotImplementedError\n")
    write(spread, "def center(x, by=2):\n    return x - x.mean()\n")

    assert said(load().center, X).startswith("center takes (x, by=2), but the stub says (x, by=1)")


@pytest.mark.parametrize(
    ("source", "sentence"),
    [
        ("def (", "spread.py has a syntax error in line 1"),
        ("import nothing_like_this", "spread.py cannot be imported: ModuleNotFoundError in line 1"),
        ("x = 1\ny = x / 0\n", "spread.py cannot be imported: ZeroDivisionError in line 2"),
        ("raise SystemExit(0)", "spread.py called sys.exit() or raised SystemExit in line 1"),
        ("import statistics", "spread.py uses statistics in line 1; this kata asks you to write"),
    ],
)
def test_a_file_that_cannot_be_executed_refuses_every_function(load, spread, source, sentence):
    """The import succeeds; each function says why it cannot be called."""
    module = load(write(spread, source))

    assert all(
        said(f, X).startswith(sentence) for f in (module.center, module.spread, module.summarise)
    )


def test_what_a_file_defined_before_it_failed_is_not_used(load, spread):
    """Half a file is no file."""
    module = load(write(spread, "def center(x):\n    return x\n\n\n1 / 0\n"))

    assert "ZeroDivisionError in line 5" in said(module.center, X)


def test_an_error_in_another_module_points_at_the_learner_s_line(load, spread):
    """The line is that of the learner's file, where the error passed through it."""
    module = load(write(spread, "import json\n\njson.loads('{')\n"))

    assert "JSONDecodeError in line 3" in said(module.center, X)


def test_the_executed_files_are_remembered(spread):
    """The cost and the place of an error are looked for in them, the reference below included."""
    mistake = spread.solution / "mistakes" / "loop.py"
    finder = seam.Seam([spread], lambda kata: (kata.reference, mistake), Recorder())
    spec = finder.find_spec(spread.module)
    spec.loader.exec_module(importlib.util.module_from_spec(spec))
    del sys.modules[spread.module]

    assert finder.executed == {str(spread.reference), str(mistake)}


def test_a_warning_at_import_costs_nothing(load, spread):
    """Not even where warnings are errors."""
    source = "import warnings\nwarnings.warn('old', DeprecationWarning)\n\n\n"
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        module = load(write(spread, source + "def center(x):\n    return x - x.mean()\n"))

    assert module.center(X).tolist() == [-2.0, -1.0, 3.0]


def test_the_file_knows_its_name_and_place(load, spread):
    """`__name__` is one that pickle finds, so that nothing under a main guard runs."""
    module = load(write(spread, "place, name = __file__, __name__\n"))

    assert module.place == str(spread.mine)
    assert module.name == "kata01_spread"


def test_two_modules_of_one_name_are_not_mixed_up(spread, runs):
    """The kata's folder is part of the name: stubs of two katas may be called alike."""
    finder = seam.Seam([spread, runs], lambda kata: (kata.reference,), Recorder())

    assert finder.find_spec(spread.module).origin == str(spread.reference)
    assert finder.find_spec(runs.module).origin == str(runs.reference)
