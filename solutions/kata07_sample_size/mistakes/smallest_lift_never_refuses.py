"""Where no lift can be found, the largest one is returned.

Fails: TestSmallestLift::test_too_few_users_for_any_lift_are_refused
"""

from typing import TYPE_CHECKING

from scipy.optimize import brentq

if TYPE_CHECKING:
    from solutions.kata07_sample_size.sample_size import _check, _check_levels, _control_size


def smallest_lift(n: int, p_control: float, alpha: float = 0.05, power: float = 0.8) -> float:
    """Smallest absolute lift upward that n users per arm find."""
    _check(1, p_control=p_control)
    _check_levels(alpha, power)

    def missing(lift: float) -> float:
        return _control_size(p_control, p_control + lift, 1, alpha / 2, power) - n

    largest = 1 - p_control
    return float(brentq(missing, 1e-12, largest)) if missing(largest) < 0 else largest
