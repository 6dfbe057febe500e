"""A compressed stream in a file, inflated piece by piece: as much as is asked for and no more."""

import os
import time
import zlib

from dojo.author.grade.problem import Unreadable

CHUNK = 2**14


class Damaged(Exception):
    """Something in a repository is not what git would have written."""


class Allowance:
    """The time and the work that the reading of one repository may take."""

    def __init__(self, seconds: float, work: int) -> None:
        """Start the clock; `work` is in bytes that are inflated or put together."""
        self.seconds = seconds
        self.deadline = time.monotonic() + seconds
        self.work = work

    def take(self, work: int) -> None:
        """Take a part of it; Unreadable where there is not so much left."""
        self.work -= work
        if time.monotonic() > self.deadline:
            raise Unreadable(f"Reading it took more than {self.seconds:g} s.")
        if self.work < 0:
            raise Unreadable("Its objects take too much work to read; ask for a fresh clone of it.")


class Inflating:
    """One compressed stream, which starts somewhere in an open file."""

    def __init__(self, file: int, at: int, allowance: Allowance) -> None:
        """Start to read at a position."""
        self.file = file
        self.at = at
        self.allowance = allowance
        self.stream = zlib.decompressobj()
        self.pending = b""

    def take(self, size: int) -> bytes:
        """Return the next bytes, exactly so many; Damaged where there are fewer."""
        data = self.some(size)
        if len(data) < size:
            raise Damaged("a stream is too short")
        return data

    def some(self, size: int) -> bytes:
        """Return the next bytes, or fewer where the stream ends before."""
        pieces, left = [], size
        while left and not self.stream.eof:
            self.allowance.take(0)
            read = b"" if self.pending else os.pread(self.file, CHUNK, self.at)
            self.at += len(read)
            compressed = self.pending or read
            try:
                piece = self.stream.decompress(compressed, left)
            except zlib.error:
                raise Damaged("a stream is not compressed as it should be") from None
            self.pending = self.stream.unconsumed_tail
            if not piece and not compressed:
                break
            pieces.append(piece)
            left -= len(piece)
        self.allowance.take(size - left)
        return b"".join(pieces)
