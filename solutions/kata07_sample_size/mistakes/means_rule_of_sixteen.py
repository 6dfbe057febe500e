"""Lehr's rule of thumb, 16 / d^2, whatever alpha and power are.

Fails: TestNPerArmMeans::test_cohens_table_for_medium_and_large_effects
Seen first: TestNPerArmMeans::test_alpha_is_split_between_two_tails
"""

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from solutions.kata07_sample_size.sample_size import _check, _check_levels, _round_up


def n_per_arm_means(delta: float, sd: float, alpha: float = 0.05, power: float = 0.8) -> int:
    """Smallest n per arm that gives a two-sided, two-sample t-test this power."""
    _check(math.inf, delta=abs(delta), sd=sd)
    _check_levels(alpha, power)
    return max(2, _round_up(16 * (sd / delta) ** 2))
