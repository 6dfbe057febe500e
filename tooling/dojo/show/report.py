"""A verdict as a learner reads it: one line a function, then the first red test in full."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from rich.console import Console
from rich.text import Text

from dojo.kata.catalog import Kata
from dojo.kata.debrief import in_short
from dojo.run.verdict import Diagnosis, TestResult, Verdict
from dojo.show import escape
from dojo.show.values import clip
from dojo.show.wrapping import put as put
from dojo.show.wrapping import unwrapped

STYLES = {"green": "green", "red": "red", "not_started": "dim"}
WORDS = {"green": "green", "red": "red", "not_started": "not started"}
SHORT_CALL = 100

Found = tuple[Kata, Verdict]


def show(console: Console, found: Sequence[Found], following: Kata | None, to_go: int = 0) -> None:
    """Show verdicts: the functions of every kata, and in full only the first thing to do.

    `following` is the kata to do next when all of these are green; `to_go` functions of the last
    kata are not green, and were not checked.
    """
    for kata, verdict in found:
        put(console, functions(kata, verdict))
    kata, verdict = next((f for f in found if not f[1].green), found[-1])
    put(console, closing(kata, verdict, following, to_go=to_go))


def closing(kata: Kata, verdict: Verdict, following: Kata | None, to_go: int = 0) -> Iterator[Text]:
    """Yield what to do after a verdict."""
    if verdict.fault:
        return fault(verdict)
    if not verdict.green:
        return red(kata, verdict)
    if set(verdict.functions) != set(kata.functions):
        return green_functions(kata, verdict, to_go)
    if verdict.against != "mine":
        return iter([Text(f"{kata.short} is green on {verdict.against}.", "green")])
    return green(kata, following)


def functions(kata: Kata, verdict: Verdict) -> Iterator[Text]:
    """Yield the title, and how far each function is."""
    facts = kata.facts
    title = Text(f"{kata.short} {facts.title}", "bold")
    yield title.append(f"  level {facts.level}, about {facts.minutes} min", "not bold dim")
    width = max((len(f) for f in verdict.functions), default=0)
    for function in verdict.functions:
        tests = verdict.of(function)
        state = verdict.state(function)
        count = f"{sum(t.outcome == 'passed' for t in tests)}/{len(tests)}"
        yield Text(f"  {function:<{width}}  {count:>6}  ").append(WORDS[state], STYLES[state])
    yield Text()


def green(kata: Kata, following: Kata | None) -> Iterator[Text]:
    """Yield what the kata comes to, where to read on, and what comes next."""
    yield Text(f"{kata.short} is green.", "green")
    for label, line in in_short(kata).items():
        yield Text(f"  {label}. ", "bold").append(line, "not bold")
    yield Text("Read now: ").append(link(kata, kata.folder / "debrief.md"))
    if following is not None:
        yield Text(f"Next kata: nox -s check -- {following.short}  ({following.facts.title})")


def green_functions(kata: Kata, verdict: Verdict, to_go: int) -> Iterator[Text]:
    """Yield that a part of a kata is green, and how to check the whole."""
    verb = "is" if len(verdict.functions) == 1 else "are"
    left = f", {to_go} {'function' if to_go == 1 else 'functions'} to go" if to_go else ""
    yield Text(f"{', '.join(verdict.functions)} {verb} green{left}.", "green")
    if verdict.against == "mine":
        yield Text(f"All of it: nox -s check -- {kata.short}")


def fault(verdict: Verdict) -> Iterator[Text]:
    """Yield what went wrong that is not the learner's doing."""
    yield Text("This is a fault of the workbook, not of your code. ", "bold").append(
        "\n".join(escape.lines(verdict.fault)), "not bold"
    )


