"""What `check` found, as GitHub shows it on the page of a run: a job summary in Markdown."""

import html
from collections.abc import Iterator, Sequence
from pathlib import Path

from dojo.kata.catalog import Kata
from dojo.run.verdict import Verdict
from dojo.show import report
from dojo.show.values import clip

# A summary may have 1 MB; a report of this many lines of 200 characters a kata stays far below.
LINES = 60

Found = tuple[Kata, Verdict]


def append(path: Path, found: Sequence[Found]) -> None:
    """Append a summary of verdicts to the file that GitHub names."""
    with path.open("a", encoding="utf-8", errors="backslashreplace") as file:
        file.writelines(f"{line}\n" for line in lines(found))


def lines(found: Sequence[Found]) -> Iterator[str]:
    """Yield the table of katas, and below it what is to do first in each that was begun."""
    green = sum(verdict.green for _, verdict in found)
    yield f"## {green} of {len(found)} katas {'is' if green == 1 else 'are'} green"
    yield ""
    yield "| kata | functions green | tests passed | |"
    yield "|---|--:|--:|---|"
    yield from (row(kata, verdict) for kata, verdict in found)
    for kata, verdict in found:
        if word(verdict) in ("red", "fault"):
            yield from details(kata, verdict)


def row(kata: Kata, verdict: Verdict) -> str:
    """Show how far one kata is."""
    functions = [verdict.state(f) == "green" for f in verdict.functions]
    tests = [t.outcome == "passed" for t in verdict.tests]
    counts = [f"{sum(each)}/{len(each)}" for each in (functions, tests)]
    return f"| {kata.short} {kata.facts.title} | {' | '.join(counts)} | {word(verdict)} |"


def word(verdict: Verdict) -> str:
    """Say in a word how a kata stands."""
    if verdict.fault:
        return "fault"
    untouched = all(verdict.state(f) == "not_started" for f in verdict.functions)
    return "green" if verdict.green else "not started" if untouched else "red"


def details(kata: Kata, verdict: Verdict) -> Iterator[str]:
    """Yield what the terminal shows of a kata; a learner's text stays text in it."""
    shown = "\n".join(line.plain for line in report.closing(kata, verdict, None))
    yield f"\n### {kata.short} {kata.facts.title}\n"
    yield f"<pre>\n{html.escape(clip(shown, LINES))}\n</pre>"
