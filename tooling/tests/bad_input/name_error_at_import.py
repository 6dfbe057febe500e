"""The import of numpy was lost.

Outcome: error
Says: name_error_at_import.py cannot be imported: NameError in line {here}: name 'np'
"""


def center(x: "np.ndarray", mean=np.mean):  # noqa: F821  # here
    """Return the values minus their mean."""
    return x - x.mean()
