"""The ratio is read as control over treat.

Fails: TestNUnequal::test_the_ratio_is_treat_over_control
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
    control = _control_size(p_control, p_treat, 1 / ratio, alpha / 2, power)
    return _round_up(control), _round_up(control / ratio)
