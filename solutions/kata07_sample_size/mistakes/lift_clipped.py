"""An impossible rate is clipped to 0 or 1 and the plan goes on.

Fails: TestLiftToRate::test_an_impossible_rate_is_refused_not_clipped
"""

from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from solutions.kata07_sample_size.sample_size import _check


def lift_to_rate(baseline: float, lift: float, kind: Literal["absolute", "relative"]) -> float:
    """Rate after the lift."""
    _check(1, baseline=baseline)
    rates = {"absolute": baseline + lift, "relative": baseline * (1 + lift)}
    if kind not in rates:
        raise ValueError("kind")
    return min(max(rates[kind], 0.0), 1.0)
