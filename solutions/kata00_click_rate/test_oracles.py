"""The reference against views written out, SQLite and a weighted average; the debrief's figures."""

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


def test_the_campaign_of_the_debrief() -> None:
    """1.81 % of the views were clicked; the mean of the users' rates is 9.1 %."""
    once, regulars = np.arange(900) < 90, np.ones(100, dtype=int) * (np.arange(100) < 91)
    clicks = np.concatenate([once, regulars])
    views = np.concatenate([np.ones(900, dtype=int), np.full(100, 91)])

    assert views.sum() == 10_000
    assert click_rate(clicks, views) == pytest.approx(0.0181, rel=1e-12)
    assert (clicks / views).mean() == pytest.approx(0.091, rel=1e-12)


def test_an_interval_by_views_is_too_short_and_one_by_users_is_not(
    rng: np.random.Generator,
) -> None:
    """2,000 users who differ, 400 times: how often each 95 % interval holds the true rate, 5 %."""
    held = np.zeros(2)
    for _ in range(400):
        views = 1 + rng.geometric(1 / 30, 2_000)
        clicks = rng.binomial(views, rng.beta(0.5, 9.5, 2_000))
        rate = click_rate(clicks, views)
        by_views = np.sqrt(rate * (1 - rate) / views.sum())
        by_users = np.sqrt(((clicks - rate * views) ** 2).sum()) / views.sum()
        held += abs(rate - 0.05) < 1.96 * np.array([by_views, by_users])

    assert held[0] / 400 == pytest.approx(0.57, abs=0.1)
    assert held[1] / 400 == pytest.approx(0.94, abs=0.05)
