"""The two quantiles of a central t are added, as with the normal.

Fails: TestNPerArmMeans::test_the_effect_makes_the_t_noncentral
"""

import math
from typing import TYPE_CHECKING

from scipy.stats import t

if TYPE_CHECKING:
    from solutions.kata07_sample_size.sample_size import _check, _check_levels


def n_per_arm_means(delta: float, sd: float, alpha: float = 0.05, power: float = 0.8) -> int:
    """Smallest n per arm that gives a two-sided, two-sample t-test this power."""
    _check(math.inf, delta=abs(delta), sd=sd)
    _check_levels(alpha, power)
    n, d = 2, abs(delta) / sd
    while d * math.sqrt(n / 2) < t.isf(alpha / 2, 2 * n - 2) + t.ppf(power, 2 * n - 2):
        n += 1
    return n
