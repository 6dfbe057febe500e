"""The rungs of a kata's hints, as hints.md has them."""

import re

from dojo.kata.catalog import Kata

RUNGS = 3


def read_hints(kata: Kata) -> dict[str, list[str]]:
    """Return the rungs of each function: `## function` headings, `### 1` and so on under them."""
    path = kata.folder / "hints.md"
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    _, *parts = re.split(r"^## +`?(\w+)`?.*\n", text, flags=re.M)
    pairs = zip(parts[::2], parts[1::2], strict=True)
    return {name: rungs(body) for name, body in pairs}


def rungs(body: str) -> list[str]:
    """Split what stands under a function's heading into its rungs."""
    _, *texts = re.split(r"^### +.*\n", body, flags=re.M)
    return [text.strip() for text in texts]
