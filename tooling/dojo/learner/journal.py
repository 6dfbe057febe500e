"""The learner's journal: `.dojo/journal.jsonl`, one line an event, only ever appended to.

It survives a crash in mid-line, merges line by line (`merge=union`), and everything that is shown
of a learner's progress is derived from it.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from dojo.catalog import Kata
from dojo.verdict import State, Verdict


@dataclass
class History:
    """What the journal tells of one kata: the last state of each function, tries, hints, dates.

    `skipped` is whether the learner wishes to pass over it.
    """

    states: dict[str, State] = field(default_factory=dict)
    counts: dict[str, tuple[int, int]] = field(default_factory=dict)
    tries: int = 0
    hints: dict[str, int] = field(default_factory=dict)
    skipped: bool = False
    first: str = ""
    last: str = ""

    def green(self, kata: Kata) -> bool:
        """Whether every function of the kata was green when it was last checked."""
        return all(self.states.get(f) == "green" for f in kata.functions)


def path(root: Path) -> Path:
    """Where the journal lies."""
    return root / ".dojo" / "journal.jsonl"


def write(root: Path, event: str, kata: Kata, **data: Any) -> None:
    """Append one event, in one write, so that two at the same time do not mix."""
    now = datetime.now(UTC).isoformat(timespec="seconds")
    entry = {"at": now, "event": event, "kata": kata.name, **data}
    file = path(root)
    file.parent.mkdir(exist_ok=True)
    # A crash may have left half a line behind: an empty line does no harm, a joined one would.
    broken = file.exists() and not file.read_bytes().endswith(b"\n") and file.stat().st_size
    with file.open("ab", buffering=0) as stream:
        stream.write(b"\n" * bool(broken) + json.dumps(entry).encode() + b"\n")


def write_check(root: Path, kata: Kata, verdict: Verdict) -> None:
    """Append what a check found."""
    functions = {
        f: {
            "state": verdict.state(f),
            "green": sum(t.outcome == "passed" for t in verdict.of(f)),
            "total": len(verdict.of(f)),
        }
        for f in verdict.functions
    }
    hints = sum(read(root).get(kata.name, History()).hints.values())
    write(root, "check", kata, functions=functions, seconds=verdict.seconds, hints=hints)


def entries(root: Path) -> Iterator[dict[str, Any]]:
    """Yield the readable lines of the journal; a torn line is passed over."""
    file = path(root)
    if not file.exists():
        return
    for line in file.read_text(encoding="utf-8", errors="replace").splitlines():
        try:
            entry = json.loads(line)
        except json.JSONDecodeError:
            continue
        if isinstance(entry, dict) and isinstance(entry.get("kata"), str):
            yield entry


def read(root: Path) -> dict[str, History]:
    """Derive the history of every kata that the journal mentions, known or not."""
    histories: dict[str, History] = {}
    for entry in sorted(entries(root), key=lambda e: str(e.get("at", ""))):
        history = histories.setdefault(entry["kata"], History())
        if entry.get("event") == "hint":
            function = str(entry.get("function"))
            history.hints[function] = history.hints.get(function, 0) + 1
        elif entry.get("event") == "skip":
            history.skipped = entry.get("skipped") is True
        elif entry.get("event") == "check":
            take_check(history, entry)
    return histories


def take_check(history: History, entry: dict[str, Any]) -> None:
    """Add one check to a history; a line that another version wrote otherwise is passed over."""
    try:
        found = {
            str(name): (f["state"], (int(f["green"]), int(f["total"])))
            for name, f in entry["functions"].items()
        }
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError):
        return
    history.states |= {name: state for name, (state, _) in found.items()}
    history.counts |= {name: counts for name, (_, counts) in found.items()}
    history.tries += 1
    history.last = str(entry.get("at", ""))
    history.first = history.first or history.last
