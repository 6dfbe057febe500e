"""The refs of a repository: which object a branch, a tag or HEAD names."""

import re
from functools import cached_property

from dojo import limits
from dojo.author.grade.folder import Folder
from dojo.author.grade.git.objects import ID
from dojo.author.grade.problem import FOLDER, Irregular, Missing, Unreadable

# In the order in which git looks; HEAD, FETCH_HEAD and their like lie at the top.
PLACES = ("refs/{}", "refs/tags/{}", "refs/heads/{}", "refs/remotes/{}", "refs/remotes/{}/HEAD")
AT_TOP = re.compile(r"[A-Z_]*HEAD|refs/.+")
HEADS = "refs/heads/"


class Refs:
    """The refs in one git folder; `find` gives an id as it stands there."""

    def __init__(self, folder: Folder) -> None:
        """Read from a git folder."""
        self.folder = folder

    @cached_property
    def packed(self) -> bytes:
        """The file in which many refs lie together, as lines of an id and a name."""
        try:
            text = self.folder.read("packed-refs", limits.PACKED_REFS_BYTES + 1)
        except Missing:
            return b""
        if len(text) > limits.PACKED_REFS_BYTES:
            raise Unreadable(f"Its packed-refs has more than {limits.PACKED_REFS_BYTES} bytes.")
        return text

    def find(self, name: str) -> str | None:
        """Return the id that a short or a whole name stands for, or None."""
        places = ["{}"] if AT_TOP.fullmatch(name) else []
        found = (self.at(place.format(name)) for place in (*places, *PLACES))
        return next(filter(None, found), None)

    def at(self, name: str, depth: int = 0) -> str | None:
        """Return the id at the place of a ref; a ref may name another one."""
        text = self.loose(name) or self.in_packed(name)
        if text.startswith("ref:"):
            target = text[4:].strip()
            follow = depth < limits.REF_DEPTH and AT_TOP.fullmatch(target)
            return self.at(target, depth + 1) if follow else None
        oid = text.partition("\t")[0].strip()
        return oid if ID.fullmatch(oid) else None

    def loose(self, name: str) -> str:
        """Read a ref that has a file of its own; '' where there is none."""
        parts = name.split("/")
        if any(part in ("", ".", "..") for part in parts):
            return ""
        try:
            return self.folder.read(name, limits.LOOSE_REF_BYTES).decode("utf-8", "surrogateescape")
        except Missing:
            return ""
        except Irregular as irregular:
            if irregular.kind == FOLDER:
                return ""
            raise

    def in_packed(self, name: str) -> str:
        """Find a ref in the file of packed ones; '' where it is not there."""
        line = rb"^([0-9a-f]{40,64}) %s$" % re.escape(name.encode("utf-8", "surrogateescape"))
        found = re.search(line, self.packed, re.M)
        return found[1].decode() if found else ""

    def target_of_head(self) -> str:
        """Return the name of the branch that HEAD names, or ''."""
        return self.loose("HEAD").partition("ref:")[2].strip().removeprefix(HEADS)

    def branches(self) -> list[str]:
        """List the branches; of very many, some."""
        packed = re.findall(rb"^[0-9a-f]+ refs/heads/(.+)$", self.packed, re.M)
        names = {name.decode("utf-8", "surrogateescape") for name in packed}
        folders = ["refs/heads"]
        for folder in folders:
            for name in sorted(self.folder.kinds(folder))[: limits.BRANCHES]:
                path = f"{folder}/{name}"
                if self.loose(path):
                    names.add(path.removeprefix(HEADS))
                elif len(folders) < limits.BRANCHES:
                    folders.append(path)
        return sorted(names)
