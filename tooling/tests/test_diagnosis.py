"""Diagnosis: a mistake is known by what it returns, whoever makes it and however it is written."""

import msgspec
import numpy as np
import pandas as pd
import pytest
from dojo import limits
from dojo.author.verify.fingerprinting import check_fingerprints, effect
from dojo.author.verify.workbench import Bench
from dojo.child.digest import digest_of
from dojo.child.recorder import Call
from dojo.child.returned import Returned
from dojo.kata.fingerprints import (
    ASSERTED,
    NONE,
    Fingerprints,
    Known,
    Print,
    fingerprints,
    written,
)
from dojo.learner import journal
from dojo.run.diagnosis import diagnose
from dojo.run.pool import Pool
from dojo.run.request import ask
from dojo.run.verdict import TestResult
from dojo.show import report
from rich.console import Console

pytestmark = pytest.mark.timeout(120)

# The mistakes of the workbook's first kata, as another person writes them.
MEDIAN = """
def center(x):
    if len(x) == 0:
        raise ValueError("x")
    return x - np.sort(x)[len(x) // 2]
"""
POPULATION = """
def spread(x):
    values = [float(v) for v in x]
    if len(values) < 2:
        raise ValueError("x")
    mean = sum(values) / len(values)
    return (sum((v - mean) ** 2 for v in values) / len(values)) ** 0.5
"""
SINGLE = "def spread(x):\n    return float(x.std(ddof=1)) if len(x) > 1 else 0.0\n"
TWICE = """
def spread(x):
    if x.size < 2:
        raise ValueError("x")
    return 2 * float(np.sqrt(((x - x.mean()) ** 2).sum() / (x.size - 1)))
"""
TOTALS = """
import numpy as np

def longest_run(x):
    return int(np.unique(x, return_counts=True)[1].max()) if len(x) else 0
"""
NOISE = "    return float(x.std() * (1 + 1e-12))\n"


@pytest.fixture
def known(spread, warm_runner, tmp_path):
    """Make the fingerprints of the first kata."""
    bench = Bench(spread, Pool([warm_runner]), tmp_path / "made")
    check_fingerprints(bench)
    return bench


@pytest.fixture
def verdict(known, spread, warm, solve):
    """Return `verdict(source, seed)`: of the reference with some functions written anew."""

    def judge(source, seed=1):
        solve(spread)
        spread.mine.write_text(f"{spread.mine.read_text()}\n\n{source}")
        return warm(ask(spread, seed, digests="told"))[0]

    return judge


def said(verdict, function):
    """Return what is told of a function: the mistakes' names, and whether they explain all."""
    found = verdict.done_in(function)
    return found and (found.mistakes, found.exact)


def test_a_mistake_is_known_in_other_words(verdict):
    """Other code, other rounding; the same misconception."""
    assert said(verdict(MEDIAN), "center") == (("median",), True)
    assert said(verdict(POPULATION), "spread") == (("population",), True)
    assert said(verdict(f"def spread(x):\n{NOISE}"), "spread")[0] == ("population",)


def test_it_is_known_under_the_seeds_of_practice(verdict):
    """The numbers are others under each."""
    assert said(verdict(POPULATION, seed=3), "spread") == (("population",), True)


def test_under_another_seed_it_is_known_by_the_tests_without_random_data(verdict, warm, runs):
    """Of the others, nothing is known then."""
    runs.mine.write_text(TOTALS)

    assert said(warm(ask(runs, 99, digests="told"))[0], "longest_run") == (("totals",), True)
    assert said(verdict(POPULATION, seed=99), "spread") is None


def test_what_nobody_has_foreseen_is_told_nothing(verdict):
    """Nor is a right function beside a wrong one."""
    twice = verdict(TWICE)

    assert twice.diagnosis == ()
    assert twice.first_red().relation == "It is 2 times what was expected."
    assert said(verdict(MEDIAN), "summarise") is None
    assert verdict("").green


def test_two_mistakes_at_once_are_each_told_of_their_function(verdict):
    """One does not hide the other."""
    both = verdict(MEDIAN + POPULATION)

    assert said(both, "center") == (("median",), True)
    assert said(both, "spread")[0] == ("population",)


