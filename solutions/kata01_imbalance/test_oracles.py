"""The reference against scikit-learn, imbalanced-learn, Bayes' rule, and the debrief's numbers."""

import numpy as np
import pytest
import statsmodels.api as sm
from imblearn.over_sampling import SMOTE
from imblearn.under_sampling import RandomUnderSampler
from scipy.stats import norm
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import (
    brier_score_loss,
    confusion_matrix,
    f1_score,
    log_loss,
    roc_auc_score,
)
from sklearn.model_selection import StratifiedKFold
from sklearn.neighbors import KNeighborsClassifier
from sklearn.utils.class_weight import compute_class_weight
from statsmodels.stats.proportion import proportion_confint
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from solutions.kata01_imbalance.imbalance import (
    balanced_class_weights,
    correct_prior,
    cross_val_resampled,
    decision_costs,
    smote,
    undersample,
    weighted_log_loss,
)

Rows = tuple[np.ndarray, np.ndarray]


def to_one_half(X: np.ndarray, y: np.ndarray, rng: np.random.Generator) -> Rows:
    """Add synthetic positives until half of the rows are positive."""
    n_new = int((y == 0).sum() - (y == 1).sum())
    X_new = smote(X[y == 1], n_new, 5, rng)
    return np.vstack([X, X_new]), np.concatenate([y, np.ones(n_new, dtype=int)])


def stratified(X: np.ndarray, y: np.ndarray) -> list[np.ndarray]:
    """Split into five stratified folds."""
    split = StratifiedKFold(5, shuffle=True, random_state=0).split(X, y)
    return [np.asarray(test) for _, test in split]


@pytest.mark.parametrize("seed", range(20))
def test_weights_equal_compute_class_weight(seed: int) -> None:
    """The same formula, with labels that are not 0 .. k-1."""
    y = np.random.default_rng(seed).choice([-3, 0, 7], p=[0.1, 0.2, 0.7], size=200)
    classes = np.unique(y)
    expected = compute_class_weight("balanced", classes=classes, y=y)
    assert balanced_class_weights(y) == pytest.approx(
        dict(zip(classes.tolist(), expected.tolist(), strict=True))
    )


@pytest.mark.parametrize("ratio", [0.25, 0.5, 1.0])
def test_undersampling_keeps_as_many_as_imblearn(ratio: float) -> None:
    """Imbalanced-learn takes minority / majority: the share s is the ratio s / (1 - s)."""
    y = np.repeat([0, 1], [900, 30])
    sampler = RandomUnderSampler(sampling_strategy=ratio, random_state=0)
    _, expected = sampler.fit_resample(np.zeros((930, 1)), y)
    kept = undersample(y, ratio / (1 + ratio), np.random.default_rng(0))
    assert np.bincount(y[kept]).tolist() == np.bincount(expected).tolist()


@pytest.mark.parametrize("k", [1, 5])
def test_synthetic_rows_have_the_moments_of_imblearns(k: int) -> None:
    """Base, neighbour and u are drawn alike: mean and spread of the new rows agree."""
    rng = np.random.default_rng(0)
    X_min = rng.normal(size=(40, 2)) * [1, 3]
    X = np.vstack([rng.normal(size=(20_040, 2)), X_min])
    y = np.repeat([0, 1], [20_040, 40])
    theirs = SMOTE(k_neighbors=k, random_state=0).fit_resample(X, y)[0][len(X) :]
    ours = smote(X_min, len(theirs), k, rng)
    assert ours.shape == theirs.shape == (20_000, 2)
    for power in (1, 2, 3):
        allowed = 5 * np.sqrt(2 / 20_000) * (X_min**power).std(axis=0)
        gap = np.abs((ours**power).mean(axis=0) - (theirs**power).mean(axis=0))
        assert (gap < allowed).all()


@pytest.mark.parametrize("seed", range(20))
def test_costs_equal_a_priced_confusion_matrix(seed: int) -> None:
    """scikit-learn's counts of errors, at the threshold that Elkan (2001) derives."""
    rng = np.random.default_rng(seed)
    y, p = rng.permutation(np.repeat([0, 1], [90, 10])), rng.uniform(size=100)
    miss, alarm = rng.uniform(1, 9, size=2)
    even = alarm / (alarm + miss)
    expected = []
    for threshold in (even, correct_prior(np.array([even]), 0.1, 0.4)[0]):
        _, alarms, misses, _ = confusion_matrix(y, p >= threshold).ravel()
        expected.append((alarms * alarm + misses * miss) / 100)
    assert decision_costs(y, p, 0.4, miss, alarm) == pytest.approx(expected, rel=1e-12)


