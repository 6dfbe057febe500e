"""The captures of the watcher's screen in docs/ show what it looks like now."""

import html
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CAPTURES = ROOT / "docs" / "captures"

pytestmark = pytest.mark.timeout(120)


def text_of(capture: Path) -> str:
    """Return the words of a picture, without the times in it, of a run and of a person."""
    rows = re.findall(r"<text[^>]*>(.*?)</text>", capture.read_text(encoding="utf-8"))
    words = " ".join(html.unescape(row) for row in rows).split()
    return re.sub(r"\d+\.\d+ s\b|\d+ min in", "0", " ".join(words))


def test_captures_drawn_again_are_those_in_docs(tmp_path):
    """A change of the screen, of a rule or of a kata's wording makes pictures that are old."""
    command = [sys.executable, "tooling/captures.py", str(tmp_path)]
    paths = {**os.environ, "PYTHONPATH": str(ROOT / "tooling")}
    subprocess.run(command, cwd=ROOT, env=paths, check=True)

    names = {path.name for path in CAPTURES.iterdir()}
    assert {path.name for path in tmp_path.iterdir()} == names
    assert len(names) == 8
    for name in names:
        assert text_of(tmp_path / name) == text_of(CAPTURES / name)
