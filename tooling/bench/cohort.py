"""A cohort made up for measurements: forks as git repositories, with a known mix of answers.

Each learner hands in one file a kata, drawn with equal chances from four kinds:

- untouched: the stub as it was handed out;
- partly solved: the reference, with its last functions, one or more, as the stub has them;
- wrong: the reference with one of the known mistakes;
- right: the reference, or it with one of the alternatives.

Every file but an untouched one ends with a comment of its learner's own, since real files are
never the same: without it, equal answers would be judged once. The draw depends on the seed, the
learner and the kata only, so that a larger cohort begins with the smaller one.
"""

import ast
import random
import subprocess
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from dojo.author.verify.mistakes import Mistake, mistakes
from dojo.kata.catalog import Kata
from dojo.kata.edits import laid_over


def make_cohort(katas: Sequence[Kata], folder: Path, learners: int, seed: int = 1) -> list[Path]:
    """Make a bare repository a learner in a folder; return them in order."""
    folder.mkdir(parents=True, exist_ok=True)
    return [make_fork(katas, folder / f"learner{n:04}", seed) for n in range(learners)]


def make_fork(katas: Sequence[Kata], fork: Path, seed: int) -> Path:
    """Make one learner's repository, with one commit."""
    files = {
        f"katas/{kata.name}/{kata.topic}.py": handed_in(kata, fork.name, seed) for kata in katas
    }
    subprocess.run(["git", "init", "--quiet", "--bare", "--template=", "--", fork], check=True)
    write_commit(fork, files)
    return fork


def write_commit(fork: Path, files: dict[str, str]) -> None:
    """Put one commit on the branch that a bare repository's HEAD names."""
    head = (fork / "HEAD").read_text(encoding="utf-8").partition("ref: ")[2].strip()
    lines = [f"reset {head}\n\ncommit {head}\ncommitter <> 0 +0000\n{data('Handed in')}".encode()]
    for path, text in files.items():
        lines.append(f"M 100644 inline {path}\n{data(text)}".encode())
    stream = b"".join(lines)
    command = ["git", f"--git-dir={fork}", "fast-import", "--quiet", "--force"]
    subprocess.run(command, input=stream, check=True)


def data(text: str) -> str:
    """Write a text as fast-import reads it."""
    return f"data {len(text.encode())}\n{text}\n"


def handed_in(kata: Kata, learner: str, seed: int) -> str:
    """Return what a learner hands in for a kata."""
    rng = random.Random(f"{seed}/{learner}/{kata.name}")
    draw = rng.choice((untouched, partly_solved, wrong, right))
    text = draw(kata, rng)
    return text if draw is untouched else f"{text}\n# {learner}\n"


def untouched(kata: Kata, rng: random.Random) -> str:
    """Return the stub."""
    return source(kata.pristine)


def partly_solved(kata: Kata, rng: random.Random) -> str:
    """Return the reference with the last functions, one or more, as the stub has them."""
    solved = rng.randrange(len(kata.functions))
    stub = source(kata.pristine)
    rest = [
        ast.get_source_segment(stub, node) or ""
        for node in ast.parse(stub).body
        if isinstance(node, ast.FunctionDef) and node.name in kata.functions[solved:]
    ]
    return "\n\n\n".join([source(kata.reference).rstrip(), *rest]) + "\n"


def wrong(kata: Kata, rng: random.Random) -> str:
    """Return the reference with a mistake."""
    return with_mistake(kata, rng.choice(known(kata)))


def right(kata: Kata, rng: random.Random) -> str:
    """Return the reference, or it with an alternative."""
    other = rng.choice([None, *files_in(kata.solution / "alternatives")])
    reference = source(kata.reference)
    return laid_over(reference, source(other)) if other else reference


@cache
def known(kata: Kata) -> Sequence[Mistake]:
    """Read the mistakes of a kata once."""
    return mistakes(kata)


@cache
def with_mistake(kata: Kata, mistake: Mistake) -> str:
    """Make the file of a mistake once."""
    return mistake.source(kata)


@cache
def files_in(folder: Path) -> list[Path]:
    """List the Python files of a folder."""
    return sorted(folder.glob("*.py"))


@cache
def source(path: Path) -> str:
    """Read a file once."""
    return path.read_text(encoding="utf-8")
