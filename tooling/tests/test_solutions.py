"""`solutions`: the tests on the reference. The learner's edition has neither."""

import json

import pytest
from dojo.learner import journal
from dojo.run.verdict import Verdict

pytestmark = pytest.mark.timeout(120)


def test_the_reference_answers_the_same_tests(dojo):
    """`solutions` takes the same words; without a name it takes all katas."""
    done = dojo("solutions", "--json")
    verdicts = [Verdict.from_json(json.loads(line)) for line in done.stdout.splitlines()]

    assert done.returncode == 0
    assert [(v.kata, v.against, v.green) for v in verdicts] == [
        ("kata01_spread", "solutions", True),
        ("kata02_runs", "solutions", True),
    ]


def test_the_journal_does_not_tell_of_the_reference(dojo, workbook):
    """It keeps the learner's own work."""
    dojo("solutions", "kata01")

    assert not journal.path(workbook).exists()
