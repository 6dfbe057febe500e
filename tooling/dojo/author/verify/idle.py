"""A cheat made by a machine: it answers one number whatever it is asked, or refuses everything.

`pytest -p dojo.author.verify.idle --idle nan` runs the tests of a kata on functions whose every
answer has the reference's type and shape and holds nothing but NaN; with `--idle 1e9` nothing but
that, and with `--idle error` every call ends with a ValueError that names each parameter.
"""

import dataclasses
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from dojo.child.arguments import Terms
from dojo.child.execution import Answers, execute_unguarded
from dojo.child.recorder import Refusal
from dojo.kata.catalog import Kata

ERROR = "error"


def filled(value: Any, number: float) -> Any:
    """Return a value of the same type and shape, whose every element is a number; text stays."""
    # Who answers with a table or an array has loaded its library, and who proves need not.
    pandas, numpy = sys.modules.get("pandas"), sys.modules.get("numpy")
    if pandas and isinstance(value, pandas.DataFrame):
        return pandas.DataFrame(number, value.index, value.columns)
    if pandas and isinstance(value, pandas.Series):
        return pandas.Series(number, value.index, name=value.name)
    if numpy and isinstance(value, numpy.ndarray):
        return numpy.full(value.shape, number, value.dtype if value.dtype.kind == "f" else float)
    if isinstance(value, list | tuple):
        return type(value)(filled(part, number) for part in value)
    if isinstance(value, dict):
        return {key: filled(part, number) for key, part in value.items()}
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        parts = {f.name: filled(getattr(value, f.name), number) for f in dataclasses.fields(value)}
        return dataclasses.replace(value, **parts)
    return value if isinstance(value, str) else number


def idle(function: Callable[..., Any], stub: Callable[..., Any], kind: str) -> Callable[..., Any]:
    """Make a function that knows how an answer looks, or what its parameters are, and no more."""
    names = ", ".join(Terms.of(stub).parameters)

    def answer(*args: Any, **kwargs: Any) -> Any:
        if kind == ERROR:
            raise ValueError(f"wrong: {names}")
        try:
            return filled(function(*args, **kwargs), float(kind))
        except Exception:
            return float(kind)

    return answer


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option that says what comes instead of an answer."""
    parser.addoption("--idle", help="the number that comes instead of an answer, or 'error'")


@pytest.hookimpl(tryfirst=True)
def pytest_learned_execute(
    config: pytest.Config, kata: Kata, stub: ModuleType, files: tuple[Path, ...]
) -> Answers:
    """Let idle functions answer."""
    kind = config.getoption("--idle")
    found = execute_unguarded(kata, stub, files)
    functions = {
        name: mine if isinstance(mine, Refusal) else idle(mine, getattr(stub, name), kind)
        for name, mine in found.functions.items()
    }
    return Answers(functions, found.names)
