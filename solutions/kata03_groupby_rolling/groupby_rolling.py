"""Reference: trailing windows per user, by days and by rows, and which of them leak."""

from collections import OrderedDict
from collections.abc import Callable

import numpy as np
import pandas as pd


def _by_user_and_time(df: pd.DataFrame, column: str) -> pd.DataFrame:
    """Rows of known users, by user and time, ties as they came; the index is the row's number."""
    rows = df[["user_id", "ts", column]].set_axis(range(len(df)))
    return rows.dropna(subset="user_id").sort_values(["user_id", "ts"])


def _as_the_caller(result: object, rows: pd.DataFrame, df: pd.DataFrame) -> pd.Series:
    """Bring a result in the order of `rows` back to the order and the index of `df`."""
    back = np.full(len(df), np.nan)
    back[rows.index] = result
    return pd.Series(back, index=df.index)


def _mean(df: pd.DataFrame, days: int, closed: str) -> pd.Series:
    rows = _by_user_and_time(df, "v")
    window = rows.groupby("user_id").rolling(pd.Timedelta(days=days), on="ts", closed=closed)
    return _as_the_caller(window["v"].mean(), rows, df)


def trailing_mean(df: pd.DataFrame, days: int) -> pd.Series:
    """Mean over the user's window (t - days, t]."""
    return _mean(df, days, "right")


def trailing_mean_rows(df: pd.DataFrame, n_rows: int, min_rows: int) -> pd.Series:
    """Mean over the user's last `n_rows` rows, if `min_rows` of them have a value."""
    rows = _by_user_and_time(df, "v")
    window = rows.groupby("user_id")["v"].rolling(n_rows, min_periods=min_rows)
    return _as_the_caller(window.mean(), rows, df)


def prior_mean(df: pd.DataFrame, days: int) -> pd.Series:
    """Mean over the user's window [t - days, t)."""
    return _mean(df, days, "left")


def daily_mean(df: pd.DataFrame, days: int) -> pd.DataFrame:
    """Mean of the user's daily totals over the last `days` calendar days, for each day."""
    rows = _by_user_and_time(df, "v")
    rows["day"] = rows["ts"].dt.normalize()
    totals = rows.groupby(["user_id", "day"])["v"].sum()
    first = rows.groupby("user_id")["day"].min()
    last = rows.groupby("user_id")["day"].max()
    table = first.repeat((last - first).dt.days + 1).reset_index()
    table["day"] += pd.to_timedelta(table.groupby("user_id").cumcount(), unit="D")
    filled = totals.reindex(pd.MultiIndex.from_frame(table), fill_value=0.0)
    means = filled.groupby("user_id").rolling(days, min_periods=1).mean()
    return table.assign(mean=means.to_numpy())


def trailing_distinct(df: pd.DataFrame, days: int, item: str) -> pd.Series:
    """Count the distinct items of the user's window (t - days, t].

    Only the newest row of an item holds its place, so that the oldest place is always first.
    """
    rows = _by_user_and_time(df, item)
    counts: list[int] = []
    for _, mine in rows.groupby("user_id"):
        newest: OrderedDict[object, pd.Timestamp] = OrderedDict()
        for now, name in mine[["ts", item]].itertuples(index=False):
            if pd.notna(name):
                newest[name] = now
                newest.move_to_end(name)
            while newest and next(iter(newest.values())) <= now - pd.Timedelta(days=days):
                newest.popitem(last=False)
            counts.append(len(newest))
    return _as_the_caller(counts, rows, df)


def audit_features(
    df: pd.DataFrame, features: dict[str, Callable[[pd.DataFrame], pd.Series]], delay: int
) -> pd.DataFrame:
    """Compare every feature with its replay, event by event."""
    ends = df["ts"] - pd.Timedelta(days=delay)
    audit = {}
    for name, feature in features.items():
        offline = feature(df).to_numpy(float)
        replay = np.full(len(df), np.nan)
        for place, end in enumerate(ends):
            known = df.assign(v=df["v"].where(df["ts"] < end))
            replay[place] = feature(known).iloc[place]
        same = np.isclose(offline, replay, equal_nan=True)
        audit[name] = {"leaks": np.mean(~same), "covers": np.mean(~np.isnan(replay))}
    table = pd.DataFrame.from_dict(audit, orient="index")
    return table.sort_values(["leaks", "covers"], ascending=[True, False])
