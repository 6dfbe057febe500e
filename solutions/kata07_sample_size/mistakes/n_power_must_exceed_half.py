"""A power of exactly one half is refused.

Fails: TestNPerArm::test_half_the_power_is_the_least_one_may_ask (error)
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from solutions.kata07_sample_size.sample_size import (
        _check,
        _check_levels,
        _control_size,
        _round_up,
    )


def n_per_arm(
    p_control: float,
    p_treat: float,
    alpha: float = 0.05,
    power: float = 0.8,
    two_sided: bool = True,
) -> int:
    """Users in each of two equal arms."""
    _check(1, p_control=p_control, p_treat=p_treat)
    _check_levels(alpha, power)
    tail = alpha / 2 if two_sided else alpha
    if power == 0.5:
        raise ValueError("power must be above 0.5")
    return _round_up(_control_size(p_control, p_treat, 1, tail, power))
