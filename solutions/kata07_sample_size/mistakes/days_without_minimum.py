"""min_days is not looked at: 0.1 days of traffic end in one week.

Fails: TestDaysNeeded::test_two_hours_of_traffic_still_take_two_weeks
"""

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from solutions.kata07_sample_size.sample_size import _check, _round_up


def days_needed(
    n_control: int,
    n_treat: int,
    daily_users: float,
    share_control: float,
    share_treat: float,
    min_days: int = 14,
) -> int:
    """Days until the arms are full."""
    _check(math.inf, n_control=n_control, n_treat=n_treat, min_days=min_days)
    _check(math.inf, daily_users=daily_users)
    _check(1, share_control=share_control, share_treat=share_treat)
    if share_control + share_treat > 1:
        raise ValueError("share_treat")
    slower = max(n_control / share_control, n_treat / share_treat)
    return 7 * math.ceil(_round_up(slower / daily_users) / 7)
