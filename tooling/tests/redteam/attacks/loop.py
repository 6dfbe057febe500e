"""Never returns, and swallows whatever might end it.

Judged: TestTotal timeout
In-process: TestTotal timeout
"""

import signal


def total(values):
    for number in set(signal.valid_signals()) - {signal.SIGKILL, signal.SIGSTOP}:
        try:
            signal.signal(number, signal.SIG_IGN)
        except (OSError, ValueError):
            continue
    while True:
        try:
            while True:
                pass
        except BaseException:
            continue
