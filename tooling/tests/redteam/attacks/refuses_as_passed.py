"""Refuses to be imported, and names `passed` as the reason.

Judged: * error
In-process: * passed
"""

from dojo.child.recorder import Refusal

raise Refusal("passed", "All is well.")
