"""What a benchmark found: one table, and the same as data."""

import json
import os
import platform
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

Row = dict[str, str | float]


@dataclass(frozen=True)
class Column:
    """A column: its name in the data, its head, and how its values are written."""

    name: str
    head: str
    form: str = "{}"


RATIO = "{:.1f}x"
SECONDS = "{:.3f}"


@dataclass(frozen=True)
class Measured:
    """What one benchmark found; the title says what one figure is."""

    benchmark: str
    title: str
    columns: Sequence[Column]
    rows: Sequence[Row]

    def show(self, console: Console) -> None:
        """Print the table."""
        table = Table(title=self.title, title_justify="left", box=SIMPLE_HEAD)
        for column in self.columns:
            justify = "left" if column.form == "{}" else "right"
            table.add_column(column.head, justify=justify)  # type: ignore[arg-type]
        for row in self.rows:
            table.add_row(*(c.form.format(row[c.name]) for c in self.columns))
        console.print(table)

    def write(self, path: Path) -> None:
        """Write everything as JSON, the machine described in a few words."""
        machine = {
            "system": platform.system(),
            "python": platform.python_version(),
            "cores": os.cpu_count(),
        }
        data = {"benchmark": self.benchmark, "machine": machine, "rows": list(self.rows)}
        path.write_text(json.dumps(data, indent=2) + "\n", encoding="utf-8")
