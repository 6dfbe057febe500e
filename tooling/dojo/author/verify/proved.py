"""What was proved of a kata: `proved.toml`, made by `verify`, so that nothing is proved in vain."""

import json
import tomllib
from collections.abc import Mapping
from pathlib import Path

import msgspec

from dojo.author.hashes import files_in, hash_of_files, hash_of_modules
from dojo.kata.catalog import Kata

HEAD = "# Made by `nox -s verify`. Nobody writes here by hand: it would be found out in turn."
# What no proof depends on of the tool; all the rest decides what is found.
NOT_PROVING = (
    *("author/grade", "learner", "show/report.py", "show/github.py", "cli.py", "verbs.py"),
    *("author/handout.py", "author/interpreters.py", "author/new.py", "author/suite.py"),
)
LEFT_OUT = ("proved.toml",)
# How long something takes is another figure each time.
MEASURED = ("budgets",)


class Proved(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The hashes of what the proofs depend on, and the figure of each proof.

    `kata` is the hash of both halves of the kata, `tool` that of the modules of the tool which
    prove and judge, and of the pinned libraries.
    """

    kata: str
    tool: str
    figures: Mapping[str, str]

    def is_of_the_same(self, other: "Proved") -> bool:
        """Tell whether two proofs were of the same kata, as it was then, by the same tool."""
        return (self.kata, self.tool) == (other.kata, other.tool)


def path_of(kata: Kata) -> Path:
    """Return where it stands."""
    return kata.solution / "proved.toml"


def read(kata: Kata) -> Proved | None:
    """Read what was proved of a kata; None where that is nothing, or nothing that can be read."""
    try:
        return msgspec.convert(tomllib.loads(path_of(kata).read_text(encoding="utf-8")), Proved)
    except (OSError, tomllib.TOMLDecodeError, msgspec.ValidationError, UnicodeDecodeError):
        return None


def now(kata: Kata, figures: Mapping[str, str]) -> Proved:
    """Return what stands in the file if these figures are found now."""
    kept = {claim: figure for claim, figure in figures.items() if claim not in MEASURED}
    return Proved(hash_of_halves(kata), hash_of_tool(kata.root), kept)


def write(kata: Kata, proved: Proved) -> None:
    """Write the file."""
    lines = [HEAD, f"kata = {json.dumps(proved.kata)}", f"tool = {json.dumps(proved.tool)}"]
    lines += ["", "[figures]"]
    lines += [f"{json.dumps(c)} = {json.dumps(figure)}" for c, figure in proved.figures.items()]
    path_of(kata).write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")


def is_current(kata: Kata) -> bool:
    """Tell whether a kata was proved as it is, by the tool as it is."""
    known = read(kata)
    return known is not None and known.is_of_the_same(now(kata, {}))


def contradiction(known: Proved, found: Proved) -> str:
    """Say where what is remembered has another figure than what was found of the same, or ''."""
    for claim in sorted({*found.figures, *known.figures}):
        said, seen = (of.figures.get(claim, "nothing") for of in (known, found))
        if said != seen:
            return (
                f"proved.toml says {said!r} of {claim}, and now it is {seen!r}: remove the file, "
                f"and prove the kata again."
            )
    return ""


def hash_of_halves(kata: Kata) -> str:
    """Return the hash of both halves of a kata and its stub; of a file under work, the stub's."""
    halves = [*files_in(kata.folder), *files_in(kata.solution)]
    files = [path for path in halves if path != kata.mine and path.name not in LEFT_OUT]
    return hash_of_files(kata.name, kata.root, [*files, kata.pristine])


def hash_of_tool(root: Path) -> str:
    """Return the hash of what proves: the tool's modules, as they are here, and the pins."""
    pins = (root / "constraints.txt").read_text(encoding="utf-8")
    return hash_of_modules(pins, NOT_PROVING)
