"""The learner's journal: `.dojo/journal.jsonl`, one line an event, only ever appended to.

It survives a crash in mid-line, merges line by line (`merge=union`), and everything that is shown
of a learner's progress is derived from it. Where it cannot be written the verb goes on: what writes
returns a sentence about that, to be shown last.
"""

import errno
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from dojo.kata.catalog import Kata
from dojo.run.verdict import State, Verdict

# Who is silent for so long does something else.
PAUSE = timedelta(minutes=20)


@dataclass
class History:
    """What the journal tells of one kata: the last state of each function, tries, hints, dates.

    `best` are the functions of the time when most of them were green: what was green once stays a
    learner's, whatever became of the file. `seconds` is the time between events that lie close
    together: what came before the first of them, nobody knows. `hints` counts those of each
    function that were seen, `rungs` says how far they went. `skipped` is whether the learner wishes
    to pass over it; `told` are the mistakes that the last check named in each function, `denied`
    are functions with the mistakes that they deny.
    """

    states: dict[str, State] = field(default_factory=dict)
    best: frozenset[str] = frozenset()
    seconds: float = 0.0
    counts: dict[str, tuple[int, int]] = field(default_factory=dict)
    tries: int = 0
    hints: dict[str, int] = field(default_factory=dict)
    rungs: dict[str, int] = field(default_factory=dict)
    skipped: bool = False
    told: dict[str, tuple[str, ...]] = field(default_factory=dict)
    denied: set[tuple[str, tuple[str, ...]]] = field(default_factory=set)
    first: str = ""
    last: str = ""

    def green(self, kata: Kata) -> bool:
        """Whether all functions of the kata were green at one time."""
        return self.best.issuperset(kata.functions)

    def still_open(self, kata: Kata) -> list[str]:
        """List the functions of a kata that were not green when they were last checked."""
        return [f for f in kata.functions if self.states.get(f) != "green"]


def path(root: Path) -> Path:
    """Where the journal lies."""
    return root / ".dojo" / "journal.jsonl"


def write(root: Path, event: str, kata: Kata, **data: Any) -> str:
    """Append one event, in one write, so that two at the same time do not mix.

    Returns "", or the sentence that says why it could not be saved.
    """
    now = datetime.now(UTC).isoformat(timespec="seconds")
    entry = {"at": now, "event": event, "kata": kata.name, **data}
    try:
        append(path(root), json.dumps(entry).encode() + b"\n")
    except OSError as error:
        return f"Progress could not be saved: {path(root).relative_to(root)}: {error.strerror}."
    return ""


def append(file: Path, line: bytes) -> None:
    """Append a line to a file in one write; OSError where there is no room for all of it."""
    file.parent.mkdir(exist_ok=True)
    # A crash may have left half a line behind: an empty line does no harm, a joined one would.
    broken = file.exists() and not file.read_bytes().endswith(b"\n") and file.stat().st_size
    line = b"\n" * bool(broken) + line
    with file.open("ab", buffering=0) as stream:
        if stream.write(line) < len(line):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def write_check(root: Path, kata: Kata, verdict: Verdict) -> str:
    """Append what a check found; "", or why it could not be saved."""
    functions = {
        f: {
            "state": verdict.state(f),
            "green": sum(t.outcome == "passed" for t in verdict.of(f)),
            "total": len(verdict.of(f)),
        }
        for f in verdict.functions
    }
    hints = sum(read(root).get(kata.name, History()).hints.values())
    told = {d.function: d.mistakes for d in verdict.diagnosis}
    more = {"told": told} if told else {}
    return write(
        root, "check", kata, functions=functions, seconds=verdict.seconds, hints=hints, **more
    )


def entries(root: Path) -> Iterator[dict[str, Any]]:
    """Yield the readable lines of the journal; a torn line is passed over."""
    try:
        text = path(root).read_text(encoding="utf-8", errors="replace")
    except OSError:
        return
    for line in text.splitlines():
        try:
            entry = json.loads(line)
        except (json.JSONDecodeError, RecursionError):
            continue
        if isinstance(entry, dict) and isinstance(entry.get("kata"), str):
            yield entry


def trouble(root: Path) -> str:
    """Say why the journal cannot be read, or return ''; no journal is no trouble."""
    try:
        path(root).read_bytes()
    except FileNotFoundError:
        return ""
    except OSError as error:
        return f"Progress could not be read: {path(root).relative_to(root)}: {error.strerror}."
    return ""


def read(root: Path) -> dict[str, History]:
    """Derive the history of every kata that the journal mentions, known or not."""
    histories: dict[str, History] = {}
    before: datetime | None = None
    for entry in sorted(entries(root), key=lambda e: str(e.get("at", ""))):
        history = histories.setdefault(entry["kata"], History())
        now = moment(entry)
        gap = now - before if now and before else PAUSE
        history.seconds += gap.total_seconds() if timedelta(0) < gap < PAUSE else 0
        before = now or before
        if entry.get("event") == "hint":
            take_hint(history, entry)
        elif entry.get("event") == "skip":
            history.skipped = entry.get("skipped") is True
        elif entry.get("event") == "denied":
            history.denied.add((str(entry.get("function")), names(entry.get("mistakes"))))
        elif entry.get("event") == "check":
            take_check(history, entry)
        elif entry.get("event") == "reset":
            history.states = dict.fromkeys(history.states, "not_started")
    return histories


def moment(entry: dict[str, Any]) -> datetime | None:
    """Return when an event was, if it says so in our way."""
    try:
        at = datetime.fromisoformat(entry["at"])
    except (KeyError, TypeError, ValueError):
        return None
    return at if at.tzinfo else None


def names(found: object) -> tuple[str, ...]:
    """Return names that an entry lists; none where it does not."""
    return tuple(map(str, found)) if isinstance(found, list) else ()


def take_hint(history: History, entry: dict[str, Any]) -> None:
    """Add one hint that was seen to a history."""
    function, rung = str(entry.get("function")), entry.get("rung")
    history.hints[function] = count = history.hints.get(function, 0) + 1
    far = rung if isinstance(rung, int) else count
    history.rungs[function] = max(history.rungs.get(function, 0), far)


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
    told = entry["told"] if isinstance(entry.get("told"), dict) else {}
    history.told |= {name: names(told.get(name)) for name in found}
    green = frozenset(name for name, state in history.states.items() if state == "green")
    history.best = max(green, history.best, key=len)
    history.tries += 1
    history.last = str(entry.get("at", ""))
    history.first = history.first or history.last
