"""`reset`: put the pristine stub back, and keep what the learner had."""

import shutil
from datetime import datetime
from pathlib import Path

from rich.console import Console

from dojo.catalog import Kata
from dojo.errors import UsageError


def reset(root: Path, kata: Kata, console: Console) -> int:
    """Put the stub back; keep the learner's file under `.dojo/attempts/` with a time stamp."""
    if not kata.pristine.exists():
        raise UsageError(f"The pristine stub {kata.pristine} is missing; restore it with git.")
    if kata.mine.exists():
        if kata.mine.read_bytes() == kata.pristine.read_bytes():
            console.print(f"{kata.mine.relative_to(root)} is the pristine stub already.")
            return 0
        console.print(f"Your file is kept as {keep(root, kata).relative_to(root).as_posix()}.")
    shutil.copyfile(kata.pristine, kata.mine)
    console.print(f"{kata.mine.relative_to(root).as_posix()} is the pristine stub again.")
    return 0


def keep(root: Path, kata: Kata) -> Path:
    """Copy the learner's file to a name that is not taken."""
    folder = root / ".dojo" / "attempts" / kata.name
    folder.mkdir(parents=True, exist_ok=True)
    stamp = datetime.now().astimezone().strftime("%Y-%m-%d_%H-%M-%S")
    names = (f"{stamp}{n}.py" for n in ["", *(f"_{i}" for i in range(2, 1000))])
    target = next(folder / name for name in names if not (folder / name).exists())
    shutil.copy2(kata.mine, target)
    return target
