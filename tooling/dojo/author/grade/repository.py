"""Files of one commit of a stranger's git repository, read as data and without git."""

import re
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from dojo import limits
from dojo.author.grade.folder import Folder
from dojo.author.grade.git.inflate import Allowance, Damaged
from dojo.author.grade.git.layout import require_whole
from dojo.author.grade.git.objects import ID, Object, Objects
from dojo.author.grade.git.refs import Refs
from dojo.author.grade.git.tree import entries
from dojo.author.grade.problem import Irregular, Missing, Refused, Unreadable, too_large

SHORT_ID = re.compile(r"[0-9a-f]{4,63}")
# The kinds of objects that lead to others, and the word before the id of these.
LINKS = {("commit", "tree"), ("tag", "object")}
NAMED = 5


class Repository:
    """One commit of a repository, open for reading."""

    def __init__(self, git_folder: Path, ref: str, seconds: float = limits.READ_SECONDS) -> None:
        """Find the commit that `ref` names; Unreadable where there is none. Reading is timed."""
        self.folder = Folder(git_folder)
        self.allowance = Allowance(seconds, limits.UNPACKED_BYTES)
        self.refs = Refs(self.folder)
        self.objects = Objects(self.folder, 40, self.allowance)
        self.tree = cache(self.read_tree)
        try:
            with in_words():
                require_whole(self.folder, self.refs)
                oid = self.named(ref)
                self.objects.width = len(oid)
                self.commit, self.root = self.commit_at(oid, ref)
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Close its files."""
        self.objects.close()
        self.folder.close()

    def named(self, ref: str) -> str:
        """Return the id that a branch, a tag or a commit's name stands for, whole or shortened."""
        if ID.fullmatch(ref.lower()):
            return ref.lower()
        oid = self.refs.find(ref) or self.only_one(self.with_short_id(ref.lower()))
        if oid is None and ref == "HEAD":
            oid = self.default()
        if oid is None:
            raise Unreadable(f"It has no commit {ref!r}.")
        return oid

    def with_short_id(self, ref: str) -> set[str]:
        """Return the ids that begin with some digits."""
        if not SHORT_ID.fullmatch(ref):
            return set()
        self.objects.width = len(self.refs.find("HEAD") or "") or self.objects.width
        return set(self.objects.beginning_with(ref))

    @staticmethod
    def only_one(names: set[str]) -> str | None:
        """Return the only one of some names, or None."""
        return next(iter(names)) if len(names) == 1 else None

    def default(self) -> str | None:
        """Return the commit that counts where HEAD's branch is not there: the only branch's."""
        branches = self.refs.branches()
        if len(branches) == 1:
            return self.refs.at(f"refs/heads/{branches[0]}")
        if not branches:
            raise Unreadable("It has no commit 'HEAD': nothing was committed.")
        more = " and more" if len(branches) > NAMED else ""
        head = self.refs.target_of_head()
        raise Unreadable(
            f"It has no commit 'HEAD': its branch {head!r} is not there; name another as its ref, "
            f"of {', '.join(map(repr, branches[:NAMED]))}{more}."
        )

    def commit_at(self, oid: str, ref: str) -> tuple[str, str]:
        """Return the ids of a commit and its tree; a tag leads to a commit."""
        for _ in range(limits.TAG_DEPTH):
            found = self.objects.find(oid, limits.COMMIT_BYTES)
            if found is None or found.content is None:
                break
            line = found.content.partition(b"\n")[0].decode("ascii", "replace")
            head, _, target = line.partition(" ")
            if not ID.fullmatch(target) or (found.kind, head) not in LINKS:
                break
            if found.kind == "commit":
                return oid, target
            oid = target
        raise Unreadable(f"It has no commit {ref!r}.")

    def read(self, path: str) -> bytes:
        """Return a file's content; Missing or Refused where there is none to return."""
        *folders, name = path.split("/")
        tree, sofar = self.root, ""
        for part in folders:
            sofar += part
            tree = self.step(tree, part, sofar, stat.S_ISDIR)
            sofar += "/"
        oid = self.step(tree, name, path, stat.S_ISREG)
        with in_words():
            found = self.objects.find(oid, limits.SOURCE_BYTES)
        if found is None:
            raise Refused(f"The repository lacks the content of {path}.")
        if found.content is None:
            raise too_large(found.size)
        return content(found, "blob")

    def step(self, tree: str, name: str, path: str, is_wanted: Callable[[int], bool]) -> str:
        """Go from a folder to an entry of it that has the wanted kind."""
        with in_words():
            found = self.tree(tree)
        if name not in found:
            raise Missing(path)
        mode, object_id = found[name]
        if not is_wanted(mode):
            raise Irregular(path, mode)
        return object_id

    def read_tree(self, tree: str) -> dict[str, tuple[int, str]]:
        """Read the entries of a folder: mode and object by name."""
        found = self.objects.find(tree, limits.TREE_BYTES)
        if found is None:
            raise Damaged("a folder of the commit is missing")
        if found.content is None:
            raise Unreadable(
                f"The list of a folder has {found.size} bytes; the limit is {limits.TREE_BYTES}."
            )
        return entries(content(found, "tree"), len(tree) // 2)


def content(found: Object, kind: str) -> bytes:
    """Return the content of an object that must be of a kind."""
    if found.kind != kind or found.content is None:
        raise Unreadable(f"The repository is damaged: a {found.kind} is in the place of a {kind}.")
    return found.content


@contextmanager
def in_words() -> Iterator[None]:
    """Say of what is wrong inside a git folder that nothing of the repository can be read."""
    try:
        yield
    except Damaged as damage:
        raise Unreadable(f"The repository is damaged: {damage}.") from None
    except Refused as refusal:
        raise Unreadable(f"In its git folder, {refusal}") from None
