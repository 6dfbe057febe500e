"""What a person can get wrong, said in one sentence."""


class UsageError(Exception):
    """Something a person asked for cannot be done; the message says what to do. Exit code 2."""
