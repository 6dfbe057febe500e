"""Runs commands in every way that Python has.

Judged: * passed
"""

import multiprocessing
import os
import pty
import subprocess

COMMAND = ["/usr/bin/touch", "/tmp/redteam-was-here"]


def work():
    os._exit(0)


WAYS = (
    lambda: os.system(" ".join(COMMAND)) == 0,
    lambda: os.posix_spawn(COMMAND[0], COMMAND, {}) > 0,
    lambda: os.posix_spawnp("touch", COMMAND, {}) > 0,
    lambda: subprocess.run(COMMAND).returncode == 0,
    lambda: subprocess.run(COMMAND, start_new_session=True, close_fds=False).returncode == 0,
    lambda: os.popen(" ".join(COMMAND)).close() is None,
    lambda: os.spawnv(os.P_WAIT, COMMAND[0], COMMAND) == 0,
    lambda: os.forkpty(),
    lambda: pty.spawn(COMMAND),
    lambda: multiprocessing.get_context("fork").Process(target=work).start() is None,
    lambda: multiprocessing.get_context("spawn").Process(target=work).start() is None,
    lambda: os.execv(COMMAND[0], COMMAND),
)


def total(values):
    for way in WAYS:
        try:
            if way():
                return float("nan")
        except (OSError, RuntimeError):
            continue
    return float(values.sum())
