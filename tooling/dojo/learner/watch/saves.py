"""What `watch` does on a save: it turns to the kata and the function that were saved, and runs."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from dojo.kata import catalog
from dojo.learner.watch import edited

if TYPE_CHECKING:
    from dojo.learner.watch.watched import Watched


@dataclass(frozen=True)
class Saved:
    """A Python file below katas/ was saved, at a time of `time.monotonic()`."""

    path: Path
    at: float


def follow(watched: "Watched", saved: Saved) -> bool:
    """Run the kata that a file was saved of; tell whether it is another than before."""
    named = [k for k in catalog.katas(watched.root) if saved.path.is_relative_to(k.folder)]
    if not named:
        return False
    turns = named[0] != watched.kata
    if turns:
        watched.turn_to(named[0], "save", saved.at)
    else:
        watched.start("save", saved.at)
        if saved.path == watched.kata.mine and (now := edited.sources(saved.path)):
            watched.work_on(now)
    return turns
