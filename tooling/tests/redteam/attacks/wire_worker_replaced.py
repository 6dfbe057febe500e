"""Replaces the worker's own methods and answers as it likes.

Judged: TestTotal::test_the_values_are_added_up failed
"""

from dojo.author.judge.wire import Returned
from dojo.author.judge.worker import Worker

SERVE = Worker.serve


def serve(self, call):
    if call.target == "total":
        return Returned(0.0, number=call.number)
    return SERVE(self, call)


Worker.serve = serve
