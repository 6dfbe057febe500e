"""What is printed would clear the terminal and paint it.

Outcome: error
Says: center raised ValueError in line {here}
"""

import numpy as np


def center(x: np.ndarray) -> np.ndarray:
    """Print and raise control characters."""
    print("\x1b[2J\x1b[31mred\x07")
    raise ValueError("\x1b[2J\x1b]0;title\x07 [bold]no markup[/bold]")  # here
