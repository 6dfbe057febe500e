"""Where a run keeps its files: in memory, where the system has a place for that."""

import os
import tempfile

# Files in memory, where the system has them: SQLite waits for a disk at every commit.
IN_MEMORY = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None


def scratch_folder() -> "tempfile.TemporaryDirectory[str]":
    """Make a folder for the files of a run; it goes with the block that uses it."""
    return tempfile.TemporaryDirectory(prefix="dojo-", dir=IN_MEMORY, ignore_cleanup_errors=True)
