"""What proves a kata: each claim holds for the workbook, and names what contradicts it."""

import contextlib
import shutil
import subprocess
import sys
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from dojo.author.verify import damage, halves, idle, proofs
from dojo.author.verify.parity import check_judged, differences
from dojo.author.verify.verify import CHECKS
from dojo.author.verify.workbench import Bench
from dojo.run.pool import Pool
from dojo.run.request import ask
from dojo.run.warm import start_runner

pytestmark = pytest.mark.timeout(120)

SEEDS = range(1, 3)
NO_TIME = (0.0,) * 9


@pytest.fixture
def bench(workbook, warm_runner, tmp_path):
    """Return what proves a kata of the workbook: `bench(kata)`."""
    return lambda kata: Bench(kata, Pool([warm_runner]), tmp_path, seeds=SEEDS)


def change(path, old, new):
    """Put something else for a part of a file."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_a_judged_verdict_that_differs_is_named(warm, runs):
    """Test by test: another outcome, one that is missing, one too many; and a fault."""
    here = warm(ask(runs, 1, against="solutions"))[0]
    first, second, *_ = here.tests
    other = replace(first, outcome="failed", message="came back 1")
    there = replace(here, tests=(other, replace(second, id="TestX::test_y"), *here.tests[2:]))

    assert list(differences(here, here)) == []
    assert list(differences(here, there)) == [
        f"solutions: {first.id} is passed here, and judged failed (came back 1)",
        f"solutions: {second.id} is passed here, and judged missing",
        "solutions: TestX::test_y is there only when judged",
    ]
    assert "solutions: no worker" in list(differences(here, replace(here, fault="no worker")))


def test_verify_makes_single_proofs_and_names_what_fails(dojo, runs):
    """Exit code 1, and a line a problem that says what to do."""
    (runs.folder / "notes.txt").write_text("mine")
    done = dojo("verify", "--only", "files", "--only", "budgets")

    assert done.returncode == 1
    assert "kata01_spread" in done.stdout
    assert "red  files: kata02_runs/notes.txt is a stray file: remove it." in done.stdout
    assert done.stdout.splitlines()[-1] == "proofs: 3 passed, 1 failed"


def test_a_proof_that_is_none_is_a_sentence(dojo):
    """The proofs that there are are listed."""
    done = dojo("verify", "--only", "luck")

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("There is no proof 'luck'. There are: files, stub, right answers")


@pytest.mark.parametrize(
    "check", [c for c in CHECKS if c is not check_judged], ids=lambda check: check.__name__
)
def test_the_workbook_holds(spread, bench, check):
    """A kata without a fault has no problem, and no proof needs what another one leaves behind."""
    proof = check(bench(spread))

    assert (proof.problems, proof.notes) == ((), ())
    assert proof.figure


FILES = {
    "a missing file": (
        lambda k: (k.folder / "debrief.md").unlink(),
        "kata01_spread/debrief.md is missing.",
    ),
    "an empty file": (
        lambda k: (k.folder / "README.md").write_text(""),
        "kata01_spread/README.md is empty.",
    ),
    "a stray file": (
        lambda k: (k.solution / "old.py").write_text("x"),
        "kata01_spread/old.py is a stray file: remove it.",
    ),
    "no mistakes": (
        lambda k: [shutil.rmtree(k.solution / "mistakes"), (k.solution / "mistakes.toml").unlink()],
        "kata01_spread/mistakes.toml is missing.",
    ),
    "no mistake in it": (
        lambda k: [
            shutil.rmtree(k.solution / "mistakes"),
            (k.solution / "mistakes.toml").write_text("# none yet\n"),
        ],
        "kata01_spread/mistakes.toml names no mistake.",
    ),
    "a mistake's file that is gone": (
        lambda k: (k.solution / "mistakes" / "median.py").unlink(),
        "mistakes/median.py is missing.",
    ),
    "a file of no mistake": (
        lambda k: (k.solution / "mistakes" / "old.py").write_text("x"),
        "mistakes/old.py is a stray file: remove it.",
    ),
    "a missing stub": (
        lambda k: k.pristine.unlink(),
        "tooling/stubs/kata01_spread.py is missing: copy the stub.",
    ),
    "points to nobody": (
        lambda k: change(k.folder / "kata.toml", "summarise = 2", "sum = 2"),
        "kata.toml gives points to sum, which the stub lacks.",
    ),
    "wrong facts": (
        lambda k: change(k.folder / "kata.toml", "level = 1", "level = 9"),
        "kata.toml: level: Expected `int` <= 5.",
    ),
    "empty facts": (
        lambda k: change(k.folder / "kata.toml", 'track = "Describe"', 'track = ""'),
        "kata.toml: track is empty.",
    ),
    "a missing hint": (
        lambda k: change(k.folder / "hints.md", "### 3\n\nCenter, square", "Center, square"),
        "hints.md has 2 rungs for spread; write 3.",
    ),
    "an empty hint": (
        lambda k: change(k.folder / "hints.md", "Build the dataclass of the stub.", ""),
        "hints.md has 3 rungs for summarise; write 3.",
    ),
    "a debrief without its number": (
        lambda k: change(k.folder / "debrief.md", "**The number.**", "The number:"),
        "debrief.md has no line that begins with **The number.**: write it below the title.",
    ),
    "a trap of a paragraph": (
        lambda k: change(k.folder / "debrief.md", "A mean costs", "A mean costs" + " a lot" * 25),
        "debrief.md: The trap has 185 characters; the limit is 150.",
    ),
    "minutes that do not follow from what there is to do": (
        lambda k: change(k.folder / "kata.toml", "minutes = 15", "minutes = 20"),
        "kata.toml: minutes is 20; the estimate is 15.",
    ),
    "one way only": (
        lambda k: change(k.solution / "alternatives" / "by_hand.py", "def center", "def middle"),
        "no alternative redefines center: write one that is right in another way.",
    ),
}


@pytest.mark.parametrize("case", FILES)
def test_files_that_are_not_as_they_should_be_are_named(spread, bench, case):
    """One problem, with what to do."""
    damage, sentence = FILES[case]
    damage(spread)
    problems = halves.check_files(bench(spread)).problems

    assert len(problems) == 1
    assert sentence in problems[0]


STUBS = {
    "a solved function": (
        lambda k: change(
            k.pristine,
            '    array([-1.,  1.])\n    """\n    raise NotImplementedError',
            '    array([-1.,  1.])\n    """\n    return x - x.mean()',
        ),
        "TestCenter::test_the_mean_moves_to_zero is passed on the stub",
    ),
    "a test that fails before it calls": (
        lambda k: change(
            k.tests,
            "        found = summarise(x)",
            "        assert x is None\n        found = summarise(x)",
        ),
        "TestSummarise::test_the_mean_comes_with_the_spread is failed on the stub: it must call",
    ),
    "a function without tests": (
        lambda k: change(k.tests, "class TestSummarise:", "class SummariseTests:"),
        "summarise has no tests: write TestSummarise.",
    ),
    "a class about nothing": (
        lambda k: change(k.tests, "class TestSummarise:", "class TestSummary:"),
        "TestSummary tests no function of the stub.",
    ),
    "a test without a diagnosis": (
        lambda k: change(
            k.tests, '        """Both are taken of the same values, and they have names."""\n', ""
        ),
        "TestSummarise::test_the_mean_comes_with_the_spread has no docstring.",
    ),
    "a false example": (
        lambda k: change(k.pristine, "    array([-1.,  1.])", "    array([1., 3.])"),
        "an example in the stub of center is not true",
    ),
    "no example": (
        lambda k: change(k.pristine, "    >>> spread(np.array([1.0, 2.0, 3.0]))\n    1.0\n", ""),
        "the stub of spread shows no example.",
    ),
    "another signature": (
        lambda k: change(k.pristine, "def spread(x: np.ndarray)", "def spread(values: np.ndarray)"),
        "spread takes (x), but the stub says (values)",
    ),
    "another annotation": (
        lambda k: change(k.pristine, "def spread(x: np.ndarray)", "def spread(x: list)"),
        "spread is annotated differently in stub and reference.",
    ),
    "a function that the reference lacks": (
        lambda k: change(k.reference, "def center(", "def _center("),
        "the reference has no function center.",
    ),
    "a long stub": (
        lambda k: k.pristine.write_text(k.pristine.read_text() + "\n# more" * 100),
        "the limit is 120.",
    ),
    "tests that cannot be collected": (
        lambda k: k.tests.write_text("import nothing_like_this\n"),
        "The tests cannot be collected",
    ),
}


