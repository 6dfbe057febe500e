"""Answers rightly, and loops when its process ends.

Judged: * passed
"""

import atexit
import itertools

atexit.register(lambda: sum(itertools.repeat(0)))
