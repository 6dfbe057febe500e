"""Raises an error that clears the screen, fills the clipboard and forges lines of a log.

Judged: TestTotal error
In-process: TestTotal error
"""


def total(values):
    raise ValueError("\x1b[2J\x1b]52;c;eA==\x07\u202e\r::error::x\n::stop-commands::y\n##[error]z")
