"""Saves: one event each, however an editor writes, and never half a file."""

from pathlib import Path
from queue import SimpleQueue

import pytest
from dojo.learner.watch.listener import Listener, kind_of

WHOLE = "def center(x):\n    return x - x.mean()\n"
HALF = "def center(x):\n    return (x -"


@pytest.fixture
def folder(tmp_path):
    """Return the folder that is watched, with a learner's file in it."""
    folder = tmp_path / "katas"
    folder.mkdir()
    (folder / "spread.py").write_text("")
    return folder


class Untold(Listener):
    """A listener where the system has no watch left to give."""

    def notified(self):
        """Fail as the system does."""
        raise RuntimeError("no inotify instance left")


@pytest.fixture(params=["told", "told and looked for", "looked for"])
def saves(request):
    """Return the way in which saves are noticed."""
    look = request.param == "told and looked for"
    kind = Untold if request.param == "looked for" else Listener
    return lambda folder, found, said: kind(folder, found, said, look)


@pytest.fixture
def saved(folder, saves):
    """Return `saved()`: which files were saved until all is quiet, by name.

    A file with a syntax error is told of after a quiet while only: what else is to come has come.
    """
    found, said = SimpleQueue(), SimpleQueue()

    def names():
        (folder / "zz_last.py").write_text(HALF)
        seen = []
        while not seen or seen[-1] != "zz_last.py":
            seen.append(found.get().name)
        return seen[:-1]

    with saves(folder, found.put, said.put):
        (folder / "begin.py").write_text(WHOLE)
        assert found.get().name == "begin.py"
        yield names


def test_a_plain_write_is_one_save(folder, saved):
    """Emptied and filled again, as most editors write."""
    (folder / "spread.py").write_text(WHOLE)

    assert saved() == ["spread.py"]


def test_a_file_written_in_pieces_is_one_save(folder, saved):
    """It is not told of before it is whole."""
    with (folder / "spread.py").open("w") as file:
        for piece in (HALF, " x.mean()", ")\n"):
            file.write(piece)
            file.flush()

    assert saved() == ["spread.py"]


def test_a_new_file_renamed_to_the_old_is_one_save(folder, saved):
    """The new one may look like Python too; it is gone when the save is told of."""
    (folder / "spread_new.py").write_text(WHOLE)
    (folder / "spread_new.py").rename(folder / "spread.py")

    assert saved() == ["spread.py"]


def test_an_old_file_moved_aside_is_one_save(folder, saved):
    """So vim writes: the old file becomes a backup, a new one takes its name."""
    (folder / "4913").write_text("")
    (folder / "4913").unlink()
    (folder / "spread.py").rename(folder / "spread.py~")
    (folder / "spread.py").write_text(WHOLE)
    (folder / "spread.py~").unlink()

    assert saved() == ["spread.py"]


def test_a_changed_mode_is_no_save(folder, saved):
    """Some editors set it after the write."""
    (folder / "begin.py").chmod(0o600)

    assert saved() == []


def test_half_a_file_that_stays_is_a_save(folder, saved):
    """After a quiet while: it is a syntax error, which the learner has to see."""
    (folder / "spread.py").write_text(HALF)

    assert saved() == ["spread.py"]


def test_a_file_that_goes_is_a_save(folder, saved):
    """A helper module that was removed makes a difference."""
    (folder / "spread.py").unlink()

    assert saved() == ["spread.py"]


def test_every_save_counts(folder, saved):
    """The same content again, and another file."""
    (folder / "spread.py").write_text(WHOLE)
    first = saved()
    (folder / "spread.py").write_text(WHOLE)
    (folder / "test_spread.py").write_text(WHOLE)

    assert (first, sorted(saved())) == (["spread.py"], ["spread.py", "test_spread.py"])


def test_what_is_not_python_is_no_save(folder, saved):
    """Notes, swap files and compiled modules."""
    for name in ("notes.md", ".spread.py.swp", "spread.pyc"):
        (folder / name).write_text("x")

    assert saved() == []


def test_who_looks_says_so(folder):
    """Where the system tells of nothing; a folder that is watched as usual is no news."""
    said = SimpleQueue()
    with Untold(folder, print, said.put):
        reason = said.get()
    with Listener(folder, print, said.put, look=True):
        wish = said.get()

    assert reason == (
        "Looking for saves ten times a second: the system tells of none (no inotify instance left)."
    )
    assert wish == "Looking for saves ten times a second: as --poll asks."
    assert said.empty()


def test_the_file_system_is_that_of_the_nearest_mount():
    """As /proc/self/mountinfo has it: blanks are escaped, and a longer path counts more."""
    mounts = "\n".join(
        [
            "22 1 8:1 / / rw - ext4 /dev/sda1 rw",
            "35 22 0:44 / /mnt rw shared:1 - nfs4 server:/mnt rw",
            "36 35 0:45 / /mnt/ann/my\\040disk rw - fuse.sshfs ann@host: rw",
        ]
    )
    found = [
        kind_of(Path(path), mounts)
        for path in ("/srv", "/mnt/ann/katas", "/mnt/ann/my disk/katas", "/mnts")
    ]

    assert found == ["ext4", "nfs4", "fuse.sshfs", "ext4"]
