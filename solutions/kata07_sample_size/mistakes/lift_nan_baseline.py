"""The range is checked from the wrong side, so that NaN passes.

Fails: TestLiftToRate::test_the_baseline_lies_strictly_between_zero_and_one
"""

import math
from typing import Literal


def lift_to_rate(baseline: float, lift: float, kind: Literal["absolute", "relative"]) -> float:
    """Rate after the lift."""
    if baseline <= 0 or baseline >= 1:
        raise ValueError("baseline must lie strictly between 0 and 1")
    rates = {"absolute": baseline + lift, "relative": baseline * (1 + lift)}
    if kind not in rates:
        raise ValueError("kind")
    if math.isnan(lift) or rates[kind] <= 0 or rates[kind] >= 1:
        raise ValueError("lift")
    return rates[kind]
