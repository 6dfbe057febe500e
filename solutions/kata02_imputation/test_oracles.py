"""The reference against independent libraries, real gaps, and the numbers of the debrief."""

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from numpy.testing import assert_allclose, assert_array_equal
from palmerpenguins import load_penguins
from sklearn.impute import KNNImputer, SimpleImputer
from sklearn.metrics.pairwise import nan_euclidean_distances

from solutions.kata02_imputation.imputation import (
    apply_fill,
    carry_forward,
    choose_way,
    fit_fill,
    knn_fill,
    regression_fill,
    try_ways,
)

BODY = ["bill_length_mm", "bill_depth_mm", "flipper_length_mm", "body_mass_g"]


# Bias and spread after each way: drop, mean, line, draw.
NUMBERS = {
    "at random": ([0.0, 0.0, 0.0, 0.0], [1.0, 0.77, 0.89, 1.0]),
    "y above 0": ([-0.56, -0.56, 0.0, -0.01], [0.83, 0.59, 0.86, 1.0]),
    "x above 0": ([-0.8, -0.8, -0.59, -0.59], [0.6, 0.43, 0.52, 0.64]),
}
# What is chosen with a limit of 0.05: where rows may be lost, and where they may not.
CHOICES = {
    "at random": ("drop", "draw"),
    "y above 0": ("draw", "draw"),
    "x above 0": ("none", "none"),
}


@pytest.mark.parametrize("seed", range(20))
def test_fills_agree_with_simple_imputer(seed: int) -> None:
    """Learned on half of the penguins, applied to the other half."""
    penguins = load_penguins().sample(frac=1.0, random_state=seed)
    train, test = penguins[:172], penguins[172:]
    for ours, theirs in (("mean", "mean"), ("median", "median"), ("mode", "most_frequent")):
        fills = fit_fill(train, dict.fromkeys(BODY, ours))  # type: ignore[arg-type]
        imputer = SimpleImputer(strategy=theirs, add_indicator=True).fit(train[BODY])
        learned = np.array([fills[c] for c in BODY], dtype=float)
        assert_allclose(learned, imputer.statistics_, rtol=1e-12)
        gaps = [c for c in BODY if train[c].isna().any()]
        actual = apply_fill(test[BODY], fills, gaps).to_numpy(dtype=float)
        assert_allclose(actual, imputer.transform(test[BODY]), rtol=1e-12)


def test_text_modes_agree_with_simple_imputer() -> None:
    """A tie goes to the smallest there as well."""
    words = pd.DataFrame({"w": pd.Series(["b", "a", np.nan, "b", "a"], dtype=object)})
    imputer = SimpleImputer(strategy="most_frequent").fit(words)
    assert fit_fill(words, {"w": "mode"}) == {"w": imputer.statistics_[0]} == {"w": "a"}


def test_penguins_have_19_missing_cells() -> None:
    """Real gaps: 2 birds without measures, 11 without a sex."""
    penguins = load_penguins()
    flagged = apply_fill(penguins, {}, list(penguins)).filter(like="__missing").sum()
    assert flagged.sum() == 19
    assert flagged["sex__missing"] == 11


@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize("k", [1, 2, 5, 30])
def test_neighbours_agree_with_knn_imputer(seed: int, k: int) -> None:
    """Random gaps of up to 60 %, more neighbours than donors, and rows without any value."""
    rng = np.random.default_rng(seed)
    train, X = rng.normal(size=(20, 4)), rng.normal(size=(15, 4))
    train[rng.random(train.shape) < 0.6] = np.nan
    X[rng.random(X.shape) < 0.6] = np.nan
    train[0], X[0] = 1.0, np.nan
    expected = KNNImputer(n_neighbors=k).fit(train).transform(X)
    assert_allclose(knn_fill(train, X, k), expected, rtol=1e-9)


def test_penguins_agree_with_knn_imputer() -> None:
    """The training rows fill themselves."""
    body = load_penguins()[BODY].to_numpy(dtype=float)
    body[::7, 1] = np.nan
    expected = KNNImputer(n_neighbors=5).fit_transform(body)
    # Whole millimetres tie, and KNNImputer leaves ties to a partition: most cells agree.
    assert np.isclose(knn_fill(body, body, 5), expected, rtol=1e-9).mean() > 0.99


def test_the_distance_of_the_catalogue() -> None:
    """[1, NaN, 3] to [1, 5, 4]: sqrt(3/2), not 1."""
    distance = nan_euclidean_distances([[1, np.nan, 3]], [[1, 5, 4]])[0, 0]
    assert distance == pytest.approx(np.sqrt(1.5))


