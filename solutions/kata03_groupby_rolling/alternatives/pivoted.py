"""daily_mean on a table of days by users, blank outside each user's first and last day."""

import pandas as pd


def daily_mean(
    df: pd.DataFrame, days: int, user: str = "user_id", ts: str = "ts", value: str = "v"
) -> pd.DataFrame:
    """Pivot, fill the gaps in each life, roll down the columns, and stack again."""
    if days < 1:
        raise ValueError("days should be 1 or more")
    if df[ts].isna().any():
        raise ValueError("ts should be complete")
    known = df[df[user].notna()]
    if known.empty:
        return pd.DataFrame(columns=[user, "day", "mean"])
    day = known[ts].dt.floor("D").rename("day")
    wide = known.groupby([day, user])[value].sum().unstack().asfreq("D")
    alive = wide.ffill().notna() & wide.bfill().notna()
    means = wide.fillna(0.0).where(alive).rolling(days, min_periods=1).mean().where(alive)
    table = means.stack().dropna().rename("mean").reset_index()
    return table[[user, "day", "mean"]].sort_values([user, "day"]).reset_index(drop=True)
