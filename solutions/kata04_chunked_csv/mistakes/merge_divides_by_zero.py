"""The weights of two empty parts are 0 / 0.

Fails: TestMergeMoments::test_two_empty_parts_stay_empty (error)
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from solutions.kata04_chunked_csv.chunked_csv import Moments


def merge_moments(a: "Moments", b: "Moments") -> "Moments":
    """The weights of two empty parts are 0 / 0."""
    n = a.n + b.n
    delta = b.mean - a.mean
    share = b.n / n
    return Moments(n, a.mean + delta * share, a.m2 + b.m2 + delta**2 * share * a.n)
