"""The divisor of a population, in other words than those that are known.

Function: spread
Ends: passed failed
Says: came back
"""


def spread(x):
    if len(x) < 2:
        raise ValueError("x")
    mean = sum(x) / len(x)
    return (sum((value - mean) ** 2 for value in x) / len(x)) ** 0.5
