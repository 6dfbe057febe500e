"""A verdict as `watch` shows it: how far each function is, what changed, and one test in full."""

import re
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace

from rich.text import Text

from dojo.kata.catalog import Kata
from dojo.learner import check, journal
from dojo.learner.watch.watched import Watched
from dojo.run.verdict import Diagnosis, TestResult, Verdict
from dojo.show import report

# So many tests that turned by one save, or say the same, are named; more are counted.
NAMED = 5
# The end of a line within a paragraph: no blank line, no list and nothing indented follows.
SOFT_BREAK = re.compile(r"(?<=\S)\n(?=\S)(?![-*] |\d+\. )")


def lines(watched: Watched, keys: bool = True) -> Iterator[Text]:
    """Yield what is shown of a watch: with the keys to press, or the commands to type."""
    if watched.done is not None:
        yield from report.green(watched.done, None)
        yield Text()
    if watched.verdict is None:
        yield Text(f"{watched.kata.short} {watched.kata.facts.title} ...", "bold")
        return
    yield from functions(watched, watched.verdict, keys)
    run = f", run {watched.runs}" if keys else ""
    yield Text(f"{watched.seconds:.2f} s after the {watched.cause}{run}", "dim")
    yield from changes(watched.before, watched.verdict)
    yield Text()
    if not keys:
        yield from report.closing(watched.kata, watched.verdict, None)
    elif watched.verdict.fault:
        yield from report.fault(watched.verdict)
    elif watched.verdict.green and watched.chosen is None:
        yield from green(watched)
    else:
        yield from one(watched, watched.verdict)


def functions(watched: Watched, verdict: Verdict, marked: bool) -> Iterator[Text]:
    """Yield the title, and how far each function is; a mark shows which of them is shown."""
    shown = watched.function if marked else None
    for row in report.functions(watched.kata, verdict):
        is_shown = row.plain.startswith(f"  {shown} ")
        yield Text("> ", "bold") + row[2:] if is_shown else row


def changes(before: Verdict | None, now: Verdict) -> Iterator[Text]:
    """Yield the tests that turned green or red since the last run: many of them as a count."""
    if before is None:
        return
    was = {t.id: t.outcome == "passed" for t in before.tests}
    turned = [t for t in now.tests if was.get(t.id) not in (None, t.outcome == "passed")]
    for word, style in (("now green", "green"), ("now red", "red")):
        tests = [t for t in turned if (t.outcome == "passed") == (style == "green")]
        if len(tests) > NAMED:
            counts = Counter(t.function for t in tests)
            shown = ", ".join(f"{function} {count}" for function, count in counts.items())
            yield Text(f"{word}: {len(tests)} tests ({shown})", style)
            continue
        for test in tests:
            yield Text(f"{word}: {test.function}, {test.rule}", style)


def green(watched: Watched) -> Iterator[Text]:
    """Yield what the kata comes to, what it took, and where the keys lead."""
    kata, histories = watched.kata, journal.read(watched.root)
    history = histories.get(kata.name, journal.History())
    hints = sum(history.hints.values())
    minutes = int(time.monotonic() - watched.since) // 60
    yield from report.green(kata, None)
    yield Text()
    yield Text(
        f"{counted(history.tries, 'run')}, {counted(hints, 'hint')}, {minutes} min in this watch"
        f" (about {kata.facts.minutes} min were estimated)."
    )
    yield Text("d opens the debrief, ").append(following(watched, histories))


def following(watched: Watched, histories: dict[str, journal.History]) -> str:
    """Say which kata is to be done next, and which key leads to it."""
    kata = check.following(watched.root, watched.kata, histories)
    if kata is None:
        return "and no other kata is open."
    key = "n" if kata == watched.neighbour(1) else "l"
    return f"{key} leads to the next: {kata.short} {kata.facts.title}."


def one(watched: Watched, verdict: Verdict) -> Iterator[Text]:
    """Yield the first open test of the function that is shown, and how to see more."""
    function = watched.function
    tests = [t for t in verdict.of(function or "") if t.outcome != "passed"]
    if function is None or not verdict.of(function):
        yield Text(f"No test of {function or watched.kata.short} has run.", "bold red")
        return
    if not tests:
        yield from passed(verdict.of(function))
        return
    first = next((t for t in tests if t.outcome != "not_started"), tests[0])
    yield from in_full(watched.kata, first, verdict.done_in(first.function))
    more = sum(t.outcome not in ("passed", "not_started") and t != first for t in verdict.tests)
    if more and first.ran:
        yield Text(f"{more} more {'test is' if more == 1 else 'tests are'} red: a shows them.")
    yield Text(f"A hint for {function}: h")


def passed(tests: list[TestResult]) -> Iterator[Text]:
    """Yield what a function does right."""
    yield Text(f"{tests[0].function} is green:", "green")
    for test in tests:
        yield Text(f"  {test.rule}")


def in_full(kata: Kata, test: TestResult, diagnosis: Diagnosis | None) -> Iterator[Text]:
    """Yield one test as `check` shows it, for a screen that wraps its lines itself."""
    test = replace(test, why=unwrapped(test.why))
    if test.outcome == "not_started":
        yield from report.unwritten(kata, test)
    else:
        yield from report.wrong(kata, test, diagnosis)
    yield Text()


def unwrapped(text: str) -> str:
    """Join the lines of each paragraph; what is wrapped for one width must not be for another."""
    return SOFT_BREAK.sub(" ", text)


def every_red(kata: Kata, verdict: Verdict) -> Iterator[Text]:
    """Yield all red tests: one of those that say the same in full, the others by their rules."""
    red = [t for t in verdict.tests if t.outcome not in ("passed", "not_started")]
    if not red:
        yield Text("No test is red.")
        return
    by_message: dict[str, list[TestResult]] = {}
    for test in red:
        by_message.setdefault(test.message, []).append(test)
    told: set[str] = set()
    for first, *same in by_message.values():
        diagnosis = verdict.done_in(first.function)
        if diagnosis is not None and first.function in told:  # said above, and nothing else is
            yield from in_full(kata, replace(first, why=""), None)
        else:
            yield from in_full(kata, first, diagnosis)
        yield from the_same(same)
        told.add(first.function)


def the_same(tests: Iterable[TestResult]) -> Iterator[Text]:
    """Yield the rules of tests whose message has been shown: many of them as a count."""
    rules = [f"  the same: {t.function}, {t.rule}" for t in tests]
    yield from (Text(rule, "dim") for rule in rules[:NAMED])
    if len(rules) > NAMED:
        yield Text(f"  and {len(rules) - NAMED} more", "dim")
    if rules:
        yield Text()


def standing(watched: Watched) -> str:
    """Say in a line how far the learner is, and what to type next."""
    kata, verdict = watched.kata, watched.verdict
    if verdict is None:
        return f"{kata.short} was not tested yet. Go on: nox -s watch -- {kata.short}"
    if verdict.green:
        following = check.following(watched.root, kata)
        onward = f" Next: nox -s watch -- {following.short}" if following else ""
        return f"{kata.short} is green.{onward}"
    done = sum(verdict.state(f) == "green" for f in verdict.functions)
    return (
        f"{kata.short}: {done} of {counted(len(verdict.functions), 'function')} green,"
        f" {watched.function} is next. Go on: nox -s watch -- {kata.short}"
    )


def counted(number: int, noun: str) -> str:
    """Say how many there are of something: 1 hint, 2 hints."""
    return f"{number} {noun}{'s' * (number != 1)}"
