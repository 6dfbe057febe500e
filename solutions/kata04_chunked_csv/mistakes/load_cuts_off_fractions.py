"""What stands behind the point is cut off.

Fails: TestLoadSqlite::test_a_fraction_in_an_integer_column_is_an_error
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from solutions.kata04_chunked_csv.chunked_csv import _finite


def whole(text: str) -> int:
    """Keep the digits before the point."""
    return int(text.partition(".")[0])


FROM_TEXT = {"TEXT": str, "INTEGER": whole, "REAL": _finite}