def test_a_missing_error_alone_is_no_mistake_s_mark(verdict):
    """0.0 for a single value may come of anything: the rule says what was asked."""
    assert said(verdict(SINGLE), "spread") in (None, (("single",), True))


def test_what_a_green_test_returned_is_told_once_its_function_is_red(spread, solve, warm):
    """It speaks for a mistake of which the red test alone says nothing."""
    solve(spread)
    spread.mine.write_text(f"{spread.mine.read_text()}\n\n{SINGLE}")
    tests = warm(ask(spread, 1, digests="kept"))[0].tests
    green, red = (test for test in tests if test.function == "spread")
    assert (green.is_red, red.is_red) == (False, True)

    first = Print(0, False, 0, *written(green.digests[0]))
    prints = {green.id: (first,), red.id: (Print(0, True, NONE),)}
    known = Fingerprints((1,), (Known("single", "One value was given a spread."),), prints)
    spread.fingerprints.write_bytes(msgspec.json.encode(known))

    assert said(warm(ask(spread, 1, digests="told"))[0], "spread") == (("single",), True)


def test_what_a_green_function_returned_is_not_looked_at():
    """It needs no diagnosis; what is too large to be held is digested at once."""
    returned = Returned()
    right, wrong = (
        TestResult(name, name[:1], "", "", outcome)
        for name, outcome in [("a1", "passed"), ("b1", "failed")]
    )
    long = [0.0] * (limits.HELD_ITEMS + 1)
    calls = [*(Call("a", (), {}, (), result) for result in (3.0, long, (0.0, long))), None]

    assert returned.keep(right, 1, calls) == ()
    held = [callable(call) for call in returned.waiting["a"][0][2]]
    assert held == [True, False, False, False]
    assert returned.keep(wrong, 1, calls[:1]) == (digest_of(3.0, None),)
    assert returned.due("a") == returned.due("b") == []

    late = TestResult("a2", "a", "", "", "failed")
    assert returned.keep(late, 1, []) == ()
    ((seed, test, digests),) = returned.due("a")
    assert (seed, test, digests[0]) == (1, "a1", digest_of(3.0, None))
    assert returned.due("a") == []


def test_the_report_leads_with_what_was_done(verdict, spread):
    """And leaves out what usually breaks the rule, which may be another thing."""
    console = Console(width=100, record=True)
    found = verdict(POPULATION)
    report.show(console, [(spread, found)], None)
    shown = console.export_text()

    assert "  What came back is exactly what this mistake gives:\n  The divisor of a" in shown
    assert "What usually breaks it" not in shown

    report.show(console, [(spread, verdict(TWICE))], None)
    assert "It is 2 times what was expected." in (shown := console.export_text())
    assert "What usually breaks it:\n  Divided by n" in shown


def test_a_crash_leads_with_the_crash(verdict, spread):
    """What usually breaks the rule has nothing to do with a name that is not defined."""
    console = Console(width=100, record=True)
    report.show(console, [(spread, verdict("def spread(x):\n    return maen(x)\n"))], None)
    shown = console.export_text()

    assert "spread raised NameError" in shown
    assert "usually" not in shown


def test_the_file_is_made_where_it_is_missing_or_old(known, spread):
    """And is red then, so that it is kept; the same again is green."""
    before = spread.fingerprints.read_bytes()
    again = check_fingerprints(known)
    spread.fingerprints.write_bytes(before.replace(b"population", b"pupolation"))
    changed = check_fingerprints(known)

    assert again.problems == ()
    assert again.figure.startswith("6 of 7 mistakes named")
    assert "is made anew" in changed.problems[0]
    assert spread.fingerprints.read_bytes() == before


OWN = """
def center(x):
    if not len(x):
        raise ValueError("x")
    return x - x.mean() + np.random.default_rng().normal()
"""


def test_a_file_that_grew_too_large_is_red(known, spread, monkeypatch):
    """Every learner's edition holds it."""
    monkeypatch.setattr(limits, "FINGERPRINTS_BYTES", 2000)

    assert check_fingerprints(known).problems == ("fingerprints.json has 2 kB; the limit is 2 kB.",)


