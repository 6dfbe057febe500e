"""Known wrong answers: edits of the reference, files of their own, and what they say."""

import ast
import json

import pytest
from dojo.author.verify.mistakes import Mistake, find, mistakes, users, write
from dojo.errors import UsageError
from dojo.kata.edits import Edit, EditError, edited, laid_over

TAIL = """
[[mistake]]
name = "by_hand_divided_by_n"
says = "By hand, and divided by n."
fails = "TestSpread::test_the_divisor_is_one_less_than_the_count"
base = "by_hand"
was = "(len(x) - 1)) ** 0.5"
now = "len(x)) ** 0.5"
"""


@pytest.fixture
def file(spread):
    """Return the file of the mistakes of the first kata."""
    return spread.solution / "mistakes.toml"


def test_a_mistake_says_what_it_is(spread):
    """Its sentence, its test, how that ends, and what it changes."""
    known = {mistake.name: mistake for mistake in mistakes(spread)}

    assert known["median"].says == "The median is taken for the mean."
    assert known["median"].fails == "TestCenter::test_the_mean_moves_to_zero"
    assert known["median"].ends == "failed"
    assert known["empty"].ends == "error"
    assert known["median"].changed(spread) == {"center"}
    assert known["single"].changed(spread) == {"spread"}
    assert known["single"].edits[1] == Edit("/ (x.size - 1)", "/ max(x.size - 1, 1)")


def test_an_edit_makes_what_a_learner_would_hand_in(spread):
    """The reference with other lines, and nothing else."""
    text = find(spread, "single").source(spread)
    reference = spread.reference.read_text()

    assert "max(x.size - 1, 1)" in text
    assert "fewer than two" not in text
    assert text.splitlines()[:24] == reference.splitlines()[:24]


def test_an_alternative_may_be_edited(spread, file, tmp_path):
    """It lies over the reference, as it does without the edit."""
    file.write_text(file.read_text() + TAIL)
    mistake = find(spread, "by_hand_divided_by_n")
    text = write(mistake, spread, tmp_path).read_text()

    assert text.startswith(spread.reference.read_text().rstrip())
    assert "float(away @ away / len(x)) ** 0.5" in text
    assert mistake.changed(spread) == {"spread"}
    (spread.solution / "alternatives" / "by_hand.py").unlink()
    with pytest.raises(EditError, match=r"there is no alternatives/by_hand\.py: name another base"):
        mistake.source(spread)


@pytest.mark.parametrize(
    ("was", "sentence"),
    [
        ("y = 3", "'y = 3' does not occur in it, and must occur once."),
        ("x = 1", "'x = 1' occurs 2 times in it, and must occur once."),
        ("", "'' does not occur in it, and must occur once."),
    ],
)
def test_an_edit_fits_in_one_place(was, sentence):
    """Else nobody knows which was meant."""
    with pytest.raises(EditError) as error:
        edited("x = 1\nx = 1\n", [Edit(was, "z = 0")])

    assert str(error.value) == sentence


def test_edits_are_made_one_after_the_other():
    """A later one finds what an earlier one left."""
    assert edited("a = 1\n", [Edit("a", "b"), Edit("b = 1", "c = 2")]) == "c = 2\n"


BAD = {
    "no toml": ("[[mistake", "kata01_spread/mistakes.toml is not valid TOML: "),
    "a key that nobody knows": ("who = 1", "unknown field `who`"),
    "a number": ("name = 1", "mistakes.toml: mistake[0].name: Expected `str`, got `int`."),
    "no name": ('says = "a"\nfails = "b"', "missing required field `name`"),
    "another end": (
        'name = "a"\nsays = "b"\nfails = "TestA::test_b"\nends = "red"',
        "Invalid enum value",
    ),
    "no name of ours": (
        'name = "A b"\nsays = "b"\nfails = "TestA::test_b"',
        "mistake 1: its name 'A b' is none; write it like one_variance_for_both_arms.",
    ),
    "nothing said": (
        'name = "a"\nsays = ""\nfails = "TestA::test_b"',
        "mistake 1: a says nothing; say what was done, and what it costs.",
    ),
    "no test": (
        'name = "a"\nsays = "b"\nfails = "a test"',
        "mistake 1: a names 'a test'; write a test as TestName::test_name.",
    ),
    "a test without a name": (
        'name = "a"\nsays = "b"\nfails = ""',
        "mistake 1: a names no test that fails.",
    ),
    "half an edit": (
        'name = "a"\nsays = "b"\nfails = "TestA::test_b"\nnow = "x"',
        "mistake 1: a says what is there `now`, and not what `was`.",
    ),
    "a base that nothing edits": (
        'name = "a"\nsays = "b"\nfails = "TestA::test_b"\nbase = "by_hand"',
        "mistake 1: a has a base, and no edit of it.",
    ),
    "a name twice": (
        'name = "a"\nsays = "b"\nfails = "TestA::test_b"\n'
        '[[mistake]]\nname = "a"\nsays = "b"\nfails = "TestA::test_b"',
        "mistake 2: the name a is taken by another one.",
    ),
}


