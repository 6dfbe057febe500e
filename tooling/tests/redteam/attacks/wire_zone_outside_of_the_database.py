"""Answers with a stamp in a time zone whose name leads out of the time zone database.

Judged: TestLocal error
"""

import gc

import pandas as pd
from dojo.author.judge.worker import Worker


def local(stamp, zone):
    worker = next(o for o in gc.get_objects() if isinstance(o, Worker))
    honest = worker.codec.pack
    worker.codec.pack = lambda value: (
        ["stamp", "s", 0, ["zone", "Europe/../../../../etc/passwd"]]
        if isinstance(value, pd.Timestamp)
        else honest(value)
    )
    return stamp
