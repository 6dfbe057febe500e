"""Returns a table with a trillion rows and no columns.

Judged: TestTotal failed
In-process: TestTotal failed
"""

import pandas as pd


def total(values):
    return pd.DataFrame(index=pd.RangeIndex(10**12))
