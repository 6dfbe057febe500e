"""Only the size of the lift counts: a drop becomes a rise.

Fails: TestLiftToRate::test_a_negative_lift_lowers_the_rate
"""

from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from solutions.kata07_sample_size.sample_size import _check


def lift_to_rate(baseline: float, lift: float, kind: Literal["absolute", "relative"]) -> float:
    """Rate after the lift."""
    _check(1, baseline=baseline)
    rates = {"absolute": baseline + abs(lift), "relative": baseline * (1 + abs(lift))}
    if kind not in rates:
        raise ValueError("kind")
    _check(1, lift=rates[kind])
    return rates[kind]
