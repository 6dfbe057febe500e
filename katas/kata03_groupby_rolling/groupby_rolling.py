"""Trailing windows per user: by days, by rows, before the event, by calendar day.

What holds for every function here:

- `df` has one row per event. `user`, `ts`, `value`, `item` name its columns. `ts` is datetime64
  of any unit, without a time zone. Values are finite, ints or floats, or NaN. A column of users
  or items holds strings or numbers, not both.
- Rows come in any order and users interleave. The index is anything; labels may repeat.
- Time decides which row is earlier; rows with equal stamps keep the order they have in `df`.
- A day is 24 hours. Only daily_mean looks at calendar days, which start at midnight.
- A row whose user is missing (None or NaN) is in nobody's window, and its own result is NaN.
- A returned Series is float64, has one entry for each row of `df`, in the order of `df`, and
  carries `df.index` as it is. Its name is free. A frame without rows gives a Series without rows.
- `df` is not changed.
- ValueError, with the argument's name in the message: `days` (or `n_rows`, `min_rows`) below 1;
  `ts` where any time stamp is missing, whatever the column is called.
"""

import pandas as pd


def trailing_mean(
    df: pd.DataFrame, days: int, user: str = "user_id", ts: str = "ts", value: str = "v"
) -> pd.Series:
    """Mean of the user's values in the window (t - days, t], for the row at time t.

    The row itself is in; a row exactly `days` earlier is out. Of rows with the same stamp, only
    those that stand earlier in `df` are in. NaN values are skipped and not counted; a window
    without values gives NaN.

    No Python loop over users or rows: with 4 times the users, each with as many rows as before,
    the bytecode steps that run in your file stay below 2 times as many.

    >>> when = pd.to_datetime(["2024-03-01", "2024-03-08", "2024-03-10"])
    >>> events = pd.DataFrame({"user_id": "a", "ts": when, "v": [1.0, 3.0, 5.0]})
    >>> trailing_mean(events, 7).tolist()
    [1.0, 3.0, 4.0]
    """
    raise NotImplementedError


def trailing_mean_rows(
    df: pd.DataFrame,
    n_rows: int,
    min_rows: int,
    user: str = "user_id",
    ts: str = "ts",
    value: str = "v",
) -> pd.Series:
    """Mean over the user's last `n_rows` rows in time, the row itself included.

    A row with a NaN value takes its place among the `n_rows` and is skipped in the mean. Fewer
    than `min_rows` values give NaN; at least `min_rows` give their mean, also where the user has
    fewer than `n_rows` rows so far. `min_rows` above `n_rows`: ValueError that names `min_rows`.

    >>> when = pd.to_datetime(["2024-03-01", "2024-03-08", "2024-03-10"])
    >>> events = pd.DataFrame({"user_id": "a", "ts": when, "v": [1.0, 3.0, 5.0]})
    >>> trailing_mean_rows(events, n_rows=2, min_rows=2).tolist()
    [nan, 2.0, 4.0]
    """
    raise NotImplementedError


def prior_mean(
    df: pd.DataFrame, days: int, user: str = "user_id", ts: str = "ts", value: str = "v"
) -> pd.Series:
    """Mean of the user's values in [t - days, t): strictly before t, safe as a feature.

    A row exactly `days` earlier is in. The row itself, and every other row with its stamp, is
    out. NaN values are skipped and not counted; without a value in the window the result is NaN.

    >>> when = pd.to_datetime(["2024-03-01", "2024-03-08", "2024-03-10"])
    >>> events = pd.DataFrame({"user_id": "a", "ts": when, "v": [1.0, 3.0, 5.0]})
    >>> prior_mean(events, 7).tolist()
    [nan, 1.0, 3.0]
    """
    raise NotImplementedError


def daily_mean(
    df: pd.DataFrame, days: int, user: str = "user_id", ts: str = "ts", value: str = "v"
) -> pd.DataFrame:
    """Mean of the user's daily totals over the last `days` calendar days, for each day.

    One row per user and calendar day, for every day from the user's first row to the user's last.
    A day's total is the sum of its values; a day without rows, or with NaN values only, has the
    total 0. The mean is over that day and the `days` - 1 before it; days before the user's first
    row do not count, so the first day's mean is its own total. Rows without a user are left out.

    Columns: the user (named as in `df`), "day" (datetime64 of any unit, at midnight), "mean"
    (float64), in this order; sorted by user and day, ascending; RangeIndex. Without rows, or
    without any user, the result has the three columns and no rows.

    >>> when = pd.to_datetime(["2024-03-01 09:00", "2024-03-01 18:00", "2024-03-03 12:00"])
    >>> events = pd.DataFrame({"user_id": "a", "ts": when, "v": [1.0, 3.0, 6.0]})
    >>> daily_mean(events, 2)["mean"].tolist()
    [4.0, 2.0, 3.0]
    """
    raise NotImplementedError


def trailing_distinct(
    df: pd.DataFrame, days: int, item: str, user: str = "user_id", ts: str = "ts"
) -> pd.Series:
    """Count the distinct items in the user's window (t - days, t]: the window of trailing_mean.

    A missing item (None or NaN) is no item; a window without items gives 0. A row without a user
    gets NaN here, too. Time and memory grow about as the rows do, whatever the window holds: with
    4 times the rows, the bytecode steps in your file and the peak bytes stay below 8 times as many.

    >>> when = pd.to_datetime(["2024-03-01", "2024-03-08", "2024-03-10"])
    >>> events = pd.DataFrame({"user_id": "a", "ts": when, "page": ["x", "x", "z"]})
    >>> trailing_distinct(events, 7, item="page").tolist()
    [1.0, 1.0, 2.0]
    """
    raise NotImplementedError
