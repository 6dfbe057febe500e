"""The pooled variance is used under the lift too.

Fails: TestNPerArm::test_the_rate_is_pooled_under_the_null_only
"""

from typing import TYPE_CHECKING

from scipy.stats import norm

if TYPE_CHECKING:
    from solutions.kata07_sample_size.sample_size import _check, _check_levels, _round_up


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
    if p_control == p_treat:
        raise ValueError("p_treat")
    tail = alpha / 2 if two_sided else alpha
    z = norm.isf(tail) + norm.ppf(power)
    pooled = (p_control + p_treat) / 2
    return _round_up(2 * z**2 * pooled * (1 - pooled) / (p_treat - p_control) ** 2)
