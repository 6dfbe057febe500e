"""`new`: the files of a new kata, as empty as they can be while `verify` can read them."""

import keyword
from pathlib import Path

from dojo.errors import UsageError
from dojo.kata import catalog
from dojo.kata.catalog import NAME, Kata, camel

FUNCTION = "answer"
EMPTY = ("README.md", "hints.md", "debrief.md")

FACTS = """\
title = "{title}"
question = ""
track = ""
level = 3
minutes = 45
needs = []
forbid = []
"""

STUB = '''\
"""{title}."""

import numpy as np


def {function}(x: np.ndarray) -> float:
    """Return ...

    `x` has shape (n,), in ...; float.
    Raises ValueError (naming x) ...
    """
    raise NotImplementedError
'''

TESTS = '''\
"""The specification of {short}."""

import numpy as np

from {module} import {function}


class {test_class}:
    """{function} returns ..."""

    def test_name_the_rule_as_a_sentence(self, rng: np.random.Generator) -> None:
        """Say what usually breaks the rule."""
        x = rng.normal(size=5)

        actual = {function}(x)

        assert actual == "what a closed form, brute force or a library says"
'''

ORACLES = '''\
"""The reference of {short} against independent libraries."""

from solutions.{name}.{topic} import {function}


def test_the_reference_agrees_with() -> None:
    """Name the library, and compare."""
    raise NotImplementedError({function})
'''

MISTAKES = "# Known wrong answers: see CONTRIBUTING.md.\n"
SURVIVORS = "# Mutants that live, each with the reason: see CONTRIBUTING.md.\n"


def scaffold(root: Path, name: str) -> int:
    """Write both halves of a new kata; UsageError for a name that is taken or is none."""
    kata = Kata(root, name)
    if not NAME.fullmatch(name) or keyword.iskeyword(kata.topic):
        raise UsageError(f"{name!r} is not a kata's name; write it like kata08_p_values.")
    for other in catalog.katas(root):
        if other.number == kata.number or other.topic == kata.topic:
            raise UsageError(f"{other.name} is there already; choose another number and topic.")
    for path, text in files(kata).items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
        print(path.relative_to(root).as_posix())
    print(
        f"\nCONTRIBUTING.md says what belongs in each; nox -s verify -- {kata.short} what is left."
    )
    return 0


def files(kata: Kata) -> dict[Path, str]:
    """Return every file of a new kata with its text."""
    words = {
        "title": kata.topic.replace("_", " ").capitalize(),
        "short": kata.short,
        "name": kata.name,
        "topic": kata.topic,
        "module": kata.module,
        "function": FUNCTION,
        "test_class": camel(FUNCTION),
    }
    stub = STUB.format(**words)
    return {
        kata.folder / "kata.toml": FACTS.format(**words),
        **{kata.folder / file: "" for file in EMPTY},
        kata.mine: stub,
        kata.pristine: stub,
        kata.tests: TESTS.format(**words),
        kata.reference: stub,
        kata.solution / "test_oracles.py": ORACLES.format(**words),
        kata.solution / "mistakes.toml": MISTAKES,
        kata.solution / "survivors.toml": SURVIVORS,
        kata.solution / "blind.md": "",
    }
