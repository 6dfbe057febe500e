"""What the other side lent: it stands for an iterator, an object or a function over there."""

from collections.abc import Callable, Iterator
from typing import Any

Use = Callable[[int | str, str, tuple[Any, ...], dict[str, Any]], Any]


class Borrowed:
    """A stand-in for something that the other side keeps under a number."""

    def __init__(self, use: Use, number: int) -> None:
        """Reach it through `use`."""
        self.borrowed = number
        self._use = use

    def ask(self, verb: str, *args: Any, **kwargs: Any) -> Any:
        """Use it."""
        return self._use(self.borrowed, verb, args, kwargs)


class BorrowedIterator(Borrowed):
    """An iterator of the other side's."""

    def __iter__(self) -> Iterator[Any]:
        """Iterate over itself."""
        return self

    def __next__(self) -> Any:
        """Fetch the next element."""
        return self.ask("next")


class BorrowedObject(Borrowed):
    """An object of the learner's, of a class that the stub does or does not know."""

    def __getattr__(self, name: str) -> Any:
        """Fetch an attribute; a method comes as a function."""
        if name.startswith("_"):
            raise AttributeError(name)
        return self.ask("get", name)

    def __len__(self) -> int:
        """Ask for its length."""
        return int(self.ask("len"))

    def __iter__(self) -> Iterator[Any]:
        """Iterate over it."""
        return iter(self.ask("iter"))

    def __getitem__(self, key: Any) -> Any:
        """Fetch an element."""
        return self.ask("item", key)

    def __contains__(self, value: object) -> bool:
        """Ask whether an element is in it."""
        return bool(self.ask("in", value))

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Call it."""
        return self.ask("call", *args, **kwargs)


def borrowed_function(use: Use, number: int, name: str) -> Callable[..., Any]:
    """Make a function that calls one of the other side's."""

    def borrowed(*args: Any, **kwargs: Any) -> Any:
        return use(number, "call", args, kwargs)

    borrowed.borrowed = number  # type: ignore[attr-defined]
    borrowed.__name__ = name
    return borrowed


def borrowed_class(use: Use, name: str) -> type:
    """Make a stand-in for a class of the stub that is no dataclass: its objects stay there."""

    def construct(cls: type, *args: Any, **kwargs: Any) -> Any:
        return use(name, "call", args, kwargs)

    def forbid(self: object, *args: Any, **kwargs: Any) -> None:
        """Python calls __init__ on what __new__ gave, where that is of this class."""

    return type(name, (BorrowedObject,), {"__new__": construct, "__init__": forbid})
