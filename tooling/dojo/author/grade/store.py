"""The verdicts of a cohort in one SQLite file, each written as it arrives.

A grader that is killed loses nothing but the runs that were under way. One grader at a time: a
lock on a file beside the store goes with the process that holds it.
"""

import contextlib
import fcntl
import hashlib
import json
import os
import platform
import secrets
import sqlite3
from collections.abc import Iterator
from dataclasses import astuple, replace
from pathlib import Path
from typing import Any

from dojo.author.grade.key import Key
from dojo.errors import UsageError
from dojo.run.verdict import TestResult, Verdict, result_from_json

SCHEMA = 1
LARGEST_SEED = 10**9
# A verdict holds the hashes of its tests' results: a cohort shares most of them.
TABLES = (
    """CREATE TABLE verdicts (
        source TEXT, kata TEXT, version TEXT, seed INTEGER, isolation TEXT, verdict TEXT,
        PRIMARY KEY (source, kata, version, seed, isolation)
    ) WITHOUT ROWID""",
    "CREATE TABLE results (hash TEXT PRIMARY KEY, result TEXT) WITHOUT ROWID",
    "CREATE TABLE IF NOT EXISTS facts (name TEXT PRIMARY KEY, value INTEGER) WITHOUT ROWID",
)
# Before schema 1, a key did not name the isolation, and every verdict held its results itself.
FROM_SCHEMA_0 = (
    "ALTER TABLE verdicts RENAME TO verdicts_0",
    *TABLES,
    """INSERT OR IGNORE INTO results SELECT digest(value), value
        FROM verdicts_0, json_each(verdicts_0.verdict, '$.tests')""",
    """INSERT INTO verdicts SELECT source, kata, version, seed,
        json_extract(verdict, '$.isolation'),
        json_set(verdict, '$.tests', (
            SELECT json_group_array(digest(value)) FROM json_each(verdict, '$.tests')))
        FROM verdicts_0""",
    "DROP TABLE verdicts_0",
)


def digest(text: str) -> str:
    """Return the hash under which a test's result is kept."""
    return hashlib.sha256(text.encode()).hexdigest()[:32]


@contextlib.contextmanager
def transaction(connection: sqlite3.Connection, kind: str = "IMMEDIATE") -> Iterator[None]:
    """Do everything in the block, or nothing."""
    connection.execute(f"BEGIN {kind}")
    try:
        yield
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


class Store:
    """The verdicts that are known, and the seed that all of them were given under."""

    def __init__(self, path: Path, connection: sqlite3.Connection, seed: int | None) -> None:
        """Use an open database; a new store draws its seed, unless one is asked for."""
        self.path = path
        self.connection = connection
        self.results: dict[str, TestResult] = {}
        drawn = secrets.randbelow(LARGEST_SEED) if seed is None else seed
        with self.failures():
            migrate(path, connection)
            connection.execute("INSERT OR IGNORE INTO facts VALUES ('seed', ?)", [drawn])
            row = connection.execute("SELECT value FROM facts WHERE name = 'seed'").fetchone()
        self.seed = int(row[0])
        self.is_new = not connection.execute("SELECT 1 FROM verdicts LIMIT 1").fetchone()
        if seed not in (None, self.seed):
            raise UsageError(
                f"The store {path} has the seed {self.seed}, under which all its verdicts were "
                f"given; leave --seed out, or take another --store for the seed {seed}."
            )

    @contextlib.contextmanager
    def reading(self) -> Iterator[None]:
        """Read many verdicts in the block: one transaction for each would take most of the time."""
        with self.failures(), transaction(self.connection, "DEFERRED"):
            yield

    def get(self, key: Key) -> Verdict | None:
        """Return a verdict that is known, or None."""
        with self.failures():
            row = self.connection.execute(
                "SELECT verdict FROM verdicts WHERE source = ? AND kata = ? AND version = ? "
                "AND seed = ? AND isolation = ?",
                astuple(key),
            ).fetchone()
        try:
            return self.assembled(json.loads(row[0])) if row else None
        except (ValueError, KeyError, TypeError):
            return None  # another version wrote it otherwise: it is given again

    def put(self, key: Key, verdict: Verdict) -> Verdict:
        """Keep a verdict, from now on and whatever happens next; return it as it is kept."""
        data = verdict.to_json()
        results = {digest(text): text for text in map(json.dumps, data["tests"])}
        data["tests"] = list(results)
        with self.failures(), transaction(self.connection):
            new = [pair for pair in results.items() if pair[0] not in self.results]
            self.connection.executemany("INSERT OR IGNORE INTO results VALUES (?, ?)", new)
            row = [*astuple(key), json.dumps(data)]
            self.connection.execute("INSERT OR REPLACE INTO verdicts VALUES (?,?,?,?,?,?)", row)
        return self.assembled(data)

    def assembled(self, data: dict[str, Any]) -> Verdict:
        """Put a verdict together; what tests found is shared by all verdicts of a cohort."""
        tests = tuple(map(self.result, data["tests"]))
        return replace(Verdict.from_json({**data, "tests": []}), tests=tests)

    def result(self, name: str) -> TestResult:
        """Return what a test found, by its hash."""
        if name not in self.results:
            with self.failures():
                row = self.connection.execute(
                    "SELECT result FROM results WHERE hash = ?", [name]
                ).fetchone()
            self.results[name] = result_from_json(json.loads(row[0]))
        return self.results[name]

    @contextlib.contextmanager
    def failures(self) -> Iterator[None]:
        """Say what a person can do where the file or the disk fails."""
        try:
            yield
        except sqlite3.Error as error:
            raise UsageError(explain(self.path, error)) from None


