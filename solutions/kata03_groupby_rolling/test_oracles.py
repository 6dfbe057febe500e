"""The reference against pandas user by user, SQLite and resample; the debrief's numbers."""

import sqlite3
from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest

from solutions.kata03_groupby_rolling.groupby_rolling import (
    audit_features,
    daily_mean,
    prior_mean,
    trailing_distinct,
    trailing_mean,
    trailing_mean_rows,
)

SEEDS = range(10)
START = pd.Timestamp("2024-03-01")
HALF_DAY = 43_200


def events(seed: int, n: int = 300, step: int = HALF_DAY, steps: int = 60) -> pd.DataFrame:
    """Draw events with ties, gaps, missing users and values, in no order, on repeated labels."""
    rng = np.random.default_rng(seed)
    users = pd.Series(rng.integers(0, 8, n)).where(rng.random(n) > 0.1)
    return pd.DataFrame(
        {
            "user_id": users.to_numpy(),
            "ts": START + pd.to_timedelta(rng.integers(0, steps, n) * step, unit="s"),
            "v": np.where(rng.random(n) < 0.2, np.nan, rng.normal(size=n)),
            "page": pd.Series(rng.choice(np.array(list("vwxyz")), n)).where(rng.random(n) > 0.1),
        }
    ).set_axis(rng.integers(0, n, n))


def noise(n: int = 20_000, users: int = 1_000) -> pd.DataFrame:
    """Draw a month of events whose values are pure noise, sorted by time."""
    rng = np.random.default_rng(3)
    stamps = START + pd.to_timedelta(rng.integers(0, 30 * 86_400, n), unit="s")
    frame = pd.DataFrame(
        {"user_id": rng.integers(0, users, n), "ts": stamps, "v": rng.normal(size=n)}
    )
    return frame.sort_values("ts", ignore_index=True)


def user_by_user(df: pd.DataFrame, **window: object) -> np.ndarray:
    """Roll over one user's frame after the other, and put the means where they belong."""
    out = np.full(len(df), np.nan)
    numbered = df.assign(place=np.arange(len(df))).reset_index(drop=True)
    for _, mine in numbered.groupby("user_id"):
        mine = mine.sort_values("ts", kind="stable")
        out[mine["place"]] = mine.rolling(**window)["v"].mean()
    return out


