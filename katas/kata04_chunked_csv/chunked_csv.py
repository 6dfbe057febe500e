r"""Exact statistics of a CSV file that does not fit into memory, a chunk at a time.

Every `path` is a CSV file in UTF-8 with one header line; a quoted field may hold commas. Only an
empty field is missing: NA, None, nan and 007 are text like any other. At most `chunksize` rows are
held at once; below 1 it is a ValueError naming chunksize. Apart from the chunk in hand, no memory
may grow with the number of rows; the README says how this is measured. An error that names an
argument has its name in the message: the word col, say, and not the name of the column.
"""

from dataclasses import dataclass
from pathlib import Path

import pandas as pd


@dataclass(frozen=True)
class Moments:
    """Count, mean, and sum of squared deviations from the mean; n=0 has mean 0.0 and m2 0.0."""

    n: int
    mean: float
    m2: float


def merge_moments(a: Moments, b: Moments) -> Moments:
    """Return the Moments of the values behind `a` and `b` taken together; either may be empty.

    Where the mean is 1e8 times as large as the spread, m2 still has six digits.

    >>> merge_moments(Moments(2, 1.5, 0.5), Moments(1, 3.0, 0.0))
    Moments(n=3, mean=2.0, m2=2.0)
    """
    raise NotImplementedError


def group_stats(path: Path, key: str, value: str, chunksize: int) -> pd.DataFrame:
    r"""Return one row of statistics for each key of the column `key`.

    A row of the file counts if neither its key nor its value is empty; a key without any value does
    not appear. Keys are text as written. Values are finite decimal numbers. The index, of any dtype
    for text, is named as the key column and sorted as Python sorts str. The columns are n (int64),
    sum, mean, var, min and max (float64), in this order; var divides by n-1 and is NaN for a single
    value. A file without such rows gives a frame without rows and the same columns and dtypes.

    Whatever the chunksize, n, min and max are the same; sum, mean and var agree to nine digits, and
    var to six where the mean is 1e8 times as large as the spread. The keys fit into memory.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     path = Path(folder, "sales.csv")
    ...     _ = path.write_text("shop,amount\n007,1\n007,2\nNA,5\n007,3\n")
    ...     print(group_stats(path, "shop", "amount", chunksize=2)["mean"].to_dict())
    {'007': 2.0, 'NA': 5.0}
    """
    raise NotImplementedError


def top_k_keys(path: Path, key: str, value: str, k: int, chunksize: int) -> list[tuple[str, float]]:
    r"""Return the k keys with the largest totals and these totals, largest first.

    The same rows count as in group_stats. Keys with equal totals come in the order of str, also
    where k cuts between them. All keys if there are fewer than k; k below 1 is a ValueError naming
    k. The keys fit into memory.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     path = Path(folder, "sales.csv")
    ...     _ = path.write_text("shop,amount\n007,1\n007,2\nNA,5\n007,3\n")
    ...     print(top_k_keys(path, "shop", "amount", k=1, chunksize=2))
    [('007', 6.0)]
    """
    raise NotImplementedError


def stream_quantile(path: Path, col: str, q: float, chunksize: int, max_floats: int) -> float:
    r"""Return number max(1, ceil(q * n - 1e-9)) of the n values in ascending order.

    The answer is one of the values, never between two; equal values count each. Empty fields are
    skipped. 1e-9 takes back what rounding adds: q=0.07 of 100 values is the 7th.

    Besides the chunk in hand and a few counts and bounds, hold at most max_floats of the values at
    a time; more than max_floats values may be equal. Read the file as often as needed. ValueError
    naming q outside [0, 1] or NaN, max_floats below 1, col if it has no values.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     path = Path(folder, "sales.csv")
    ...     _ = path.write_text("shop,amount\n007,1\n007,2\nNA,5\n007,3\n")
    ...     print(stream_quantile(path, "amount", 0.5, chunksize=2, max_floats=1))
    2.0
    """
    raise NotImplementedError


def load_sqlite(path: Path, db: Path, table: str, schema: dict[str, str], chunksize: int) -> int:
    r"""Load the file into one table of the SQLite database `db`; return the number of rows loaded.

    schema maps columns of the file to TEXT, INTEGER or REAL. The table gets these columns, with
    these declared types, in this order, and nothing else; other columns of the file are left out.
    Every row is loaded, in the file's order; an empty field becomes NULL, TEXT stays as written,
    INTEGER keeps all digits of 64 bits. Names may be reserved words or hold spaces, but no quotes.

    `db` is made if there is none. An existing table of that name is replaced, whatever its columns,
    in one transaction: after an error, every table is as it was, or still missing (an empty `db`
    may remain). Other tables do not change, and no further one stays behind.

    ValueError with the field in its message if one in an INTEGER column is no whole number, or one
    in a REAL column no finite number: nan is a word here too. ValueError naming schema if it is
    empty, has another type, or a column that the file lacks.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     path = Path(folder, "sales.csv")
    ...     _ = path.write_text("shop,amount\n007,1\n007,2\nNA,5\n007,3\n")
    ...     types = {"shop": "TEXT", "amount": "INTEGER"}
    ...     print(load_sqlite(path, Path(folder, "sales.db"), "sales", types, chunksize=2))
    4
    """
    raise NotImplementedError
