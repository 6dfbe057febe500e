"""Leaves with sys.exit() and quit().

Judged: TestTotal error
In-process: TestTotal error
"""

import sys


def total(values):
    sys.exit(0) if len(values) else quit()
