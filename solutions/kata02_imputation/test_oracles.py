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
    fit_fill,
    knn_fill,
    missing_report,
    regression_fill,
)

BODY = ["bill_length_mm", "bill_depth_mm", "flipper_length_mm", "body_mass_g"]


# Mean, variance and correlation with y after each fill.
NUMBERS = {
    "at random": {
        "truth": (-0.02, 0.98, 0.7),
        "mean": (-0.01, 0.58, 0.54),
        "line": (0.0, 0.75, 0.78),
        "line and residual": (0.01, 0.95, 0.7),
    },
    "y above 0": {
        "truth": (-0.02, 0.98, 0.7),
        "mean": (-0.55, 0.37, 0.23),
        "line": (0.01, 0.79, 0.81),
        "line and residual": (0.01, 1.03, 0.7),
    },
    "x above 0": {
        "truth": (-0.02, 0.98, 0.7),
        "mean": (-0.79, 0.19, 0.32),
        "line": (-0.57, 0.3, 0.74),
        "line and residual": (-0.58, 0.43, 0.6),
    },
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
    report = missing_report(load_penguins())
    assert report["n_missing"].sum() == 19
    assert report["n_missing"].to_dict()["sex"] == 11
    assert_array_equal(report["n_missing"], load_penguins().isnull().sum())


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
    assert missing_report(co2)["n_missing"].to_dict()["co2"] == 59
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


def test_the_numbers_of_the_debrief() -> None:
    """One draw of 2,000 rows, x = 0.7 y + noise, and three reasons to be missing."""
    rng = np.random.default_rng(0)
    y = rng.normal(size=2000)
    x = 0.7 * y + np.sqrt(0.51) * rng.normal(size=2000)

    def summary(filled: np.ndarray) -> tuple[float, float, float]:
        mean, var = float(filled.mean()), float(filled.var(ddof=1))
        return round(mean, 2), round(var, 2), round(float(np.corrcoef(filled, y)[0, 1]), 2)

    found = {}
    for name, gap in (
        ("at random", rng.random(2000) < 0.4),
        ("y above 0", y > 0),
        ("x above 0", x > 0),
    ):
        holed = np.where(gap, np.nan, x)
        found[name] = {
            "truth": summary(x),
            "mean": summary(np.where(gap, x[~gap].mean(), x)),
            "line": summary(regression_fill(holed, y)),
            "line and residual": summary(regression_fill(holed, y, rng)),
        }
    assert found == NUMBERS
