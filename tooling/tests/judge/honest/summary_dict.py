"""A dict in a dataclass's place.

Function: summarise
Ends: failed
Says: summarise returned a dict
"""

import numpy as np


def summarise(x: np.ndarray):
    """Return the mean and the spread of x."""
    return {"mean": x.mean(), "spread": x.std(ddof=1)}
