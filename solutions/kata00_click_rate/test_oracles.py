"""The reference against views written out one by one, SQLite and numpy's weighted average."""

import sqlite3

import numpy as np
import pytest

from solutions.kata00_click_rate.click_rate import click_rate


def campaign(rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Draw clicks and views of 50 users, about a quarter of whom have no views."""
    views = rng.integers(1, 40, size=50) * (rng.random(50) < 0.75)
    return rng.binomial(views, 0.1), views


def test_it_is_the_mean_over_views_written_out(rng: np.random.Generator) -> None:
    """One entry per view, 1 if it was clicked: the mean of all of them."""
    clicks, views = campaign(rng)
    written_out = np.concatenate(
        [np.arange(viewed) < clicked for clicked, viewed in zip(clicks, views, strict=True)]
    )

    assert click_rate(clicks, views) == pytest.approx(written_out.mean(), rel=1e-12)


def test_it_is_what_sqlite_says(rng: np.random.Generator) -> None:
    """The ratio of sums in SQL."""
    clicks, views = campaign(rng)
    connection = sqlite3.connect(":memory:")
    connection.execute("create table users (clicks, views)")
    connection.executemany(
        "insert into users values (?, ?)", zip(clicks.tolist(), views.tolist(), strict=True)
    )
    (rate,) = connection.execute("select 1.0 * sum(clicks) / sum(views) from users").fetchone()

    assert click_rate(clicks, views) == pytest.approx(rate, rel=1e-12)


def test_it_is_the_average_weighted_by_views(rng: np.random.Generator) -> None:
    """The users' rates, weighed by what the mean of rates forgets."""
    clicks, views = campaign(rng)
    seen = views > 0
    weighted = np.average(clicks[seen] / views[seen], weights=views[seen])

    assert click_rate(clicks, views) == pytest.approx(weighted, rel=1e-12)
