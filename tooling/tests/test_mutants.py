"""Small changes of a reference, and the survivors among them."""

import ast

import pytest
from dojo.author.verify.mutants import (
    Survivor,
    enclosing,
    mutate,
    read_survivors,
    without_annotations,
)
from dojo.author.verify.mutation import check_mutants, survivor_problems
from dojo.author.verify.workbench import Bench
from dojo.errors import UsageError
from dojo.run.pool import Pool
from hypothesis import given, settings
from hypothesis import strategies as st

pytestmark = pytest.mark.timeout(120)

SOURCE = '''\
"""A module."""


def add(x: int | None, y: float = 1.0) -> int | None:
    """Add."""
    total: int | float = x + y
    return total


def keep(x):
    return x
'''

names = st.sampled_from(["x", "y", "total"])
expressions = st.recursive(
    st.one_of(names, st.integers(0, 9).map(str), st.sampled_from(["True", "None", "'a'"])),
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from("+-*/<>"), inner).map(lambda p: f"({' '.join(p)})"),
        st.tuples(inner, st.sampled_from(["and", "or", "==", "is"]), inner).map(
            lambda p: f"({' '.join(p)})"
        ),
        inner.map(lambda e: f"(not {e})"),
        inner.map(lambda e: f"-{e}"),
    ),
    max_leaves=4,
)
statements = st.one_of(
    expressions.map(lambda e: f"    total = {e}"),
    expressions.map(lambda e: f"    total: int | None = {e}"),
    expressions.map(lambda e: f"    if {e}:\n        return x"),
    expressions.map(lambda e: f"    while {e}:\n        break"),
    expressions.map(lambda e: f"    return {e}"),
)
sources = st.lists(statements, min_size=1, max_size=3).map(
    lambda body: "def f(x: int | None, y: int = 2) -> int | str:\n" + "\n".join(body) + "\n"
)


@settings(derandomize=True, deadline=None, max_examples=15)
@given(sources)
def test_every_mutant_is_another_program(source):
    """Annotations, layout and comments aside, it differs from the source and from the others."""
    mutants, _ = mutate(source)
    plain = [without_annotations(mutant.source) for mutant in mutants]

    assert without_annotations(source) not in plain
    assert len(set(plain)) == len(plain)
    assert all(mutant.was != mutant.now for mutant in mutants)


def test_a_mutant_knows_what_was_changed():
    """Operator, function, line, and the lines before and after."""
    mutants, _ = mutate(SOURCE)
    changes = {(m.function, m.line, m.was.strip(), m.now.strip()) for m in mutants}

    assert (
        "add",
        6,
        "total: int | float = x + y",
        "total: int | float = x - y",
    ) in changes
    assert all(ast.parse(m.source) for m in mutants)
    assert all(m.operator.startswith("core/") for m in mutants)


def test_changed_annotations_are_counted_and_left_out():
    """`int | None` becomes `int + None`, which nothing can notice."""
    mutants, annotations = mutate(SOURCE)

    assert annotations > 0
    assert not any("def add" in m.was and "y: float = 1.0" in m.now for m in mutants)


def test_a_default_is_no_annotation():
    """What a function does when an argument is left out can be noticed."""
    mutants, _ = mutate("def f(x: int = 1):\n    return x\n")

    assert any(m.line == 1 for m in mutants)


def test_a_source_without_anything_to_change_has_no_mutants():
    """Nothing to notice."""
    assert mutate("def f(x):\n    return x\n") == ([], 0)


@pytest.mark.parametrize(
    "caught", ["ValueError", "np.linalg.LinAlgError", "(KeyError, np.linalg.LinAlgError)"]
)
def test_any_exception_may_be_caught(caught):
    """An operator that cannot change a dotted name leaves it alone."""
    mutants, _ = mutate(
        f"def f(x):\n    try:\n        return x + 1\n    except {caught}:\n        return 0\n"
    )

    assert any("x - 1" in mutant.now for mutant in mutants)


@pytest.mark.parametrize(("line", "name"), [(1, ""), (4, "add"), (7, "add"), (8, ""), (11, "keep")])
def test_a_line_belongs_to_its_function(line, name):
    """Lines between functions belong to none."""
    assert enclosing(SOURCE, line) == name


def test_a_decorator_belongs_to_its_class():
    """A mutant of `frozen=True` is one of the class."""
    assert enclosing("import a\n\n\n@a.b(True)\nclass C:\n    x: int\n", 4) == "C"


