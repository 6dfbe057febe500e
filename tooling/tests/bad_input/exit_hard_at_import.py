"""The file ends the process while it is imported.

Outcome: crashed
Says: Importing exit_hard_at_import.py ended Python itself (exit code 0), as os._exit() does
"""

import os

os._exit(0)
