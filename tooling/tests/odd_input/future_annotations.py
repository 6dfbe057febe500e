"""Annotations are left as text, those of a dataclass too."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np


@dataclass(frozen=True, slots=True)
class Middle:
    """Where values are centered."""

    value: float
    made: ClassVar[int] = 0


def center(x: np.ndarray) -> np.ndarray:
    """Return the values minus their mean."""
    if not len(x):
        raise ValueError("x")
    return x - Middle(x.mean()).value
