"""Skips the test, as pytest.skip() does.

Judged: TestTotal error
In-process: TestTotal error
"""

import pytest


def total(values):
    pytest.skip("not today")
