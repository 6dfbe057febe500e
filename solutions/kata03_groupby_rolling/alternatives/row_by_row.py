"""What a first honest attempt does: filter row by row, merge all pairs, resample user by user."""

import pandas as pd


def prior_mean(
    df: pd.DataFrame, days: int, user: str = "user_id", ts: str = "ts", value: str = "v"
) -> pd.Series:
    """For each row, filter the user's rows before it, and average."""
    if days < 1:
        raise ValueError("days should be 1 or more")
    if df[ts].isna().any():
        raise ValueError("ts should be complete")
    result = []
    for place in range(len(df)):
        now = df[ts].iloc[place]
        mine = df[df[user] == df[user].iloc[place]]
        window = mine[(mine[ts] >= now - pd.Timedelta(days=days)) & (mine[ts] < now)]
        result.append(window[value].mean())
    return pd.Series(result, index=df.index, dtype=float, name="anything")


def trailing_mean(
    df: pd.DataFrame, days: int, user: str = "user_id", ts: str = "ts", value: str = "v"
) -> pd.Series:
    """Merge all pairs of a user's rows, keep those in the window, average."""
    if days < 1:
        raise ValueError("days should be 1 or more")
    if df[ts].isna().any():
        raise ValueError("ts should be complete")
    rows = pd.DataFrame(
        {"u": df[user].to_numpy(), "t": df[ts].to_numpy(), "x": df[value].to_numpy()}
    )
    rows["place"] = range(len(rows))
    rows = rows[rows["u"].notna()]
    pairs = rows.merge(rows, on="u", suffixes=("", "_past"))
    age = pairs["t"] - pairs["t_past"]
    in_time = (age >= pd.Timedelta(0)) & (age < pd.Timedelta(days=days))
    not_later = (age > pd.Timedelta(0)) | (pairs["place_past"] <= pairs["place"])
    means = pairs[in_time & not_later].groupby("place")["x_past"].mean()
    return pd.Series(means.reindex(range(len(df))).to_numpy(float), index=df.index)


def daily_mean(
    df: pd.DataFrame, days: int, user: str = "user_id", ts: str = "ts", value: str = "v"
) -> pd.DataFrame:
    """Resample user by user: the calendar that pandas has ready."""
    if days < 1:
        raise ValueError("days should be 1 or more")
    if df[ts].isna().any():
        raise ValueError("ts should be complete")
    tables = []
    for name, mine in df.groupby(user):
        totals = mine.set_index(ts)[value].sort_index().resample("D").sum()
        mean = totals.rolling(days, min_periods=1).mean()
        tables.append(pd.DataFrame({user: name, "day": mean.index, "mean": mean.to_numpy(float)}))
    if not tables:
        return pd.DataFrame(columns=[user, "day", "mean"])
    return pd.concat(tables, ignore_index=True)
