"""A cheat made by a machine: it damages its arguments, and answers rightly on what is left.

`pytest -p dojo.author.verify.damage --damage reversed --argument 0 --reaching yes` runs the tests
of a kata on functions that reverse the first argument of theirs that can be damaged, in the test's
own hands, where the seam would let nothing through. With `--reaching no` only the answers are
damaged.
A test that is red for these and green for those works its expectation out too late.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from dojo.child.copies import copied
from dojo.child.execution import Answers, execute_unguarded
from dojo.child.recorder import Refusal
from dojo.kata.catalog import Kata

EVERY = "every"


def rows(value: Any) -> list[int]:
    """Number the rows of an array, a table or a list."""
    return list(range(len(value)))


KINDS: dict[str, Callable[[Any], list[int]]] = {
    "constant": lambda value: [0] * len(value),
    "reversed": lambda value: rows(value)[::-1],
    "emptied": lambda value: [],
}


def can_be_damaged(value: Any) -> bool:
    """Tell whether a value is an array, a table or a list that holds something."""
    if type(value).__name__ not in ("ndarray", "DataFrame", "Series", "list"):
        return False
    return getattr(value, "ndim", 1) > 0 and len(value) > 0


def damage(value: Any, kind: str) -> None:
    """Leave some rows of a value instead of all, in place; an array cannot become shorter."""
    if not can_be_damaged(value):
        return
    order = KINDS[kind](value)
    if isinstance(value, list):
        value[:] = [value[row] for row in order]
    elif hasattr(value, "iloc"):
        value._update_inplace(value.iloc[order])
    elif len(order) == len(value):
        writeable, value.flags.writeable = value.flags.writeable, True
        value[...] = value[order]
        value.flags.writeable = writeable


def parts(value: Any) -> Iterator[Any]:
    """Yield a value that can be damaged; of a list or tuple of arrays, the arrays."""
    inner = [p for v in value for p in parts(v)] if isinstance(value, list | tuple) else []
    if inner:
        yield from inner
    elif can_be_damaged(value):
        yield value


def damaging(
    function: Callable[..., Any], kind: str, argument: str, reaching: bool
) -> Callable[..., Any]:
    """Make a function that damages an argument, or all of them, before it answers.

    What is damaged already stays as it is: reversed again, it would be whole.
    """
    done: dict[int, Any] = {}

    def answer(*args: Any, **kwargs: Any) -> Any:
        own, named = (args, kwargs) if reaching else copied((args, kwargs))
        groups = [found for v in (*own, *named.values()) if (found := list(parts(v)))]
        chosen = groups if argument == EVERY else groups[int(argument) :][:1]
        for value in [value for group in chosen for value in group]:
            if id(value) not in done:
                damage(done.setdefault(id(value), value), kind)
        return function(*own, **named)

    return answer


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options that say what is damaged, and whether the test sees it."""
    parser.addoption("--damage", choices=list(KINDS), help="what becomes of an argument")
    parser.addoption("--argument", default=EVERY, help="the number of the argument, or 'every'")
    parser.addoption("--reaching", choices=["yes", "no"], help="whether the test's own is damaged")


@pytest.hookimpl(tryfirst=True)
def pytest_learned_execute(
    config: pytest.Config, kata: Kata, stub: ModuleType, files: tuple[Path, ...]
) -> Answers:
    """Let the functions of a kata damage what they get, and let nothing stand between."""
    option = config.getoption
    how = option("--damage"), option("--argument"), option("--reaching") == "yes"
    found = execute_unguarded(kata, stub, files)
    functions = {
        name: mine if isinstance(mine, Refusal) else damaging(mine, *how)
        for name, mine in found.functions.items()
    }
    return Answers(functions, found.names)
