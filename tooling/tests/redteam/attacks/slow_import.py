"""Takes a moment to be imported, warns and prints: none of which costs anything.

Judged: * passed
In-process: * passed
"""

import sys
import time
import warnings

time.sleep(0.2)
warnings.warn("old", DeprecationWarning, stacklevel=1)
print("hello")
sys.stderr.write("warning: hello\n")
