"""The streams that a learner's code prints to: it cannot take them away from those who read them.

A file may say sys.stdout.close(), or wrap its buffer in a writer that closes it in the end. Neither
is about what the kata asks, and with a closed stream pytest cannot even end a test.
"""

import io
import sys


def keep_open() -> None:
    """Make stdout and stderr stay open, whoever closes them."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            buffer = stream.buffer
            for part in (stream, buffer):
                part.close = stay_open  # type: ignore[method-assign]
            stream.detach = lambda buffer=buffer: buffer  # type: ignore[method-assign, misc]


def stay_open() -> None:
    """Do nothing, where a stream would be closed."""