def test_what_comes_by_chance_is_nobody_s_mark(spread, warm_runner, tmp_path):
    """With a generator of its own a mistake returns something else in each run."""
    path = spread.solution / "mistakes.toml"
    test = "TestCenter::test_the_mean_moves_to_zero"
    entry = f'[[mistake]]\nname = "own"\nsays = "Its own generator."\nfails = "{test}"\n'
    path.write_text(f"{path.read_text()}\n{entry}")
    (spread.solution / "mistakes" / "own.py").write_text(OWN)
    first, second = (
        check_fingerprints(Bench(spread, Pool([warm_runner]), tmp_path / name)) for name in "ab"
    )
    known = fingerprints(spread.fingerprints)
    own = next(n for n, mistake in enumerate(known.mistakes) if mistake.name == "own")
    prints = [p for found in known.tests.values() for p in found if p.mistake == own]

    assert "is made anew" in first.problems[0]
    assert second.problems == ()
    assert {p.call for p in prints} == {NONE}


def returns(value):
    """Return the digest of a value."""
    return digest_of(value, None)


def ended(name, *values, outcome="failed", asserted=None):
    """Return a test of f in which calls returned some values."""
    digests = tuple(map(returns, values))
    return TestResult(
        name, "f", "rule", "", outcome, "", digests=digests, asserted=asserted and returns(asserted)
    )


def printed(mistake, value, *, red=True, call=0, seeds=()):
    """Return what a mistake does to a test."""
    return Print(mistake, red, call, *written(returns(value)), seeds)


def knows(says, **tests):
    """Return fingerprints of mistakes a, b and so on, which say something each."""
    mistakes = tuple(Known(name, text) for name, text in zip("abc", says, strict=False))
    return Fingerprints((1, 2), mistakes, tests)


def told(known, *tests, seed=1):
    """Return what is told of f: the mistakes' names and sentences, and whether it is exact."""
    found = diagnose(known, seed, "f", tests)
    return found and ("".join(found.mistakes), found.says, found.exact)


def test_a_green_test_tells_as_a_red_one_does():
    """A mistake that shows in one test only, and returns the same as somebody's in another."""
    known = knows(
        "AB", t=(Print(0, True, NONE), Print(1, True, NONE)), u=(printed(0, 3.5, red=False),)
    )

    assert told(known, ended("t"), ended("u", 3.5, outcome="passed")) == ("a", ("A",), True)
    assert told(known, ended("t"), ended("u", 4.5, outcome="passed")) is None


def test_where_all_calls_return_the_same_the_failed_assertion_tells():
    """A count in a database, for instance; another one tells nothing."""
    known = knows("A", t=(printed(0, 7.0, call=ASSERTED),))

    assert told(known, ended("t", 1.0, asserted=7.0)) == ("a", ("A",), True)
    assert told(known, ended("t", 1.0, asserted=8.0)) is None


def test_what_a_failed_assertion_compared_is_noted_where_all_calls_return_the_same():
    """Where one returns something else, that is."""
    right = ended("t", 1.0, 2.0, outcome="passed")

    assert effect(right, ended("t", 1.0, 2.0, asserted=7.0)) == (True, ASSERTED, returns(7.0))
    assert effect(right, ended("t", 1.0, 9.0, asserted=7.0)) == (True, 1, returns(9.0))
    assert effect(right, ended("t", 1.0, 2.0)) == (True, NONE, None)
    assert effect(right, right) is None


def test_two_that_nothing_tells_apart_are_both_named_and_three_are_not():
    """A sentence that they share is said once."""
    two = (printed(0, 3.5), printed(1, 3.5))

    assert told(knows("AB", t=two), ended("t", 3.5)) == ("ab", ("A", "B"), True)
    assert told(knows("AA", t=two), ended("t", 3.5)) == ("ab", ("A",), True)
    assert told(knows("ABC", t=(*two, printed(2, 3.5))), ended("t", 3.5)) is None


def test_a_mistake_that_explains_half_is_as_with_and_less_is_nothing():
    """The first red test it has to explain."""
    known = knows("A", t=(printed(0, 3.5),), u=(printed(0, 4.5),), v=(printed(0, 5.5),))
    half = ended("t", 3.5), ended("u", 9.5)

    assert told(known, *half, ended("v", 5.5)) == ("a", ("A",), False)
    assert told(known, *half, ended("v", 9.5)) is None
    assert told(known, ended("s", 1.5), ended("t", 3.5), ended("u", 4.5), ended("v", 5.5)) is None


