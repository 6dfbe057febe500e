"""Every definition read off as loops over plain Python values: queues, dictionaries, no pandas.

trailing_mean is left to the reference: a loop over users is what its stub rules out.
"""

import math
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import numpy as np
import pandas as pd


def _histories(df: pd.DataFrame, value: str) -> Iterator[list[tuple[int, Any, Any, Any]]]:
    """Yield each user's rows as (place, user, stamp, value), by time."""
    by_user: dict[Any, list[tuple[int, Any, Any, Any]]] = {}
    for place, row in enumerate(zip(df["user_id"], df["ts"], df[value], strict=True)):
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


def trailing_mean_rows(df: pd.DataFrame, n_rows: int, min_rows: int) -> pd.Series:
    """Average the user's last rows."""
    result = {}
    for history in _histories(df, "v"):
        window: deque[float] = deque(maxlen=n_rows)
        for place, _, _, v in history:
            window.append(v)
            enough = sum(not math.isnan(w) for w in window) >= min_rows
            result[place] = _average(list(window)) if enough else math.nan
    return _series(result, df)


def prior_mean(df: pd.DataFrame, days: int) -> pd.Series:
    """Average what the user did in the days before."""
    result = {}
    for history in _histories(df, "v"):
        for place, _, now, _ in history:
            begin = now - timedelta(days=days)
            result[place] = _average([v for _, _, t, v in history if begin <= t < now])
    return _series(result, df)


def daily_mean(df: pd.DataFrame, days: int) -> pd.DataFrame:
    """Walk each user's calendar with a queue of the last days' totals."""
    users, dates, means = [], [], []
    for history in _histories(df, "v"):
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
        {"user_id": users, "day": np.array(dates, dtype="datetime64[us]"), "mean": means}
    )


def trailing_distinct(df: pd.DataFrame, days: int, item: str) -> pd.Series:
    """Let rows in and out of a queue, with a count for each item."""
    result = {}
    for history in _histories(df, item):
        queue: deque[tuple[Any, Any]] = deque()
        inside: Counter[Any] = Counter()
        for place, _, now, name in history:
            if not pd.isna(name):
                queue.append((now, name))
                inside[name] += 1
            while queue and queue[0][0] <= now - timedelta(days=days):
                gone = queue.popleft()[1]
                inside[gone] -= 1
                if not inside[gone]:
                    del inside[gone]
            result[place] = float(len(inside))
    return _series(result, df)


def audit_features(
    df: pd.DataFrame, features: dict[str, Callable[[pd.DataFrame], pd.Series]], delay: int
) -> pd.DataFrame:
    """Replay in one loop over events and features, and count what moved."""
    moved, there = dict.fromkeys(features, 0), dict.fromkeys(features, 0)
    offline = {name: list(feature(df)) for name, feature in features.items()}
    for place, now in enumerate(df["ts"]):
        late = [stamp >= now - timedelta(days=delay) for stamp in df["ts"]]
        blanked = df.copy()
        blanked["v"] = [math.nan if hide else v for v, hide in zip(df["v"], late, strict=True)]
        for name, feature in features.items():
            before, after = offline[name][place], list(feature(blanked))[place]
            there[name] += not math.isnan(after)
            if math.isnan(before) or math.isnan(after):
                moved[name] += math.isnan(before) != math.isnan(after)
            else:
                moved[name] += abs(before - after) > 1e-9 * max(1.0, abs(before))
    best = sorted(features, key=lambda name: (moved[name], -there[name]))
    table = {
        "leaks": [moved[name] / len(df) for name in best],
        "covers": [there[name] / len(df) for name in best],
    }
    return pd.DataFrame(table, index=best)
