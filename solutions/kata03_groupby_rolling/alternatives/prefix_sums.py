"""No rolling window at all: one sort, binary searches over (user, time), cumulative sums."""

import numpy as np
import pandas as pd


class _Rows:
    """The rows of known users, sorted by user and time, in numpy."""

    def __init__(self, df: pd.DataFrame, user: str, ts: str, value: str) -> None:
        if df[ts].isna().any():
            raise ValueError("ts has missing stamps")
        codes = pd.factorize(df[user], sort=True)[0]
        clock = df[ts].to_numpy().astype("datetime64[ns]").astype(np.int64)
        order = np.lexsort((np.arange(len(df)), clock, codes))
        self.order = order[codes[order] >= 0]
        self.user, self.clock = codes[self.order], clock[self.order]
        self.value = df[value].to_numpy()[self.order]
        self.size, self.index = len(df), df.index

    def first_at(self, clock: np.ndarray) -> np.ndarray:
        """Return, for each row, the user's first row at or after a time."""
        n = len(self.user)
        both = np.lexsort(
            (
                np.repeat([1, 0], n),
                np.concatenate([self.clock, clock]),
                np.concatenate([self.user, self.user]),
            )
        )
        rows_before = np.cumsum(both < n)
        answer = np.empty(n, dtype=int)
        answer[both[both >= n] - n] = rows_before[both >= n]
        return answer

    def mean(self, first: np.ndarray, end: np.ndarray, least: int = 1) -> pd.Series:
        """Average the values of rows first <= i < end, where `least` are there."""
        there = ~np.isnan(self.value.astype(float))
        count = np.concatenate([[0], np.cumsum(there)])
        total = np.concatenate([[0.0], np.cumsum(np.where(there, self.value.astype(float), 0.0))])
        n = count[end] - count[first]
        mean = np.full(len(n), np.nan)
        np.divide(total[end] - total[first], n, out=mean, where=n >= least)
        return self.back(mean)

    def back(self, result: np.ndarray) -> pd.Series:
        """Put a result where its rows came from."""
        out = np.full(self.size, np.nan)
        out[self.order] = result
        return pd.Series(out, index=self.index)


def _span(days: int) -> int:
    if days <= 0:
        raise ValueError(f"days = {days} is no window")
    return days * 86_400 * 10**9


def trailing_mean(
    df: pd.DataFrame, days: int, user: str = "user_id", ts: str = "ts", value: str = "v"
) -> pd.Series:
    """Average between the first row after t - days and the row itself."""
    span = _span(days)
    rows = _Rows(df, user, ts, value)
    return rows.mean(rows.first_at(rows.clock - span + 1), np.arange(len(rows.user)) + 1)


def trailing_mean_rows(
    df: pd.DataFrame,
    n_rows: int,
    min_rows: int,
    user: str = "user_id",
    ts: str = "ts",
    value: str = "v",
) -> pd.Series:
    """Average from n_rows - 1 rows back, but not past the user's first row."""
    for name, number in (("n_rows", n_rows), ("min_rows", min_rows)):
        if number <= 0:
            raise ValueError(f"{name} = {number} is no count")
    if n_rows < min_rows:
        raise ValueError("min_rows is more than there can be")
    rows = _Rows(df, user, ts, value)
    place = np.arange(len(rows.user))
    users_first = np.searchsorted(rows.user, rows.user)
    return rows.mean(np.maximum(users_first, place - n_rows + 1), place + 1, min_rows)


def prior_mean(
    df: pd.DataFrame, days: int, user: str = "user_id", ts: str = "ts", value: str = "v"
) -> pd.Series:
    """Average between the first row at t - days and the first row at t."""
    span = _span(days)
    rows = _Rows(df, user, ts, value)
    return rows.mean(rows.first_at(rows.clock - span), rows.first_at(rows.clock))
