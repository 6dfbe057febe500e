"""The reference against one-shot pandas, exact fractions, NIST's StRD, numpy and SQLite."""

import sqlite3
import statistics
from contextlib import closing
from fractions import Fraction
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from solutions.kata04_chunked_csv.chunked_csv import (
    Engine,
    Moments,
    group_stats,
    load_sqlite,
    merge_moments,
    rank_engines,
    stream_quantile,
    top_k_keys,
)

CHUNKSIZES = (1, 3, 17, 10_000)


def numacc(base: float) -> list[str]:
    """NumAcc3 (base 1000000.2) and NumAcc4 (base 10000000.2) of NIST's StRD."""
    return [f"{base:.1f}", *[f"{base - 0.1:.1f}", f"{base + 0.1:.1f}"] * 500]


def write(folder: Path, rows: list[str]) -> Path:
    """Write a CSV file of shops and amounts."""
    path = folder / "sales.csv"
    path.write_text("shop,amount\n" + "\n".join(rows) + "\n", encoding="utf-8")
    return path


def sales(seed: int, n: int) -> list[str]:
    """Draw rows with odd keys and empty fields."""
    rng = np.random.default_rng(seed)
    shops = rng.choice(["007", "7", "NA", "None", "nan", "", "z"], size=n)
    amounts = np.where(rng.random(n) < 0.1, "", np.round(rng.lognormal(3, 1, n), 2).astype(str))
    return [f"{s},{a}" for s, a in zip(shops, amounts, strict=True)]


@pytest.mark.parametrize("seed", range(5))
def test_merge_equals_exact_fractions(seed: int) -> None:
    """Merged in any order, the moments are those of statistics on Fractions."""
    rng = np.random.default_rng(seed)
    parts = [list(map(Fraction, rng.normal(1e6, 3, size=n))) for n in rng.integers(1, 9, size=6)]
    merged = Moments(0, 0.0, 0.0)
    for part in parts:
        m2 = statistics.pvariance(part) * len(part)
        merged = merge_moments(Moments(len(part), float(statistics.mean(part)), float(m2)), merged)
    everything = [x for part in parts for x in part]
    assert merged.n == len(everything)
    assert merged.mean == pytest.approx(float(statistics.mean(everything)), rel=1e-14)
    assert merged.m2 / merged.n == pytest.approx(float(statistics.pvariance(everything)), rel=1e-8)


@pytest.mark.parametrize("chunksize", CHUNKSIZES)
def test_group_stats_equals_one_shot_pandas(tmp_path: Path, chunksize: int) -> None:
    """The whole file in memory gives the same to rtol 1e-12, and n, min, max to the last bit."""
    path = write(tmp_path, sales(1, 300))
    whole = pd.read_csv(
        path, dtype={"shop": str, "amount": float}, keep_default_na=False, na_values=[""]
    )
    by = whole.dropna().groupby("shop")["amount"]
    expected = by.agg(["count", "sum", "mean", "var", "min", "max"])
    stats = group_stats(path, "shop", "amount", chunksize)
    pd.testing.assert_frame_equal(stats, expected.rename(columns={"count": "n"}), rtol=1e-12)
    for exact, theirs in (("n", "count"), ("min", "min"), ("max", "max")):
        assert list(stats[exact]) == list(expected[theirs])


@pytest.mark.parametrize("base", [1000000.2, 10000000.2])
@pytest.mark.parametrize("chunksize", CHUNKSIZES)
def test_variance_agrees_with_nist(tmp_path: Path, base: float, chunksize: int) -> None:
    """Certified: the mean is the base, the standard deviation is 0.1 exactly."""
    path = write(tmp_path, [f"a,{x}" for x in numacc(base)])
    stats = group_stats(path, "shop", "amount", chunksize).loc["a"]
    assert stats["mean"] == pytest.approx(base, rel=1e-14)
    assert np.sqrt(stats["var"]) == pytest.approx(0.1, rel=2e-7)


