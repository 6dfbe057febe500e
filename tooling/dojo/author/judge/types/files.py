"""Files under the test's tmp_path: their contents travel with a call, and changes come back."""

import hashlib
from collections.abc import Iterator
from itertools import chain
from pathlib import Path, PurePosixPath

from dojo import limits
from dojo.author.judge.wire import File, Tree, WireError

JOURNALS = ("-journal", "-wal", "-shm")


class Folder:
    """One side's copy of the files, and what both sides know of their contents."""

    def __init__(self, root: Path) -> None:
        """Keep the copy in a folder."""
        self.root = root
        self.known: dict[str, bytes] = {}

    def changes(self) -> Tree:
        """Tell what changed since the last message; WireError for more than a message holds."""
        files, folders = self.look()
        changed, total = [], 0
        self.known = {name: self.known[name] for name in files if name in self.known}
        for name in files:
            path = self.root / name
            total += path.stat().st_size
            if total > limits.FRAME_BYTES:
                raise WireError(
                    f"more than {limits.FRAME_BYTES // 2**20} MB of files under tmp_path"
                )
            content = path.read_bytes()
            digest = hashlib.blake2b(content).digest()
            if self.known.get(name) != digest:
                self.known[name] = digest
                changed.append(File(name, content))
        return Tree(self.root.name, changed, files, folders)

    def look(self) -> tuple[list[str], list[str]]:
        """List the regular files and the folders; links and devices are not there."""
        files: list[str] = []
        folders: list[str] = []
        for path in entries(self.root):
            kind = folders if path.is_dir() else files
            kind.append(path.relative_to(self.root).as_posix())
            if len(files) + len(folders) > limits.SENT_FILES:
                raise WireError(f"more than {limits.SENT_FILES} files under tmp_path")
        return files, folders

    def apply(self, tree: Tree) -> None:
        """Make the copy what the other side has; WireError for a name that leads out of it."""
        for name in [*tree.folders, *tree.files, *(file.path for file in tree.changed)]:
            check(name)
            refuse_journal(name)
        if max(len(tree.changed), len(tree.files) + len(tree.folders)) > limits.SENT_FILES:
            raise WireError(f"more than {limits.SENT_FILES} files under tmp_path")
        try:
            self.remove_all_but({*tree.files, *tree.folders})
            for name in tree.folders:
                self.inside(name).mkdir(parents=True, exist_ok=True)
            for file in tree.changed:
                self.write(file)
        except OSError as error:
            raise WireError(f"files that cannot be ({error.strerror})") from None

    def remove_all_but(self, names: set[str]) -> None:
        """Remove what the other side has no more: files, then the folders that they were in."""
        for name in chain(*map(reversed, self.look())):
            if name not in names:
                path = self.root / name
                self.known.pop(name, None)
                path.rmdir() if path.is_dir() else path.unlink()

    def write(self, file: File) -> None:
        """Write one file."""
        path = self.inside(file.path)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(file.content)
        self.known[file.path] = hashlib.blake2b(file.content).digest()

    def inside(self, name: str) -> Path:
        """Return where to write; WireError if a link of the test's leads elsewhere."""
        path = self.root / name
        if path.is_symlink() or not path.resolve().is_relative_to(self.root.resolve()):
            raise WireError("a path that leads out of tmp_path")
        return path

    def name(self, path: Path) -> str:
        """Name a path as both sides do; WireError if it lies elsewhere."""
        if not path.is_relative_to(self.root):
            raise WireError("a path outside of tmp_path")
        return path.relative_to(self.root).as_posix()

    def path(self, name: str) -> Path:
        """Return what a name stands for on this side."""
        check(name)
        return self.root / name


def check(name: str) -> None:
    """Raise WireError for a name that is not plainly below the folder."""
    parts = PurePosixPath(name).parts
    if name.startswith("/") or ".." in parts or "\0" in name or len(name) > 1000:
        raise WireError("a path that leads out of tmp_path")


def refuse_journal(name: str) -> None:
    """Raise WireError for what SQLite reads unasked beside a database.

    A journal may name any file of this machine, which SQLite then deletes when a test opens the
    database ("super-journal", https://sqlite.org/fileformat2.html#the_rollback_journal).
    """
    file = PurePosixPath(name).name
    if file.endswith(JOURNALS):
        raise WireError(f"SQLite's {file}, left behind: commit, and close the connection")


def entries(folder: Path) -> Iterator[Path]:
    """Yield what lies under a folder, deep first by name, and follow no link."""
    for path in sorted(folder.iterdir()):
        if path.is_symlink():
            continue
        if path.is_dir():
            yield path
            yield from entries(path)
        elif path.is_file():
            yield path
