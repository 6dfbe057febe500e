"""`reset`: put the pristine stub back, and keep what the learner had."""

import shutil
from datetime import datetime
from pathlib import Path

from rich.console import Console

from dojo.errors import UsageError
from dojo.kata.catalog import Kata
from dojo.learner import journal


def reset(root: Path, kata: Kata, console: Console) -> int:
    """Put the stub back; keep the learner's file under `.dojo/attempts/` with a time stamp."""
    mine = kata.mine.relative_to(root).as_posix()
    if not kata.pristine.exists():
        raise UsageError(f"The pristine stub {kata.pristine} is missing; restore it with git.")
    if kata.mine.is_dir():
        raise UsageError(f"{mine} is a folder; move it away, then reset again.")
    if kata.mine.exists():
        if kata.mine.read_bytes() == kata.pristine.read_bytes():
            console.print(f"{mine} is the pristine stub already.")
            return 0
        kept = keep(root, kata).relative_to(root).as_posix()
        console.print(f"Your file is kept as {kept}.", highlight=False, soft_wrap=True)
    try:
        shutil.copyfile(kata.pristine, kata.mine)
    except OSError as error:
        raise UsageError(f"{mine} could not be put back: {error.strerror}.") from None
    console.print(f"{mine} is the pristine stub again.", highlight=False, soft_wrap=True)
    if unsaved := journal.write(root, "reset", kata):
        console.print(unsaved, markup=False)
    return 0


def keep(root: Path, kata: Kata) -> Path:
    """Copy the learner's file to a name that is not taken; UsageError where that cannot be."""
    folder = root / ".dojo" / "attempts" / kata.name
    stamp = datetime.now().astimezone().strftime("%Y-%m-%d_%H-%M-%S")
    names = (f"{stamp}{n}.py" for n in ["", *(f"_{i}" for i in range(2, 1000))])
    try:
        folder.mkdir(parents=True, exist_ok=True)
        target = next(folder / name for name in names if not (folder / name).exists())
        shutil.copy2(kata.mine, target)
    except OSError as error:
        raise UsageError(
            f"Your file could not be kept in {folder.relative_to(root).as_posix()} "
            f"({error.strerror}), so it was left as it is."
        ) from None
    return target
