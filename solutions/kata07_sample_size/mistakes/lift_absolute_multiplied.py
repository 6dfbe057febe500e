"""An absolute lift is multiplied with the baseline, as if it were relative.

Fails: TestLiftToRate::test_two_points_absolute_are_not_two_percent
"""

from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from solutions.kata07_sample_size.sample_size import _check


def lift_to_rate(baseline: float, lift: float, kind: Literal["absolute", "relative"]) -> float:
    """Rate after the lift."""
    _check(1, baseline=baseline)
    if kind not in ("absolute", "relative"):
        raise ValueError("kind")
    _check(1, lift=baseline * (1 + lift))
    return baseline * (1 + lift)
