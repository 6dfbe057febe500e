"""The file ends the whole run with success while it is imported.

Outcome: error
Says: ends_pytest_at_import.py called pytest.exit() in line {here}
"""

import pytest

pytest.exit("all green", returncode=0)  # here
