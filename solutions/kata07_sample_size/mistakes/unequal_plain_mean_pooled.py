"""The pooled rate is the plain mean of the two rates, whatever the sizes.

Fails: TestNUnequal::test_the_pooled_rate_weighs_each_arm_by_its_size
"""

import math
from typing import TYPE_CHECKING

from scipy.stats import norm

if TYPE_CHECKING:
    from solutions.kata07_sample_size.sample_size import _check, _check_levels, _round_up


def n_unequal(
    p_control: float, p_treat: float, ratio: float, alpha: float = 0.05, power: float = 0.8
) -> tuple[int, int]:
    """Users in (control, treat) when treat is `ratio` times control."""
    _check(1, p_control=p_control, p_treat=p_treat)
    _check(math.inf, ratio=ratio)
    _check_levels(alpha, power)
    if p_control == p_treat:
        raise ValueError("p_treat")
    pooled = (p_control + p_treat) / 2
    null = math.sqrt(pooled * (1 - pooled) * (1 + 1 / ratio))
    real = math.sqrt(p_control * (1 - p_control) + p_treat * (1 - p_treat) / ratio)
    z = norm.isf(alpha / 2) * null + norm.ppf(power) * real
    control = (z / (p_treat - p_control)) ** 2
    return _round_up(control), _round_up(ratio * control)
