"""A relative lift is read as a percentage and divided by 100.

Fails: TestLiftToRate::test_a_lift_is_a_fraction_not_a_percentage
"""

from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from solutions.kata07_sample_size.sample_size import _check


def lift_to_rate(baseline: float, lift: float, kind: Literal["absolute", "relative"]) -> float:
    """Rate after the lift."""
    _check(1, baseline=baseline)
    rates = {"absolute": baseline + lift, "relative": baseline * (1 + lift / 100)}
    if kind not in rates:
        raise ValueError("kind")
    _check(1, lift=rates[kind])
    return rates[kind]
