"""A relative lift is added to the baseline as if it were points.

Fails: TestLiftToRate::test_two_percent_relative_is_not_two_points
"""

from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from solutions.kata07_sample_size.sample_size import _check


def lift_to_rate(baseline: float, lift: float, kind: Literal["absolute", "relative"]) -> float:
    """Rate after the lift."""
    _check(1, baseline=baseline)
    if kind not in ("absolute", "relative"):
        raise ValueError("kind")
    _check(1, lift=baseline + lift)
    return baseline + lift
