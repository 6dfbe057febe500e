"""Trailing windows per user: by days, by rows, before the event, by calendar day; which one leaks.

For every function:

- `df` has one row per event: user_id, ts (datetime64 of any unit), v (float, NaN where missing).
  Rows come in any order, users interleave, index labels may repeat.
- Rows with equal stamps keep the order they have in `df`.
- A day is 24 hours. Only daily_mean looks at calendar days, from midnight to midnight.
- Missing values are skipped: not in the sum, not in the count. No values: NaN.
- A row without a user (None or NaN) is in nobody's window, and its own result is NaN.
- A returned Series has one number for each row of `df`, in the order and on the index of `df`.
"""

from collections.abc import Callable

import pandas as pd


def trailing_mean(df: pd.DataFrame, days: int) -> pd.Series:
    """Mean of the user's values in the window (t - days, t], for the row at time t.

    The row itself is in; of rows with its stamp, only those that stand earlier in `df`. Here `ts`
    may carry a time zone: a day has 24 hours also when the clocks change. No Python loop over users
    or rows, nor a function of yours called for each: a test counts the bytecode steps.

    >>> when = pd.to_datetime(["2024-03-01", "2024-03-08", "2024-03-10"])
    >>> trailing_mean(pd.DataFrame({"user_id": "a", "ts": when, "v": [1.0, 3.0, 5.0]}), 7).tolist()
    [1.0, 3.0, 4.0]
    """
    raise NotImplementedError


def trailing_mean_rows(df: pd.DataFrame, n_rows: int, min_rows: int) -> pd.Series:
    """Mean over the user's last `n_rows` rows in time, the row itself included.

    A row with a missing value takes its place among the `n_rows`. Fewer than `min_rows` values
    give NaN; `min_rows` are enough, also where the user has fewer than `n_rows` rows so far.

    >>> when = pd.to_datetime(["2024-03-01", "2024-03-08", "2024-03-10"])
    >>> events = pd.DataFrame({"user_id": "a", "ts": when, "v": [1.0, 3.0, 5.0]})
    >>> trailing_mean_rows(events, n_rows=2, min_rows=2).tolist()
    [nan, 2.0, 4.0]
    """
    raise NotImplementedError


def prior_mean(df: pd.DataFrame, days: int) -> pd.Series:
    """Mean of the user's values in [t - days, t): no row with the stamp t is in.

    >>> when = pd.to_datetime(["2024-03-01", "2024-03-08", "2024-03-10"])
    >>> prior_mean(pd.DataFrame({"user_id": "a", "ts": when, "v": [1.0, 3.0, 5.0]}), 7).tolist()
    [nan, 1.0, 3.0]
    """
    raise NotImplementedError


def daily_mean(df: pd.DataFrame, days: int) -> pd.DataFrame:
    """Mean of the user's daily totals over the last `days` calendar days, for each day.

    Columns "user_id", "day" (datetime64, midnight), "mean"; sorted by user and day; RangeIndex.
    A row for every day from the user's first row to the user's last. A day's total is the sum of
    its values, 0 if there are none. Days before the user's first do not count.

    >>> when = pd.to_datetime(["2024-03-01 09:00", "2024-03-01 18:00", "2024-03-03 12:00"])
    >>> events = pd.DataFrame({"user_id": "a", "ts": when, "v": [1.0, 3.0, 6.0]})
    >>> daily_mean(events, 2)["mean"].tolist()
    [4.0, 2.0, 3.0]
    """
    raise NotImplementedError


def trailing_distinct(df: pd.DataFrame, days: int, item: str) -> pd.Series:
    """Count the distinct items (column `item`) in the window of trailing_mean, at any speed.

    A missing item (None or NaN) is no item; a window without items gives 0.

    >>> when = pd.to_datetime(["2024-03-01", "2024-03-08", "2024-03-10"])
    >>> events = pd.DataFrame({"user_id": "a", "ts": when, "page": ["x", "x", "z"]})
    >>> trailing_distinct(events, 7, item="page").tolist()
    [1.0, 1.0, 2.0]
    """
    raise NotImplementedError


def audit_features(
    df: pd.DataFrame, features: dict[str, Callable[[pd.DataFrame], pd.Series]], delay: int
) -> pd.DataFrame:
    """Decide which features may be used: replay each on what was known at each event.

    A feature takes a frame like `df` and gives a number or NaN for each row. Known at t are the
    values of all rows, whoever's, with stamps before t - `delay` days. To replay the event at t,
    set v to NaN in all other rows, its own too, call the feature, and look at the event's row.

    One row per feature, its name as the index. "leaks": share of events whose replay differs from
    the feature on `df` itself, by more than rounding; NaN equals NaN. "covers": share whose replay
    is not NaN. Fewest leaks first, then widest cover: the first row is the feature to take.

    >>> when = pd.to_datetime(["2024-03-01", "2024-03-02", "2024-03-03"])
    >>> events = pd.DataFrame({"user_id": "a", "ts": when, "v": [1.0, 3.0, 5.0]})
    >>> last = {"own": lambda frame: frame["v"], "before": lambda frame: frame["v"].shift(1)}
    >>> audit_features(events, last, delay=0).round(2).to_dict("index")
    {'before': {'leaks': 0.0, 'covers': 0.67}, 'own': {'leaks': 1.0, 'covers': 0.0}}
    """
    raise NotImplementedError
