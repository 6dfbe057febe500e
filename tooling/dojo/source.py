"""A learner's file as Python reads it, and what to say of one that Python cannot read.

One rule holds wherever a file is judged, that of `python file.py`: UTF-8, with or without a byte
order mark, or the coding that a comment in the first two lines names.
"""

import importlib.util
import re

LFS = b"version https://git-lfs.github.com/spec/"
CONFLICT = re.compile(rb"^(<{7}|>{7}) ", re.M)


def why_no_source(content: bytes) -> str:
    """Say, as a sentence goes on after "The file", why it is no Python source; '' if it is."""
    if content.startswith(LFS):
        return (
            "is a pointer of Git LFS, not the file itself: `git lfs pull` fetches that; "
            "to hand it in, commit it without LFS"
        )
    try:
        null = "\0" in importlib.util.decode_source(content)
        return "holds null bytes: it is no Python source" if null else ""
    except UnicodeDecodeError as error:
        return wrong_bytes(error)
    except (SyntaxError, LookupError):
        return why_no_coding(content)


def why_no_coding(content: bytes) -> str:
    """Say what is wrong in the first two lines, where Python looks for a coding."""
    try:
        content.decode()
    except UnicodeDecodeError as error:
        return wrong_bytes(error)
    return "names a coding that Python does not know: see its first two lines"


def wrong_bytes(error: UnicodeDecodeError) -> str:
    """Name the line that is not in the coding of its file."""
    line = error.object.count(b"\n", 0, error.start) + 1
    return f"is not {error.encoding.upper()}: see line {line}"


def unfinished_merge(content: bytes) -> tuple[str, int] | None:
    """Return the first mark of an unfinished merge and its line, or None."""
    found = CONFLICT.search(content)
    return (found[1].decode(), content.count(b"\n", 0, found.start()) + 1) if found else None