def test_the_threshold_of_a_balanced_model() -> None:
    """A miss costs 50 alarms at 1 %: flag from 1/51 = 0.020 in the world, 0.664 after 50:50."""
    even = np.array([1 / 51])
    assert correct_prior(even, 0.01, 0.5)[0] == pytest.approx(0.664, abs=0.0005)
    assert correct_prior(np.array([0.5]), 0.5, 0.01)[0] == pytest.approx(0.01)


@pytest.mark.parametrize("seed", range(20))
def test_loss_equals_scikit_learns(seed: int) -> None:
    """The same mean and the same clip."""
    rng = np.random.default_rng(seed)
    y, p, w = rng.integers(2, size=100), rng.uniform(size=100), rng.uniform(size=100)
    p[:3] = [0, 1, 1e-17]
    expected = log_loss(y, p, sample_weight=w, labels=[0, 1])
    assert weighted_log_loss(y, p, w) == pytest.approx(expected, rel=1e-12)


def test_correction_is_bayes_rule_for_two_normals() -> None:
    """Densities known, posteriors at both priors known."""
    x = np.linspace(-4, 6, 101)
    positive, negative = norm.pdf(x, 2), norm.pdf(x)

    def posterior(prior: float) -> np.ndarray:
        return np.asarray(prior * positive / (prior * positive + (1 - prior) * negative))

    np.testing.assert_allclose(correct_prior(posterior(0.5), 0.5, 0.01), posterior(0.01))


def test_resampling_before_the_split_praises_noise() -> None:
    """1,000 rows of noise, 5 % positive: AP 0.06 and F1 0.10; before the split 0.92 and 0.87."""
    rng = np.random.default_rng(0)
    X, y = rng.normal(size=(1000, 10)), np.zeros(1000, dtype=int)
    y[rng.permutation(1000)[:50]] = 1
    f1: list[float] = []

    def scores(X_fit: np.ndarray, y_fit: np.ndarray, X_test: np.ndarray) -> np.ndarray:
        model = KNeighborsClassifier(5).fit(X_fit, y_fit)
        return np.asarray(model.predict_proba(X_test)[:, 1])

    def as_they_are(X: np.ndarray, y: np.ndarray, rng: np.random.Generator) -> Rows:
        return X, y

    inside = np.mean(cross_val_resampled(scores, X, y, to_one_half, stratified(X, y), rng))
    X_all, y_all = to_one_half(X, y, rng)
    folds = stratified(X_all, y_all)
    before = np.mean(cross_val_resampled(scores, X_all, y_all, as_they_are, folds, rng))
    assert inside == pytest.approx(0.06, abs=0.01)
    assert before == pytest.approx(0.92, abs=0.01)
    for X_used, y_used, resample in ((X, y, to_one_half), (X_all, y_all, as_they_are)):
        of_fold = []
        for test in stratified(X_used, y_used):
            rest = np.setdiff1d(np.arange(len(y_used)), test)
            X_fit, y_fit = resample(X_used[rest], y_used[rest], rng)
            found = scores(X_fit, y_fit, X_used[test]) > 0.5
            of_fold.append(f1_score(y_used[test], found))
        f1.append(float(np.mean(of_fold)))
    assert f1 == pytest.approx([0.10, 0.87], abs=0.03)


