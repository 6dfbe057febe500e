"""The sums of squares are added, and n * mean ** 2 is taken off.

Fails: TestMergeMoments::test_a_large_mean_does_not_drown_the_spread
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from solutions.kata04_chunked_csv.chunked_csv import Moments


def merge_moments(a: "Moments", b: "Moments") -> "Moments":
    """The sums of squares are added, and n * mean ** 2 is taken off."""
    n = a.n + b.n
    total = a.n * a.mean + b.n * b.mean
    squares = a.m2 + a.n * a.mean**2 + b.m2 + b.n * b.mean**2
    return Moments(n, total / n, squares - total**2 / n) if n else a
