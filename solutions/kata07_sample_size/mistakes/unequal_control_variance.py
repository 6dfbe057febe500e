"""Control's variance stands for treat's as well.

Fails: TestNUnequal::test_swapping_the_arms_swaps_the_answer
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
    z = norm.isf(alpha / 2) + norm.ppf(power)
    spread = p_control * (1 - p_control) * (1 + 1 / ratio)
    control = z**2 * spread / (p_treat - p_control) ** 2
    return _round_up(control), _round_up(ratio * control)
