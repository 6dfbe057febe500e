"""Click rate: the specification."""

import numpy as np

from katas.kata00_click_rate.click_rate import click_rate

# So that a rate is read easily in a report, and float32 or 1e-9 added to a divisor is right too.
DIGITS = 6


class TestClickRate:
    """click_rate."""

    def test_three_clicks_in_twelve_views_are_a_quarter(self):
        """One number is asked for. 4 is views over clicks, 25 a percentage, 3 clicks per user."""
        assert round(click_rate(np.array([3]), np.array([12])), DIGITS) == 0.25

    def test_every_view_counts_the_same_whoever_saw_it(self):
        """Two clicks in a hundred views. The users' rates are 1 and 0.0101, and their mean 0.505.

        In that mean, the one view of the first user weighs as much as 99 views of the second.
        """
        assert round(click_rate(np.array([1, 1]), np.array([1, 99])), DIGITS) == 0.02

    def test_views_of_users_who_never_clicked_count(self):
        """0.133 leaves the third user out, as a join does that starts from a table of clicks."""
        assert round(click_rate(np.array([2, 2, 0]), np.array([10, 20, 10])), DIGITS) == 0.1

    def test_views_are_counted_not_users(self):
        """Six clicks of one user are six. 3 is clicks per user; 0.5 the users who clicked."""
        assert round(click_rate(np.array([6, 0]), np.array([10, 10])), DIGITS) == 0.3

    def test_a_user_without_views_changes_nothing(self):
        """A rate of 0 / 0 was worked out, or replaced: by a rate of 0, or by one view."""
        assert round(click_rate(np.array([1, 0, 2]), np.array([10, 0, 10])), DIGITS) == 0.15

    def test_a_clicked_view_is_still_one_view(self):
        """0.333 divides by views and clicks together, 1 by the views that were not clicked."""
        assert round(click_rate(np.array([3, 4]), np.array([7, 7])), DIGITS) == 0.5

    def test_a_click_on_every_view_is_a_rate_of_one(self):
        """A rate is a fraction: 100 is a percentage, and 3 adds up the rates of three users."""
        assert round(click_rate(np.array([4, 2, 1]), np.array([4, 2, 1])), DIGITS) == 1.0

    def test_a_small_rate_is_not_rounded_away(self):
        """Three clicks in 7,000 views are 0.000429: rounding, or `//`, leaves 0 or nearly so."""
        assert round(click_rate(np.array([1, 2]), np.array([3500, 3500])), DIGITS) == 0.000429

    def test_it_is_all_clicks_over_all_views(self, rng):
        """Users differ here: some click each of few views, some few of many, one has none."""
        few = [int(n) for n in rng.integers(1, 4, size=3)]
        many = [int(n) for n in rng.integers(40, 100, size=3)]
        clicks, views = [*few, 0, 2, 0, 3], [*few, 0, *many]
        expected = round(sum(clicks) / sum(views), DIGITS)

        assert round(click_rate(np.array(clicks), np.array(views)), DIGITS) == expected
