"""Only the tail on the side of the lift is counted.

Fails: TestPowerOf::test_without_a_lift_the_power_is_alpha
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
    null, real = _standard_errors(n_control, n_treat, p_control, p_treat)
    lift = abs(p_treat - p_control)
    return float(norm.sf((norm.isf(alpha / 2) * null - lift) / real))
