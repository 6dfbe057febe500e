"""Spread: the specification."""

import numpy as np
import pytest
from katas.kata01_spread.spread import Summary, center, spread, summarise
from numpy.testing import assert_allclose


class TestCenter:
    """center."""

    def test_the_mean_moves_to_zero(self, rng):
        """Something other than the mean was taken off, the median for one."""
        x = rng.exponential(size=7).round(2)
        expected = x - sum(x) / 7
        centered = center(x)

        assert centered.shape == (7,)
        assert_allclose(centered, expected, atol=1e-12)

    def test_what_was_passed_in_stays_as_it_was(self, rng):
        """Was the array changed in place? The caller still holds it."""
        x = rng.uniform(1, 2, size=4).round(2)
        before = x.tolist()
        center(x)

        assert x.tolist() == before

    def test_four_times_the_data_takes_no_more_steps(self, cost):
        """A Python loop over the values: let numpy do it for the whole array."""
        short = cost(center, np.arange(50.0)).steps
        long = cost(center, np.arange(200.0)).steps

        assert long < short + 50

    def test_an_empty_sample_has_no_mean(self):
        """Nothing was said about an empty array; one value is fine."""
        with pytest.raises(ValueError, match="x"):
            center(np.array([]))

        assert center(np.array([5.0])).tolist() == [0.0]


class TestSpread:
    """spread."""

    def test_the_divisor_is_one_less_than_the_count(self, rng):
        """Divided by n: that is the spread of a population, and too small for a sample."""
        x = rng.normal(size=5).round(2)
        mean = sum(x) / 5
        expected = (sum((v - mean) ** 2 for v in x) / 4) ** 0.5

        assert_allclose(spread(x), expected, rtol=1e-9)

    def test_one_value_has_no_spread(self):
        """A single value leaves nothing to divide by; two are enough."""
        with pytest.raises(ValueError, match="x"):
            spread(np.array([3.0]))

        assert_allclose(spread(np.array([1.0, 3.0])), 2**0.5, rtol=1e-9)


class TestSummarise:
    """summarise."""

    def test_the_mean_comes_with_the_spread(self, rng):
        """Both are taken of the same values, and they have names."""
        x = rng.normal(size=6).round(2)
        mean, deviation = sum(x) / 6, np.sqrt(np.cov(x))
        found = summarise(x)

        assert isinstance(found, Summary)
        assert_allclose(found.mean, mean, rtol=1e-9)
        assert_allclose(found.spread, deviation, rtol=1e-9)
