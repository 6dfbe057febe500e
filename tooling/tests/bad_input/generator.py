"""A generator comes back, since a yield stands where a return should.

Outcome: failed
Says: center returned a generator
"""

from collections.abc import Iterator

import numpy as np


def center(x: np.ndarray) -> Iterator[np.ndarray]:
    """Yield the values minus their mean."""
    yield x - x.mean()
