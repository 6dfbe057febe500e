"""Both arms are taken to have the average size.

Fails: TestPowerOf::test_a_huge_control_arm_cannot_rescue_a_small_treat_arm
"""

import math
from typing import TYPE_CHECKING

from scipy.stats import norm

if TYPE_CHECKING:
    from solutions.kata07_sample_size.sample_size import _check, _standard_errors


def power_of(
    n_control: int, n_treat: int, p_control: float, p_treat: float, alpha: float = 0.05
) -> float:
    """Chance that the two-sided z-test rejects."""
    _check(1, p_control=p_control, p_treat=p_treat)
    _check(math.inf, n_control=n_control, n_treat=n_treat)
    _check(0.5, alpha=alpha)
    n = (n_control + n_treat) / 2
    null, real = _standard_errors(n, n, p_control, p_treat)
    cut = norm.isf(alpha / 2) * null
    lift = p_treat - p_control
    return float(norm.sf((cut - lift) / real) + norm.sf((cut + lift) / real))
