"""What a person can get wrong, said in one sentence."""

import os
import sys
import textwrap


class UsageError(Exception):
    """Something a person asked for cannot be done; the message says what to do. Exit code 2."""


def say(sentence: str) -> None:
    """Print a sentence on stderr: wrapped between words on a terminal, in one line elsewhere."""
    if sys.stderr.isatty():
        columns = os.get_terminal_size(sys.stderr.fileno()).columns or 80
        rows = sentence.splitlines()
        sentence = "\n".join(textwrap.fill(r, columns, break_on_hyphens=False) for r in rows)
    print(sentence, file=sys.stderr)
