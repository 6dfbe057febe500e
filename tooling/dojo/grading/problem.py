"""Why a fork, or a file of it, cannot be read; each is told in a sentence."""

SIZE_LIMIT = 256 * 1024


class Unreadable(Exception):
    """A whole fork cannot be read."""


class Missing(Exception):
    """A fork has no such file."""


class Refused(Exception):
    """There is something in the file's place that is not read."""


def too_large(size: int) -> Refused:
    """Refuse a file for its size."""
    return Refused(f"The file has {size} bytes; the limit is {SIZE_LIMIT}.")


def irregular(path: str, what: str) -> Refused:
    """Refuse what is no regular file, or lies in no regular folder."""
    return Refused(f"{path} is {what}, and not followed.")