def test_sums_of_squares_fail_on_nist() -> None:
    """What the test of the large mean is there for: the textbook formula goes negative."""
    x = np.array(numacc(10000000.2), dtype=float)
    assert ((x**2).sum() - x.size * x.mean() ** 2) / (x.size - 1) < 0


@pytest.mark.parametrize("k", [1, 3, 99])
def test_top_k_equals_sqlite(tmp_path: Path, k: int) -> None:
    """GROUP BY, ORDER BY total DESC, key."""
    rows = [row for row in sales(2, 300) if not row.startswith(",") and not row.endswith(",")]
    path = write(tmp_path, rows)
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("CREATE TABLE s (k TEXT, x REAL)")
        connection.executemany("INSERT INTO s VALUES (?, ?)", [row.split(",") for row in rows])
        expected = connection.execute(
            "SELECT k, SUM(x) AS total FROM s GROUP BY k ORDER BY total DESC, k LIMIT ?", (k,)
        ).fetchall()
    top = top_k_keys(path, "shop", "amount", k, 17)
    assert [name for name, _ in top] == [name for name, _ in expected]
    assert [x for _, x in top] == pytest.approx([x for _, x in expected], rel=1e-12)


@pytest.mark.parametrize("max_floats", [1, 5, 1000])
@pytest.mark.parametrize("q", [0, 0.01, 0.07, 0.25, 0.5, 0.9, 1])
def test_quantile_equals_partition(tmp_path: Path, q: float, max_floats: int) -> None:
    """np.partition, and numpy's inverted_cdf where the product is not rounded, give the same."""
    values = np.random.default_rng(3).normal(size=100).round(1)
    path = write(tmp_path, [f"a,{x}" for x in values])
    rank = max(1, int(np.ceil(round(q * 100, 6))))
    answer = stream_quantile(path, "amount", q, 9, max_floats)
    assert answer == np.partition(values, rank - 1)[rank - 1]
    if q != 0.07:
        assert answer == np.quantile(values, q, method="inverted_cdf")


def test_load_equals_the_command_line_shell(tmp_path: Path) -> None:
    """Rows and types as SQLite reads them back; pandas reads the same table."""
    path = write(tmp_path, sales(4, 50))
    db = tmp_path / "sales.db"
    assert load_sqlite(path, db, "sales", {"amount": "REAL", "shop": "TEXT"}, 7) == 50
    options = {"dtype": {"shop": str}, "keep_default_na": False, "na_values": [""]}
    expected = pd.read_csv(path, **options)[["amount", "shop"]]
    with closing(sqlite3.connect(db)) as connection:
        loaded = pd.read_sql("SELECT * FROM sales", connection)
    pd.testing.assert_frame_equal(loaded, expected, check_dtype=False)


@pytest.mark.parametrize("seed", range(3))
def test_ranking_equals_polyfit(seed: int) -> None:
    """A line fitted by numpy gives the same peaks."""
    rng = np.random.default_rng(seed)
    engines = [
        Engine(name, (20_000, 80_000), (int(low), int(low + more)), float(load), float(ask))
        for name, low, more, load, ask in zip(
            "abc",
            rng.integers(10**6, size=3),
            rng.integers(10**6, size=3),
            *rng.uniform(size=(2, 3)),
            strict=True,
        )
    ]
    ranked = rank_engines(engines, 10**7, 4, 10**12)
    by_name = {engine.name: engine for engine in engines}
    assert [seconds for _, _, seconds in ranked] == sorted(seconds for _, _, seconds in ranked)
    for name, peak, seconds in ranked:
        engine = by_name[name]
        line = np.polyfit(engine.rows, engine.peaks, 1)
        assert peak == pytest.approx(np.polyval(line, 10**7), rel=1e-9)
        assert seconds == pytest.approx(10 * engine.load + 40 * engine.ask)