@pytest.mark.parametrize("case", BAD)
def test_a_file_that_errs_is_a_sentence_with_its_place(spread, file, case):
    """The author is told which file and what."""
    text, sentence = BAD[case]
    file.write_text(text if text.startswith("[[") else f"[[mistake]]\n{text}\n")
    with pytest.raises(UsageError) as error:
        mistakes(spread)

    assert sentence in str(error.value)
    assert "kata01_spread/mistakes.toml" in str(error.value)


def test_a_kata_without_the_file_has_none(spread, file):
    """As a new one, whose other proofs can be made."""
    file.unlink()

    assert mistakes(spread) == ()


def test_a_learner_s_report_of_a_mistake_is_shown(dojo):
    """What an author reads before a learner does; the exit code is that of red."""
    done = dojo("solutions", "kata01", "--mistake", "single", "--json")
    verdict = json.loads(done.stdout)
    red = [test["id"] for test in verdict["tests"] if test["outcome"] != "passed"]

    assert done.returncode == 1
    assert red == ["TestSpread::test_one_value_has_no_spread"]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (
            ("kata01", "--mistake", "singel"),
            "kata01 has no mistake 'singel'. Did you mean 'single'?",
        ),
        (("--mistake", "single"), "A mistake belongs to one kata: name that, and no file."),
        (
            ("kata01", "--mistake", "median"),
            "median: there is no mistakes/median.py: write it, or an edit.",
        ),
    ],
)
def test_a_mistake_that_cannot_be_shown_is_a_sentence(dojo, spread, words, sentence):
    """A usage error, as any other."""
    (spread.solution / "mistakes/median.py").unlink()
    done = dojo("solutions", *words)

    assert done.returncode == 2
    assert done.stderr.strip() == sentence


def test_users_are_found_through_others(spread):
    """Summarise uses spread, which uses center."""
    source = spread.reference.read_text()

    assert users(source, frozenset({"center"})) == {"center", "spread", "summarise"}
    assert users(source, frozenset({"summarise"})) == {"summarise"}


def test_an_edit_of_a_table_changes_what_uses_it(spread):
    """With its type or without: who reads the table is no innocent."""
    source = spread.reference.read_text()
    for table in ("DIVISOR = {'sample': 1}", "DIVISOR: dict[str, int] = {'sample': 1}"):
        spread.reference.write_text(f"{source}\n\n{table}\n")
        mistake = Mistake("a", "b", "TestA::test_b", was="'sample': 1", now="'sample': 0")

        assert mistake.changed(spread) == {"DIVISOR"}


def test_a_change_is_laid_over_a_source_as_one_file():
    """Imports for type checkers go; imports from __future__ go to the top."""
    change = (
        '"""A mistake."""\n\nfrom __future__ import annotations\n\n'
        "from typing import TYPE_CHECKING\n\nif TYPE_CHECKING:\n    from solutions.x import (\n"
        "        y,\n    )\n\n\ndef f() -> y:\n    return 2\n"
    )
    text = laid_over('"""The reference."""\n\n\ndef f():\n    return 1\n', change)
    namespace = {}
    exec(compile(text, "joined", "exec", dont_inherit=True), namespace)

    assert namespace["f"]() == 2
    assert "solutions" not in text
    assert ast.get_docstring(ast.parse(text)) is None


def test_an_edit_is_nothing_but_was_and_now():
    """Two mistakes with the same edits and names are equal, so that they can be keys."""
    one, other = (Mistake("a", "b", "TestA::test_b", was="x", now="y") for _ in range(2))

    assert one == other
    assert len({one, other}) == 1