def test_what_many_a_mistake_returns_names_one_only_if_all_of_it_fits():
    """NaN, or an error's type: alone it says little."""
    known = knows("A", t=(printed(0, float("nan")),), u=(printed(0, 4.5),))

    assert told(known, ended("t", float("nan")), ended("u", 4.5)) == ("a", ("A",), True)
    assert told(known, ended("t", float("nan")), ended("u", 9.5)) is None
    both = knows("AB", t=(printed(0, float("nan")), printed(1, float("nan"))))
    assert told(both, ended("t", float("nan"))) is None


def test_what_three_mistakes_return_counts_for_a_third():
    """That is not enough where something else speaks against each."""
    three = knows("ABC", t=tuple(printed(n, 3.5) for n in range(3)), u=(printed(0, 4.5),))
    one = knows("A", t=(printed(0, 3.5),), u=(printed(0, 4.5),))

    assert told(three, ended("t", 3.5), ended("u", 9.5)) is None
    assert told(one, ended("t", 3.5), ended("u", 9.5)) == ("a", ("A",), False)


def test_the_same_result_in_a_test_that_ends_otherwise_is_no_sign():
    """Something else made it red."""
    known = knows("A", t=(printed(0, 3.5, red=False),), u=(Print(0, True, NONE),))

    assert told(known, ended("u"), ended("t", 3.5, outcome="passed")) == ("a", ("A",), True)
    assert told(known, ended("u"), ended("t", 3.5)) is None


def test_under_another_seed_nothing_explains_all():
    """What happens in the tests on random data is not known, whatever comes back."""
    known = knows(
        "A", t=(printed(0, 3.5),), u=(printed(0, 4.5, seeds=(1,)), printed(0, 5.5, seeds=(2,)))
    )

    assert told(known, ended("t", 3.5), ended("u", 5.5), seed=2) == ("a", ("A",), True)
    assert told(known, ended("t", 3.5), ended("u", 4.5), seed=2) == ("a", ("A",), False)
    assert told(known, ended("t", 3.5), ended("u", 7.5), seed=9) == ("a", ("A",), False)
    assert told(known, ended("u", 4.5), seed=9) is None


def test_a_test_that_should_be_red_and_is_green_speaks_against_a_mistake():
    """As one that is red, and should be green."""
    known = knows("A", t=(printed(0, 3.5),), u=(Print(0, True, NONE),))

    assert told(known, ended("t", 3.5), ended("u")) == ("a", ("A",), True)
    assert told(known, ended("t", 3.5), ended("u", outcome="passed")) == ("a", ("A",), False)


def test_a_file_that_is_missing_or_broken_knows_nothing(tmp_path):
    """No diagnosis is no reason to fail."""
    broken = tmp_path / "fingerprints.json"
    broken.write_text("{")

    assert fingerprints(broken) == fingerprints(tmp_path / "none.json") == Fingerprints()


RIGHT = np.linspace(0.5, 3.7, 50)


@pytest.mark.parametrize(
    "value",
    [
        3.25,
        RIGHT,
        RIGHT.reshape(10, 5),
        [1.5, 2.5],
        (1.5, "a", None),
        {"a": RIGHT, "b": [True]},
        pd.Series(RIGHT),
        pd.DataFrame({"a": RIGHT, "b": ["x"] * 50}),
        {3, 1},
    ],
    ids=lambda value: type(value).__name__,
)
def test_a_digest_is_the_same_but_for_rounding(value):
    """A rounding apart is the same; a millionth apart is not, in any one place."""
    digest = digest_of(value, None)

    assert digest.is_like(digest_of(nudged(value, 1e-12), None))
    assert not digest.is_like(digest_of(nudged(value, 1e-3), None))


