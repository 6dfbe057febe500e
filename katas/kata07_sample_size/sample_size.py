"""Sample size: how many users, for how many days, and whether to believe what comes out.

Rates, lifts, shares, alpha and power are fractions (0.02, not 2).  Pairs are (control, treat).
Sizes and days are ints: a real x is rounded up as ceil(x - 1e-9), since float dust is no user.
"""

from typing import Literal

import numpy as np


def lift_to_rate(baseline: float, lift: float, kind: Literal["absolute", "relative"]) -> float:
    """Rate after a lift, up or down: absolute counts in points, relative in baselines.

    ValueError for a new rate below 0 or above 1, and for any other kind.
    >>> lift_to_rate(0.25, 0.5, "relative")
    0.375
    """
    raise NotImplementedError


def n_per_arm(
    p_control: float,
    p_treat: float,
    alpha: float = 0.05,
    power: float = 0.8,
    two_sided: bool = True,
) -> int:
    """Users in EACH of two equal arms, so that the z-test finds p_treat with this power.

    two_sided=False puts all of alpha in the tail on the side of the lift, be it a rise or a drop.
    >>> n_per_arm(0.10, 0.12)
    3841
    """
    raise NotImplementedError


def n_unequal(
    p_control: float, p_treat: float, ratio: float, alpha: float = 0.05, power: float = 0.8
) -> tuple[int, int]:
    """Users in each arm when treat is `ratio` times control, for the two-sided test.

    If x and ratio * x are the smallest real sizes with this power, each is rounded up by itself.
    >>> n_unequal(0.10, 0.12, 1 / 99)
    (185677, 1876)
    """
    raise NotImplementedError


def power_of(
    n_control: int, n_treat: int, p_control: float, p_treat: float, alpha: float = 0.05
) -> float:
    """Chance that the two-sided z-test rejects, on either side.  The rates may be equal.

    >>> round(power_of(3532, 3532, 0.10, 0.12), 3)
    0.766
    """
    raise NotImplementedError


def n_per_arm_means(delta: float, sd: float, alpha: float = 0.05, power: float = 0.8) -> int:
    """Smallest n >= 2 per arm for which Student's two-sided two-sample t-test has this power.

    The true means differ by delta, up or down; sd is true in both arms, but the test estimates it.
    The power is exact, no normal approximation, and counts the side of delta only.
    >>> n_per_arm_means(5, 10)
    64
    """
    raise NotImplementedError


def days_needed(
    users: tuple[int, int], daily_users: float, shares: tuple[float, float], min_days: int = 14
) -> int:
    """Days until both arms are full, at least min_days, then up to whole weeks: 7, 14, 21 ...

    An arm gets exactly its share of daily_users, fractions of a user too; the rest see no test.
    >>> days_needed((3841, 3841), daily_users=500, shares=(0.5, 0.5))
    21
    """
    raise NotImplementedError


def false_alarm_rate(n_looks: int, alpha: float, rng: np.random.Generator) -> float:
    """Chance that a test without a lift is significant, two-sided at alpha, at one look or more.

    Looks come after equal numbers of new users, and each sees all data so far.  Simulate 20,000
    tests with rng, or integrate: an error of 0.01 is small enough.
    >>> round(false_alarm_rate(14, 0.05, np.random.default_rng(1)), 1)
    0.2
    """
    raise NotImplementedError


def split_p_value(users: tuple[int, int], planned_share: float = 0.5) -> float:
    """Two-sided p-value of the arms' sizes, if each user went to treat with the planned share.

    >>> round(split_p_value((50_600, 49_400)), 5)   # normal, without continuity correction
    0.00015
    """
    raise NotImplementedError


def decide(
    users: tuple[int, int],
    conversions: tuple[int, int],
    planned_share: float,
    n_looks: int,
    rng: np.random.Generator,
) -> tuple[Literal["distrust", "ship", "stop"], float]:
    """Decision at the last of n_looks looks, and the p-value that it rests on.

    "distrust" if the split's p-value is below 0.001.  Otherwise the p-value is the chance, without
    a lift, that any look has a |z| as large as this one: "ship" below 0.05 and up, else "stop".
    >>> decide((10_000, 9_400), (1_000, 1_100), 0.5, 1, np.random.default_rng(1))[0]
    'distrust'
    """
    raise NotImplementedError
