"""That is not what I did: a diagnosis that a learner denies is not shown to them again."""

from dataclasses import replace
from pathlib import Path

from dojo.kata.catalog import Kata
from dojo.learner import journal
from dojo.run.verdict import Verdict


def admitted(root: Path, kata: Kata, verdict: Verdict) -> Verdict:
    """Return a verdict without the diagnoses that the learner has denied."""
    if not verdict.diagnosis:
        return verdict
    denied = journal.read(root).get(kata.name, journal.History()).denied
    kept = [d for d in verdict.diagnosis if (d.function, d.mistakes) not in denied]
    return replace(verdict, diagnosis=tuple(kept))


def disown(root: Path, kata: Kata, verdict: Verdict, function: str) -> tuple[Verdict, str]:
    """Deny what is told of a function; the verdict without it, and what is to be said of that.

    The journal keeps it, for those who write the katas.
    """
    found = verdict.done_in(function)
    if found is None:
        return verdict, f"No mistake is named in {function} that could be denied."
    unsaved = journal.write(root, "denied", kata, function=function, mistakes=found.mistakes)
    kept = tuple(d for d in verdict.diagnosis if d is not found)
    return replace(verdict, diagnosis=kept), unsaved or "Noted: this mistake is not named again."
