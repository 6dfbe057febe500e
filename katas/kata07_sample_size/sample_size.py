"""Sample size: how many users, for how many days, and what power is really there.

Rates, lifts, shares, alpha and power are fractions (0.02, not 2); an effect is never a percentage.
Every ValueError carries the name of the argument it complains about; NaN is out of every range.
Everywhere: 0 < alpha < 0.5 and 0.5 <= power < 1.  A real x is rounded up as ceil(x - 1e-9).
"The z-test" is the two-sample test of proportions defined in the README.
"""

from typing import Literal


def lift_to_rate(baseline: float, lift: float, kind: Literal["absolute", "relative"]) -> float:
    """Rate after the lift: an absolute lift counts in points, a relative one in baselines.

    A lift may be negative or 0.  ValueError: `baseline` outside 0 < baseline < 1; with a
    legal baseline, `lift` if the new rate is not strictly between 0 and 1 (no clipping) or lift
    is NaN; `kind` if it is neither of the two.

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
    """Users in EACH of two equal arms, so that the z-test finds p_treat with the wanted power.

    Only the tail on the side of the lift counts as power.  two_sided=False: alpha is one tail,
    on the side of the lift.  The unrounded size is rounded up once, to a plain int.  ValueError:
    `p_control`, `p_treat` outside (0, 1); `p_treat` equal to p_control; `alpha`; `power`.

    >>> n_per_arm(0.10, 0.12)
    3841
    """
    raise NotImplementedError


def n_unequal(
    p_control: float, p_treat: float, ratio: float, alpha: float = 0.05, power: float = 0.8
) -> tuple[int, int]:
    """Users in (control, treat) when treat is `ratio` times control.

    The test is two-sided; everything else is as in n_per_arm.
    Let x be the smallest real size of control for which x and ratio * x reach the power: the
    answer rounds up x and ratio * x, each by itself.  The pooled rate weighs each arm by its size.
    ValueError: as n_per_arm, and `ratio` unless 0 < ratio < infinity.

    >>> n_unequal(0.10, 0.12, 1 / 99)
    (185677, 1876)
    """
    raise NotImplementedError


def power_of(
    n_control: int, n_treat: int, p_control: float, p_treat: float, alpha: float = 0.05
) -> float:
    """Chance that the two-sided z-test rejects, with these arms and rates; both tails count.

    Equal rates are legal: what is left is the false-alarm rate.  ValueError: `n_control`,
    `n_treat` below 1; `p_control`, `p_treat` outside (0, 1); `alpha`.

    >>> round(power_of(3532, 3532, 0.10, 0.12), 3)
    0.766
    """
    raise NotImplementedError


def smallest_lift(n: int, p_control: float, alpha: float = 0.05, power: float = 0.8) -> float:
    """Smallest absolute lift upward that n users per arm find with this power (two-sided z-test).

    It is the lift at which n_per_arm, before rounding, needs exactly n; correct to 1 part in
    10,000.  ValueError: `p_control` outside (0, 1); `alpha`; `power`; if these are legal, `n`
    below 1, or if even p_treat = 1 would need more than n.

    >>> round(smallest_lift(3841, 0.10), 4)
    0.02
    """
    raise NotImplementedError


def n_per_arm_means(delta: float, sd: float, alpha: float = 0.05, power: float = 0.8) -> int:
    """Smallest n >= 2 per arm that gives a two-sided, two-sample t-test at least this power.

    It is Student's test, with pooled variance; both arms have size n and true standard deviation
    sd.  Power is exact (noncentral t) and, as in n_per_arm, counts the tail on the side of delta.
    A negative delta needs as many as a positive one.  ValueError: `delta` if 0 or NaN; `sd`
    unless sd > 0; `alpha`; `power`.

    >>> n_per_arm_means(5, 10)
    64
    """
    raise NotImplementedError


def days_needed(
    n_control: int,
    n_treat: int,
    daily_users: float,
    share_control: float,
    share_treat: float,
    min_days: int = 14,
) -> int:
    """Whole days until both arms are full, at least min_days, then up to whole weeks: 7, 14, 21 ...

    daily_users arrive every day, all new; an arm gets its exact share, fractions of a user too, and
    the rest see no test.  ValueError: `n_control`, `n_treat`, `min_days` below 1; `daily_users`
    unless above 0; `share_control`, `share_treat` outside (0, 1); `share_treat` if the shares sum
    to more than 1.

    >>> days_needed(3841, 3841, daily_users=500, share_control=0.5, share_treat=0.5)
    21
    """
    raise NotImplementedError