@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize("limit", [None, 1, 3])
def test_carrying_agrees_with_merge_asof(seed: int, limit: int | None) -> None:
    """The latest known row at or before each row, found by a join over time and not by a fill."""
    rng = np.random.default_rng(seed)
    n = 60
    df = pd.DataFrame({"user": rng.integers(0, 4, n), "t": rng.permutation(n)})
    df["v"] = np.where(rng.random(n) < 0.5, np.nan, rng.normal(size=n))
    left = df.assign(row=np.arange(n)).sort_values("t")
    left["place"] = left.groupby("user").cumcount()
    known = left.dropna(subset="v")
    joined = pd.merge_asof(left, known, on="t", by="user", suffixes=("", "_last"))
    late = joined["place"] - joined["place_last"] > (n if limit is None else limit)
    expected = joined["v_last"].mask(late).set_axis(joined["row"]).sort_index().to_numpy()
    assert_array_equal(carry_forward(df, "user", "t", ["v"], limit)["v"], expected)


def test_co2_has_59_gaps_and_a_limit_of_4_leaves_19() -> None:
    """Real gaps in time; the longest is 18 weeks, and a limit refuses to bridge it."""
    co2 = sm.datasets.co2.load_pandas().data.reset_index(names="week").assign(station="MLO")
    assert apply_fill(co2, {}, ["co2"])["co2__missing"].sum() == 59
    gap = co2["co2"].isna()
    runs = gap.groupby((~gap).cumsum()).sum()
    assert runs.max() == 18
    for limit, left in ((None, 0), (1, 37), (4, 19)):
        filled = carry_forward(co2, "station", "week", ["co2"], limit)
        assert filled["co2"].isna().sum() == left
        assert_array_equal(filled["co2"], co2["co2"].ffill(limit=limit))


def test_carrying_across_users_leaks() -> None:
    """Catalogue E40: a plain fill hands user 2 the 5 of user 1."""
    df = pd.DataFrame({"user": [1, 1, 2, 2], "t": [1, 2, 3, 4], "v": [5.0, np.nan, np.nan, 7.0]})
    assert df["v"].ffill().to_list() == [5.0, 5.0, 5.0, 7.0]
    assert_array_equal(carry_forward(df, "user", "t", ["v"], None)["v"], [5.0, 5.0, np.nan, 7.0])


@pytest.mark.parametrize("seed", range(20))
def test_the_line_agrees_with_statsmodels(seed: int) -> None:
    """Ordinary least squares with a constant, on the complete rows."""
    rng = np.random.default_rng(seed)
    y = rng.normal(size=50)
    x = np.where(rng.random(50) < 0.4, np.nan, 2 * y + rng.normal(size=50))
    fit = sm.OLS(x, sm.add_constant(y), missing="drop").fit()
    expected = np.where(np.isnan(x), fit.predict(sm.add_constant(y)), x)
    assert_allclose(regression_fill(x, y), expected, rtol=1e-9, atol=1e-12)
    noise = (regression_fill(x, y, rng) - expected)[np.isnan(x)]
    assert np.abs(noise[:, None] - fit.resid).min(axis=1).max() < 1e-9


def three_reasons(
    rng: np.random.Generator,
) -> tuple[np.ndarray, np.ndarray, dict[str, np.ndarray]]:
    """Return 2,000 rows of x = 0.7 y + noise, and three reasons to be missing."""
    y = rng.normal(size=2000)
    x = 0.7 * y + np.sqrt(0.51) * rng.normal(size=2000)
    return x, y, {"at random": rng.random(2000) < 0.4, "y above 0": y > 0, "x above 0": x > 0}


def test_the_numbers_of_the_debrief() -> None:
    """The mean of 100 draws, to two digits, and what is chosen on it."""
    costs: dict[str, list[pd.DataFrame]] = {reason: [] for reason in NUMBERS}
    for seed in range(100):
        rng = np.random.default_rng(seed)
        x, y, reasons = three_reasons(rng)
        for reason, gap in reasons.items():
            costs[reason].append(try_ways(x, y, gap, rng))
    for reason, tables in costs.items():
        mean = sum(tables) / len(tables)
        assert_allclose(mean["bias"], NUMBERS[reason][0], atol=0.00501)
        assert_allclose(mean["spread"], NUMBERS[reason][1], atol=0.00501)
        chosen = choose_way(mean.round(2), False, 0.05), choose_way(mean.round(2), True, 0.05)
        assert chosen == CHOICES[reason]
    assert_allclose([0.7 * np.sqrt(2 / np.pi), np.sqrt(2 / np.pi)], [0.56, 0.8], atol=0.005)


def test_the_correlations_of_the_debrief() -> None:
    """One draw: the mean fill weakens the relation with y, the line strengthens it."""
    rng = np.random.default_rng(0)
    x, y, reasons = three_reasons(rng)
    gap = reasons["at random"]
    holed = np.where(gap, np.nan, x)
    fills = (x, np.where(gap, x[~gap].mean(), x), regression_fill(holed, y))
    found = [np.corrcoef(filled, y)[0, 1] for filled in (*fills, regression_fill(holed, y, rng))]
    assert_allclose(found, [0.7, 0.54, 0.78, 0.7], atol=0.005)
