"""Judged runs: the tests in one process, the learner's code locked up in another."""
