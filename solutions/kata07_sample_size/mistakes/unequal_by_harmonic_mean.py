"""The equal-arm size is stretched by (1 + 1/ratio) / 2, as if both arms varied alike.

Fails: TestNUnequal::test_the_pooled_rate_weighs_each_arm_by_its_size
"""

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from solutions.kata07_sample_size.sample_size import (
        _check,
        _check_levels,
        _control_size,
        _round_up,
    )


def n_unequal(
    p_control: float, p_treat: float, ratio: float, alpha: float = 0.05, power: float = 0.8
) -> tuple[int, int]:
    """Users in (control, treat) when treat is `ratio` times control."""
    _check(1, p_control=p_control, p_treat=p_treat)
    _check(math.inf, ratio=ratio)
    _check_levels(alpha, power)
    equal = _control_size(p_control, p_treat, 1, alpha / 2, power)
    control = equal * (1 + 1 / ratio) / 2
    return _round_up(control), _round_up(ratio * control)
