"""A drop is planned as the rise of the same size.

Fails: TestNPerArm::test_a_drop_is_no_mirrored_rise
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
    raised = p_control + abs(p_treat - p_control)
    return _round_up(_control_size(p_control, raised, 1, tail, power))
