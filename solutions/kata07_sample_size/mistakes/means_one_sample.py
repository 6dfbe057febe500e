"""The formula for one sample: only one of the two means varies.

Fails: TestNPerArmMeans::test_two_groups_double_the_variance
"""

import math
from typing import TYPE_CHECKING

from scipy.stats import nct, t

if TYPE_CHECKING:
    from solutions.kata07_sample_size.sample_size import _check, _check_levels


def n_per_arm_means(delta: float, sd: float, alpha: float = 0.05, power: float = 0.8) -> int:
    """Smallest n per arm that gives a two-sided, two-sample t-test this power."""
    _check(math.inf, delta=abs(delta), sd=sd)
    _check_levels(alpha, power)
    n, d = 2, abs(delta) / sd
    while nct.sf(t.isf(alpha / 2, n - 1), n - 1, d * math.sqrt(n)) < power:
        n += 1
    return n
