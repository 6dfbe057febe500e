"""Which reports grading wrote into a folder, so that those of who has left can be taken away.

Only what is recorded here, and is still as it was written, is ever removed.
"""

import hashlib
import json
from collections.abc import Iterable, Sequence
from pathlib import Path

from dojo.author.grade.filename import file_name
from dojo.author.grade.gradebook import Learner
from dojo.author.grade.reports import write

RECORD = ".written.json"
NAMED = 5

# The files of each learner, seen from the folder of the reports, with their hashes.
Written = dict[str, dict[str, str]]


def tidy(out: Path, paths: Iterable[Path], learners: Sequence[Learner], clean: bool) -> str:
    """Record what was written; say whose reports of earlier runs lie there, or take them away."""
    now = record(out, paths, learners)
    gone = left(read(out), now, out)
    stay = removed(out, gone) if clean else gone
    write(out / RECORD, json.dumps({**now, **stay}, indent=1, sort_keys=True) + "\n")
    if not gone:
        return ""
    if not clean:
        return f"Not in this roster, but still in {out}: {named(gone)}. --clean removes them."
    changed = f" What was changed since stays, of {named(stay)}." if stay else ""
    return f"Removed from {out}, since not in this roster: {named(gone)}.{changed}"


def named(names: Iterable[str]) -> str:
    """Name some people, and count the others."""
    first, *rest = sorted(names)
    shown = [first, *rest[: NAMED - 1]]
    more = len(rest) + 1 - len(shown)
    return ", ".join(shown) + (f" and {more} more" if more else "")


def read(out: Path) -> Written:
    """Return what is recorded in a folder; nothing where there is no record that can be read."""
    try:
        written = json.loads((out / RECORD).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    sound = isinstance(written, dict) and all(map(is_record, written.values()))
    return written if sound else {}


def is_record(files: object) -> bool:
    """Tell whether something is a record of files, none of which lies outside of the folder."""
    return isinstance(files, dict) and not any(
        name.startswith("/") or ".." in name.split("/") for name in files
    )


def record(out: Path, paths: Iterable[Path], learners: Sequence[Learner]) -> Written:
    """Return the files of each learner among those that were written."""
    by_stem = {file_name(learner.name): learner.name for learner in learners}
    written: Written = {learner.name: {} for learner in learners}
    for path in paths:
        name = path.relative_to(out)
        if len(name.parts) > 1 and name.stem in by_stem:
            written[by_stem[name.stem]][name.as_posix()] = digest(path)
    return written


def left(before: Written, now: Written, out: Path) -> Written:
    """Return the learners of earlier runs who are not in this one, with what is there of theirs."""
    gone = {name: files for name, files in before.items() if name not in now}
    there = {
        learner: {name: wanted for name, wanted in files.items() if (out / name).is_file()}
        for learner, files in gone.items()
    }
    return {learner: files for learner, files in there.items() if files}


def removed(out: Path, gone: Written) -> Written:
    """Remove the reports of some learners; return what stays of them."""
    stay = {learner: remove(out, files) for learner, files in gone.items()}
    return {learner: files for learner, files in stay.items() if files}


def remove(out: Path, files: dict[str, str]) -> dict[str, str]:
    """Remove files that are as they were written; return those that were changed, and stay."""
    changed = {}
    for name, wanted in files.items():
        path = out / name
        if path.is_symlink() or path.parent.is_symlink() or digest(path) != wanted:
            changed[name] = wanted
        else:
            path.unlink()
    return changed


def digest(path: Path) -> str:
    """Return the hash of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()
