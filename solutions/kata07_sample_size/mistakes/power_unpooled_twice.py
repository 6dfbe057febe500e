"""Each arm's own variance sets the cut as well.

Fails: TestPowerOf::test_the_rate_is_pooled_under_the_null_only
"""

import math
from typing import TYPE_CHECKING

from scipy.stats import norm

if TYPE_CHECKING:
    from solutions.kata07_sample_size.sample_size import _check, _standard_errors


def power_of(
    n_control: int, n_treat: int, p_control: float, p_treat: float, alpha: float = 0.05
) -> float:
    """Chance that the two-sided z-test rejects."""
    _check(1, p_control=p_control, p_treat=p_treat)
    _check(math.inf, n_control=n_control, n_treat=n_treat)
    _check(0.5, alpha=alpha)
    _, real = _standard_errors(n_control, n_treat, p_control, p_treat)
    cut = norm.isf(alpha / 2)
    lift = (p_treat - p_control) / real
    return float(norm.sf(cut - lift) + norm.sf(cut + lift))
