"""A script's last line is left in the file.

Outcome: error
Says: exit_at_import.py called sys.exit() or raised SystemExit in line {here}
"""

import sys

sys.exit(0)  # here
