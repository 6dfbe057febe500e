"""Trailing windows per user: whose rows, since when, up to when, back to which row, known when."""

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest

from katas.kata03_groupby_rolling.groupby_rolling import (
    audit_features,
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
    """Return time stamps, in days after midnight of 1 March 2024, counted in nanoseconds."""
    seconds = np.array([round(d * 86_400) for d in days], dtype="timedelta64[s]")
    return pd.DatetimeIndex(np.datetime64("2024-03-01", "ns") + seconds)


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
    assert len(actual) == len(expected)
    values = actual.to_numpy(dtype=float, na_value=NAN)
    np.testing.assert_allclose(values, expected, rtol=1e-6, atol=1e-6)


def same_table(actual: pd.DataFrame, expected: list[tuple]) -> None:
    """Compare a result of daily_mean with (user, days after 1 March, mean)."""
    users, days, means = zip(*expected, strict=True)
    rows = list(zip(actual["user_id"], actual["day"].dt.strftime("%m-%d %H:%M"), strict=True))
    assert rows == list(zip(users, at(list(days)).strftime("%m-%d %H:%M"), strict=True))
    same(actual["mean"], list(means))


class TestTrailingMean:
    """A window in days that ends with the row itself."""

    def test_the_callers_index_comes_back(self):
        """groupby(...).rolling(...) answers under (user, stamp), a sorted copy under labels in
        another order, reset_index under 0, 1, 2: whoever assigns the result needs the index of df.
        """
        df = events(["b", "a", "b"], [0, 1, 2], [1.0, 3.0, 5.0]).set_axis(["r", "p", "q"])

        assert list(trailing_mean(df, 7).index) == ["r", "p", "q"]

    def test_rows_without_a_user_keep_their_place(self):
        """A groupby drops rows whose key is missing. The result still has one entry for each row
        of the caller.
        """
        df = events(["a", None, "a"], [0, 1, 2], [1.0, 3.0, 5.0])

        assert list(trailing_mean(df, 7).index) == [0, 1, 2]

    def test_an_event_alone_is_its_own_mean(self):
        """NaN: the answer was looked up by label under the index (user, stamp), where nothing
        matches, or the window ends before the row, or asks for more than one value.
        """
        df = events("a", [0], [5.0])

        same(trailing_mean(df, 7), [5.0])

    def test_seven_days_are_not_seven_rows(self):
        """[1, 2, 3]: these are the last seven rows, or all rows so far. The first event is eight
        days old when the second comes; a window in days needs the time stamps.
        """
        df = events("a", [0, 8, 10], [1.0, 3.0, 5.0])

        same(trailing_mean(df, 7), [1.0, 3.0, 4.0])

    def test_a_window_holds_one_users_rows_only(self):
        """A first answer of b below 10: a's events are in it. A window without groups is
        everybody's week, and a queue that is not begun anew runs from one user into the next.
        """
        df = events(["a", "a", "b", "b"], [0, 1, 2, 3], [1.0, 3.0, 10.0, 20.0])

        same(trailing_mean(df, 7), [1.0, 2.0, 10.0, 15.0])

    def test_a_row_exactly_days_back_is_out(self):
        """The window is (t - days, t]: open on the left. With both ends closed, last Monday's
        event counts in this Monday's week too, and seven days become eight.
        """
        df = events("a", [0, 7, 14 - SECOND], [1.0, 3.0, 5.0])

        same(trailing_mean(df, 7), [1.0, 3.0, 4.0])

    def test_a_day_is_24_hours_and_not_a_date(self):
        """Stamps cut to their date make every window begin at a midnight: an event 6.9 days old
        falls out, or one 7.1 days old stays in. 7 at the end: cut to the second, or the minute.
        """
        df = events("a", [0.9, 7.8, 14.5, 21.5], [1.0, 3.0, 5.0, 7.0])
        df["ts"] += pd.to_timedelta([0, 0, 1, 0], unit="ms")

        same(trailing_mean(df, 7), [1.0, 2.0, 4.0, 6.0])

    def test_interleaved_users_get_their_own_answers(self):
        """The right values on other rows: groupby(...).rolling(...) answers all of a, then all of
        b. Written back by position (.values), the means land on other users' rows.
        """
        df = events(["b", "a", "b", "a"], [0, 0, 1, 1], [10.0, 1.0, 20.0, 3.0])

        same(trailing_mean(df, 7), [10.0, 1.0, 15.0, 2.0])

    def test_newest_first_still_looks_back(self):
        """[5, 4, 1]: pandas refuses rows in disorder, but takes stamps that fall from row to row,
        and the window then reaches into the future. Time has to rise within each user.
        """
        df = events("a", [10, 8, 0], [5.0, 3.0, 1.0])

        same(trailing_mean(df, 7), [4.0, 3.0, 1.0])

    def test_labels_that_repeat_stay_apart(self):
        """Index labels repeat after every concat. Looked up or assigned by label, two rows get
        one answer, or pandas raises; row numbers do not repeat.
        """
        df = events("a", [2, 0, 1], [5.0, 1.0, 3.0]).set_axis([7, 7, 9])

        same(trailing_mean(df, 7), [3.0, 1.0, 2.0])

    def test_of_equal_stamps_only_the_earlier_rows_are_in(self):
        """[1, 4, 4, 4]: every row sees all that share its stamp, as with SQL's RANGE or a search
        for the last row of this stamp. The later row sees the earlier, not the other way round.
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

    def test_a_window_without_values_has_no_mean(self):
        """0 instead of NaN: missing values were filled, or added up to nothing. Zero is a value
        that others really have.
        """
        df = events("a", [0, 1, 9], [NAN, NAN, 4.0])

        same(trailing_mean(df, 7), [NAN, NAN, 4.0])

    def test_missing_values_do_not_count(self):
        """Half of 4: the sum left the missing value out and the count did not. NaN: the row's own
        value is missing, or one in its window, but others are there.
        """
        df = events("a", [0, 1, 2], [4.0, NAN, 8.0])

        same(trailing_mean(df, 7), [4.0, 4.0, 6.0])

    def test_rows_without_a_user_are_not_one_more_user(self):
        """With dropna=False, a filled key or the code -1, all strangers become one user with one
        history. An unknown user has no history: NaN.
        """
        df = events([np.nan, 1.0, np.nan, 1.0], [0, 1, 2, 3], [1.0, 3.0, 5.0, 7.0])

        same(trailing_mean(df, 7), [NAN, 3.0, NAN, 5.0])

    def test_every_unit_of_time_gives_the_same(self):
        """Stamps as integers count seconds, microseconds or nanoseconds; pandas 3 reads
        microseconds by default. A day of so many integers is right for one of them.
        """
        df = events("a", [0, 8, 10], [1.0, 3.0, 5.0])
        units = ("ns", "us", "s")
        frames = [df.assign(ts=df["ts"].dt.as_unit(unit)) for unit in units]
        answers = [trailing_mean(frame, 7).round(9).tolist() for frame in frames]

        assert dict(zip(units, answers, strict=True)) == {unit: [1.0, 3.0, 4.0] for unit in units}

    def test_a_day_has_24_hours_when_the_clocks_change(self):
        """In Berlin the clocks went forward on 31 March 2024: from 25 March, 9:00, to 1 April,
        9:00, are 167 hours, less than seven days. On the wall clock, without the zone, it is 168.
        """
        df = events("a", [24.375, 31.375], [1.0, 3.0])
        df["ts"] = df["ts"].dt.tz_localize("Europe/Berlin")

        same(trailing_mean(df, 7), [1.0, 2.0])

    def test_random_events_agree_with_the_definition(self, rng):
        """Only the mixture fails: several rules meet in one row, such as a tie of two users, or a
        missing value exactly `days` back. The expectation compares all rows with all rows.
        """
        df = random_events(rng)
        expected = by_definition(df, in_three_days, mean_or_nan)

        same(trailing_mean(df, 3), expected)

    def test_more_users_cost_no_more_steps(self, cost):
        """A Python loop over users, or a function given to groupby.apply, runs once for each of
        them. One grouped window, or one sort and cumulative sums, runs once for all.
        """

        def crowd(n):
            return events([u for u in range(n) for _ in range(2)], [0, 1] * n, [1.0, 3.0] * n)

        few, many = cost(trailing_mean, crowd(12), 7), cost(trailing_mean, crowd(48), 7)

        same(many.result, [1.0, 2.0] * 48)
        assert many.steps / few.steps < 2, "bytecode steps with 48 users, over those with 12"


class TestTrailingMeanRows:
    """A window in rows."""

    def test_the_callers_index_comes_back(self):
        """A grouped window answers under (user, row), a sorted copy in another order; the caller
        needs a number for each row of df, in its order, rows without a user among them.
        """
        df = events(["b", None, "a"], [2, 1, 0], [1.0, 3.0, 5.0]).set_axis(["r", "p", "q"])

        assert list(trailing_mean_rows(df, 2, 1).index) == ["r", "p", "q"]

    def test_exactly_min_rows_is_enough(self):
        """[nan, nan, 4]: rolling(n) asks for n values unless told otherwise. [1, 2, 4]: one value
        was enough. [nan, nan, nan]: the window is in days, and these rows are ten days apart.
        """
        df = events("a", [0, 10, 20], [1.0, 3.0, 8.0])

        same(trailing_mean_rows(df, 3, 2), [NAN, 2.0, 4.0])

    def test_a_window_counts_one_users_rows_only(self):
        """A first answer that is not NaN has another user's value in it: 5.5 is everybody's last
        two rows; 6.5 is sorted by user, and runs from the end of a into the beginning of b.
        """
        df = events(["a", "b", "a", "b"], [0, 1, 2, 3], [1.0, 10.0, 3.0, 20.0])

        same(trailing_mean_rows(df, 2, 2), [NAN, NAN, 2.0, 15.0])

    def test_the_last_rows_are_the_last_in_time(self):
        """[9, 5, 3]: a window of rows never complains about disorder and takes the rows as they
        stand. Here the newest event stands first.
        """
        df = events("a", [9, 0, 5], [9.0, 1.0, 5.0])

        same(trailing_mean_rows(df, 2, 1), [7.0, 1.0, 3.0])

    def test_labels_that_repeat_stay_apart(self):
        """Looked up or assigned by label, two rows with one label get one answer, or pandas
        raises. Row numbers do not repeat.
        """
        df = events("a", [2, 0, 1], [5.0, 1.0, 3.0]).set_axis([7, 7, 9])

        same(trailing_mean_rows(df, 2, 1), [4.0, 1.0, 2.0])

    def test_a_missing_value_still_takes_its_row(self):
        """A last mean of 5.5: missing values were dropped first, and the window became the last n
        values, which reaches further back than n rows.
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
        """Of rows with one stamp, the last is the one that stands last in df. sort_values on one
        column is a quicksort, and that shuffles them once there are more than a handful.
        """
        df = events("a", [1] * 100, [float(v) for v in range(100)])

        same(trailing_mean_rows(df, 2, 1), [0.0] + [v - 0.5 for v in range(1, 100)])

    def test_rows_without_a_user_are_not_one_more_user(self):
        """A number where there is no user: with dropna=False, a filled key or the code -1, all
        strangers become one user with one history.
        """
        df = events([None, "a", None, "a"], [0, 1, 2, 3], [1.0, 3.0, 5.0, 7.0])

        same(trailing_mean_rows(df, 2, 1), [NAN, 3.0, NAN, 5.0])

    def test_random_events_agree_with_the_definition(self, rng):
        """Only the mixture fails: several rules meet in one row, such as a tie and a missing
        value. The expectation takes each user's rows in a stable order.
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

        same(trailing_mean_rows(df, n_rows, 2), list(expected))


class TestPriorMean:
    """A window in days that ends before the row."""

    def test_the_callers_index_comes_back(self):
        """A grouped window answers under (user, stamp), a sorted copy in another order; the caller
        needs a number for each row of df, in its order, rows without a user among them.
        """
        df = events(["b", None, "a"], [2, 1, 0], [1.0, 3.0, 5.0]).set_axis(["r", "p", "q"])

        assert list(prior_mean(df, 7).index) == ["r", "p", "q"]

    def test_the_rows_own_value_never_enters(self):
        """A last mean of 4: the row itself is in its window, and hands the model the value it has
        to predict. The feature ends before t.
        """
        df = events("a", [0, 1, 2], [3.0, 3.0, 6.0])

        same(prior_mean(df, 7).iloc[1:], [3.0, 3.0])

    def test_nothing_before_is_nan_and_not_zero(self):
        """A first event has no past: 0 is a value that others really have, and the model cannot
        tell the two apart. 4 is its own value.
        """
        df = events("a", [0, 1], [4.0, 5.0])

        same(prior_mean(df, 7), [NAN, 4.0])

    def test_no_users_last_row_reaches_the_next_user(self):
        """5 where b begins: shift(1) after the groupby is a plain shift, and the first row of each
        user gets what the user before ended with.
        """
        df = events(["a", "a", "b", "b"], [0, 1, 0, 1], [5.0, 5.0, 7.0, 9.0])

        same(prior_mean(df, 7), [NAN, 5.0, NAN, 7.0])

    def test_the_window_is_counted_back_from_this_row(self):
        """After a pause of a month nothing is recent. 4 at the end: the previous row's answer,
        shifted. 3: all of the past. 5: values shifted by a row first, under stamps not their own.
        """
        df = events("a", [0, 20, 21, 51], [1.0, 3.0, 5.0, 9.0])

        same(prior_mean(df, 7), [NAN, NAN, 3.0, NAN])

    def test_rows_of_the_same_moment_never_enter(self):
        """At time t, what else happens at t is not known yet. Leaving out only the row itself, or
        taking what stands above it, lets its ties in.
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

    def test_labels_that_repeat_stay_apart(self):
        """Looked up or assigned by label, two rows with one label get one answer, or pandas
        raises. Row numbers do not repeat.
        """
        df = events("a", [2, 0, 1], [5.0, 1.0, 3.0]).set_axis([7, 7, 9])

        same(prior_mean(df, 7), [2.0, NAN, 1.0])

    def test_missing_values_do_not_count(self):
        """Half of 4 after the missing value: it was filled with zero, or counted."""
        df = events("a", [0, 1, 2], [4.0, NAN, 8.0])

        same(prior_mean(df, 7), [NAN, 4.0, 4.0])

    def test_rows_without_a_user_are_not_one_more_user(self):
        """A number where there is no user: with dropna=False, a filled key or the code -1, all
        strangers become one user with one history.
        """
        df = events([None, "a", None, "a"], [0, 1, 2, 3], [1.0, 3.0, 5.0, 7.0])

        same(prior_mean(df, 7), [NAN, NAN, NAN, 3.0])

    def test_random_events_agree_with_the_definition(self, rng):
        """Only the mixture fails: several rules meet in one row, such as a tie exactly `days`
        back. The expectation compares all rows with all rows.
        """
        df = random_events(rng)
        expected = by_definition(
            df, lambda gap, _: (gap >= -3 * DAY) & (gap < 0 * DAY), mean_or_nan
        )

        same(prior_mean(df, 3), expected)


class TestDailyMean:
    """A window in calendar days, quiet days included."""

    def test_the_table_has_three_columns(self):
        """The user and the day are columns here, not the index; the labels are 0, 1, 2, ..."""
        table = daily_mean(events(["a", "b"], [0, 0], [7.0, 5.0]), 7)

        assert list(table.columns) == ["user_id", "day", "mean"]
        assert list(table.index) == list(range(len(table)))
        assert table["day"].dtype.kind == "M", "the column day holds dates as datetime64"

    def test_the_first_days_divide_by_the_days_so_far(self):
        """A user who came yesterday has two days, not seven. Dividing by `days` from the start
        makes every new user look quiet; waiting for a full window leaves them out.
        """
        df = events("a", [0, 1], [7.0, 14.0])

        same_table(daily_mean(df, 7), [("a", 0, 7.0), ("a", 1, 10.5)])

    def test_a_day_counts_with_its_total(self):
        """First mean 2: a day's mean, not its sum. 1, 3, 6: a row for each event. Last mean 4: all
        rows of the window in one mean, which is per event.
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
        """More rows than days of their own: one calendar for all gives users zeros before they
        came, or after they left.
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
        """Only the mixture fails: several rules meet, such as a quiet day at the border of two
        users. The expectation adds up day by day.
        """
        df = random_events(rng)
        day = ((df["ts"] - pd.Timestamp("2024-03-01")) // DAY).to_numpy()
        paid, expected = df["v"].to_numpy(), []
        for name in ("a", "b", "c"):
            mine = (df["user_id"] == name).to_numpy()
            first, last = min(day[mine]), max(day[mine])
            totals = [np.nansum(paid[mine & (day == d)]) for d in range(first, last + 1)]
            for k in range(len(totals)):
                expected.append((name, first + k, np.mean(totals[max(0, k - 3) : k + 1])))

        same_table(daily_mean(df, 4), expected)


class TestTrailingDistinct:
    """The window in days again, for a question that pandas does not answer."""

    def test_the_callers_index_comes_back(self):
        """A grouped answer stands in the order of the users, a sorted copy in that of time; the
        caller needs a number for each row of df, in its order, rows without a user among them.
        """
        df = events(["b", None, "a"], [2, 1, 0], ["x", "y", "z"], "page")
        df = df.set_axis(["r", "p", "q"])

        assert list(trailing_distinct(df, 7, "page").index) == ["r", "p", "q"]

    def test_an_item_counts_once_however_often_it_comes(self):
        """[1, 2, 3, 4]: rows were counted, not items. Three visits of one page are one page."""
        df = events("a", [0, 1, 2, 3], ["x", "x", "y", "x"], "page")

        same(trailing_distinct(df, 7, "page"), [1, 1, 2, 2])

    def test_items_older_than_the_window_are_gone(self):
        """A last count of 3: nothing ever left. Either a running count only grows, or the window
        is far too long, as where stamps were read in another unit of time.
        """
        df = events("a", [0, 1, 9], ["x", "y", "z"], "page")

        same(trailing_distinct(df, 7, "page"), [1, 2, 1])

    def test_an_item_that_comes_back_counts_again(self):
        """First-ever flags count an item once in a lifetime. After a break it is new to the
        window, though not to the user.
        """
        df = events("a", [0, 20, 21], ["x", "x", "y"], "page")

        same(trailing_distinct(df, 7, "page"), [1, 1, 2])

    def test_an_item_leaves_with_its_last_row_and_not_its_first(self):
        """1 on day 8 where 2 are there: x came again on day 5 and is still in, but went when its
        first row went. An item stays until its newest row leaves.
        """
        df = events("a", [0, 5, 8, 13], ["x", "x", "y", "y"], "page")

        same(trailing_distinct(df, 7, "page"), [1, 1, 2, 1])

    def test_two_users_can_have_the_same_item(self):
        """3 at the end: the window holds everybody's pages. 1 where 2 belongs, or 0: a page that
        another user has just seen was not new.
        """
        df = events(["a", "b", "a", "b"], [0, 1, 2, 3], ["x", "x", "y", "z"], "page")

        same(trailing_distinct(df, 7, "page"), [1, 1, 2, 2])

    def test_a_row_exactly_days_back_is_out(self):
        """The window is (t - days, t]: an item seen exactly `days` ago has left it."""
        df = events("a", [0, 7, 14 - SECOND], ["x", "y", "z"], "page")

        same(trailing_distinct(df, 7, "page"), [1, 1, 2])

    def test_rows_come_in_any_order(self):
        """Rows that are taken as they stand in the file see the future, or miss the past. Sort a
        copy by time, and bring the answers back to the caller's rows.
        """
        df = events("a", [9, 0, 5], ["x", "y", "z"], "page")

        same(trailing_distinct(df, 7, "page"), [2, 1, 2])

    def test_labels_that_repeat_stay_apart(self):
        """Looked up or assigned by label, two rows with one label get one answer, or pandas
        raises. Row numbers do not repeat.
        """
        df = events("a", [2, 0, 1], ["x", "y", "z"], "page").set_axis([7, 7, 9])

        same(trailing_distinct(df, 7, "page"), [3, 1, 2])

    def test_of_equal_stamps_only_the_earlier_rows_are_in(self):
        """100 everywhere: rows with one stamp all see each other. In disorder: the sort was not
        stable. Each row sees those that stand before it in df, and not those after it.
        """
        df = events("a", [1] * 100, list(range(1, 101)), "page")

        same(trailing_distinct(df, 7, "page"), list(range(1, 101)))

    def test_a_missing_item_is_no_item(self):
        """One too many: nunique(dropna=False), a filled key or the code -1 make one item of all
        that are missing.
        """
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

    def test_rows_without_a_user_are_not_one_more_user(self):
        """A number where there is no user: with dropna=False, a filled key or the code -1, all
        strangers become one user with one history. 0: they got an empty window instead of NaN.
        """
        df = events([None, "a", None, "a"], [0, 1, 2, 3], ["x", "y", "z", "x"], "page")

        same(trailing_distinct(df, 7, "page"), [NAN, 1, NAN, 2])

    def test_every_unit_of_time_gives_the_same(self):
        """Stamps as integers count seconds, microseconds or nanoseconds; pandas 3 reads
        microseconds by default. A day of so many integers is right for one of them.
        """
        df = events("a", [0, 1, 9], ["x", "y", "z"], "page")
        units = ("ns", "us", "s")
        frames = [df.assign(ts=df["ts"].dt.as_unit(unit)) for unit in units]
        answers = [trailing_distinct(frame, 7, "page").round(9).tolist() for frame in frames]

        assert dict(zip(units, answers, strict=True)) == {unit: [1.0, 2.0, 1.0] for unit in units}

    def test_random_events_agree_with_the_definition(self, rng):
        """Only the mixture fails: several rules meet in one row, such as a tie of one item, or a
        missing item exactly `days` back. The expectation compares all rows with all rows.
        """
        df = random_events(rng)
        expected = by_definition(df, in_three_days, how_many, "page")

        same(trailing_distinct(df, 3, "page"), expected)


def window(oldest: float, newest: float, everybody: bool = False) -> Callable:
    """Make a feature: the mean of the values that are `newest` to `oldest` days old at t."""

    def feature(frame: pd.DataFrame) -> pd.Series:
        stamps, users = frame["ts"].to_numpy(), frame["user_id"].to_numpy(object)
        age = (stamps[:, None] - stamps) / DAY
        inside = (age >= newest) & (age <= oldest) & ~np.isnan(frame["v"].to_numpy())
        if not everybody:
            inside &= users[:, None] == users
        total = inside @ frame["v"].fillna(0.0).to_numpy()
        return pd.Series(total / np.where(inside.any(1), inside.sum(1), NAN), index=frame.index)

    return feature


def audited(table: pd.DataFrame, name: str) -> tuple[float, float]:
    """Read one feature's row."""
    return float(table.loc[name, "leaks"]), float(table.loc[name, "covers"])


def about(expected: tuple[float, float]) -> object:
    """Expect these shares but for rounding."""
    return pytest.approx(expected, rel=1e-9)


BEFORE, UP_TO_NOW, AFTER = window(7, SECOND), window(7, 0), window(-SECOND, -7)


class TestAuditFeatures:
    """What each feature owes to what was not known yet."""

    def test_the_table_has_a_row_for_each_feature(self):
        """The names stand in the index, and there are two columns, in this order."""
        df = events("a", [0, 1, 2], [1.0, 3.0, 8.0])
        table = audit_features(df, {"past": BEFORE, "now": UP_TO_NOW}, 0)

        assert (sorted(table.index), list(table.columns)) == (["now", "past"], ["leaks", "covers"])

    def test_the_events_own_value_is_a_leak(self):
        """0: the event's own value was known in its replay, though it is what the model predicts.
        Only what lies before t is known at t.
        """
        df = events("a", [0, 1, 2, 3], [1.0, 3.0, 8.0, 2.0])
        table = audit_features(df, {"sum": lambda frame: frame["v"].fillna(0.0)}, 0)

        assert audited(table, "sum") == about((1.0, 1.0))

    def test_a_feature_of_the_past_is_no_leak(self):
        """Leaks 0.25 here: NaN against NaN was taken for a change. 0.75: all answers of a replay
        were compared, not the event's own; with covers 0, one blanked frame served every event.
        """
        df = events("a", [0, 1, 2, 3], [1.0, 3.0, 8.0, 2.0])
        table = audit_features(df, {"past": BEFORE}, 0)

        assert audited(table, "past") == about((0.0, 0.75))

    def test_a_number_that_becomes_nan_is_a_change(self):
        """Leaks 0: nothing is greater than NaN, so the worst leak, a feature that has no value
        without the event itself, passes every comparison. Covers 1: counted on df.
        """
        df = events("a", [0, 20, 40, 60], [1.0, 3.0, 8.0, 2.0])
        table = audit_features(df, {"now": UP_TO_NOW}, 0)

        assert audited(table, "now") == about((1.0, 0.0))

    def test_two_answers_of_nan_are_no_change(self):
        """Leaks 1: NaN is not equal to itself. An event without a past has no feature, with or
        without the future.
        """
        df = events("a", [0, 20, 40, 60], [1.0, 3.0, 8.0, 2.0])
        table = audit_features(df, {"past": BEFORE}, 0)

        assert audited(table, "past") == about((0.0, 0.0))

    def test_rounding_is_no_leak(self):
        """Compared with ==, two answers differ in the last digit: the sum so far less the event's
        own value is the same number with and without that value, but for rounding.
        """
        df = events("a", [0, 1, 2, 3], [0.1, 0.2, 0.3, 0.4])

        def so_far(frame):
            values = frame["v"].fillna(0.0)
            return values.cumsum() - values

        assert audited(audit_features(df, {"so far": so_far}, 0), "so far") == about((0.0, 1.0))

    def test_what_comes_later_is_a_leak(self):
        """Leaks 0: the replay hid the event's own value only. At t, nothing of what comes after t
        is known. 0.75: the last of the four has nothing after it.
        """
        df = events("a", [0, 1, 2, 3], [1.0, 3.0, 8.0, 2.0])
        table = audit_features(df, {"next": AFTER}, 0)

        assert audited(table, "next") == about((0.75, 0.0))

    def test_another_row_of_the_same_moment_is_a_leak(self):
        """Two events at one stamp: neither knows the other's value. leaks 0: the event's own
        value was hidden and that of its tie was not; 0.25: by the order of the rows.
        """
        df = events("a", [0, 1, 1, 9], [1.0, 3.0, 8.0, 2.0])

        def twin(frame):
            both = frame.groupby("ts")["v"].transform("sum") - frame["v"].fillna(0.0)
            return both.where(frame["ts"].duplicated(keep=False), 0.0)

        assert audited(audit_features(df, {"twin": twin}, 0), "twin") == about((0.5, 1.0))

    def test_what_others_do_later_is_a_leak(self):
        """Leaks 0: only the event's own user was hidden. A mean over everybody's week holds what
        other users did after t, and that is not known either.
        """
        df = events(["a", "b", "c", "d"], [0, 1, 2, 3], [1.0, 3.0, 8.0, 2.0])
        table = audit_features(df, {"crowd": window(-SECOND, -7, everybody=True)}, 0)

        assert audited(table, "crowd") == about((0.75, 0.0))

    def test_each_event_is_judged_by_its_own_row(self):
        """Leaks 1: other rows were looked at too. Blanking changes later rows of every feature;
        what counts is the answer for the event that is replayed.
        """
        df = events(["a", "b", "a", "b"], [0, 1, 2, 3], [1.0, 3.0, 8.0, 2.0])

        def half(frame):
            return UP_TO_NOW(frame).where(frame["user_id"] == "b", BEFORE(frame))

        assert audited(audit_features(df, {"half": half}, 0), "half") == about((0.5, 0.5))

    def test_values_that_arrive_late_are_not_known(self):
        """Leaks 0 for the recent window: the delay was left out, or added to t. A chargeback is
        known weeks after its payment; until then the label's own window is open.
        """
        df = events("a", [0, 5, 20, 22], [1.0, 3.0, 8.0, 2.0])
        recent, old = window(7, SECOND), window(30, 14 + SECOND)
        table = audit_features(df, {"recent": recent, "old": old, "now": UP_TO_NOW}, 14)

        assert audited(table, "recent") == about((0.5, 0.0))
        assert audited(table, "old") == about((0.0, 0.5))
        assert audited(table, "now") == about((1.0, 0.0))

    def test_a_value_exactly_delay_old_is_not_known(self):
        """Known are stamps before t - delay. With <= instead of <, the value that arrives in this
        very moment is taken as known.
        """
        df = events("a", [0, 14, 28 + SECOND], [1.0, 3.0, 8.0])
        table = audit_features(df, {"old": window(15, 14)}, 14)

        assert audited(table, "old") == about((1 / 3, 1 / 3))

    def test_cover_is_what_the_replay_has(self):
        """Covers 1 for the first: it was counted on df, where the event itself fills its window.
        In production that value is not there; every first event is empty.
        """
        df = events(["a", "b", "a", "b"], [0, 1, 2, 3], [1.0, 3.0, 8.0, 2.0])
        table = audit_features(df, {"now": UP_TO_NOW, "past": BEFORE}, 0)

        assert audited(table, "now") == about((1.0, 0.5))
        assert audited(table, "past") == about((0.0, 0.5))

    def test_the_first_row_is_the_one_to_take(self):
        """Sorted by cover alone, a leak comes first: it has most of the values. Fewest leaks
        first, and only then the wider cover.
        """
        df = events("a", [0, 1, 9, 10], [1.0, 3.0, 8.0, 2.0])
        filled = {"filled": lambda frame: UP_TO_NOW(frame).fillna(0.0)}
        table = audit_features(df, filled | {"week": BEFORE, "month": window(30, SECOND)}, 0)

        assert list(table.index) == ["month", "week", "filled"]

    def test_labels_that_repeat_stay_apart(self):
        """An answer read by label is another row's, or several. The event is a place in df."""
        df = events("a", [0, 1, 2, 9], [1.0, 3.0, 8.0, 2.0]).set_axis([7, 7, 7, 9])
        table = audit_features(df, {"now": UP_TO_NOW, "past": BEFORE}, 0)

        assert audited(table, "now") == about((1.0, 0.75))
        assert audited(table, "past") == about((0.0, 0.75))

    def test_random_events_agree_with_the_definition(self, rng):
        """Only the mixture fails: rows in disorder, ties, delays, several users. The expectation
        compares the window's values with those of them that were known.
        """
        n, delay = 10, 2
        df = events(
            rng.choice(np.array(["a", "b"]), n),
            list(rng.integers(0, 40, n) / 4),
            list(np.where(np.arange(n) < 2, NAN, rng.integers(1, 2**30, n).astype(float))),
        )
        stamps, users, values = df["ts"].to_numpy(), df["user_id"].to_numpy(), df["v"].to_numpy()
        spans, expected = {"day": (1, 0), "week": (7, 1), "old": (9, 2 + SECOND)}, {}
        for name, (oldest, newest) in spans.items():
            leaks, covers = [], []
            for t, who in zip(stamps, users, strict=True):
                age = (t - stamps) / DAY
                seen = (users == who) & (age >= newest) & (age <= oldest) & ~np.isnan(values)
                known = seen & (age > delay)
                leaks.append(known.sum() < seen.sum())
                covers.append(known.any())
            expected[name] = [np.mean(leaks), np.mean(covers)]

        table = audit_features(df, {name: window(*span) for name, span in spans.items()}, delay)

        actual = table.loc[list(spans), ["leaks", "covers"]].to_numpy(dtype=float)
        np.testing.assert_allclose(actual, list(expected.values()), rtol=1e-9)
