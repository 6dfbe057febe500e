"""The objects of a repository by their ids, loose and in packs, each checked against its id."""

import hashlib
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from dojo import limits
from dojo.author.grade.folder import Folder
from dojo.author.grade.git.inflate import Allowance, Damaged, Inflating
from dojo.author.grade.git.pack import Pack
from dojo.author.grade.problem import Missing, Unreadable

HASHES = {40: "sha1", 64: "sha256"}
ID = re.compile(r"[0-9a-f]{40}([0-9a-f]{24})?")
PACK = re.compile(r"(pack-[0-9a-f]+)\.idx")
LOOSE_HEAD = 32


@dataclass(frozen=True)
class Object:
    """An object of git's; there is no content where it was larger than was asked for."""

    kind: str
    size: int
    content: bytes | None


class Objects:
    """Finds the objects of one repository, and never looks into another."""

    def __init__(self, folder: Folder, width: int, allowance: Allowance) -> None:
        """Read from a git folder whose ids have `width` hexadecimal digits."""
        self.folder = folder
        self.width = width
        self.allowance = allowance
        self.opened: list[Pack] = []

    def close(self) -> None:
        """Close the packs."""
        for pack in self.opened:
            pack.close()

    @cached_property
    def packs(self) -> list[Pack]:
        """The packs, opened."""
        names = list(filter(None, map(PACK.fullmatch, sorted(self.folder.kinds("objects/pack")))))
        if len(names) > limits.PACKS:
            raise Unreadable(f"It has {len(names)} packs; make them one with `git gc`.")
        for name in names:
            path = f"objects/pack/{name[1]}"
            self.opened.append(Pack(self.folder, path, self.width // 2, self.allowance))
        return self.opened

    def find(self, oid: str, limit: int) -> Object | None:
        """Return an object, or None where it is not there; Damaged where it is another one."""
        found = self.loose(oid, limit) or self.packed(oid, limit)
        if found is not None and found.content is not None:
            whole = b"%s %d\0%s" % (found.kind.encode(), found.size, found.content)
            if hashlib.new(HASHES[self.width], whole).hexdigest() != oid:
                raise Damaged(f"the object {oid} is another one than its name says")
        return found

    def loose(self, oid: str, limit: int) -> Object | None:
        """Read an object that has a file of its own."""
        try:
            file = self.folder.open(f"objects/{oid[:2]}/{oid[2:]}")
        except Missing:
            return None
        try:
            return inflated(Inflating(file, 0, self.allowance), limit)
        finally:
            os.close(file)

    def packed(self, oid: str, limit: int) -> Object | None:
        """Read an object that lies in a pack."""
        for pack in self.packs:
            offset = pack.offset(bytes.fromhex(oid))
            if offset is not None:
                return Object(*pack.read(offset, limit))
        return None

    def beginning_with(self, prefix: str) -> Iterator[str]:
        """Yield the ids that begin with some digits: of each pack, two at most."""
        for name in self.folder.kinds(f"objects/{prefix[:2]}"):
            if name.startswith(prefix[2:]) and ID.fullmatch(prefix[:2] + name):
                yield prefix[:2] + name
        whole = bytes.fromhex(prefix + "0" * (len(prefix) % 2))
        for pack in self.packs:
            yield from map(bytes.hex, pack.ids(whole, lambda oid: oid.hex().startswith(prefix)))


def inflated(stream: Inflating, limit: int) -> Object:
    """Read a loose object: kind, size, a null byte, content."""
    head, null, content = stream.some(LOOSE_HEAD).partition(b"\0")
    kind, _, digits = head.partition(b" ")
    if not null or not digits.isdigit():
        raise Damaged("a loose object has no head")
    size = int(digits)
    if size > limit:
        return Object(kind.decode("ascii", "replace"), size, None)
    content += stream.take(max(0, size - len(content)))
    return Object(kind.decode("ascii", "replace"), size, content)
