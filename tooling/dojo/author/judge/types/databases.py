"""SQLite's databases on the wire: their bytes, looked through before a test asks them anything."""

import sqlite3
import sys
import time

from dojo import limits
from dojo.author.judge.wire import WireError

MAGIC = b"SQLite format 3\0"
# Where a file says whether it is written through a log beside it, which one in memory has not.
VERSIONS = slice(18, 20)
# How often a look through a database is interrupted, to see how long it has taken.
INSTRUCTIONS = 10_000
REFUSED = {
    "a virtual table": "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND rootpage = 0",
    "a page that makes no sense": (
        "SELECT 1 FROM pragma_quick_check(1) WHERE quick_check IS NOT 'ok'"
    ),
}


def content_of(connection: sqlite3.Connection) -> bytes:
    """Return what is in a database; one in which nothing was created has no content to return."""
    if not connection.execute("SELECT 1 FROM sqlite_schema").fetchone():
        return b""
    return connection.serialize()


def open_database(content: bytes) -> sqlite3.Connection:
    """Open a database in memory that trusts nothing in its schema."""
    connection = sqlite3.connect(":memory:")
    if content:
        connection.deserialize(content)
    for pragma in ("trusted_schema = OFF", "cell_size_check = ON"):
        connection.execute(f"PRAGMA {pragma}")
    connection.execute("SELECT * FROM sqlite_schema").fetchall()
    return connection


def open_checked(content: bytes) -> sqlite3.Connection:
    """Open a database that a worker sent; WireError if it is damaged, or does more than hold."""
    connection = open_database(content)
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, 2 * limits.FRAME_BYTES)
    if sys.version_info >= (3, 12):
        connection.setconfig(sqlite3.SQLITE_DBCONFIG_DEFENSIVE, True)
    end = time.thread_time() + limits.DATABASE_SECONDS
    connection.set_progress_handler(lambda: time.thread_time() > end, INSTRUCTIONS)
    for what, question in REFUSED.items():
        if connection.execute(question).fetchone():
            raise WireError(f"a database with {what}")
    connection.set_progress_handler(None, 0)
    return connection


def check_file(content: bytes) -> None:
    """Raise WireError for a file that SQLite would open and that is damaged."""
    if not content.startswith(MAGIC):
        return
    alone = bytearray(content)
    alone[VERSIONS] = b"\1\1"
    try:
        open_checked(bytes(alone)).close()
    except sqlite3.Error as error:
        raise WireError(f"a database that cannot be read ({type(error).__name__})") from None