def in_sql(df: pd.DataFrame, sql: str) -> np.ndarray:
    """Ask SQLite about the events of known users: (row, answer) in, answers by row out."""
    table = pd.DataFrame(
        {
            "row": np.arange(len(df)),
            "user": df["user_id"].to_numpy(),
            "t": ((df["ts"] - START) // pd.Timedelta(seconds=1)).to_numpy(),
            "v": df["v"].to_numpy(),
            "page": df["page"].to_numpy(object),
        }
    ).dropna(subset="user")
    with sqlite3.connect(":memory:") as connection:
        table.to_sql("event", connection, index=False)
        answers = dict(connection.execute(sql).fetchall())
    return np.array([answers.get(row) for row in range(len(df))], dtype=float)


def check(actual: pd.Series, expected: np.ndarray, df: pd.DataFrame) -> None:
    """Compare a result, its index and its type."""
    assert str(actual.dtype) == "float64"
    pd.testing.assert_index_equal(actual.index, df.index)
    np.testing.assert_allclose(actual.to_numpy(), expected, rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize("seed", SEEDS)
def test_trailing_mean_is_pandas_user_by_user(seed: int) -> None:
    """One rolling window per user, on a stable sort."""
    df = events(seed)

    check(trailing_mean(df, 3), user_by_user(df, window="3D", on="ts"), df)


@pytest.mark.parametrize("seed", SEEDS)
def test_trailing_mean_is_a_join_in_sql(seed: int) -> None:
    """The definition as a join; SQL has no window that ends inside a tie."""
    df = events(seed)
    sql = """
        SELECT now.row, AVG(past.v) FROM event AS now JOIN event AS past
            ON past.user = now.user AND past.t > now.t - 3 * 86400
            AND (past.t < now.t OR past.t = now.t AND past.row <= now.row)
        GROUP BY now.row
    """

    check(trailing_mean(df, 3), in_sql(df, sql), df)


@pytest.mark.parametrize("seed", SEEDS)
def test_trailing_mean_rows_is_rows_between(seed: int) -> None:
    """ROWS in SQL, and one rolling window per user."""
    df = events(seed)
    sql = """
        SELECT row, CASE WHEN COUNT(v) OVER w >= 3 THEN AVG(v) OVER w END FROM event
        WINDOW w AS (PARTITION BY user ORDER BY t, row ROWS 4 PRECEDING)
    """

    check(trailing_mean_rows(df, 5, 3), in_sql(df, sql), df)
    expected = user_by_user(df, window=5, min_periods=3)
    check(trailing_mean_rows(df, 5, 3), expected, df)


@pytest.mark.parametrize("seed", SEEDS)
def test_prior_mean_is_range_between(seed: int) -> None:
    """RANGE up to a second ago, where stamps are whole seconds."""
    df = events(seed)
    sql = """
        SELECT row, AVG(v) OVER (PARTITION BY user ORDER BY t
            RANGE BETWEEN 259200 PRECEDING AND 1 PRECEDING) FROM event
    """

    check(prior_mean(df, 3), in_sql(df, sql), df)


@pytest.mark.parametrize("seed", SEEDS)
def test_daily_mean_is_resample_user_by_user(seed: int) -> None:
    """The calendar of pandas' resample, one user after the other."""
    df = events(seed, n=60, step=7_200, steps=360)
    expected = []
    for name, mine in df.groupby("user_id"):
        totals = mine.resample("D", on="ts")["v"].sum()
        means = totals.rolling(4, min_periods=1).mean()
        expected.append(pd.DataFrame({"user_id": name, "day": means.index, "mean": means.array}))
    actual = daily_mean(df, 4)

    pd.testing.assert_frame_equal(actual, pd.concat(expected, ignore_index=True), rtol=1e-9)


@pytest.mark.parametrize("seed", SEEDS)
def test_trailing_distinct_is_count_distinct_in_sql(seed: int) -> None:
    """COUNT(DISTINCT) over the join of the definition."""
    df = events(seed)
    sql = """
        SELECT now.row, COUNT(DISTINCT past.page) FROM event AS now JOIN event AS past
            ON past.user = now.user AND past.t > now.t - 3 * 86400
            AND (past.t < now.t OR past.t = now.t AND past.row <= now.row)
        GROUP BY now.row
    """

    check(trailing_distinct(df, 3, "page"), in_sql(df, sql), df)


def test_numbers_seven_rows_descending_time_and_the_open_end() -> None:
    """What pandas answers to seven rows, falling stamps, disorder, and a row seven days back."""
    df = pd.DataFrame({"user_id": "a", "v": [1.0, 3.0, 5.0]})
    df["ts"] = START + pd.to_timedelta([0, 8, 10], unit="D")
    group = df.groupby("user_id")

    assert group.rolling(7, min_periods=1)["v"].mean().tolist() == [1.0, 2.0, 3.0]
    assert group.rolling("7D", on="ts")["v"].mean().tolist() == [1.0, 3.0, 4.0]
    backwards = df[::-1].groupby("user_id").rolling("7D", on="ts")["v"].mean()
    assert backwards.tolist() == [5.0, 4.0, 1.0]
    assert list(backwards.index.names) == ["user_id", "ts"]
    with pytest.raises(ValueError, match="monotonic"):
        df.loc[[1, 0, 2]].groupby("user_id").rolling("7D", on="ts")["v"].mean()
    df["ts"] = START + pd.to_timedelta([0, 7, 15], unit="D")
    assert df.groupby("user_id").rolling("7D", on="ts")["v"].mean().tolist() == [1.0, 3.0, 5.0]


def test_numbers_windows_without_groups() -> None:
    """The debrief's first example."""
    df = pd.DataFrame({"user_id": ["a", "b", "a", "b"], "v": [1.0, 10.0, 3.0, 20.0]})
    grouped = df.groupby("user_id")["v"].rolling(2).mean().droplevel(0).sort_index()

    np.testing.assert_array_equal(df["v"].rolling(2).mean(), [np.nan, 5.5, 6.5, 11.5])
    np.testing.assert_array_equal(grouped, [np.nan, np.nan, 2.0, 15.0])


def test_numbers_default_sort_moves_equal_stamps() -> None:
    """A quicksort is not stable."""
    same_day = pd.DataFrame({"ts": [START] * 200, "v": range(200)})

    assert (same_day.sort_values("ts")["v"].to_numpy() != np.arange(200)).sum() > 100
    assert (same_day.sort_values("ts", kind="stable")["v"].to_numpy() == np.arange(200)).all()


def test_numbers_own_value_in_the_window_predicts_noise() -> None:
    """The leak of the own row, measured on noise."""
    df = noise()
    before = prior_mean(df, 7)
    known = before.notna()

    assert np.corrcoef(trailing_mean(df, 7)[known], df["v"][known])[0, 1] == pytest.approx(
        0.479, abs=0.0005
    )
    assert np.corrcoef(before[known], df["v"][known])[0, 1] == pytest.approx(0.007, abs=0.0005)


def test_numbers_written_back_by_position() -> None:
    """Whose answers land on whose rows."""
    df = noise()
    owners = df.groupby("user_id").rolling("7D", on="ts")["v"].mean().index.get_level_values(0)

    assert (owners.to_numpy() != df["user_id"].to_numpy()).mean() == pytest.approx(0.999, abs=5e-4)


def test_numbers_the_user_before() -> None:
    """A plain shift of the grouped answer: whose value is on each user's first row."""
    shifted = noise().groupby("user_id").rolling("7D", on="ts")["v"].mean().shift(1)
    first = ~shifted.index.get_level_values(0).duplicated()

    assert (shifted[first].notna().sum(), first.sum()) == (999, 1_000)


def test_numbers_cumulative_sums_lose_digits() -> None:
    """The difference of two large sums, and what pandas says to the same values."""
    users = ["a"] * 1_000 + ["b"] * 1_000
    df = pd.DataFrame({"user_id": users, "v": [1e12] * 1_000 + [0.1] * 1_000})
    df["ts"] = START + pd.to_timedelta(list(range(1_000)) * 2, unit="h")
    total = np.cumsum(df["v"].to_numpy())

    assert (total[-1] - total[-169]) / 168 == 0.125
    assert trailing_mean(df, 7).iloc[-1] == pytest.approx(0.1, rel=1e-12)


def test_numbers_rows_days_ends_and_ties() -> None:
    """How many answers each convention changes."""
    df = noise()
    days = trailing_mean(df, 7)
    rows = trailing_mean_rows(df, 7, 1)
    shifted = days.groupby(df["user_id"]).shift(1)

    assert (~np.isclose(rows, days)).mean() == pytest.approx(0.637, abs=0.0005)
    different = ~np.isclose(shifted, prior_mean(df, 7), equal_nan=True)
    assert different.mean() == pytest.approx(0.371, abs=0.0005)
    ordered = df.sort_values(["user_id", "ts"])
    earlier = ordered.assign(v=ordered.groupby("user_id")["v"].shift(1))
    different = ~np.isclose(trailing_mean(earlier, 7)[df.index], prior_mean(df, 7), equal_nan=True)
    assert different.mean() == pytest.approx(0.715, abs=0.0005)

    closed = user_by_user(df, window="7D", on="ts", closed="both")
    assert np.isclose(closed, days).all()
    dates = df.assign(ts=df["ts"].dt.floor("D"))
    days = trailing_mean(dates, 7)
    closed = user_by_user(dates, window="7D", on="ts", closed="both")
    assert (~np.isclose(closed, days)).mean() == pytest.approx(0.372, abs=0.0005)
    peers = days.groupby([dates["user_id"], dates["ts"]]).transform("last")
    assert (~np.isclose(peers, days)).mean() == pytest.approx(0.272, abs=0.0005)


def test_numbers_quiet_days() -> None:
    """Events per day, with and without the quiet days."""
    df = noise().assign(v=1.0)
    active = df.groupby(["user_id", df["ts"].dt.normalize()])["v"].sum()
    active = active.groupby("user_id").rolling(7, min_periods=1).mean()

    assert len(df) / 1_000 / 30 == pytest.approx(0.667, abs=0.0005)
    assert daily_mean(df, 7)["mean"].mean() == pytest.approx(0.734, abs=0.0005)
    assert active.mean() == pytest.approx(1.372, abs=0.0005)


def test_numbers_the_clocks_change() -> None:
    """Seven days by the wall clock of Berlin are 167 hours in the last week of March 2024."""
    when = pd.to_datetime(["2024-03-25 09:00", "2024-04-01 09:00"])
    df = pd.DataFrame({"user_id": "a", "ts": when.tz_localize("Europe/Berlin"), "v": [1.0, 3.0]})

    assert df["ts"].diff().iloc[1] == pd.Timedelta(hours=167)
    assert trailing_mean(df, 7).tolist() == [1.0, 2.0]
    assert trailing_mean(df.assign(ts=when), 7).tolist() == [1.0, 3.0]


def mean_between(df: pd.DataFrame, oldest: float, newest: float) -> pd.Series:
    """Average a user's values that are `newest` to `oldest` days old, all pairs of rows at once."""
    stamps, users, values = df["ts"].to_numpy(), df["user_id"].to_numpy(), df["v"].to_numpy()
    age = (stamps[:, None] - stamps) / np.timedelta64(1, "D")
    inside = (users[:, None] == users) & (age >= newest) & (age <= oldest) & ~np.isnan(values)
    count = inside.sum(axis=1)
    total = inside @ np.nan_to_num(values)
    return pd.Series(total / np.where(count > 0, count, np.nan), index=df.index)


def week(df: pd.DataFrame) -> pd.Series:
    """Give the trailing mean over a week; no two stamps here are a week apart."""
    return mean_between(df, 7, 0)


def week_before(df: pd.DataFrame) -> pd.Series:
    """Give the mean over the week before, a second and more ago."""
    return mean_between(df, 7, 1 / 86_400)


def shifted_week(df: pd.DataFrame) -> pd.Series:
    """Give the user's previous trailing mean."""
    return week(df).groupby(df["user_id"]).shift(1)


def whole_day(df: pd.DataFrame) -> pd.Series:
    """Give the mean of the user's calendar day."""
    return df.groupby(["user_id", df["ts"].dt.normalize()])["v"].transform("mean")


def week_two_weeks_ago(df: pd.DataFrame) -> pd.Series:
    """Give the mean over [t - 21 days, t - 14 days): the week before, of what arrives late."""
    return mean_between(df, 21, 14 + 1 / 86_400)


FEATURES: dict[str, Callable[[pd.DataFrame], pd.Series]] = {
    "week": week,
    "before": week_before,
    "shifted": shifted_week,
    "day": whole_day,
    "ripe": week_two_weeks_ago,
}


def test_an_audit_is_the_feature_on_what_had_come_in() -> None:
    """The frame of each event is put together from what had arrived; shares are counted by hand."""
    df = events(1, n=30)
    table = audit_features(df, FEATURES, 2)
    rows = df.reset_index(drop=True)

    for name, feature in FEATURES.items():
        leaks = covers = 0
        offline = feature(rows)
        for place, t in enumerate(rows["ts"]):
            arrived = rows["ts"] + pd.Timedelta(days=2) < t
            mine = rows.iloc[[place]].assign(v=np.nan)
            known = pd.concat([rows[arrived], mine])
            quiet = rows[~arrived & (rows.index != place)].assign(v=np.nan)
            replay = feature(pd.concat([known, quiet]).sort_index())[place]
            covers += not np.isnan(replay)
            leaks += not np.isclose(replay, offline[place], equal_nan=True)
        assert table.loc[name].tolist() == [leaks / 30, covers / 30]


def test_numbers_of_the_audit() -> None:
    """What five features of 100 events owe to the future."""
    df = noise(100, 5)
    now, late = audit_features(df, FEATURES, 0), audit_features(df, FEATURES, 14)
    dates = df.assign(ts=df["ts"].dt.normalize())
    dated = audit_features(dates, {"shifted": shifted_week, "before": week_before}, 0)

    assert list(now.index) == ["shifted", "before", "ripe", "week", "day"]
    assert now["leaks"].tolist() == [0, 0, 0, 1, 1]
    assert now["covers"].round(2).tolist() == [0.95, 0.93, 0.51, 0.93, 0.26]
    assert late.loc["ripe"].round(2).tolist() == [0, 0.51]
    assert late["leaks"].round(2).tolist() == [0, 0.93, 0.95, 1, 1]
    assert week(df).notna().all()
    assert dated["leaks"].round(2).to_dict() == {"before": 0, "shifted": 0.26}
