"""A cheat made by a machine: it answers NaN whatever it is asked, or refuses whatever it is given.

`pytest -p dojo.authoring.idle --idle nan` runs the tests of a kata on functions whose every answer
has the reference's type and shape and holds nothing but NaN; with `--idle error` every call ends
with a ValueError that names each parameter. A test that is green for one of them asks too little.
"""

import dataclasses
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pandas as pd
import pytest

from dojo.arguments import Terms
from dojo.calls import Refusal
from dojo.catalog import Kata
from dojo.plugin import LEARNED
from dojo.seam import Answers, execute_unguarded

KINDS = ("nan", "error")


def nothing_like(value: Any) -> Any:
    """Return a value of the same type and shape, whose every number is NaN."""
    if isinstance(value, pd.DataFrame | pd.Series):
        return value * np.nan if is_numeric(value) else value.map(lambda cell: np.nan)
    if isinstance(value, np.ndarray):
        return np.full(value.shape, np.nan, value.dtype if value.dtype.kind == "f" else float)
    if isinstance(value, list | tuple):
        return type(value)(map(nothing_like, value))
    if isinstance(value, dict):
        return {key: nothing_like(part) for key, part in value.items()}
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = {f.name: nothing_like(getattr(value, f.name)) for f in dataclasses.fields(value)}
        return dataclasses.replace(value, **fields)
    return value if isinstance(value, str) else float("nan")


def is_numeric(table: Any) -> bool:
    """Tell whether every column of a table can be multiplied by a number."""
    kinds = table.dtypes if isinstance(table, pd.DataFrame) else [table.dtype]
    return all(pd.api.types.is_numeric_dtype(kind) for kind in kinds)


def idle(function: Callable[..., Any], stub: Callable[..., Any], kind: str) -> Callable[..., Any]:
    """Make a function that knows nothing but how an answer looks, or what its parameters are."""
    names = ", ".join(Terms.of(stub).parameters)

    def answer(*args: Any, **kwargs: Any) -> Any:
        if kind == "error":
            raise ValueError(f"wrong: {names}")
        try:
            return nothing_like(function(*args, **kwargs))
        except Exception:
            return float("nan")

    return answer


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option that says what comes instead of an answer."""
    parser.addoption("--idle", choices=KINDS, help="what comes instead of an answer")


@pytest.hookimpl(trylast=True)
def pytest_configure(config: pytest.Config) -> None:
    """Let idle functions answer."""
    kind = config.getoption("--idle")

    def execute(kata: Kata, stub: ModuleType, files: tuple[Path, ...]) -> Answers:
        found = execute_unguarded(kata, stub, files)
        functions = {
            name: mine if isinstance(mine, Refusal) else idle(mine, getattr(stub, name), kind)
            for name, mine in found.functions.items()
        }
        return Answers(functions, found.names)

    config.stash[LEARNED].seam.execute = execute