@pytest.mark.parametrize("case", STUBS)
def test_a_stub_that_is_not_as_it_should_be_is_named(spread, bench, case):
    """Among the problems is the one that was made."""
    damage, sentence = STUBS[case]
    damage(spread)
    problems = halves.check_stub(bench(spread)).problems

    assert any(sentence in problem for problem in problems), problems


def test_right_answers_are_green_under_all_seeds(runs, bench):
    """Reference and alternatives, and the oracles agree."""
    proof = proofs.check_right_answers(bench(runs))

    assert proof.problems == ()
    assert proof.figure == "4 of 4 runs green (2 answers)"


def test_a_right_answer_that_the_tests_refuse_is_named(runs, bench):
    """With its seeds, the test, and why."""
    path = runs.solution / "alternatives" / "groups.py"
    change(path, "default=0", "default=1")
    change(runs.solution / "test_oracles.py", "== max(", "== 1 + max(")
    first, second = proofs.check_right_answers(bench(runs)).problems

    assert first.startswith(
        "solutions/kata02_runs/alternatives/groups.py is red under seed 1, 2: "
        "TestLongestRun::test_an_empty_array_has_no_run failed: came back 1 expected 0"
    )
    assert second.startswith("the oracles do not agree: ")


def test_an_oracle_that_is_skipped_is_a_problem(runs, bench):
    """A library that is missing proves nothing."""
    change(
        runs.solution / "test_oracles.py",
        "import re\n",
        'import pytest\n\nre = pytest.importorskip("nothing_like_this")\n',
    )
    problems = proofs.check_right_answers(bench(runs)).problems

    assert len(problems) == 1
    assert problems[0].startswith("the oracles do not agree")


