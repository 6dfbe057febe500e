"""What a first honest attempt does: filter row by row, merge all pairs, resample user by user."""

from collections.abc import Callable

import numpy as np
import pandas as pd


def prior_mean(df: pd.DataFrame, days: int) -> pd.Series:
    """For each row, filter the user's rows before it, and average."""
    result = []
    for place in range(len(df)):
        now = df["ts"].iloc[place]
        mine = df[df["user_id"] == df["user_id"].iloc[place]]
        recent = mine[(mine["ts"] >= now - pd.Timedelta(days=days)) & (mine["ts"] < now)]
        result.append(recent["v"].mean())
    return pd.Series(result, index=df.index, dtype="Float64", name="anything")


def trailing_mean(df: pd.DataFrame, days: int) -> pd.Series:
    """Merge all pairs of a user's rows, keep those in the window, average."""
    rows = df[["user_id", "ts", "v"]].assign(place=range(len(df)))
    rows = rows[rows["user_id"].notna()]
    pairs = rows.merge(rows, on="user_id", suffixes=("", "_past"))
    age = pairs["ts"] - pairs["ts_past"]
    in_time = (age >= pd.Timedelta(0)) & (age < pd.Timedelta(days=days))
    not_later = (age > pd.Timedelta(0)) | (pairs["place_past"] <= pairs["place"])
    means = pairs[in_time & not_later].groupby("place")["v_past"].mean()
    return pd.Series(means.reindex(range(len(df))).to_numpy(float), index=df.index)


def daily_mean(df: pd.DataFrame, days: int) -> pd.DataFrame:
    """Resample user by user: the calendar that pandas has ready."""
    tables = []
    for name, mine in df.groupby("user_id"):
        totals = mine.set_index("ts")["v"].sort_index().resample("D").sum()
        mean = totals.rolling(days, min_periods=1).mean()
        tables.append(pd.DataFrame({"user_id": name, "day": mean.index, "mean": mean.to_numpy()}))
    return pd.concat(tables, ignore_index=True)


def trailing_distinct(df: pd.DataFrame, days: int, item: str) -> pd.Series:
    """Give pandas a function to run on the codes in each window."""
    rows = df[["user_id", "ts"]].assign(code=pd.factorize(df[item])[0])
    rows["code"] = rows["code"].where(rows["code"] >= 0)
    rows = rows.reset_index(drop=True).dropna(subset="user_id").sort_values(["user_id", "ts"])
    rolled = rows.groupby("user_id").rolling(f"{days}D", on="ts", min_periods=0)["code"]
    counts = rolled.apply(lambda codes: len(np.unique(codes[~np.isnan(codes)])), raw=True)
    back = pd.Series(counts.to_numpy(), index=rows.index).reindex(range(len(df)))
    return back.set_axis(df.index)


def audit_features(
    df: pd.DataFrame, features: dict[str, Callable[[pd.DataFrame], pd.Series]], delay: int
) -> pd.DataFrame:
    """Cut the unknown rows off instead of blanking them, once for each different stamp."""
    rows = df.reset_index(drop=True)
    replay = pd.DataFrame(np.nan, index=rows.index, columns=list(features), dtype="float32")
    offline = pd.DataFrame({name: feature(rows) for name, feature in features.items()})
    for stamp, mine in rows.groupby("ts"):
        v = rows["v"].mask(rows["ts"] >= stamp - pd.Timedelta(days=delay))
        known = rows.assign(v=v)[v.notna() | rows.index.isin(mine.index)]
        for name, feature in features.items():
            replay.loc[mine.index, name] = feature(known)[mine.index].astype("float32")
    differs = (offline - replay).abs() > 1e-5 * offline.abs() + 1e-8
    differs |= offline.isna() != replay.isna()
    table = pd.DataFrame({"leaks": differs.mean(), "covers": replay.notna().mean()})
    return table.sort_values("covers", ascending=False).sort_values("leaks", kind="stable")
