"""Imports what is forbidden by a name that is put together at run time.

Judged: TestTotal forbidden
"""

import importlib


def total(values):
    importlib.import_module("stats" + "models.api")
    return float(values.sum())
