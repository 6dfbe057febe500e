"""Names in expressions, patterns, several exceptions at once."""

import numpy as np


def center(x: np.ndarray) -> np.ndarray:
    """Return the values minus their mean."""
    if not (n := len(x)):
        raise ValueError("x is empty")
    match x.shape:
        case (1,):
            return x * 0
        case (_,):
            pass
    try:
        raise ExceptionGroup("several", [ValueError("a"), TypeError("b")])
    except* ValueError:
        pass
    except* TypeError:
        pass
    return x - x.sum() / n
