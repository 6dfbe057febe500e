"""Ends its process in every test, so that the file is executed anew for the next.

Judged: * crashed
In-process: * crashed
"""

import os


def total(values):
    os._exit(0)


def mean_of(f, points):
    os._exit(1)


def count_lines(path):
    os.abort()


def draw(rng, n):
    os._exit(2)


def largest(db):
    os._exit(3)


def extent(values):
    os._exit(4)


def counts(rows, columns, shape):
    os._exit(5)


def shuffled(shuffle, values, rng):
    os._exit(6)


def local(stamp, zone):
    os._exit(7)
