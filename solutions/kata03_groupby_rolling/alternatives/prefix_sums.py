"""No rolling window at all: one sort, binary searches over (user, time), cumulative sums."""

import numpy as np
import pandas as pd


class _Rows:
    """The rows of known users, sorted by user and time, in numpy."""

    def __init__(self, df: pd.DataFrame) -> None:
        codes = pd.factorize(df["user_id"], sort=True)[0]
        clock = pd.DatetimeIndex(df["ts"]).as_unit("ns").asi8
        order = np.lexsort((np.arange(len(df)), clock, codes))
        self.order = order[codes[order] >= 0]
        self.user, self.clock = codes[self.order], clock[self.order]
        self.value = df["v"].to_numpy()[self.order]
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
        there = ~np.isnan(self.value)
        count = np.concatenate([[0], np.cumsum(there)])
        total = np.concatenate([[0.0], np.cumsum(np.where(there, self.value, 0.0))])
        n = count[end] - count[first]
        mean = np.full(len(n), np.nan)
        np.divide(total[end] - total[first], n, out=mean, where=n >= least)
        out = np.full(self.size, np.nan)
        out[self.order] = mean
        return pd.Series(out, index=self.index)


DAY = 86_400 * 10**9


def trailing_mean(df: pd.DataFrame, days: int) -> pd.Series:
    """Average between the first row after t - days and the row itself."""
    rows = _Rows(df)
    return rows.mean(rows.first_at(rows.clock - days * DAY + 1), np.arange(len(rows.user)) + 1)


def trailing_mean_rows(df: pd.DataFrame, n_rows: int, min_rows: int) -> pd.Series:
    """Average from n_rows - 1 rows back, but not past the user's first row."""
    rows = _Rows(df)
    place = np.arange(len(rows.user))
    users_first = np.searchsorted(rows.user, rows.user)
    return rows.mean(np.maximum(users_first, place - n_rows + 1), place + 1, min_rows)


def prior_mean(df: pd.DataFrame, days: int) -> pd.Series:
    """Average between the first row at t - days and the first row at t."""
    rows = _Rows(df)
    return rows.mean(rows.first_at(rows.clock - days * DAY), rows.first_at(rows.clock))
