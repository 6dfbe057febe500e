"""The cohort that measurements are made with: what its learners hand in, and what it is worth."""

import random

import pytest
from bench import cohort
from bench.cohort import handed_in, make_cohort
from dojo.author.grade.submission import read
from dojo.run.request import ask

pytestmark = pytest.mark.timeout(120)


@pytest.fixture
def judged(spread, warm, tmp_path):
    """Return `judged(draw, number)`: verdicts of the first kata on some draws of one kind."""

    def verdicts(draw, number):
        for n in range(number):
            path = tmp_path / f"{draw.__name__}{n}.py"
            path.write_text(draw(spread, random.Random(n)))
            yield warm(ask(spread, 1, file=path))[0]

    return verdicts


def test_each_kind_is_worth_what_it_says(judged):
    """Right ones are green; wrong ones fail; partly solved ones have functions not started."""
    assert all(verdict.green for verdict in judged(cohort.right, 3))
    for verdict in judged(cohort.wrong, 5):
        assert {t.outcome for t in verdict.tests} <= {"passed", "failed", "error"}
        assert not verdict.green
    for verdict in judged(cohort.partly_solved, 4):
        assert verdict.state("summarise") == "not_started"
        assert not verdict.green
    for verdict in judged(cohort.untouched, 1):
        assert {t.outcome for t in verdict.tests} == {"not_started"}


def test_forks_are_repositories_that_grading_reads(spread, runs, tmp_path):
    """One file a kata, in one commit."""
    forks = make_cohort((spread, runs), tmp_path / "cohort", 3)
    found = [read(str(fork), "", (spread, runs), tmp_path / "cache") for fork in forks]

    assert [fork.name for fork in forks] == ["learner0000", "learner0001", "learner0002"]
    for fork, submission in zip(forks, found, strict=True):
        assert {kata: file.text for kata, file in submission.files.items()} == {
            kata.name: handed_in(kata, fork.name, 1) for kata in (spread, runs)
        }


def test_the_mix_is_even_and_follows_the_seed(spread):
    """No file but the untouched stub occurs twice; another seed gives another cohort."""
    names = [f"learner{n:04}" for n in range(200)]
    files = [handed_in(spread, name, 1) for name in names]
    stub = spread.pristine.read_text()
    touched = [text for text in files if text != stub]

    assert 30 <= files.count(stub) <= 70
    assert len(set(touched)) == len(touched)
    assert files == [handed_in(spread, name, 1) for name in names]
    assert files != [handed_in(spread, name, 2) for name in names]
