"""Reference: trailing windows per user, by days and by rows."""

import numpy as np
import pandas as pd


def _at_least_one(**numbers: int) -> None:
    """Refuse a count below 1, by the argument's name."""
    for name, number in numbers.items():
        if number < 1:
            raise ValueError(f"{name} must be at least 1, got {number}")


def _by_user_and_time(df: pd.DataFrame, user: str, ts: str, value: str) -> pd.DataFrame:
    """Rows of known users, by user and time, ties as they came; the index is the input's row."""
    if df[ts].isna().any():
        raise ValueError("ts must not hold a missing time stamp")
    rows = pd.DataFrame({"user": df[user].array, "ts": df[ts].array, "value": df[value].array})
    return rows[rows["user"].notna()].sort_values(["user", "ts"])


def _as_the_caller(result: pd.Series, rows: pd.DataFrame, df: pd.DataFrame) -> pd.Series:
    """Bring a result in the order of `rows` back to the order and the index of `df`."""
    back = np.full(len(df), np.nan)
    back[rows.index] = result
    return pd.Series(back, index=df.index)


def _mean(df: pd.DataFrame, days: int, closed: str, user: str, ts: str, value: str) -> pd.Series:
    _at_least_one(days=days)
    rows = _by_user_and_time(df, user, ts, value)
    window = rows.groupby("user").rolling(pd.Timedelta(days=days), on="ts", closed=closed)
    return _as_the_caller(window["value"].mean(), rows, df)


def trailing_mean(
    df: pd.DataFrame, days: int, user: str = "user_id", ts: str = "ts", value: str = "v"
) -> pd.Series:
    """Mean over the user's window (t - days, t]."""
    return _mean(df, days, "right", user, ts, value)


def trailing_mean_rows(
    df: pd.DataFrame,
    n_rows: int,
    min_rows: int,
    user: str = "user_id",
    ts: str = "ts",
    value: str = "v",
) -> pd.Series:
    """Mean over the user's last `n_rows` rows, if `min_rows` of them have a value."""
    _at_least_one(n_rows=n_rows, min_rows=min_rows)
    if min_rows > n_rows:
        raise ValueError(f"min_rows must be at most n_rows = {n_rows}, got {min_rows}")
    rows = _by_user_and_time(df, user, ts, value)
    window = rows.groupby("user")["value"].rolling(n_rows, min_periods=min_rows)
    return _as_the_caller(window.mean(), rows, df)


def prior_mean(
    df: pd.DataFrame, days: int, user: str = "user_id", ts: str = "ts", value: str = "v"
) -> pd.Series:
    """Mean over the user's window [t - days, t)."""
    return _mean(df, days, "left", user, ts, value)


def daily_mean(
    df: pd.DataFrame, days: int, user: str = "user_id", ts: str = "ts", value: str = "v"
) -> pd.DataFrame:
    """Mean of the user's daily totals over the last `days` calendar days, for each day."""
    _at_least_one(days=days)
    rows = _by_user_and_time(df, user, ts, value)
    rows["day"] = rows["ts"].dt.normalize()
    totals = rows.groupby(["user", "day"])["value"].sum()
    seen = rows.groupby("user")["day"]
    first, last = seen.min(), seen.max()
    table = first.repeat((last - first).dt.days + 1).reset_index()
    table["day"] += pd.to_timedelta(table.groupby("user").cumcount(), unit="D")
    filled = totals.reindex(pd.MultiIndex.from_frame(table), fill_value=0.0)
    window = filled.groupby("user").rolling(days, min_periods=1)
    return table.assign(mean=window.mean().to_numpy()).rename(columns={"user": user})


def trailing_distinct(
    df: pd.DataFrame, days: int, item: str, user: str = "user_id", ts: str = "ts"
) -> pd.Series:
    """Count the distinct items of the user's window (t - days, t].

    Each row stands for its item until the item's next row, or until the windows have passed it:
    add one where it enters, take one where it leaves, and sum along.
    """
    _at_least_one(days=days)
    rows = _by_user_and_time(df, user, ts, item)
    rows["place"] = np.arange(len(rows))
    window = rows.groupby("user").rolling(pd.Timedelta(days=days), on="ts")
    passed = np.searchsorted(window["place"].min(), rows["place"], side="right")
    replaced = rows.groupby(["user", "value"])["place"].shift(-1)
    known = rows["value"].notna()
    leaves = np.fmin(passed, replaced)[known].astype(int)
    left = np.bincount(leaves, minlength=len(rows))[: len(rows)]
    return _as_the_caller((known - left).cumsum(), rows, df)
