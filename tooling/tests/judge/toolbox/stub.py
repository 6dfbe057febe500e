"""Toolbox: functions that use everything that crosses the wire."""

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any

import numpy as np


class Full(ValueError):
    """A box has no room."""


@dataclass
class Box:
    """A box with things in it."""

    label: str
    things: list[Any] = field(default_factory=list)


@dataclass(frozen=True)
class Sealed:
    """A box that stays as it is."""

    weights: np.ndarray


class Counter:
    """Counts."""

    def __init__(self, start: int = 0) -> None:
        """Start counting."""
        raise NotImplementedError

    def add(self, number: int) -> "Counter":
        """Add a number, and return this counter."""
        raise NotImplementedError


def each(fn: Callable[[Any], Any], values: Iterable[Any]) -> list[Any]:
    """Return what fn gives for each value; fn may change what it gets."""
    raise NotImplementedError


def running(numbers: Iterator[float]) -> Iterator[float]:
    """Yield the sum so far after each number, reading no further than needed."""
    raise NotImplementedError


def draw(rng: np.random.Generator, n: int) -> np.ndarray:
    """Return n draws, and n more of a child of rng."""
    raise NotImplementedError


def tidy(folder: Path) -> Path:
    """Move in.txt to out/in.txt in upper case, remove the folder old, return the new file."""
    raise NotImplementedError


def pay(bank: sqlite3.Connection, amount: int) -> int:
    """Take an amount from ann's account; the rest. ValueError, and nothing taken, if there is less.

    ValueError: `amount`.
    """
    raise NotImplementedError


def double(value: Annotated[Any, "in place"]) -> None:
    """Double every number in a value, in place, at any depth."""
    raise NotImplementedError


def itself(value: Any) -> Any:
    """Return the value itself."""
    raise NotImplementedError


def count(counter: Counter) -> int:
    """Return what a counter has counted."""
    raise NotImplementedError


def adder(number: int) -> Callable[[int], int]:
    """Return a function that adds a number."""
    raise NotImplementedError


def pack(box: Box, thing: Any) -> Box:
    """Return a box with the things of box and one more; Full if there are two already."""
    raise NotImplementedError


def look_up(table: dict[Any, Any], key: Any) -> Any:
    """Return what stands under a key. KeyError if nothing does."""
    raise NotImplementedError


def invert(matrix: np.ndarray) -> np.ndarray:
    """Return the inverse. LinAlgError if there is none."""
    raise NotImplementedError


def say(text: str) -> None:
    """Print a text."""
    raise NotImplementedError


def total(values: np.ndarray) -> float:
    """Return the sum of the values, without a loop and without a copy."""
    raise NotImplementedError
