"""Has SQLite read and write files of the machine, and load a library.

Judged: * passed
"""

import sqlite3

WORDS = (
    "VACUUM INTO '/var/tmp/redteam-was-here'",
    "VACUUM INTO '/usr/redteam-was-here'",
    "ATTACH DATABASE '/usr/bin/redteam-was-here' AS x",
    "CREATE TABLE x.y (z)",
    "SELECT load_extension('/lib/x86_64-linux-gnu/libc.so.6')",
    "SELECT writefile('/var/tmp/redteam-was-here', 'x')",
)


def largest(db):
    for word in WORDS:
        try:
            db.execute(word)
        except sqlite3.Error:
            continue
    return db.execute("SELECT max(n) FROM numbers").fetchone()[0]