def test_a_survivor_explains_its_mutant():
    """By the whole lines, wherever they are indented."""
    mutant = next(m for m in mutate(SOURCE)[0] if m.now.strip().endswith("x - y"))

    assert Survivor("total: int | float = x + y", "total: int | float = x - y", "why").explains(
        mutant
    )
    assert not Survivor("total: int | float = x + y", "total = x - y", "why").explains(mutant)


def test_survivors_are_read(spread, tmp_path):
    """No file, or one without entries, has none."""
    found = read_survivors(spread.solution / "survivors.toml")
    empty = tmp_path / "survivors.toml"
    empty.write_text("# none\n")

    assert [s.was for s in found] == ["@dataclass(frozen=True)"]
    assert read_survivors(empty) == []
    assert read_survivors(tmp_path / "nowhere.toml") == []


@pytest.mark.parametrize(
    "text",
    [
        "[[survivor",
        '[[survivor]]\nwas = "a"\nnow = "b"\n',
        '[[survivor]]\nwas = "a"\nnow = "b"\nwhy = "c"\nwho = "d"\n',
        'survivor = ["a"]\n',
    ],
)
def test_survivors_that_cannot_be_read_are_a_sentence(tmp_path, text):
    """The author is told which file."""
    path = tmp_path / "survivors.toml"
    path.write_text(text)

    with pytest.raises(UsageError, match=r"survivors\.toml"):
        read_survivors(path)


@pytest.fixture
def prove(warm_runner, tmp_path):
    """Return `prove(kata)`: the proof by mutants."""
    return lambda kata: check_mutants(Bench(kata, Pool([warm_runner]), tmp_path))


def test_a_hole_in_the_tests_lets_mutants_live(runs, prove):
    """Each of them is shown, with what to do about it; so is a test that catches nothing."""
    text = runs.tests.read_text()
    runs.tests.write_text(
        text.replace("assert longest_run(np.array([])) == 0", "longest_run(np.array([]))")
    )
    proof = prove(runs)

    assert proof.problems[0].endswith("of the mutants are killed; 97% are asked for.")
    assert any(
        p.startswith("a mutant lives, line 9: return 0  ->  return ") for p in proof.problems
    )
    assert "give the reason in survivors.toml" in proof.problems[1]


def test_a_test_that_catches_a_mistake_alone_is_not_idle(runs, prove):
    """Whether the proof by mistakes was made before or not; without the mistake it is."""
    with runs.tests.open("a") as file:
        file.write(
            "\n    def test_it_is_not_minus_seven(self):\n"
            "        try:\n            found = longest_run(np.arange(77))\n"
            "        except Exception:\n            found = 0\n"
            "        assert found != -7\n"
        )
    mistakes = runs.solution / "mistakes.toml"
    without = mistakes.read_text()
    mistakes.write_text(
        f'{without}\n[[mistake]]\nname = "minus_seven"\nsays = "Seven is taken off."\n'
        'fails = "TestLongestRun::test_it_is_not_minus_seven"\n'
    )
    file = runs.solution / "mistakes" / "minus_seven.py"
    file.write_text("def longest_run(x):\n    return -7\n")
    caught = prove(runs)
    mistakes.write_text(without)
    idle = prove(runs)

    assert caught.problems == ()
    assert "killed (100.0%)" in caught.figure
    assert caught.figure.endswith("annotations left out")
    assert idle.problems == (
        "TestLongestRun::test_it_is_not_minus_seven catches no mistake and no mutant: "
        "what is it for?",
    )


def test_a_living_mutant_needs_its_reason_and_a_reason_its_mutant():
    """Neither a mutant nobody explained, nor a reason that explains nothing any more."""
    minus, *_ = (m for m in mutate(SOURCE)[0] if m.now.strip().endswith("x - y"))
    reason = Survivor(minus.was, minus.now, "It cannot be seen.")
    stale = Survivor("    return x", "    return y", "It was so once.")

    assert survivor_problems([minus], [reason]) == []
    assert survivor_problems([minus], [stale]) == [
        "a mutant lives, line 6: total: int | float = x + y  ->  total: int | float = x - y: "
        "test it, simplify the line, or give the reason in survivors.toml.",
        "survivors.toml lists a mutant that does not live: return x -> return y.",
    ]
