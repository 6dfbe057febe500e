"""The baseline's variance stands for both arms.

Fails: TestPowerOf::test_each_arm_brings_its_own_variance
"""

import math
from typing import TYPE_CHECKING

from scipy.stats import norm

if TYPE_CHECKING:
    from solutions.kata07_sample_size.sample_size import _check


def power_of(
    n_control: int, n_treat: int, p_control: float, p_treat: float, alpha: float = 0.05
) -> float:
    """Chance that the two-sided z-test rejects."""
    _check(1, p_control=p_control, p_treat=p_treat)
    _check(math.inf, n_control=n_control, n_treat=n_treat)
    _check(0.5, alpha=alpha)
    error = math.sqrt(p_control * (1 - p_control) * (1 / n_control + 1 / n_treat))
    cut = norm.isf(alpha / 2)
    lift = (p_treat - p_control) / error
    return float(norm.sf(cut - lift) + norm.sf(cut + lift))