def test_a_folder_without_a_file_is_named(spread, bench):
    """And the functions that no alternative redefines any more."""
    (spread.solution / "alternatives" / "by_hand.py").unlink()
    problems = halves.check_files(bench(spread)).problems

    assert problems[0] == "kata01_spread/alternatives holds no file."
    assert len(problems) == 1 + len(spread.functions)


MISTAKES = {
    "no mistake at all": (
        lambda k: change(
            k.solution / "mistakes/population.py", ".mean())", ".sum() / (x.size - 1))"
        ),
        "population under seed 1, 2: "
        "TestSpread::test_the_divisor_is_one_less_than_the_count stays green.",
    ),
    "a test that does not exist": (
        lambda k: change(k.solution / "mistakes.toml", "::test_the_divisor", "::test_a_divisor"),
        "population under seed 1, 2: ",
    ),
    "an edit of what is not there": (
        lambda k: change(k.reference, "(x.size - 1)", "(len(x) - 1)"),
        "single: '/ (x.size - 1)' does not occur in it, and must occur once.",
    ),
    "an edit of what is there twice": (
        lambda k: change(k.reference, "(x.size - 1)", "(x.size - 1) / (x.size - 1)"),
        "single: '/ (x.size - 1)' occurs 2 times in it, and must occur once.",
    ),
    "neither an edit nor a file": (
        lambda k: (k.solution / "mistakes/population.py").unlink(),
        "population: there is no mistakes/population.py: write it, or an edit.",
    ),
    "an error where a failure was promised": (
        lambda k: change(k.solution / "mistakes.toml", 'no_mean"\nends = "error"', 'no_mean"'),
        "empty under seed 1, 2: it should end as failed, but "
        "TestCenter::test_an_empty_sample_has_no_mean error",
    ),
    "a failure where an error was promised": (
        lambda k: change(
            k.solution / "mistakes.toml",
            'name = "median"',
            'name = "median"\nends = "error"',
        ),
        "median under seed 1, 2: it should end as error, but",
    ),
    "another test that is seen first": (
        lambda k: change(
            k.solution / "mistakes.toml",
            "test_the_divisor_is_one_less_than_the_count",
            "test_one_value_has_no_spread",
        ),
        "population: a learner first sees TestSpread::test_the_divisor_is_one_less_than_the_count.",
    ),
}


