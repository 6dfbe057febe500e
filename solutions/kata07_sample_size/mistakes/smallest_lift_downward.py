"""The drop that n users find is returned as a lift.

Fails: TestSmallestLift::test_the_lift_goes_upward
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

    if missing(0.0) > 0:
        raise ValueError(f"n = {n} is too small")
    return p_control - float(brentq(missing, 0.0, p_control - 1e-12))
