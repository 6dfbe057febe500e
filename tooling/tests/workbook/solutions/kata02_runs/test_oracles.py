"""Runs, against a string search."""

import re

import numpy as np
from solutions.kata02_runs.runs import longest_run


def test_runs_agree_with_a_regular_expression():
    """A back-reference finds stretches of the same letter."""
    text = "aabbbcaaaa"

    assert longest_run(np.frombuffer(text.encode(), np.uint8)) == max(
        len(found[0]) for found in re.finditer(r"(.)\1*", text)
    )