@pytest.mark.parametrize("case", MISTAKES)
def test_a_mistake_that_is_not_caught_as_it_says_is_named(spread, bench, case):
    """With the seeds, and what was seen in its place."""
    damage, sentence = MISTAKES[case]
    damage(spread)
    problems = proofs.check_mistakes(bench(spread)).problems

    assert any(problem.startswith(sentence) for problem in problems), problems


def test_a_mistake_may_say_what_is_seen_first(spread, bench):
    """Its author has read that report."""
    divisor = "TestSpread::test_the_divisor_is_one_less_than_the_count"
    change(
        spread.solution / "mistakes.toml",
        f'"{divisor}"',
        f'"TestSpread::test_one_value_has_no_spread"\nseen_first = "{divisor}"',
    )
    proof = proofs.check_mistakes(bench(spread))

    assert proof.problems == ()
    assert proof.notes == (
        "TestSpread::test_one_value_has_no_spread is named by several mistakes: "
        "are they one misconception?",
    )


def test_a_mistake_spoils_no_function_that_does_not_use_it(spread, bench):
    """Summarise uses spread; center does not."""
    path = spread.solution / "mistakes/swapped.py"
    path.write_text(path.read_text() + "\n\nimport numpy\n\nnumpy.sqrt = lambda x: 3.0\n")
    problems = proofs.check_mistakes(bench(spread)).problems

    assert any("swapped spoils TestSpread::" in problem for problem in problems)


LATE = {
    "from what the learner had in hand": (
        lambda k: change(
            k.tests,
            "        centered = center(x)\n",
            "        centered = center(x)\n        expected = x - sum(x) / 7\n",
        ),
        "TestCenter::test_the_mean_moves_to_zero is green where argument 0 is constant before",
    ),
    "within the assertion": (
        lambda k: (
            change(
                k.tests,
                "assert_allclose(found.mean, mean,",
                "assert_allclose(found.mean, sum(x) / 6,",
            )
            or change(k.tests, "found.spread, deviation,", "found.spread, np.sqrt(np.cov(x)),")
        ),
        "TestSummarise::test_the_mean_comes_with_the_spread is green where argument 0 is constant",
    ),
}


@pytest.mark.parametrize("case", LATE)
def test_an_expectation_that_comes_too_late_is_named(spread, bench, case):
    """The answer was right for what the damage had left, and so was the expectation."""
    harm, sentence = LATE[case]
    harm(spread)
    problems = proofs.check_damage(bench(spread)).problems

    assert len(problems) == 1
    assert problems[0].startswith(sentence)
    assert problems[0].endswith("work the expectation out before the call, or from a copy.")


@pytest.mark.parametrize("kind", ["constant", "reversed", "emptied"])
def test_damage_is_done_to_what_can_be_damaged(kind):
    """In place, whatever holds it, and to nothing else."""
    expected = {"constant": [3, 3, 3], "reversed": [1, 2, 3], "emptied": []}[kind]
    array, listed = np.array([3, 2, 1]), [3, 2, 1]
    frame = pd.DataFrame({"a": [3, 2, 1], "b": ["x", "y", "z"]})
    array.flags.writeable = False
    for value in (array, listed, frame, 5, "text", (1, 2), np.array(5), []):
        damage.damage(value, kind)

    assert array.tolist() == (expected or [3, 2, 1])
    assert not array.flags.writeable
    assert listed == expected
    assert frame["a"].tolist() == expected


