"""Every kind that is not absolute counts as relative.

Fails: TestLiftToRate::test_an_unknown_kind_is_refused
"""

from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from solutions.kata07_sample_size.sample_size import _check


def lift_to_rate(baseline: float, lift: float, kind: Literal["absolute", "relative"]) -> float:
    """Rate after the lift."""
    _check(1, baseline=baseline)
    rate = baseline + lift if kind == "absolute" else baseline * (1 + lift)
    _check(1, lift=rate)
    return rate
