"""Every definition read off as loops over plain Python values: queues, dictionaries, no pandas.

trailing_mean is left to the reference: a loop over users is what its stub rules out.
"""

import math
from collections import Counter, defaultdict, deque
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import numpy as np
import pandas as pd


def _refuse(holds: bool, sentence: str) -> None:
    if not holds:
        raise ValueError(sentence)


def _histories(
    df: pd.DataFrame, user: str, ts: str, value: str
) -> Iterator[list[tuple[int, Any, Any, Any]]]:
    """Yield each user's rows as (place, user, stamp, value), by time."""
    _refuse(not any(pd.isna(stamp) for stamp in df[ts]), "ts: a time stamp is missing")
    by_user: dict[Any, list[tuple[int, Any, Any, Any]]] = {}
    for place, row in enumerate(zip(df[user], df[ts], df[value], strict=True)):
        if not pd.isna(row[0]):
            by_user.setdefault(row[0], []).append((place, *row))
    for name in sorted(by_user):
        yield sorted(by_user[name], key=lambda row: row[2])


def _average(values: list[float]) -> float:
    present = [v for v in values if not math.isnan(v)]
    return sum(present) / len(present) if present else math.nan


def _series(result: dict[int, float], df: pd.DataFrame) -> pd.Series:
    filled = [result.get(place, math.nan) for place in range(len(df))]
    return pd.Series(filled, index=df.index, dtype="float64")


def trailing_mean_rows(
    df: pd.DataFrame,
    n_rows: int,
    min_rows: int,
    user: str = "user_id",
    ts: str = "ts",
    value: str = "v",
) -> pd.Series:
    """Average the user's last rows."""
    _refuse(n_rows >= 1, "n_rows must be positive")
    _refuse(1 <= min_rows <= n_rows, "min_rows must lie between 1 and n_rows")
    result = {}
    for history in _histories(df, user, ts, value):
        window: deque[float] = deque(maxlen=n_rows)
        for place, _, _, v in history:
            window.append(v)
            enough = sum(not math.isnan(w) for w in window) >= min_rows
            result[place] = _average(list(window)) if enough else math.nan
    return _series(result, df)


def prior_mean(
    df: pd.DataFrame, days: int, user: str = "user_id", ts: str = "ts", value: str = "v"
) -> pd.Series:
    """Average what the user did in the days before."""
    _refuse(days >= 1, "days must be positive")
    result = {}
    for history in _histories(df, user, ts, value):
        for place, _, now, _ in history:
            begin = now - timedelta(days=days)
            result[place] = _average([v for _, _, t, v in history if begin <= t < now])
    return _series(result, df)


def daily_mean(
    df: pd.DataFrame, days: int, user: str = "user_id", ts: str = "ts", value: str = "v"
) -> pd.DataFrame:
    """Walk each user's calendar with a queue of the last days' totals."""
    _refuse(days >= 1, "days must be positive")
    users, dates, means = [], [], []
    for history in _histories(df, user, ts, value):
        totals: defaultdict[Any, float] = defaultdict(float)
        for _, _, stamp, v in history:
            totals[stamp.normalize()] += 0.0 if math.isnan(v) else v
        window: deque[float] = deque(maxlen=days)
        day = min(totals)
        while day <= max(totals):
            window.append(totals[day])
            users.append(history[0][1])
            dates.append(day)
            means.append(sum(window) / len(window))
            day += timedelta(days=1)
    return pd.DataFrame(
        {
            user: users,
            "day": np.array(dates, dtype="datetime64[us]"),
            "mean": np.array(means, dtype=float),
        }
    )


def trailing_distinct(
    df: pd.DataFrame, days: int, item: str, user: str = "user_id", ts: str = "ts"
) -> pd.Series:
    """Slide two ends along each user's history, with a count of each item between them."""
    _refuse(days >= 1, "days must be positive")
    result = {}
    for history in _histories(df, user, ts, item):
        inside: Counter[Any] = Counter()
        oldest = 0
        for place, _, now, name in history:
            if not pd.isna(name):
                inside[name] += 1
            while history[oldest][2] <= now - timedelta(days=days):
                gone = history[oldest][3]
                if not pd.isna(gone):
                    inside[gone] -= 1
                    if inside[gone] == 0:
                        del inside[gone]
                oldest += 1
            result[place] = float(len(inside))
    return _series(result, df)