def test_a_test_that_is_deceived_by_doing_nothing_is_named(spread, bench):
    """By NaN in the right shape, which is neither larger nor smaller; and by one refusal of all."""
    change(
        spread.tests,
        "        assert_allclose(spread(x), expected, rtol=1e-9)\n",
        "        assert not spread(x) > expected + 1e-9\n",
    )
    change(spread.tests, "\n        assert center(np.array([5.0])).tolist() == [0.0]\n", "")
    nan, error = proofs.check_idle_answers(bench(spread)).problems

    assert nan == (
        "TestSpread::test_the_divisor_is_one_less_than_the_count is green for answers of NaN: "
        "compare so that NaN does not pass."
    )
    assert error.startswith(
        "TestCenter::test_an_empty_sample_has_no_mean is green for a ValueError that names every "
        "parameter: ask there for the answer to the nearest legal value"
    )


@pytest.mark.parametrize(
    "value",
    [
        2.0,
        (1, [2.0, "text"]),
        {"a": np.ones((2, 2), "f4")},
        pd.Series([1, 2], index=["a", "b"], name="s"),
        pd.DataFrame({"a": [1], "b": ["x"]}),
    ],
    ids=lambda value: type(value).__name__,
)
def test_an_idle_answer_looks_like_the_right_one(value):
    """Its types, shapes, labels and text; nothing of its numbers."""
    made = idle.filled(value, 7.0)

    assert type(made) is type(value)
    if isinstance(value, dict):
        assert (made["a"].shape, made["a"].dtype, made["a"][0, 0]) == ((2, 2), "f4", 7)
    elif isinstance(value, tuple):
        assert made == (7, [7, "text"])
    elif isinstance(value, float):
        assert made == 7
    else:
        assert made.axes[0].equals(value.axes[0])
        assert (made == 7).to_numpy().all()


class Timed(Bench):
    """A bench on which the tests of a run took these seconds, in their order; others took none."""

    took: tuple[float, ...] = ()

    def run(self, *requests):
        """Run the requests; how busy the machine is shall not matter."""
        return [
            replace(
                verdict,
                tests=tuple(
                    replace(test, seconds=seconds)
                    for test, seconds in zip(verdict.tests, [*self.took, *NO_TIME], strict=False)
                ),
            )
            for verdict in super().run(*requests)
        ]


@pytest.mark.parametrize(
    ("took", "noted", "red"),
    [
        ((0.1, 0.1, 0.09), False, False),
        ((0.01, 0.11), True, False),
        ((0.1, 0.1, 0.1, 0.01), True, False),
        ((0.01, 1.1), True, True),
        ((1.0, 1.0, 1.0, 0.1), True, True),
    ],
    ids=["just in", "one slow", "slow together", "one very slow", "very slow together"],
)
def test_a_slow_kata_is_noted_and_a_very_slow_one_red(took, noted, red, spread, bench):
    """A tenth of a second a test and three for all; ten times that is red."""
    timed = Timed(spread, bench(spread).pool, bench(spread).scratch)
    timed.took = took
    proof = proofs.check_budgets(timed)
    slowest = timed.reference.tests[took.index(max(took))].id

    assert proof.notes == (f"over budget: {slowest} takes {max(took):.3f} s.",) * noted
    assert proof.problems == ("ten times over the budget.",) * red


def test_a_pool_gives_verdicts_in_the_order_of_requests(runs, warm_runner):
    """Two workers share the runs; the order of answers is that of questions and seeds."""
    asked = [
        ask(runs, 2, 1, against="solutions"),
        ask(runs, 3, against="stub"),
        ask(runs, 4, against="solutions"),
    ]
    with contextlib.closing(start_runner(runs.root, ("numpy",))) as other:
        found = Pool([warm_runner, other]).verdicts(asked)

    assert [(v.seed, v.green) for v in found] == [(2, True), (1, True), (3, False), (4, True)]


def test_the_workbook_s_own_oracles_are_green(workbook):
    """The reference against the standard library, in pytest itself."""
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "solutions"],
        cwd=workbook,
        capture_output=True,
        text=True,
    )

    assert "2 passed" in done.stdout
