r"""Exact answers about a CSV file that does not fit into memory; the README says what is in it.

At most `chunksize` rows are held at once. No other memory may grow with the number of rows.
"""

from dataclasses import dataclass
from pathlib import Path

import pandas as pd


@dataclass(frozen=True)
class Moments:
    """Count, mean, and sum of squared deviations from that mean; all three 0 for no values."""

    n: int
    mean: float
    m2: float


@dataclass(frozen=True)
class Engine:
    """One way to answer, as it was measured with two files."""

    name: str
    rows: tuple[int, int]  # of the two files
    peaks: tuple[int, int]  # bytes of memory that each took at most
    load: float  # seconds per million rows, once, before the first question
    ask: float  # seconds per million rows, for each question


def merge_moments(a: Moments, b: Moments) -> Moments:
    """Return the Moments of the values behind `a` and `b` taken together; either may be empty.

    >>> merge_moments(Moments(2, 1.5, 0.5), Moments(1, 3.0, 0.0))
    Moments(n=3, mean=2.0, m2=2.0)
    """
    raise NotImplementedError


def group_stats(path: Path, key: str, value: str, chunksize: int) -> pd.DataFrame:
    r"""Return one row of statistics for each key, sorted by key.

    A row of the file counts if neither its key nor its value is empty. The index has the name of
    the key column; the columns are n (int64), sum, mean, var, min, max (float64), in this order,
    also if no row counts. var divides by n - 1; for a single value it is NaN.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     path = Path(folder, "sales.csv")
    ...     _ = path.write_text("shop,amount\n007,1\n007,2\nNA,5\n007,3\n")
    ...     print(group_stats(path, "shop", "amount", chunksize=2)["mean"].to_dict())
    {'007': 2.0, 'NA': 5.0}
    """
    raise NotImplementedError


def top_k_keys(path: Path, key: str, value: str, k: int, chunksize: int) -> list[tuple[str, float]]:
    r"""Return the k keys with the largest totals as (key, total), largest first.

    Rows count as in group_stats. Equal totals come in the order of their keys.

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

    Equal values count each; empty fields are none. There is at least one value. Besides the chunk
    in hand and a few counts and bounds, hold at most max_floats values at a time. Read the file as
    often as needed.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     path = Path(folder, "sales.csv")
    ...     _ = path.write_text("shop,amount\n007,1\n007,2\nNA,5\n007,3\n")
    ...     print(stream_quantile(path, "amount", 0.5, chunksize=2, max_floats=1))
    2.0
    """
    raise NotImplementedError


def load_sqlite(path: Path, db: Path, table: str, schema: dict[str, str], chunksize: int) -> int:
    r"""Replace one table of the SQLite database `db` by the file; return the number of rows loaded.

    schema maps columns of the file to TEXT, INTEGER or REAL. The table gets these columns, in this
    order, and every row, in the file's order; an empty field becomes NULL. A field that is no whole
    number (INTEGER) or no finite number (REAL) is a ValueError, or an error of sqlite3; then `db`
    holds what it held before. Other tables never change, and none is added. Names may be words of
    SQL, and may hold blanks.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     path = Path(folder, "sales.csv")
    ...     _ = path.write_text("shop,amount\n007,1\n007,2\nNA,5\n007,3\n")
    ...     print(load_sqlite(path, Path(folder, "a.db"), "sales", {"shop": "TEXT"}, chunksize=2))
    4
    """
    raise NotImplementedError


def rank_engines(
    engines: list[Engine], rows: int, questions: int, memory: int
) -> list[tuple[str, float, float]]:
    """Return (name, peak, seconds) of each engine whose peak fits into `memory`, soonest first.

    The file has `rows` rows and is asked `questions` times. Peaks lie on a straight line.

    >>> frame = Engine("one frame", (20_000, 80_000), (1_600_000, 6_400_000), load=0.5, ask=0.25)
    >>> rank_engines([frame], rows=1_000_000, questions=2, memory=100_000_000)
    [('one frame', 80000000.0, 1.0)]
    """
    raise NotImplementedError
