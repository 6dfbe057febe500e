"""daily_mean on a table of days by users; trailing_distinct on a grid of all pairs of rows."""

import numpy as np
import pandas as pd


def daily_mean(df: pd.DataFrame, days: int) -> pd.DataFrame:
    """Pivot, fill the gaps in each life, roll down the columns, and stack again."""
    known = df[df["user_id"].notna()]
    day = known["ts"].dt.floor("D").rename("day")
    wide = known.groupby([day, "user_id"])["v"].sum().unstack().asfreq("D")
    alive = wide.ffill().notna() & wide.bfill().notna()
    means = wide.fillna(0.0).where(alive).rolling(days, min_periods=1).mean().where(alive)
    table = means.stack().dropna().rename("mean").reset_index()
    return table[["user_id", "day", "mean"]].sort_values(["user_id", "day"], ignore_index=True)


def trailing_distinct(df: pd.DataFrame, days: int, item: str) -> pd.Series:
    """Lay out who sees whom, and count the codes that are seen."""
    users, codes = pd.factorize(df["user_id"])[0], pd.factorize(df[item])[0]
    stamps, place = df["ts"].to_numpy(), np.arange(len(df))
    age = stamps[:, None] - stamps
    none, span = np.timedelta64(0), np.timedelta64(days, "D")
    sees = (users[:, None] == users) & (age < span)
    sees &= (age > none) | ((age == none) & (place <= place[:, None]))
    counts = [len(set(codes[row & (codes >= 0)])) for row in sees]
    return pd.Series(counts, index=df.index).where(users >= 0)
