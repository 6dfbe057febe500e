"""The mean is the average of the two means.

Fails: TestMergeMoments::test_the_larger_part_weighs_more
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from solutions.kata04_chunked_csv.chunked_csv import Moments


def merge_moments(a: "Moments", b: "Moments") -> "Moments":
    """The mean is the average of the two means."""
    if not b.n:
        return a
    n = a.n + b.n
    delta = b.mean - a.mean
    share = b.n / n
    return Moments(n, (a.mean + b.mean) / 2, a.m2 + b.m2 + delta**2 * share * a.n)
