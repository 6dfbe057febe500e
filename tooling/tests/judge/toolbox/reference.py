"""Toolbox: solved."""

import copy
import shutil
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd


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


class Overdrawn(ValueError):
    """There is not so much on the account."""


class Counter:
    """Counts."""

    def __init__(self, start: int = 0) -> None:
        """Start counting."""
        self.numbers = [start]

    @property
    def total(self) -> int:
        """Return the sum of what was added."""
        return sum(self.numbers)

    def add(self, number: int) -> "Counter":
        """Add a number; ValueError if it is negative."""
        if number < 0:
            raise ValueError("number")
        self.numbers.append(number)
        return self

    def after(self, before: list[int]) -> list[int]:
        """Return a list and after it what was added."""
        return [*before, *self.numbers]

    def __len__(self) -> int:
        """Count what was added."""
        return len(self.numbers)

    def __getitem__(self, position: Any) -> Any:
        """Return what was added at a position."""
        return self.numbers[position]

    def __iter__(self) -> Iterator[int]:
        """Iterate over what was added."""
        return iter(self.numbers)

    def __contains__(self, number: object) -> bool:
        """Tell whether a number was added."""
        return number in self.numbers

    def __call__(self, factor: int = 1) -> int:
        """Return a multiple of the total."""
        return factor * self.total


def each(fn: Callable[[Any], Any], values: Iterable[Any]) -> list[Any]:
    """Return what fn gives for each value; fn may change what it gets."""
    return [fn(copy.copy(value)) for value in values]


def running(numbers: Iterator[float]) -> Iterator[float]:
    """Yield the sum so far after each number, reading no further than needed."""
    so_far = 0.0
    for number in numbers:
        so_far += number
        yield so_far


def draw(rng: np.random.Generator, n: int) -> np.ndarray:
    """Return n draws, and n more of a child of rng."""
    return np.concatenate([rng.random(n), rng.spawn(1)[0].random(n)])


def tidy(folder: Path) -> Path:
    """Move in.txt to out/in.txt in upper case, remove the folder old, return the new file."""
    (folder / "out").mkdir()
    text = (folder / "in.txt").read_text()
    (folder / "in.txt").unlink()
    shutil.rmtree(folder / "old")
    (folder / "out" / "in.txt").write_text(text.upper())
    return folder / "out" / "in.txt"


def pay(bank: sqlite3.Connection, amount: int) -> int:
    """Take an amount from ann's account; ValueError if there is less."""
    bank.execute("UPDATE account SET money = money - ? WHERE name = 'ann'", (amount,))
    (rest,) = bank.execute("SELECT money FROM account WHERE name = 'ann'").fetchone()
    if rest < 0:
        bank.rollback()
        raise Overdrawn(f"amount: {amount} is too much")
    bank.commit()
    return rest


def double(value: Any) -> None:
    """Double every number in a value, in place, at any depth."""
    if isinstance(value, (np.ndarray, pd.DataFrame, pd.Series)):
        value *= 2
    elif isinstance(value, list):
        for position, part in enumerate(value):
            if isinstance(part, (int, float)):
                value[position] = 2 * part
            else:
                double(part)
    elif isinstance(value, tuple):
        for part in value:
            double(part)
    elif isinstance(value, dict):
        for key, part in value.items():
            if isinstance(part, (int, float)):
                value[key] = 2 * part
            else:
                double(part)
    elif isinstance(value, set):
        doubled = {2 * part for part in value}
        value.clear()
        value.update(doubled)
    elif isinstance(value, (Box, Sealed)):
        for part in fields(value):
            double(getattr(value, part.name))


def itself(value: Any) -> Any:
    """Return the value itself."""
    return value


def count(counter: Counter) -> int:
    """Return what a counter has counted."""
    return counter.total


def adder(number: int) -> Callable[[int], int]:
    """Return a function that adds a number."""

    def add(other: int) -> int:
        """Add a number; ValueError if it is negative."""
        return number + other

    return add


def pack(box: Box, thing: Any) -> Box:
    """Return a box with the things of box and one more; Full if there are two already."""
    if len(box.things) > 1:
        raise Full(f"no room for {thing}")
    return Box(box.label, [*box.things, thing])


def look_up(table: dict[Any, Any], key: Any) -> Any:
    """Return what stands under a key. KeyError if nothing does."""
    return table[key]


def invert(matrix: np.ndarray) -> np.ndarray:
    """Return the inverse. LinAlgError if there is none."""
    return np.linalg.inv(matrix)


def say(text: str) -> None:
    """Print a text."""
    print(text)


def total(values: np.ndarray) -> float:
    """Return the sum of the values, without a loop and without a copy."""
    return float(values.sum())
