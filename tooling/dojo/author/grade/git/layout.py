"""What a git folder must look like: in one piece, and leading nowhere else."""

from collections.abc import Iterator

from dojo.author.grade.folder import Folder
from dojo.author.grade.git.refs import Refs
from dojo.author.grade.problem import FILE, FOLDER, Unreadable

# What git reads of its folder, and by which of it one repository leads to another.
PARTS = ("HEAD", "config", "config.worktree", "info", "objects", "packed-refs", "refs", "shallow")
LEADING = {
    "": ("commondir", "gitdir"),
    "objects/info": ("alternates", "http-alternates"),
    "info": ("grafts",),
    "refs": ("replace",),
}


def require_whole(folder: Folder, refs: Refs) -> None:
    """Raise Unreadable for a repository that is not in one piece, or none at all."""
    parts = folder.kinds()
    if "objects" not in parts:
        raise Unreadable("It is not a git repository: it has no folder objects.")
    if "reftable" in parts:
        raise Unreadable(
            "Its refs are a reftable, which is not read; copy it with `git clone --bare "
            "--ref-format=files`."
        )
    for name in PARTS:
        if parts.get(name, FILE) not in (FILE, FOLDER):
            raise Unreadable(f"In its git folder, {name} is {parts[name]}, and not followed.")
    for path in leading_elsewhere(folder, refs):
        raise Unreadable(
            f"Its git folder has {path}, by which git takes other objects for those of this "
            "repository; ask for a clone that stands on its own."
        )


def leading_elsewhere(folder: Folder, refs: Refs) -> Iterator[str]:
    """Yield what has git take objects for a repository's that it does not hold, or not as such."""
    for place, names in LEADING.items():
        for name, kind in folder.kinds(place).items():
            path = f"{place}/{name}".lstrip("/")
            if name in names and (kind != FOLDER or folder.kinds(path)):
                yield path
    if b" refs/replace/" in refs.packed:
        yield "refs/replace"