def test_weights_break_probabilities_and_the_correction_mends_them() -> None:
    """5.5 % positives, a logistic model that is right: the rank stays, the level goes."""
    rng = np.random.default_rng(0)
    X = rng.normal(size=(40_000, 4))
    logit = -4.2 + X @ [1.5, 1.0, 0.5, 0.0]
    y = (rng.random(40_000) < 1 / (1 + np.exp(-logit))).astype(int)
    X_fit, X_test, y_fit, y_test = X[:20_000], X[20_000:], y[:20_000], y[20_000:]
    prior, weights = y_fit.mean(), balanced_class_weights(y_fit)
    row_weights = np.where(y_fit == 1, weights[1], weights[0])
    plain, weighted = (
        np.asarray(
            LogisticRegression(C=1e6).fit(X_fit, y_fit, sample_weight=w).predict_proba(X_test)[:, 1]
        )
        for w in (None, row_weights)
    )
    corrected = correct_prior(weighted, 0.5, prior)
    assert prior == pytest.approx(0.055, abs=0.0005)
    found = [(p.mean(), brier_score_loss(y_test, p)) for p in (plain, weighted, corrected)]
    assert np.ravel(found) == pytest.approx([0.056, 0.039, 0.303, 0.144, 0.056, 0.039], abs=0.0006)
    assert roc_auc_score(y_test, plain) == pytest.approx(0.881, abs=0.0006)
    assert roc_auc_score(y_test, weighted) == pytest.approx(0.881, abs=0.0006)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("plain", [0.200, 0.012, 0.550, 0.352, 0.352]),
        ("weights", [0.150, 0.280, 0.374, 0.989, 0.374]),
        ("undersample", [0.047, 0.416, 0.502, 0.989, 0.467]),
        ("smote", [0.091, 0.191, 0.436, 0.989, 0.474]),
    ],
)
def test_on_randhie_a_moved_threshold_beats_resampling(name: str, expected: list[float]) -> None:
    """1.14 % heavy users; a miss costs 50 false alarms; boosting, five folds.

    Average precision, mean p, cost at threshold 0.5, and at 1/51: on p as it is, and corrected.
    """
    data = sm.datasets.randhie.load_pandas().data
    y = (data["mdvis"] >= 20).to_numpy().astype(int)
    X = data.drop(columns="mdvis").to_numpy()
    assert (len(y), round(float(y.mean()), 4)) == (20_190, 0.0114)
    folds, p, seen = stratified(X, y), np.zeros(len(y)), []

    def scores(X_fit: np.ndarray, y_fit: np.ndarray, X_test: np.ndarray) -> np.ndarray:
        weights = balanced_class_weights(y_fit)
        row_weights = np.where(y_fit == 1, weights[1], weights[0])
        model = HistGradientBoostingClassifier(max_iter=30, early_stopping=False)
        with threadpool_limits(1):
            model.fit(X_fit, y_fit, sample_weight=row_weights if name == "weights" else None)
            seen.append(np.asarray(model.predict_proba(X_test)[:, 1]))
        return seen[-1]

    def resample(X: np.ndarray, y: np.ndarray, rng: np.random.Generator) -> Rows:
        if name == "smote":
            return to_one_half(X, y, rng)
        kept = undersample(y, 0.5, rng) if name == "undersample" else np.arange(len(y))
        return X[kept], y[kept]

    def cost(p: np.ndarray, threshold: float) -> float:
        return float(np.where(p >= threshold, 1 - y, 50 * y).mean())

    average = cross_val_resampled(scores, X, y, resample, folds, np.random.default_rng(0))
    for test, fold_scores in zip(folds, seen, strict=True):
        p[test] = fold_scores
    train_prior = float(y.mean()) if name == "plain" else 0.5
    found = [np.mean(average), p.mean(), cost(p, 0.5), *decision_costs(y, p, train_prior, 50, 1)]
    assert found == pytest.approx(expected, abs=0.002)
    assert cost(np.zeros(len(y)), 0.5) == pytest.approx(0.572, abs=0.002)


def test_twenty_positives_say_little() -> None:
    """The same scorer at 1 %: average precision with 20 and with 200 positives, 95 % ranges."""
    rng = np.random.default_rng(0)

    def average_precision(n_pos: int) -> float:
        hits, others = rng.normal(2, size=n_pos), rng.normal(size=99 * n_pos)
        above = 99 * n_pos - np.sort(others).searchsorted(np.sort(hits)[::-1])
        found = np.arange(1, n_pos + 1)
        return float((found / (found + above)).mean())

    of_20, of_200 = ([average_precision(n) for _ in range(1000)] for n in (20, 200))
    assert np.percentile(of_20, [2.5, 97.5]) == pytest.approx([0.13, 0.50], abs=0.005)
    assert np.percentile(of_200, [2.5, 97.5]) == pytest.approx([0.21, 0.34], abs=0.005)
    assert proportion_confint(10, 20, method="wilson") == pytest.approx((0.30, 0.70), abs=0.001)
