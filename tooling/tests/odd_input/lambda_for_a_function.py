"""A lambda stands for the function."""

center = lambda x: x - x.sum() / (len(x) or int("x"))  # noqa: E731 - this is the case
