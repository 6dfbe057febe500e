"""A decorator hides the parameters.

Outcome: error
Says: center takes (*args, **kwargs), but the stub says (x); put the stub's parameters back.
"""

import numpy as np


@np.vectorize
def center(x: float) -> float:
    """Return a value minus itself."""
    return x - x
