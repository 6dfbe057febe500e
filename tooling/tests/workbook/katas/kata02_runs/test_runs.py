"""Runs: the specification."""

import numpy as np
from katas.kata02_runs.runs import longest_run


class TestLongestRun:
    """longest_run."""

    def test_neighbours_count_and_not_totals(self, rng):
        """All equal values were counted, wherever they stand."""
        fewest = int(rng.integers(3, 9))
        for length in (fewest, fewest + 1):
            x = np.array([0, 1] * 9 + [2] * length + [0, 1] * 9)

            assert longest_run(x) == length

    def test_the_last_run_counts_too(self):
        """The end of the data ends a run as well, and no change marks it."""
        assert longest_run(np.array([1, 5, 5, 5])) == 3

    def test_an_empty_array_has_no_run(self):
        """A maximum was taken of nothing."""
        assert longest_run(np.array([])) == 0
        assert longest_run(np.array([8])) == 1
