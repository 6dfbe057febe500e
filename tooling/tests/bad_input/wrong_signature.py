"""A second argument is asked for, and the first has another name.

Outcome: error
Says: center takes (values, ddof), but the stub says (x); put the stub's parameters back.
"""


def center(values, ddof):  # here
    """Return the values minus their mean."""
    return values - values.mean()
