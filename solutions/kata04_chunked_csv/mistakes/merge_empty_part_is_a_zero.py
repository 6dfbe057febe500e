"""An empty part counts as one value of 0.0.

Fails: TestMergeMoments::test_an_empty_part_changes_nothing
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from solutions.kata04_chunked_csv.chunked_csv import Moments


def merge_moments(a: "Moments", b: "Moments") -> "Moments":
    """An empty part counts as one value of 0.0."""
    n_a, n_b = max(a.n, 1), max(b.n, 1)
    delta = b.mean - a.mean
    m2 = a.m2 + b.m2 + delta**2 * n_a * n_b / (n_a + n_b)
    return Moments(a.n + b.n, a.mean + delta * n_b / (n_a + n_b), m2)
