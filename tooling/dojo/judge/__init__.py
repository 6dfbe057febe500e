"""Judged runs: the tests here, the learner's code in a locked-up worker."""