def nudged(value, by):
    """Return a value whose last number is a little larger."""
    if isinstance(value, dict):
        return {**value, "a": nudged(value["a"], by)}
    if isinstance(value, tuple):
        return (nudged(value[0], by), *value[1:])
    if isinstance(value, set):
        return {x * (1 + by) for x in value}
    if isinstance(value, pd.DataFrame):
        return value.assign(a=nudged(value["a"].to_numpy(), by))
    made = np.array(value, dtype=float)
    made.flat[-1] *= 1 + by * made.size
    return (
        pd.Series(made)
        if isinstance(value, pd.Series)
        else made.tolist()
        if isinstance(value, list | float)
        else made
    )


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (RIGHT, RIGHT[::-1]),
        (RIGHT, RIGHT[:, None]),
        (RIGHT, RIGHT.astype("float32")),
        (pd.Series(RIGHT), pd.Series(RIGHT, index=range(50, 0, -1))),
        (np.r_[np.nan, RIGHT], np.r_[0.0, RIGHT]),
        ([1.0], (1.0, 2.0)),
        ("yes", "no"),
    ],
)
def test_another_order_shape_type_or_label_is_another_digest(one, other):
    """Each of them is a mistake that people make."""
    assert not digest_of(one, None).is_like(digest_of(other, None))


def test_a_float_of_32_bits_is_compared_as_one_with_either():
    """A single number has no type of its own in a digest."""
    short, long = digest_of(np.float32(0.1), None), digest_of(0.1 * (1 + 1e-5), None)

    assert short.is_like(long)
    assert long.is_like(short)
    assert not long.is_like(digest_of(0.1, None))


def test_an_error_has_a_digest_and_a_huge_result_none():
    """What takes long to look at is not looked at."""
    refused, overflow = (digest_of(None, error) for error in (ValueError("x"), OverflowError("x")))

    assert refused == digest_of(None, ValueError("y")) != overflow
    assert digest_of(np.zeros(2**20 + 1), None) is None


def test_a_long_text_has_a_short_digest():
    """It is told from others by all of it, though not all of it is sent."""
    one, other = (digest_of("x" * 10**6 + end, None) for end in "ab")

    assert len(one.form) == len(digest_of("x", None).form)
    assert not one.is_like(other)


def test_what_a_learner_denies_is_not_told_again(dojo, known, spread, solve):
    """By the command and by the key of watch alike; the journal keeps what it was."""
    solve(spread)
    spread.mine.write_text(f"{spread.mine.read_text()}\n\n{POPULATION}")
    told, denied, again = dojo("check"), dojo("check", "--not-mine"), dojo("check")
    nothing = dojo("check", "--not-mine")
    kept = journal.path(spread.root).read_text()

    assert "The divisor of a population." in told.stdout
    for later in (denied, again):
        assert "The divisor of a population." not in later.stdout
        assert "What usually breaks it:" in later.stdout
    assert denied.stderr == "Noted: this mistake is not named again.\n"
    assert nothing.stderr == "No mistake is named in spread that could be denied.\n"
    assert '"mistakes": ["population"]' in kept


def test_a_hint_begins_where_it_answers_what_was_told(dojo, known, spread, solve):
    """And goes on from there; without a diagnosis it begins with the first."""
    solve(spread)
    spread.mine.write_text(f"{spread.mine.read_text()}\n\n{POPULATION}")
    dojo("check")

    assert dojo("hint", "1", "spread").stdout.startswith("kata01 spread, hint 2 of 3")
    assert dojo("hint", "1", "spread").stdout.startswith("kata01 spread, hint 3 of 3")
    assert dojo("hint", "1", "center").stdout.startswith("kata01 center, hint 1 of 3")
    assert journal.read(spread.root)[spread.name].hints == {"spread": 2, "center": 1}


def test_a_key_of_watch_denies_what_is_told(watching, known, spread, solve):
    """And says so; a learner who makes another mistake is told of that."""
    solve(spread)
    written = spread.mine.read_text()
    spread.mine.write_text(f"{written}\n\n{POPULATION}")
    screen = watching("kata01")
    screen.wait_for("The divisor of a population.", "q quit")
    screen.press("h")
    screen.wait_for("kata01 spread, hint 2 of 3")
    screen.press("\x1b")
    screen.wait_for("The divisor of a population.", "q quit")
    screen.press("m")
    screen.wait_for("Noted:", "What usually breaks it:", gone="The divisor of a population.")
    spread.mine.write_text(f"{written}\n\n{MEDIAN}")

    screen.wait_for("The median is taken for the mean.", "q quit")
