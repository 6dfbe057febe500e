"""Each mean is weighted by the size of the other part.

Fails: TestMergeMoments::test_merging_gives_the_moments_of_all_values_together
Seen first: TestMergeMoments::test_the_larger_part_weighs_more
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from solutions.kata04_chunked_csv.chunked_csv import Moments


def merge_moments(a: "Moments", b: "Moments") -> "Moments":
    """Each mean is weighted by the size of the other part."""
    n = a.n + b.n
    if not a.n or not b.n:
        return a if a.n else b
    mean = (a.mean * b.n + b.mean * a.n) / n
    return Moments(n, mean, a.m2 + b.m2 + (a.mean - b.mean) ** 2 * a.n * b.n / n)