def red(kata: Kata, verdict: Verdict) -> Iterator[Text]:
    """Yield the first test to turn green, and the way to a hint."""
    first = verdict.first_to_do()
    if first is None:
        untested = [f for f in verdict.functions if not verdict.of(f)]
        yield Text(f"No test of {', '.join(untested) or kata.short} has run.", "bold red")
        return
    reds = [t for t in verdict.tests if t.outcome not in ("passed", "not_started")]
    if first.outcome == "not_started":
        yield from unwritten(kata, first)
    else:
        yield from wrong(kata, first, verdict.done_in(first.function))
    yield Text()
    more = len(reds) - (first in reds)
    if more:
        yield Text(f"{more} more {'test is' if more == 1 else 'tests are'} red.")
    yield Text(f"A hint: nox -s hint -- {kata.short} {first.function}")


def unwritten(kata: Kata, test: TestResult) -> Iterator[Text]:
    """Yield what to write first, and what its first test asks."""
    yield Text(f"Write {test.function} first: ", "bold").append(place(kata, test.where))
    yield Text(f"Its first test says: {test.rule}.", "default")
    if test.calls:
        yield from paragraph(test.calls[-1].replace(" raised NotImplementedError", ""))


def wrong(kata: Kata, test: TestResult, diagnosis: Diagnosis | None) -> Iterator[Text]:
    """Yield a red test in full: what was done, where that is known, else what usually breaks it."""
    yield Text(f"{test.function}: {test.rule}", "bold red")
    if diagnosis is not None:
        yield from done(diagnosis)
    for call in shown_calls(test):
        yield from paragraph(call)
    if test.calls:
        yield Text()
    yield from paragraph(test.message, "red" if test.outcome == "failed" else "bold red")
    if test.relation:
        yield from prose(test.relation)
    if test.why and test.ran and test.outcome == "failed" and diagnosis is None:
        yield Text()
        yield Text("  What usually breaks it:", "dim")
        yield from prose(test.why)
    if test.where:
        yield Text()
        yield Text("  at ").append(place(kata, test.where))
    if test.printed:
        yield Text("  printed:", "dim")
        yield from paragraph(clip(test.printed, 10), "dim", indent=4)


def done(diagnosis: Diagnosis) -> Iterator[Text]:
    """Yield what was done in a function."""
    much = "exactly" if diagnosis.exact else "mostly"
    which = "this mistake" if len(diagnosis.says) == 1 else "one of these mistakes"
    yield Text(f"  What came back is {much} what {which} gives:")
    for sentence in diagnosis.says:
        yield Text(f"  {sentence}", "bold")
    yield Text()


def shown_calls(test: TestResult) -> Sequence[str]:
    """Keep all calls where they are short, else the last that gave what came back."""
    if all("\n" not in c and len(c) <= SHORT_CALL for c in test.calls):
        return test.calls
    came_back = test.message.partition("\n")[0].removeprefix("came back").strip()
    giving = [c for c in test.calls if f"-> {came_back}" in c]
    return giving[-1:] or test.calls[-1:]


def paragraph(text: str, style: str = "default", indent: int = 2) -> Iterator[Text]:
    """Yield the lines of a text, indented; whatever a learner wrote there is inert."""
    for row in escape.lines(text):
        yield Text(" " * indent + row, style)


def prose(text: str, style: str = "default") -> Iterator[Text]:
    """Yield the paragraphs of a text, indented, each as a line."""
    for row in unwrapped(escape.lines(text)):
        yield Text(f"  {row}" if row else "", style)


def place(kata: Kata, where: str) -> Text:
    """Show file:line as a link that a terminal can open."""
    file, _, number = where.rpartition(":")
    return link(kata, kata.root / file, f":{number}") if file else Text(where)


def link(kata: Kata, path: Path, suffix: str = "") -> Text:
    """Show a path, relative to the workbook, as a link."""
    shown = path.relative_to(kata.root) if path.is_relative_to(kata.root) else path
    return Text("".join(escape.lines(f"{shown.as_posix()}{suffix}")), f"link {path.as_uri()}")
