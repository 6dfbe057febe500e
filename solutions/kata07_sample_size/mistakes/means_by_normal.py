"""The normal formula: the sd is taken as known.

Fails: TestNPerArmMeans::test_small_groups_pay_for_the_unknown_sd
"""

import math
from typing import TYPE_CHECKING

from scipy.stats import norm

if TYPE_CHECKING:
    from solutions.kata07_sample_size.sample_size import _check, _check_levels, _round_up


def n_per_arm_means(delta: float, sd: float, alpha: float = 0.05, power: float = 0.8) -> int:
    """Smallest n per arm that gives a two-sided, two-sample t-test this power."""
    _check(math.inf, delta=abs(delta), sd=sd)
    _check_levels(alpha, power)
    z = norm.isf(alpha / 2) + norm.ppf(power)
    return max(2, _round_up(2 * (z * sd / delta) ** 2))