def explain(path: Path, error: Exception) -> str:
    """Say what a failure of the store means."""
    name = getattr(error, "sqlite_errorname", "")
    if name.startswith(("SQLITE_FULL", "SQLITE_IOERR")):
        return (
            f"The store {path} cannot be written ({error}): make room on its disk and run the "
            "same command again; what was judged so far is kept."
        )
    if name.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM")):
        return f"The store {path} cannot be opened for writing ({error}); choose another --store."
    return (
        f"The store {path} is damaged, or no store of verdicts ({error}): move it away, and go on "
        "in a new one with --seed and the seed that the last reports name."
    )


def migrate(path: Path, connection: sqlite3.Connection) -> None:
    """Bring a database of an older schema, or an empty one, to this schema, or leave it as is."""
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.create_function("digest", 1, digest, deterministic=True)
    with transaction(connection):
        found = int(connection.execute("PRAGMA user_version").fetchone()[0])
        names = {row[0] for row in connection.execute("SELECT name FROM sqlite_schema")}
        if found > SCHEMA:
            raise UsageError(
                f"The store {path} was written by a newer version of this program; update yours."
            )
        if found == 0 and names and "verdicts" not in names:
            raise UsageError(f"{path} is a database of something else; choose another --store.")
        if found == 0:
            for statement in FROM_SCHEMA_0 if names else TABLES:
                connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {SCHEMA}")


@contextlib.contextmanager
def open_store(path: Path, seed: int | None = None) -> Iterator[Store]:
    """Open a store, or make it, and hold it alone until the block ends."""
    try:
        with held(path):
            connection = sqlite3.connect(path, isolation_level=None)
            with contextlib.closing(connection):
                yield Store(path, connection, seed)
    except sqlite3.Error as error:
        raise UsageError(explain(path, error)) from None


@contextlib.contextmanager
def held(path: Path) -> Iterator[None]:
    """Hold the lock of a store; UsageError names who else holds it."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        lock = path.with_name(f"{path.name}.lock").open("a+", encoding="utf-8")
    except OSError as error:
        raise UsageError(
            f"The store {path} cannot be made ({error.strerror}); choose another --store."
        ) from None
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            raise UsageError(
                f"The store {path} is in use by another grader ({lock.read().strip()}); wait until "
                "it has ended, or take another --store."
            ) from None
        lock.truncate(0)
        lock.write(f"process {os.getpid()} on {platform.node()}")
        lock.flush()
        yield
