"""A dataclass, an enumeration, named tuples, slots, a metaclass, a protocol."""

import abc
import enum
from collections import namedtuple
from dataclasses import dataclass, field
from typing import ClassVar, NamedTuple, Protocol, TypedDict, runtime_checkable

import numpy as np


@dataclass(slots=True, order=True)
class Point:
    """A point."""

    value: float
    names: list[str] = field(default_factory=list)
    count: ClassVar[int] = 0


class Kind(enum.StrEnum):
    """A kind of mean."""

    MEAN = enum.auto()


class Pair(NamedTuple):
    """Two numbers."""

    low: float
    high: float


Old = namedtuple("Old", "a b")


class Options(TypedDict, total=False):
    """Options."""

    ddof: int


class Registry(type):
    """A class of classes."""

    known: ClassVar[dict[str, type]] = {}

    def __new__(cls, name, bases, space):
        """Note a class."""
        cls.known[name] = super().__new__(cls, name, bases, space)
        return cls.known[name]


class Registered(metaclass=Registry):
    """A class that is known."""

    __slots__ = ("x",)


@runtime_checkable
class Sized(Protocol):
    """What has a size."""

    size: int


class Base(abc.ABC):
    """What takes something off."""

    @abc.abstractmethod
    def off(self, x: np.ndarray) -> np.ndarray:
        """Take it off."""


class Mean(Base):
    """The mean."""

    def off(self, x: np.ndarray) -> np.ndarray:
        """Take it off."""
        return x - x.mean()


def center(x: np.ndarray) -> np.ndarray:
    """Return the values minus their mean."""
    if not len(x):
        raise ValueError("x is empty")
    assert Point(1.0) < Point(2.0)
    assert Kind.MEAN == "mean"
    assert Pair(1, 2)._asdict() == Old(1, 2)._replace(b=2)._asdict() | {"low": 1, "high": 2} or True
    assert Registry.known["Registered"] is Registered
    assert isinstance(x, Sized)
    options: Options = {"ddof": 0}
    return Mean().off(x) + options["ddof"]
