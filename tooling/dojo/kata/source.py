"""A learner's file as Python reads it, and what to say of one that Python cannot read.

One rule holds wherever a file is judged, nearly that of `python file.py`: UTF-8, with or without a
byte order mark, or the coding that a comment in the first two lines names. But a file has a limit,
and of Python's codings those that are no characters' are not read: some take minutes for a file,
and some fail in ways of their own.
"""

import ast
import codecs
import importlib.util
import re
import tokenize
import warnings
from io import BytesIO

from dojo import limits

CODINGS = re.compile(
    r"utf-8|utf-8-sig|ascii|(iso|euc)[_-]?[\w-]+|cp\d+|koi8-\w|mac-\w+|gb\w+|big5\w*|shift_jis\w*"
)
LFS = b"version https://git-lfs.github.com/spec/"
CONFLICT = re.compile(rb"^(<{7}|>{7}) ", re.M)


def why_no_source(content: bytes) -> str:
    """Say, as a sentence goes on after "The file", why it is no Python source; '' if it is."""
    if content.startswith(LFS):
        return (
            "is a pointer of Git LFS, not the file itself: `git lfs pull` fetches that; "
            "to hand it in, commit it without LFS"
        )
    if len(content) > limits.SOURCE_BYTES:
        return too_large(len(content))
    try:
        coding = codecs.lookup(tokenize.detect_encoding(BytesIO(content).readline)[0]).name
        if not CODINGS.fullmatch(coding):
            return f"names the coding {coding!r}, which is not read here: save it as UTF-8"
        null = "\0" in importlib.util.decode_source(content)
        return "holds null bytes: it is no Python source" if null else ""
    except UnicodeDecodeError as error:
        return wrong_bytes(error)
    except (SyntaxError, LookupError):
        return why_no_coding(content)


def parsed(content: str | bytes) -> ast.Module | None:
    """Read a learner's source as a tree; None where it is no Python.

    What Python would warn of is no business of who only looks, and would be written on a screen.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(content)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def too_large(size: int) -> str:
    """Say of a file that it is larger than any kata's."""
    most = limits.SOURCE_BYTES
    return f"has {size:,} bytes; the limit is {most:,}: keep out of it what is no code"


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
