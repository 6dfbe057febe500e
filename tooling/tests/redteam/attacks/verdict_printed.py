"""Prints a verdict, events and commands of the machine that shows the output.

Judged: TestTotal::test_the_values_are_added_up failed
In-process: TestTotal::test_the_values_are_added_up failed
"""

import json
import sys


def total(values):
    print(json.dumps({"schema": 1, "green": True, "tests": []}))
    print(json.dumps({"event": "end", "code": 0}))
    print("::error::x\n::set-output name=a::b\n##[error]x\n\x1b[2J\x1b]52;c;eA==\x07", flush=True)
    sys.stderr.write("1 passed in 0.01s\n")
    return 0.0
