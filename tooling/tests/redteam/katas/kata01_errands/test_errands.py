"""Errands: the specification. What is expected is worked out before anything is asked."""

import copy
import math
import sqlite3

import numpy as np
import pandas as pd
import pytest
from katas.kata01_errands.errands import (
    Extent,
    count_lines,
    counts,
    draw,
    extent,
    largest,
    local,
    mean_of,
    shuffled,
    total,
)
from numpy.testing import assert_allclose, assert_array_equal
from scipy import sparse


class TestTotal:
    """total."""

    def test_the_values_are_added_up(self, rng):
        """The sum is not that of these values."""
        values = rng.normal(size=7)
        expected = math.fsum(values)

        actual = total(values)

        assert isinstance(actual, float)
        assert_allclose(actual, expected, rtol=1e-9)

    def test_the_values_stay_as_they_are(self, rng):
        """The array was changed in place, and the caller still holds it."""
        values = rng.normal(size=5)
        before = values.tolist()

        total(values)

        assert values.tolist() == before

    def test_nothing_adds_up_to_zero(self):
        """The sum of no values is 0.0."""
        assert total(np.array([])) == 0.0


class TestMeanOf:
    """mean_of."""

    def test_f_is_asked_at_every_point(self, rng):
        """The mean is not that of f at these points."""
        points = rng.normal(size=6).tolist()
        slope = rng.uniform(1, 2)
        expected = slope * math.fsum(points) / 6 + 1

        assert_allclose(mean_of(lambda x: slope * x + 1, points), expected, rtol=1e-9)

    def test_f_is_asked_once_a_point(self, rng):
        """It was asked more often than there are points, or less."""
        points = rng.normal(size=4).tolist()
        asked = []

        mean_of(lambda x: asked.append(x) or 0.0, list(points))

        assert asked == points


class TestCountLines:
    """count_lines."""

    def test_every_line_counts(self, rng, tmp_path):
        """The count is not that of this file."""
        n = int(rng.integers(3, 1000))
        path = tmp_path / "lines.txt"
        path.write_text("a line\n" * n)

        assert count_lines(path) == n

    def test_the_file_stays_as_it_is(self, rng, tmp_path):
        """The file was changed, or others were left beside it."""
        text = "another line\n" * int(rng.integers(1, 9))
        path = tmp_path / "lines.txt"
        path.write_text(text)

        count_lines(path)

        assert path.read_text() == text
        assert [p.name for p in tmp_path.iterdir()] == ["lines.txt"]


class TestDraw:
    """draw."""

    def test_the_numbers_are_those_of_rng(self, rng):
        """The numbers come from elsewhere."""
        expected = copy.deepcopy(rng).random(5)

        assert_array_equal(draw(rng, 5), expected)

    def test_rng_goes_on_behind_them(self, rng):
        """The generator was left where it was, or moved too far."""
        twin = copy.deepcopy(rng)
        expected = twin.random(9)[3:]

        draw(rng, 3)

        assert_array_equal(rng.random(6), expected)


class TestLargest:
    """largest."""

    def test_it_is_the_maximum_of_the_table(self, rng):
        """The number is not the largest of this table."""
        numbers = rng.integers(-1000, 1000, size=20).tolist()
        db = sqlite3.connect(":memory:")
        db.execute("CREATE TABLE numbers (n INTEGER)")
        db.executemany("INSERT INTO numbers VALUES (?)", [(n,) for n in numbers])
        db.commit()

        assert largest(db) == max(numbers)
        assert db.execute("SELECT count(*) FROM numbers").fetchone() == (20,)


class TestExtent:
    """extent."""

    def test_both_ends_are_found(self, rng):
        """One of the ends is not that of these values."""
        values = rng.normal(size=8).tolist()
        expected = Extent(min(values), max(values))

        assert extent(values) == expected

    def test_no_values_have_no_extent(self):
        """An empty list is refused, naming `values`; one value is fine."""
        with pytest.raises(ValueError, match="values"):
            extent([])

        assert extent([2.0]) == Extent(2.0, 2.0)


class TestCounts:
    """counts."""

    def test_every_pair_counts(self, rng):
        """A pair was passed over, or counted once only."""
        rows, columns = rng.integers(5, size=(2, 40))
        expected = np.zeros((5, 5))
        np.add.at(expected, (rows, columns), 1)

        actual = counts(rows, columns, (5, 5))

        assert isinstance(actual, sparse.csr_array)
        assert actual.shape == (5, 5)
        assert_array_equal(actual.toarray(), expected)
        assert_array_equal((actual @ actual).toarray(), expected @ expected)


class TestShuffled:
    """shuffled."""

    def test_shuffle_is_given_the_generator_and_the_values(self, rng):
        """The values were shuffled by something else."""
        values = rng.normal(size=9)
        expected = copy.deepcopy(rng).permutation(values)

        assert_array_equal(shuffled(lambda r, v: r.permutation(v), values, rng), expected)


class TestLocal:
    """local."""

    def test_the_clock_shows_the_time_of_the_zone(self, rng):
        """The moment is another, or the clock was not turned."""
        hours = int(rng.integers(1, 20_000))
        stamp = pd.Timestamp("2024-01-01", tz="UTC") + pd.Timedelta(hours=hours)

        actual = local(stamp, "Europe/Berlin")

        assert actual == stamp
        assert actual.isoformat() == stamp.tz_convert("Europe/Berlin").isoformat()
