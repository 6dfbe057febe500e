"""delta is divided by the variance instead of the sd.

Fails: TestNPerArmMeans::test_only_delta_over_sd_counts
"""

import math
from typing import TYPE_CHECKING

from scipy.stats import nct, norm, t

if TYPE_CHECKING:
    from solutions.kata07_sample_size.sample_size import _check, _check_levels, _round_up


def n_per_arm_means(delta: float, sd: float, alpha: float = 0.05, power: float = 0.8) -> int:
    """Smallest n per arm that gives a two-sided, two-sample t-test this power."""
    _check(math.inf, delta=abs(delta), sd=sd)
    _check_levels(alpha, power)
    z = norm.isf(alpha / 2) + norm.ppf(power)
    n, d = 2, abs(delta) / sd**2
    if d < 0.1:
        return _round_up(2 * (z / d) ** 2)
    while nct.sf(t.isf(alpha / 2, 2 * n - 2), 2 * n - 2, d * math.sqrt(n / 2)) < power:
        n += 1
    return n
