"""m2 is the sum of the two m2.

Fails: TestMergeMoments::test_the_distance_between_the_means_counts
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from solutions.kata04_chunked_csv.chunked_csv import Moments


def merge_moments(a: "Moments", b: "Moments") -> "Moments":
    """m2 is the sum of the two m2."""
    if not b.n:
        return a
    n = a.n + b.n
    delta = b.mean - a.mean
    share = b.n / n
    return Moments(n, a.mean + delta * share, a.m2 + b.m2)
