"""The list of a folder, as a commit holds it."""

import os
import re
from collections.abc import Iterator

from dojo.author.grade.git.inflate import Damaged

# git keeps 32 bits of what is longer, and so sees another mode than who reads all of it.
MODE = re.compile(rb"[0-7]{1,7}")


def entries(tree: bytes, width: int) -> dict[str, tuple[int, str]]:
    """Return mode and id of what lies in a folder, by name; Damaged where that makes no sense."""
    listed = list(parsed(tree, width))
    found = {os.fsdecode(name): (mode, oid) for name, mode, oid in listed}
    if len(found) < len(listed):
        raise Damaged("a folder of the commit names something twice")
    return found


def parsed(tree: bytes, width: int) -> Iterator[tuple[bytes, int, str]]:
    """Yield name, mode and id: `mode name`, a null byte, and the id in `width` bytes."""
    at = 0
    while at < len(tree):
        null = tree.find(b"\0", at)
        mode, _, name = tree[at:null].partition(b" ")
        at = null + 1 + width
        if null < 0 or at > len(tree):
            raise Damaged("a folder of the commit makes no sense")
        if not MODE.fullmatch(mode):
            raise Damaged("a mode in a folder of the commit makes no sense")
        yield name, int(mode, 8), tree[null + 1 : at].hex()
