"""Files that come back from a worker: what of them nobody on this side may be made to read."""

import sqlite3
import struct

import pytest
from dojo.author.judge.types.files import Folder
from dojo.author.judge.wire import File, Tree, WireError

MAGIC = bytes.fromhex("d9d505f920a163d7")


@pytest.fixture
def victim(tmp_path):
    """Return a file outside the test's folder."""
    path = tmp_path / "victim.txt"
    path.write_text("mine\n")
    return path


@pytest.fixture
def folder(tmp_path):
    """Return the test's folder, with a database in it."""
    root = tmp_path / "test_a0"
    root.mkdir()
    with sqlite3.connect(root / "sales.db") as connection:
        connection.execute("CREATE TABLE sales (shop TEXT)")
    connection.close()
    return Folder(root)


def journal(database, victim):
    """Return a journal of nothing to be rolled back, whose super-journal is the victim."""
    with sqlite3.connect(database) as connection:
        pages, size = (
            connection.execute(f"PRAGMA {p}").fetchone()[0] for p in ("page_count", "page_size")
        )
    connection.close()
    name = bytes(victim)
    head = MAGIC + struct.pack(">5I", 0, 0, pages, 512, size)
    tail = struct.pack(">I", 2**30 // size + 1) + name
    return head.ljust(512, b"\0") + tail + struct.pack(">2I", len(name), sum(name)) + MAGIC


def read(database):
    """Open a database as a test does."""
    connection = sqlite3.connect(database)
    connection.execute("SELECT * FROM sales").fetchall()
    connection.close()


def test_sqlite_deletes_what_a_journal_names(folder, victim):
    """Where it does so no longer, the tests below prove nothing."""
    database = folder.root / "sales.db"
    (folder.root / "sales.db-journal").write_bytes(journal(database, victim))
    read(database)

    assert not victim.exists()


@pytest.mark.parametrize("name", ["sales.db-journal", "sales.db-journal/", "./sales.db-journal/."])
def test_no_journal_comes_back(name, folder, victim):
    """However its name is written."""
    database = folder.root / "sales.db"
    file = File(name, journal(database, victim))
    with pytest.raises(WireError, match=r"sales\.db-journal, left behind: commit, and close"):
        folder.apply(Tree("test_a0", [file], ["sales.db", name], []))
    read(database)

    assert victim.exists()


def test_nor_do_the_other_files_that_sqlite_keeps_beside_a_database(folder):
    """A log of pages, and shared memory."""
    for name in ("sales.db-wal", "sales.db-shm"):
        with pytest.raises(WireError, match=f"{name}, left behind"):
            folder.apply(Tree("test_a0", [File(name, b"")], ["sales.db", name], []))
