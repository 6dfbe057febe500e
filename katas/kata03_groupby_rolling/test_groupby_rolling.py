"""Trailing windows per user: whose rows, since when, up to when, and back to which row."""

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest

from katas.kata03_groupby_rolling.groupby_rolling import (
    daily_mean,
    prior_mean,
    trailing_distinct,
    trailing_mean,
    trailing_mean_rows,
)

NAN = float("nan")
DAY = np.timedelta64(1, "D")
SECOND = 1 / 86_400


def at(days: list[float]) -> pd.DatetimeIndex:
    """Return time stamps, in days after midnight of 1 March 2024."""
    seconds = np.array([round(d * 86_400) for d in days], dtype="timedelta64[s]")
    return pd.DatetimeIndex(np.datetime64("2024-03-01", "us") + seconds)


def events(users: object, days: list[float], values: list, column: str = "v") -> pd.DataFrame:
    """Build a frame of events."""
    return pd.DataFrame({"user_id": users, "ts": at(days), column: values})


def random_events(rng: np.random.Generator, n: int = 40) -> pd.DataFrame:
    """Mix users, ties, gaps, rows without user, value or item, and labels that repeat."""
    frame = events(
        rng.choice(np.array(["a", "b", "c", None]), n, p=[0.4, 0.3, 0.2, 0.1]),
        list(rng.integers(0, 24, n) / 2),
        list(np.where(rng.random(n) < 0.2, NAN, rng.integers(0, 100, n))),
    )
    frame["page"] = rng.choice(np.array(["x", "y", "z", None]), n)
    return frame.set_axis(pd.Index(rng.integers(0, n // 2, n), name="label"))


def by_definition(
    df: pd.DataFrame,
    inside: Callable[[np.ndarray, np.ndarray], np.ndarray],
    answer: Callable[[np.ndarray], float],
    column: str = "v",
) -> list[float]:
    """Look at all rows for each row: of its user, keep those `inside` by time and by place."""
    users, known = df["user_id"].to_numpy(object), df["user_id"].notna()
    filled = df[column].notna().to_numpy()
    stamps, place, cells = df["ts"].to_numpy(), np.arange(len(df)), df[column].to_numpy()
    result = [NAN] * len(df)
    for i in np.flatnonzero(known):
        seen = (users == users[i]) & inside(stamps - stamps[i], place - i)
        result[i] = answer(cells[seen & filled])
    return result


def mean_or_nan(values: np.ndarray) -> float:
    """Average the values; without any there is no mean."""
    return values.mean() if len(values) else NAN


def how_many(items: np.ndarray) -> int:
    """Count the items, each once."""
    return len(set(items))


def in_three_days(gap: np.ndarray, place: np.ndarray) -> np.ndarray:
    """Keep (t - 3 days, t], ties by place."""
    return (gap > -3 * DAY) & ((gap < 0 * DAY) | (gap == 0 * DAY) & (place <= 0))


def same(actual: pd.Series, expected: list[float]) -> None:
    """Compare the values of a result, row by row, with the expected ones."""
    assert (len(actual), str(actual.dtype)) == (len(expected), "float64")
    np.testing.assert_allclose(actual.to_numpy(), expected, rtol=1e-9, atol=1e-9)


def same_series(actual: pd.Series, expected: list[float], df: pd.DataFrame) -> None:
    """Compare a result with the expected values on the index of the caller."""
    same(actual, expected)
    pd.testing.assert_index_equal(actual.index, df.index)


def same_table(actual: pd.DataFrame, expected: list[tuple], user: str = "user_id") -> None:
    """Compare a result of daily_mean with (user, days after 1 March, mean)."""
    assert list(actual.columns) == [user, "day", "mean"]
    assert (actual["day"].dtype.kind, str(actual["mean"].dtype)) == ("M", "float64")
    users, days, means = zip(*expected, strict=True)
    rows = list(zip(actual[user].tolist(), actual["day"].dt.strftime("%m-%d %H:%M"), strict=True))
    assert rows == list(zip(users, at(list(days)).strftime("%m-%d %H:%M"), strict=True))
    assert list(actual.index) == list(range(len(rows)))
    np.testing.assert_allclose(actual["mean"].to_numpy(), means, rtol=1e-9, atol=1e-9)


class TestTrailingMean:
    """A window in days that ends with the row itself."""

    def test_seven_days_are_not_seven_rows(self):
        """rolling(7) counts rows. The first event is eight days old here, and yet among the last
        seven rows; a window in days needs the time stamps.
        """
        df = events("a", [0, 8, 10], [1.0, 3.0, 5.0])

        same(trailing_mean(df, 7), [1.0, 3.0, 4.0])

    def test_a_row_exactly_days_back_is_out(self):
        """The window is (t - days, t]: open on the left. With both ends closed, last Monday's
        event counts in this Monday's week too, and seven days become eight.
        """
        df = events("a", [0, 7, 14 - SECOND], [1.0, 3.0, 5.0])

        same(trailing_mean(df, 7), [1.0, 3.0, 4.0])

    def test_a_day_is_24_hours_and_not_a_date(self):
        """Stamps cut to their date make every window begin at a midnight: an event 6.9 days old
        falls out, or one 7.1 days old stays in, depending on the hour.
        """
        df = events("a", [0.9, 7.8, 14.5], [1.0, 3.0, 5.0])

        same(trailing_mean(df, 7), [1.0, 2.0, 4.0])

    def test_a_window_holds_one_users_rows_only(self):
        """A window without groups is everybody's: the other user's events are in the mean because
        they happened in the same week.
        """
        df = events(["a", "a", "b", "b"], [0, 2, 1, 3], [1.0, 3.0, 10.0, 20.0])

        same(trailing_mean(df, 7), [1.0, 2.0, 10.0, 15.0])

    def test_the_callers_index_comes_back(self):
        """groupby(...).rolling(...) puts the user, and with on= also the stamp, into the index. A
        caller who assigns the result to a column needs the index that came in.
        """
        df = events(["b", "a", "b"], [0, 1, 2], [1.0, 3.0, 5.0])
        df.index = pd.Index(["r", "p", "q"], name="event")

        pd.testing.assert_index_equal(trailing_mean(df, 7).index, df.index)

    def test_interleaved_users_get_their_own_answers(self):
        """groupby(...).rolling(...) answers in the order of the groups: all of a, then all of b.
        Written back by position (.values), the answers land on other users' rows.
        """
        df = events(["b", "a", "b", "a"], [0, 0, 1, 1], [10.0, 1.0, 20.0, 3.0])

        same(trailing_mean(df, 7), [10.0, 1.0, 15.0, 2.0])

    def test_newest_first_still_looks_back(self):
        """Rows in disorder are refused by pandas, but stamps that fall from row to row are not,
        and the window then reaches into the future. Before a window in days, sort by time.
        """
        df = events("a", [10, 8, 0], [5.0, 3.0, 1.0])

        same(trailing_mean(df, 7), [4.0, 3.0, 1.0])

    def test_of_equal_stamps_only_the_earlier_rows_are_in(self):
        """Two events with one stamp: the later row sees the earlier, not the other way round. A
        window that ends after the last row with this stamp (SQL's RANGE does) sees both.
        """
        df = events("a", [0, 1, 1, 1], [1.0, 3.0, 5.0, 7.0])

        same(trailing_mean(df, 7), [1.0, 2.0, 3.0, 4.0])

    def test_equal_stamps_keep_the_order_of_the_input(self):
        """sort_values on one column is a quicksort unless told otherwise, and that shuffles rows
        with equal stamps once there are more than a handful. Ask for a stable sort.
        """
        values = [float(v) for v in range(200)]
        df = events("a", [day for day in (1, 0) for _ in range(100)], values)
        later = [sum(values[100:], sum(values[: i + 1])) / (101 + i) for i in range(100)]

        same(trailing_mean(df, 7), later + [(100 + i) / 2 for i in range(100, 200)])

    def test_labels_that_repeat_stay_apart(self):
        """Index labels repeat after every concat. A result that is looked up by label gives two
        rows one answer, or raises; row numbers do not repeat.
        """
        df = events("a", [2, 0, 1], [5.0, 1.0, 3.0]).set_axis([7, 7, 9])

        same_series(trailing_mean(df, 7), [3.0, 1.0, 2.0], df)

    def test_missing_values_are_skipped_and_not_zero(self):
        """A missing value is no value: neither its sum nor its count enters the mean. Filled with
        zero, it pulls the mean down; a window of missing values only has no mean.
        """
        df = events("a", [0, 1, 2, 20], [NAN, 4.0, NAN, NAN])

        same(trailing_mean(df, 7), [NAN, 4.0, 4.0, NAN])

    def test_rows_without_a_user_keep_their_place(self):
        """A groupby drops rows whose key is missing. The result must still have one entry for each
        row of the caller.
        """
        df = events(["a", None, "a"], [0, 1, 2], [1.0, 3.0, 5.0])

        assert list(trailing_mean(df, 7).index) == [0, 1, 2]

    def test_rows_without_a_user_are_not_one_more_user(self):
        """With dropna=False, or a filled key, all strangers become one user with one history. An
        unknown user has no history: NaN.
        """
        df = events([np.nan, 1.0, np.nan, 1.0], [0, 1, 2, 3], [1.0, 3.0, 5.0, 7.0])

        same(trailing_mean(df, 7), [NAN, 3.0, NAN, 5.0])

    def test_every_unit_of_time_gives_the_same(self):
        """Stamps as integers count seconds, milliseconds, microseconds or nanoseconds; pandas 3
        reads microseconds by default. A day of so many integers is right for one of them.
        """
        df = events("a", [0, 8, 10], [1.0, 3.0, 5.0])
        units = ("s", "us", "ns")
        frames = [df.assign(ts=df["ts"].dt.as_unit(unit)) for unit in units]
        answers = [trailing_mean(frame, 7).round(9).tolist() for frame in frames]

        assert dict(zip(units, answers, strict=True)) == {unit: [1.0, 3.0, 4.0] for unit in units}

    def test_the_columns_are_the_ones_named(self):
        """user, ts and value are names of columns. A name typed into the body works until the
        first caller has another one.
        """
        df = events(["a", "b", "a"], [0, 1, 2], [1.0, 2.0, 3.0])
        df = df.set_axis(["who", "when", "paid"], axis=1).assign(
            user_id="c", ts=at([0, 9, 18]), v=0
        )

        same(trailing_mean(df, 7, user="who", ts="when", value="paid"), [1.0, 2.0, 2.0])

    def test_random_events_agree_with_the_definition(self, rng):
        """Everything at once: users that interleave, ties, gaps, rows in disorder, labels that
        repeat, missing users and values. The expectation compares all rows with all rows.
        """
        df = random_events(rng)
        expected = by_definition(df, in_three_days, mean_or_nan)

        same_series(trailing_mean(df.copy(), 3), expected, df)

    def test_days_below_one_are_refused(self):
        """A window of zero days holds nothing: an error that names days, not a column of NaN."""
        df = events("a", [0, 0.5, 1], [1.0, 3.0, 5.0])

        same(trailing_mean(df, 1), [1.0, 2.0, 4.0])
        for days in (0, -1):
            with pytest.raises(ValueError, match="days"):
                trailing_mean(df, days)

    def test_a_missing_stamp_is_refused(self):
        """A row without a time is in every window or in none, and sorting puts it last without a
        word. Refuse it, and name the argument ts, not only the column.
        """
        df = events("a", [0, 1], [1.0, 3.0]).rename(columns={"ts": "when"})
        df.loc[1, "when"] = pd.NaT

        with pytest.raises(ValueError, match=r"\bts\b"):
            trailing_mean(df, 7, ts="when")
        same(trailing_mean(df[:1], 7, ts="when"), [1.0])

    def test_no_events_give_an_empty_result(self):
        """A filter upstream leaves no rows one day. The result is empty too, of the same type."""
        df = events("a", [0, 1], [1.0, 3.0]).iloc[:0]

        same(trailing_mean(df, 7), [])

    def test_more_users_cost_no_more_steps(self, cost):
        """A Python loop over users, or a function given to groupby.apply, runs once for each of
        them. One grouped window, or one sort and cumulative sums, runs once for all.
        """

        def crowd(n):
            return events([u for u in range(n) for _ in range(2)], [0, 1] * n, [1.0, 3.0] * n)

        few, many = cost(trailing_mean, crowd(15), 7), cost(trailing_mean, crowd(60), 7)

        same(many.result, [1.0, 2.0] * 60)
        assert many.steps / few.steps < 2, "bytecode steps with 60 users, over those with 15"


class TestTrailingMeanRows:
    """A window in rows."""

    def test_exactly_min_rows_is_enough(self):
        """rolling(n) alone asks for n values, so that a user's first n - 1 rows are NaN whatever
        min_rows says; a plain mean asks for one.
        """
        df = events("a", [0, 1, 2], [1.0, 3.0, 8.0])

        same(trailing_mean_rows(df, 3, 2), [NAN, 2.0, 4.0])

    def test_a_window_counts_one_users_rows_only(self):
        """Without groups the last rows are everybody's last rows, and the first window of the
        second user is filled with the first user's values.
        """
        df = events(["a", "b", "a", "b"], [0, 1, 2, 3], [1.0, 10.0, 3.0, 20.0])

        same(trailing_mean_rows(df, 2, 2), [NAN, NAN, 2.0, 15.0])

    def test_the_last_rows_are_the_last_in_time(self):
        """A window of rows never complains about disorder: it takes the rows as they stand. Here
        the newest event stands first.
        """
        df = events("a", [9, 0, 5], [9.0, 1.0, 5.0])

        same(trailing_mean_rows(df, 2, 1), [7.0, 1.0, 3.0])

    def test_a_missing_value_still_takes_its_row(self):
        """Dropping missing values first makes the window the last n values: it reaches further
        back than n rows.
        """
        df = events("a", [0, 1, 2, 3], [1.0, 3.0, NAN, 8.0])

        same(trailing_mean_rows(df, 2, 1), [1.0, 2.0, 3.0, 8.0])

    def test_min_rows_counts_values_and_not_rows(self):
        """min_rows asks how many values the mean rests on. Two rows of which one is missing are
        one value.
        """
        df = events("a", [0, 1, 2, 3], [1.0, NAN, 3.0, 5.0])

        same(trailing_mean_rows(df, 2, 2), [NAN, NAN, NAN, 4.0])

    def test_equal_stamps_keep_the_order_of_the_input(self):
        """Of rows with one stamp, the last row is the one that stands last in the input."""
        df = events("a", [1, 1, 1, 0], [1.0, 3.0, 7.0, 5.0])

        same(trailing_mean_rows(df, 2, 1), [3.0, 2.0, 5.0, 5.0])

    def test_random_events_agree_with_the_definition(self, rng):
        """Everything at once: users that interleave, ties, rows in disorder, labels that repeat,
        missing users and values. The expectation takes each user's rows in a stable order.
        """
        df = random_events(rng)
        n_rows = int(rng.integers(2, 5))
        expected = np.full(len(df), NAN)
        order = np.argsort(df["ts"].to_numpy(), kind="stable")
        for name in ("a", "b", "c"):
            mine = order[(df["user_id"] == name).to_numpy()[order]]
            for k, i in enumerate(mine):
                window = df["v"].to_numpy()[mine[max(0, k - n_rows + 1) : k + 1]]
                values = window[~np.isnan(window)]
                expected[i] = values.mean() if len(values) >= 2 else NAN

        same_series(trailing_mean_rows(df, n_rows, 2), list(expected), df)

    def test_counts_that_make_no_sense_are_refused(self):
        """n_rows and min_rows start at 1, and min_rows above n_rows can never be met: an error
        that names the argument, not a column of NaN.
        """
        df = events("a", [0, 1], [1.0, 3.0])

        same(trailing_mean_rows(df, 1, 1), [1.0, 3.0])
        same(trailing_mean_rows(df, 2, 2), [NAN, 2.0])
        for n_rows, min_rows, name in [(0, 1, "n_rows"), (2, 0, "min_rows"), (2, 3, "min_rows")]:
            with pytest.raises(ValueError, match=name):
                trailing_mean_rows(df, n_rows, min_rows)

    def test_a_missing_stamp_is_refused(self):
        """Sorting puts a row without a time last, and the window then takes it for the newest."""
        df = events("a", [0, 1], [1.0, 3.0]).rename(columns={"ts": "when"})
        df.loc[1, "when"] = pd.NaT

        with pytest.raises(ValueError, match=r"\bts\b"):
            trailing_mean_rows(df, 2, 1, ts="when")
        same(trailing_mean_rows(df[:1], 2, 1, ts="when"), [1.0])


class TestPriorMean:
    """A window in days that ends before the row."""

    def test_nothing_before_is_nan_and_not_zero(self):
        """A user without history has no mean, and a row is no history of its own. Zero is a value
        that others really have, and the model cannot tell the two apart.
        """
        df = events(["a", "b", "b", "b"], [0, 0, 1, 2], [NAN, NAN, 4.0, 1.0])

        same(prior_mean(df, 7), [NAN, NAN, NAN, 4.0])

    def test_the_rows_own_value_never_enters(self):
        """A trailing mean that includes the row itself hands the model the value it has to
        predict. The feature ends before t.
        """
        df = events("a", [0, 1, 2], [1.0, 3.0, 8.0])

        same(prior_mean(df, 7), [NAN, 1.0, 2.0])

    def test_no_users_last_row_reaches_the_next_user(self):
        """shift(1) after the groupby is a plain shift: the first row of each user gets what the
        user before ended with.
        """
        df = events(["a", "a", "b", "b"], [0, 1, 0, 1], [3.0, 5.0, 7.0, 9.0])

        same(prior_mean(df, 7), [NAN, 3.0, NAN, 7.0])

    def test_the_window_is_counted_back_from_this_row(self):
        """The user's previous answer, shifted by a row, is the week before the previous event.
        After a pause of a month it is a month old.
        """
        df = events("a", [0, 1, 31], [1.0, 3.0, 5.0])

        same(prior_mean(df, 7), [NAN, 1.0, NAN])

    def test_rows_of_the_same_moment_never_enter(self):
        """At time t, what else happens at t is not known yet. Leaving out only the row itself
        lets its ties in, in whatever order they were stored.
        """
        df = events("a", [0, 1, 1, 1], [1.0, 3.0, 5.0, 7.0])

        same(prior_mean(df, 7), [NAN, 1.0, 1.0, 1.0])

    def test_a_row_exactly_days_back_is_in(self):
        """The window is [t - days, t): closed on the left, open on the right. With both ends
        open, the same weekday last week is lost.
        """
        df = events("a", [0, 7, 14 + SECOND], [1.0, 3.0, 5.0])

        same(prior_mean(df, 7), [NAN, 1.0, NAN])

    def test_before_is_told_by_the_clock_and_not_by_the_file(self):
        """An event that was written down late stands below events that came after it. Its stamp
        says when it happened.
        """
        df = events("a", [9, 5, 3], [9.0, 5.0, 1.0])

        same(prior_mean(df, 7), [3.0, 1.0, NAN])

    def test_random_events_agree_with_the_definition(self, rng):
        """Everything at once: users that interleave, ties, gaps, rows in disorder, labels that
        repeat, missing users and values. The expectation compares all rows with all rows.
        """
        df = random_events(rng)
        expected = by_definition(
            df, lambda gap, _: (gap >= -3 * DAY) & (gap < 0 * DAY), mean_or_nan
        )

        same_series(prior_mean(df, 3), expected, df)

    def test_bad_days_and_missing_stamps_are_refused(self):
        """A window of zero days is empty, and a row without a time has no past: errors that name
        the argument, not a column of NaN.
        """
        df = events("a", [0, 1], [1.0, 3.0])

        same(prior_mean(df, 1), [NAN, 1.0])
        with pytest.raises(ValueError, match="days"):
            prior_mean(df, 0)
        with pytest.raises(ValueError, match=r"\bts\b"):
            prior_mean(df.assign(when=pd.NaT, ts=0), 7, ts="when")


class TestDailyMean:
    """A window in calendar days, quiet days included."""

    def test_the_first_days_divide_by_the_days_so_far(self):
        """A user who came yesterday has two days, not seven. Dividing by `days` from the start
        makes every new user look quiet; waiting for a full window leaves them out.
        """
        df = events("a", [0, 1], [7.0, 14.0])

        same_table(daily_mean(df, 7), [("a", 0, 7.0), ("a", 1, 10.5)])

    def test_a_day_counts_with_its_total(self):
        """The mean of a day's rows, or of all rows in the window, is per event. Each day counts
        once here, with the sum of its values.
        """
        df = events("a", [0.1, 0.2, 0.3, 1.4], [1.0, 2.0, 3.0, 10.0])

        same_table(daily_mean(df, 7), [("a", 0, 6.0), ("a", 1, 8.0)])

    def test_every_day_from_first_to_last_has_a_row(self):
        """The days without events are rows of the result too: a chart, or a join on the day,
        needs them.
        """
        df = events("a", [0, 3], [6.0, 3.0])

        days = daily_mean(df, 7)["day"].dt.strftime("%m-%d")

        assert list(days) == ["03-01", "03-02", "03-03", "03-04"]

    def test_a_day_without_events_counts_as_zero(self):
        """A mean over the days that have rows is the mean of active days. Three quiet days are
        three zeros, and belong in the denominator.
        """
        df = events("a", [0, 4], [12.0, 8.0])

        same_table(daily_mean(df, 5), [("a", d, m) for d, m in enumerate([12, 6, 4, 3, 4])])

    def test_the_window_is_the_last_days_and_no_more(self):
        """A window of `days` calendar days is that day and the days - 1 before it; with one day
        more, last Monday counts in this Monday's week.
        """
        df = events("a", [0, 1, 2, 3], [8.0, 4.0, 2.0, 6.0])

        same_table(daily_mean(df, 2), [("a", 0, 8), ("a", 1, 6), ("a", 2, 3), ("a", 3, 4)])

    def test_a_day_starts_at_midnight(self):
        """A day of 24 hours from the user's first event puts the next morning into the day
        before. A calendar day starts at midnight.
        """
        df = events("a", [0.75, 1.25, 1.5], [1.0, 2.0, 3.0])

        same_table(daily_mean(df, 7), [("a", 0, 1.0), ("a", 1, 3.0)])

    def test_each_user_has_their_own_calendar(self):
        """One calendar for all gives each user zeros before they came and after they left, and
        the mean falls to nothing.
        """
        df = events(["a", "b", "a", "b"], [0, 2, 1, 3], [2.0, 4.0, 4.0, 8.0])

        same_table(daily_mean(df, 1), [("a", 0, 2), ("a", 1, 4), ("b", 2, 4), ("b", 3, 8)])

    def test_users_do_not_share_a_window(self):
        """A window over the stacked table runs from one user's last days into the next user's
        first. It needs the groups again.
        """
        df = events(["a", "a", "b"], [0, 1, 2], [2.0, 4.0, 9.0])

        same_table(daily_mean(df, 2), [("a", 0, 2.0), ("a", 1, 3.0), ("b", 2, 9.0)])

    def test_the_table_is_sorted_by_user_and_day(self):
        """The order of the first events is not the order of the users. Sorted output is what a
        reader and the next join count on.
        """
        df = events([20, 3, 20, 3], [2, 1, 1, 0], [1.0, 2.0, 3.0, 4.0])

        same_table(daily_mean(df, 1), [(3, 0, 4.0), (3, 1, 2.0), (20, 1, 3.0), (20, 2, 1.0)])

    def test_a_day_of_missing_values_has_the_total_zero(self):
        """Nothing to add up is 0 here, and counts in the mean. A NaN total leaves the mean, as if
        the day had not been.
        """
        df = events("a", [0, 1, 2], [4.0, NAN, 8.0])

        same_table(daily_mean(df, 7), [("a", 0, 4.0), ("a", 1, 2.0), ("a", 2, 4.0)])

    def test_rows_without_a_value_belong_to_the_calendar(self):
        """A row without a value still says that the user was there. Dropped first, such rows make
        the calendar begin too late or end too early.
        """
        df = events("a", [0, 1, 2], [NAN, 6.0, NAN])

        same_table(daily_mean(df, 7), [("a", 0, 0.0), ("a", 1, 3.0), ("a", 2, 2.0)])

    def test_rows_without_a_user_make_no_rows(self):
        """A missing user is not a user: with dropna=False the strangers get a calendar of their
        own.
        """
        df = events(["a", None, "a"], [0, 1, 1], [2.0, 9.0, 4.0])

        same_table(daily_mean(df, 7), [("a", 0, 2.0), ("a", 1, 3.0)])

    def test_random_events_agree_with_the_definition(self, rng):
        """Everything at once: users that interleave, gaps, rows in disorder, other names of
        columns, missing users and values. The expectation adds up day by day.
        """
        df = random_events(rng).rename(columns={"user_id": "who", "ts": "when", "v": "paid"})
        day = ((df["when"] - pd.Timestamp("2024-03-01")) // DAY).to_numpy()
        paid, expected = df["paid"].to_numpy(), []
        for name in ("a", "b", "c"):
            mine = (df["who"] == name).to_numpy()
            first, last = min(day[mine]), max(day[mine])
            totals = [np.nansum(paid[mine & (day == d)]) for d in range(first, last + 1)]
            for k in range(len(totals)):
                expected.append((name, first + k, np.mean(totals[max(0, k - 3) : k + 1])))

        same_table(daily_mean(df, 4, user="who", ts="when", value="paid"), expected, user="who")

    def test_bad_days_and_missing_stamps_are_refused(self):
        """A window of zero days is empty, and a row without a time has no day: errors that name
        the argument.
        """
        df = events("a", [0, 1], [1.0, 3.0])

        same_table(daily_mean(df, 1), [("a", 0, 1.0), ("a", 1, 3.0)])
        with pytest.raises(ValueError, match="days"):
            daily_mean(df, 0)
        with pytest.raises(ValueError, match=r"\bts\b"):
            daily_mean(df.assign(when=pd.NaT, ts=0), 7, ts="when")

    def test_no_events_give_an_empty_table(self):
        """A filter upstream leaves no rows one day, or no row with a user. The result has its
        columns and no rows.
        """
        columns = ["user_id", "day", "mean"]
        table = daily_mean(events("a", [0, 1], [1.0, 3.0]).iloc[:0], 7)

        assert (len(table), list(table.columns)) == (0, columns)
        table = daily_mean(events(np.array([None, None]), [0, 1], [1.0, 3.0]), 7)
        assert (len(table), list(table.columns)) == (0, columns)


class TestTrailingDistinct:
    """The window in days again, for a question that pandas does not answer."""

    def test_an_item_counts_once_however_often_it_comes(self):
        """Counting rows is not counting items: three visits of one page are one page."""
        df = events("a", [0, 1, 2, 3], ["x", "x", "y", "x"], "page")

        same(trailing_distinct(df, 7, "page"), [1, 1, 2, 2])

    def test_items_older_than_the_window_are_gone(self):
        """A running count of distinct items only ever grows. The window has to let items go."""
        df = events("a", [0, 1, 9], ["x", "y", "z"], "page")

        same(trailing_distinct(df, 7, "page"), [1, 2, 1])

    def test_an_item_that_comes_back_counts_again(self):
        """First-ever flags count an item once in a lifetime. After a break it is new to the
        window, though not to the user.
        """
        df = events("a", [0, 20, 21], ["x", "x", "y"], "page")

        same(trailing_distinct(df, 7, "page"), [1, 1, 2])

    def test_an_item_leaves_with_its_last_row_and_not_its_first(self):
        """An item that came again is in the window until its newest row leaves. An item that goes
        when its first row goes is forgotten too early.
        """
        df = events("a", [0, 5, 8, 13], ["x", "x", "y", "y"], "page")

        same(trailing_distinct(df, 7, "page"), [1, 1, 2, 1])

    def test_a_row_exactly_days_back_is_out(self):
        """The window is (t - days, t]: an item seen exactly `days` ago has left it."""
        df = events("a", [0, 7, 14 - SECOND], ["x", "y", "z"], "page")

        same(trailing_distinct(df, 7, "page"), [1, 1, 2])

    def test_two_users_can_have_the_same_item(self):
        """A window without groups holds what everybody looked at. Each user's items are counted
        apart, and a page is new to one user though another has just seen it.
        """
        df = events(["a", "b", "a", "b"], [0, 1, 2, 3], ["x", "x", "y", "z"], "page")

        same(trailing_distinct(df, 7, "page"), [1, 1, 2, 2])

    def test_of_equal_stamps_only_the_earlier_rows_are_in(self):
        """Of rows with one stamp, each sees those that stand before it in the input, and not
        those after it.
        """
        df = events("a", [0, 1, 1, 1], ["w", "x", "y", "z"], "page")

        same(trailing_distinct(df, 7, "page"), [1, 2, 3, 4])

    def test_rows_come_in_any_order(self):
        """Rows that are taken as they stand in the file see the future, or miss the past. Sort a
        copy by time, and bring the answers back to the caller's rows.
        """
        df = events("a", [9, 0, 5], ["x", "y", "z"], "page")

        same(trailing_distinct(df, 7, "page"), [2, 1, 2])

    def test_a_missing_item_is_no_item(self):
        """nunique(dropna=False) and a filled key make one item of all that are missing."""
        df = events("a", [0, 1, 2], [None, "x", "y"], "page")

        same(trailing_distinct(df, 7, "page").iloc[1:], [1, 2])

    def test_a_row_without_an_item_has_a_window_too(self):
        """A row that brings no item still looks back: it counts what is there, and that may be 0.
        NaN is for rows without a user.
        """
        df = events("a", [0, 1, 2], [None, "x", None], "page")

        same(trailing_distinct(df, 7, "page"), [0, 1, 1])

    def test_items_may_be_numbers(self):
        """A code is a name, even where it is a number: 0 is an item and NaN is none."""
        df = events("a", [0, 1, 2, 3], [0.0, NAN, -1.0, 0.0], "page")

        same(trailing_distinct(df, 7, "page"), [1, 1, 2, 2])

    def test_random_events_agree_with_the_definition(self, rng):
        """Everything at once: users that interleave, ties, gaps, rows in disorder, labels that
        repeat, missing users and items. The expectation compares all rows with all rows.
        """
        df = random_events(rng)
        expected = by_definition(df, in_three_days, how_many, "page")

        same_series(trailing_distinct(df, 3, "page"), expected, df)

    def test_bad_days_and_missing_stamps_are_refused(self):
        """A window of zero days is empty, and a row without a time is in no window: errors that
        name the argument.
        """
        df = events("a", [0, 1], ["x", "y"], "page")

        same(trailing_distinct(df, 1, "page"), [1, 1])
        with pytest.raises(ValueError, match="days"):
            trailing_distinct(df, 0, "page")
        with pytest.raises(ValueError, match=r"\bts\b"):
            trailing_distinct(df.assign(when=pd.NaT, ts=0), 7, "page", ts="when")

    def test_no_events_give_an_empty_result(self):
        """A filter upstream leaves no rows one day. The result is empty too, of the same type."""
        df = events("a", [0, 1], ["x", "y"], "page").iloc[:0]

        same(trailing_distinct(df, 7, "page"), [])

    def test_a_full_window_costs_no_more_than_its_rows(self, cost):
        """A walk through the whole window of each row, a table of all pairs of rows, or a merge of
        the frame with itself, is rows times rows: 10 GB of booleans for 100,000 rows. Each row
        enters once and leaves once: that is all the work there is.
        """
        few = cost(trailing_distinct, visits(60), 7, "page")
        many = cost(trailing_distinct, visits(240), 7, "page")

        same(many.result, [min(i + 1, 7) for i in range(240)])
        assert many.steps / few.steps < 8, "bytecode steps with 240 rows, over those with 60"
        most = cost.peak_bytes(trailing_distinct, visits(960), 7, "page")
        assert most / many.peak_bytes < 8, "peak bytes with 960 rows, over 240"


def visits(n: int) -> pd.DataFrame:
    """Build one user's visits of seven pages, all within a day."""
    return events("a", list(np.arange(n) / n), list(np.arange(n) % 7), "page")
