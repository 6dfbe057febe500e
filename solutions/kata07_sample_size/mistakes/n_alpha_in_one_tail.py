"""Alpha is never halved: all of it lies in one tail.

Fails: TestNPerArm::test_two_sided_alpha_is_split_between_two_tails
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
    return _round_up(_control_size(p_control, p_treat, 1, alpha, power))
