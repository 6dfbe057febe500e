"""The lifted rate is returned, not the lift.

Fails: TestSmallestLift::test_it_is_a_lift_and_not_a_rate
"""

from typing import TYPE_CHECKING

from scipy.optimize import brentq

if TYPE_CHECKING:
    from solutions.kata07_sample_size.sample_size import _check, _check_levels, _control_size


def smallest_lift(n: int, p_control: float, alpha: float = 0.05, power: float = 0.8) -> float:
    """Smallest absolute lift upward that n users per arm find."""
    _check(1, p_control=p_control)
    _check_levels(alpha, power)

    def missing(rate: float) -> float:
        return _control_size(p_control, rate, 1, alpha / 2, power) - n

    if missing(1.0) > 0:
        raise ValueError(f"n = {n} is too small")
    return float(brentq(missing, p_control + 1e-12, 1.0))
