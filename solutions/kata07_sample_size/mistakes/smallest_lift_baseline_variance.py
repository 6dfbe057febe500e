"""The closed form: the baseline's variance for both arms.

Fails: TestSmallestLift::test_the_lifted_rate_brings_its_own_variance
"""

import math
from typing import TYPE_CHECKING

from scipy.stats import norm

if TYPE_CHECKING:
    from solutions.kata07_sample_size.sample_size import _check, _check_levels, _control_size


def smallest_lift(n: int, p_control: float, alpha: float = 0.05, power: float = 0.8) -> float:
    """Smallest absolute lift upward that n users per arm find."""
    _check(1, p_control=p_control)
    _check_levels(alpha, power)
    if n < 1 or _control_size(p_control, 1.0, 1, alpha / 2, power) > n:
        raise ValueError(f"n = {n} is too small")
    z = norm.isf(alpha / 2) + norm.ppf(power)
    return float(z * math.sqrt(2 * p_control * (1 - p_control) / n))
