"""One pack of a repository: its index, and the entries that it leads to."""

import os
from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from itertools import islice, takewhile

from dojo import limits
from dojo.author.grade.folder import Folder
from dojo.author.grade.git.delta import apply, sizes
from dojo.author.grade.git.inflate import Allowance, Damaged, Inflating
from dojo.author.grade.problem import Missing

INDEX_MAGIC = b"\xfftOc\0\0\0\2"
FANOUT = len(INDEX_MAGIC)
IDS = FANOUT + 256 * 4
KINDS = {1: "commit", 2: "tree", 3: "blob", 4: "tag"}
BY_OFFSET, BY_ID = 6, 7
LARGE = 0x80000000
HEAD = 64
# What the system takes for an offset in a file.
FARTHEST = 2**63


@dataclass(frozen=True)
class Entry:
    """One entry of a pack: a kind, or the offset of the entry that it is a delta to; its data."""

    kind: str
    base: int
    size: int
    data: int


class Pack:
    """Finds and reads the objects of one pack."""

    def __init__(self, folder: Folder, name: str, width: int, allowance: Allowance) -> None:
        """Read the pack of a name without ending; ids have `width` bytes."""
        self.folder = folder
        self.name = name
        self.width = width
        self.allowance = allowance
        self.files: dict[str, int] = {}

    def close(self) -> None:
        """Close its files."""
        for file in self.files.values():
            os.close(file)

    def pread(self, ending: str, size: int, at: int) -> bytes:
        """Read from one of its two files."""
        if not 0 <= at < FARTHEST:
            raise Damaged("an offset in a pack makes no sense")
        return os.pread(self.file(ending), size, at)

    def file(self, ending: str) -> int:
        """Return one of its two files, which is opened when it is first needed."""
        try:
            if ending not in self.files:
                self.files[ending] = self.folder.open(f"{self.name}.{ending}")
        except Missing:
            raise Damaged(f"{self.name}.{ending} is missing") from None
        return self.files[ending]

    @cached_property
    def count(self) -> int:
        """The number of its objects."""
        if self.pread("idx", FANOUT, 0) != INDEX_MAGIC:
            raise Damaged("the index of a pack is of another format")
        return self.number(IDS - 4)

    def number(self, at: int, size: int = 4) -> int:
        """Read a number of the index."""
        data = self.pread("idx", size, at)
        if len(data) < size:
            raise Damaged("the index of a pack is too short")
        return int.from_bytes(data, "big")

    def id_at(self, position: int) -> bytes:
        """Return an id by its position in the index."""
        return self.pread("idx", self.width, IDS + position * self.width)

    def position(self, prefix: bytes) -> int:
        """Return the position of the first id that is not before a prefix."""
        first = prefix[0]
        low = self.number(FANOUT + (first - 1) * 4) if first else 0
        return bisect_left(range(self.count), prefix, low, self.last(first), key=self.id_at)

    def last(self, first: int) -> int:
        """Return where the ids that begin with a byte end; no index is believed to be longer."""
        return min(self.number(FANOUT + first * 4), self.count)

    def ids(self, prefix: bytes, matches: Callable[[bytes], bool]) -> list[bytes]:
        """List the first two ids, from a prefix on, that match."""
        positions = range(self.position(prefix), self.last(prefix[0]))
        return list(islice(takewhile(matches, map(self.id_at, positions)), 2))

    def offset(self, oid: bytes) -> int | None:
        """Return where an object lies in the pack, or None."""
        position = self.position(oid)
        if position >= self.count or self.id_at(position) != oid:
            return None
        offsets = IDS + self.count * (self.width + 4)
        offset = self.number(offsets + position * 4)
        if offset & LARGE:
            offset = self.number(offsets + self.count * 4 + (offset ^ LARGE) * 8, 8)
        return offset

    def read(self, offset: int, limit: int) -> tuple[str, int, bytes | None]:
        """Return kind, size and content of an object; no content where it exceeds the limit."""
        deltas, entry = [], self.entry(offset)
        while not entry.kind:
            deltas.append(entry)
            if len(deltas) > limits.DELTA_DEPTH:
                raise Damaged("a chain of deltas is too deep")
            entry = self.entry(entry.base)
        size = sizes(self.stream(deltas[0]).some(HEAD))[1] if deltas else entry.size
        if size > limit:
            return entry.kind, size, None
        content = self.inflated(entry)
        for delta in reversed(deltas):
            content = self.changed(content, self.inflated(delta))
        return entry.kind, size, content

    def changed(self, base: bytes, delta: bytes) -> bytes:
        """Apply a delta, whose result may not be larger than a base may be."""
        size = sizes(delta)[1]
        if size > limits.DELTA_BASE_BYTES:
            raise Damaged("a delta makes too large an object")
        self.allowance.take(size + 8 * len(delta))
        return apply(base, delta)

    def stream(self, entry: Entry) -> Inflating:
        """Return the data of an entry."""
        return Inflating(self.file("pack"), entry.data, self.allowance)

    def inflated(self, entry: Entry) -> bytes:
        """Return all data of an entry."""
        if entry.size > limits.DELTA_BASE_BYTES:
            raise Damaged("the base of a delta is too large")
        return self.stream(entry).take(entry.size)

    def entry(self, offset: int) -> Entry:
        """Read the head of an entry."""
        self.allowance.take(HEAD)
        head = self.pread("pack", HEAD, offset)
        try:
            return self.parsed(offset, head)
        except IndexError:
            raise Damaged("a pack is too short") from None

    def parsed(self, offset: int, head: bytes) -> Entry:
        """Make an entry of its head; a base by offset always lies before it."""
        number, at = head[0] >> 4 & 7, 1
        size, shift = head[0] & 15, 4
        while head[at - 1] & 0x80:
            size |= (head[at] & 0x7F) << shift
            at, shift = at + 1, shift + 7
        if number in KINDS:
            return Entry(KINDS[number], 0, size, offset + at)
        if number == BY_ID:
            base = self.offset(head[at : at + self.width])
            if base is None:
                raise Damaged("the base of a delta is not there")
            return Entry("", base, size, offset + at + self.width)
        if number != BY_OFFSET:
            raise Damaged("an entry of a pack is of no kind")
        distance, at = head[at] & 0x7F, at + 1
        while head[at - 1] & 0x80:
            distance, at = (distance + 1) << 7 | head[at] & 0x7F, at + 1
        if not 0 < distance < offset:
            raise Damaged("the base of a delta is not there")
        return Entry("", offset - distance, size, offset + at)
