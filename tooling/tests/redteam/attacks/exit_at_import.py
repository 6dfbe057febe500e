"""Ends Python when imported.

Judged: * crashed
"""

import os

os._exit(0)
