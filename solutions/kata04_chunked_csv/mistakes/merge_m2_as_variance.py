"""m2 is averaged as if it were a variance.

Fails: TestMergeMoments::test_m2_is_a_sum_and_not_a_variance
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from solutions.kata04_chunked_csv.chunked_csv import Moments


def merge_moments(a: "Moments", b: "Moments") -> "Moments":
    """m2 is averaged as if it were a variance."""
    if not b.n:
        return a
    n = a.n + b.n
    delta = b.mean - a.mean
    share = b.n / n
    m2 = (a.n * a.m2 + b.n * b.m2 + delta**2 * share * a.n) / n
    return Moments(n, a.mean + delta * share, m2)
