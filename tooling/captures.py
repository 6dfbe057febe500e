"""Draws what `watch` looks like: .venv/bin/python tooling/captures.py writes docs/captures/*.svg.

The real watcher runs in a pseudo-terminal on a copy of kata07; what stands on its screen is drawn.
"""

import io
import sys
from collections.abc import Iterator
from pathlib import Path

from bench.desk import desk, solve
from dojo.kata.catalog import Kata
from rich.console import Console
from rich.text import Text
from testkit.terminal import Terminal

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "docs" / "captures"
KATAS = [Kata(ROOT, "kata06_attention"), Kata(ROOT, "kata07_sample_size")]
RIGHT = "    return _round_up(_control_size(p_control, p_treat, 1, tail, power))\n"
WRONG = """    variance = 2 * p_control * (1 - p_control)
    z = norm.isf(tail) + norm.ppf(power)
    return _round_up(variance * (z / (p_treat - p_control)) ** 2)
"""
HALF = RIGHT.replace("power))", "power)")
# All of it on one line: which line of two the time runs out in is another each time.
LOOP = """    n = 1

    while n: n += 1
    return n
"""
LAST = "q quit"
# Rich's own frame loads a font from the network; this one takes what the reader has.
FRAME = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}">
<style>
.{unique_id}-matrix {{
  font-family: ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace;
  font-size: {char_height}px; line-height: {line_height}px; white-space: pre;
}}
{styles}
</style>
<defs>{lines}</defs>
{chrome}
<g transform="translate({terminal_x}, {terminal_y})">
{backgrounds}
<g class="{unique_id}-matrix">{matrix}</g>
</g>
</svg>
"""


def main(folder: Path = FOLDER) -> None:
    """Draw every scene into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    with desk(KATAS) as (_, kata):
        limit(kata)
        command = [sys.executable, "-m", "dojo", "watch", kata.short]
        paths = {"PYTHONPATH": str(kata.root / "tooling")}
        with Terminal(command, kata.root, paths, rows=34, columns=100) as terminal:
            for name in scenes(kata, terminal):
                path = folder / f"{name}.svg"
                path.write_text(draw(terminal), encoding="utf-8")
                print(path.name)


def limit(kata: Kata) -> None:
    """Let a loop end after two seconds: the picture of one is the same after ten."""
    facts = kata.folder / "kata.toml"
    facts.write_text(f"timeout = 2\n{facts.read_text(encoding='utf-8')}", encoding="utf-8")


def scenes(kata: Kata, terminal: Terminal) -> Iterator[str]:
    """Play the scenes, and yield the name of each when it can be drawn, to its last word."""
    terminal.wait_for("Write lift_to_rate first", LAST)
    yield "start"
    save(kata, WRONG)
    terminal.wait_for("n_per_arm: each arm brings its own variance", LAST)
    yield "red"
    terminal.resize(rows=24, columns=80)
    terminal.wait_for("more lines: j and k scroll", LAST, gone="A hint for n_per_arm")
    yield "narrow"
    terminal.resize(rows=34, columns=100)
    save(kata, HALF)
    terminal.wait_for("has a syntax error", "A hint", LAST)
    yield "syntax_error"
    save(kata, LOOP)
    terminal.wait_for("was still running", "A hint", LAST)
    yield "endless_loop"
    solve(kata)
    terminal.wait_for("kata07 is green.", "leads to the next", LAST)
    yield "green"
    terminal.press("d")
    terminal.wait_for("The trap", LAST)
    yield "debrief"
    terminal.press("\x1b?")
    terminal.wait_for("On a verdict", LAST)
    yield "keys"
    terminal.press("q")
    terminal.read_to_end()


def save(kata: Kata, end: str) -> None:
    """Save the reference with another end of n_per_arm."""
    text = kata.reference.read_text(encoding="utf-8")
    kata.mine.write_text(text.replace(RIGHT, end), encoding="utf-8")


def draw(terminal: Terminal) -> str:
    """Draw what stands on the screen as SVG."""
    console = Console(record=True, width=terminal.columns, file=io.StringIO())
    rows = terminal.frame().decode().removeprefix("\x1b[H").splitlines()
    lines = [Text.from_ansi(row) for row in rows]
    # The colours are those that the program wrote, the text is what a terminal made of it.
    assert [line.plain.rstrip() for line in lines] == terminal.text().splitlines()
    console.print(*lines, sep="\n")
    return console.export_svg(title="nox -s watch", code_format=FRAME, unique_id="screen")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
