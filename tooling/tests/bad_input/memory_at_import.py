"""The file asks for more memory than there is while it is imported.

Outcome: memory
Says: memory_at_import.py runs out of memory in line {here}
"""

import numpy as np

TABLE = np.empty((100_000, 100_000))  # here
