"""Spread, against the standard library."""

import statistics

import numpy as np
import pytest
from solutions.kata01_spread.spread import spread


def test_spread_agrees_with_the_standard_library():
    """`statistics.stdev` divides by n - 1 too."""
    x = np.array([1.5, 2.0, 7.25, -3.0])

    assert spread(x) == pytest.approx(statistics.stdev(x.tolist()))
