"""The test looks upward only, so that a drop is searched without end.

Fails: TestNPerArmMeans::test_a_negative_delta_needs_as_many
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
    n, d = 2, delta / sd
    while n < 1000 and nct.sf(t.isf(alpha / 2, 2 * n - 2), 2 * n - 2, d * math.sqrt(n / 2)) < power:
        n += 1
    return n
