"""`handout`: the learner's edition, written from what is committed.

Committed files, and not the working tree's, so that the edition of a commit is always the same and
holds nothing that somebody has half done. What goes into it is listed here; whatever else a
workbook has, or will have, stays out. Where the edition has its own file, `tooling/edition/` holds
it.
"""

import io
import json
import re
import subprocess
import tarfile
import tomllib
from collections.abc import Iterator
from pathlib import Path

from dojo.errors import UsageError
from dojo.kata import catalog
from dojo.kata.catalog import Kata

OWN = "tooling/edition/"
KEPT = (
    ".gitattributes",
    ".gitignore",
    "LICENSE",
    "constraints.txt",
    "noxfile.py",
    "tooling/dojo/",
    "tooling/stubs/",
    "tooling/testkit/",
    "tooling/tests/bad_input/",
    "tooling/tests/conftest.py",
    "tooling/tests/odd_input/",
    "tooling/tests/test_",
    "tooling/tests/workbook/",
)
LEFT_OUT = (
    "tooling/dojo/author/",
    "tooling/tests/test_solutions.py",
    "tooling/tests/test_watch",
    "tooling/tests/test_workflows.py",
)
# A test of what is left out imports it; conftest.py does so only for such tests.
OF_AUTHORS = re.compile(rb"^\s*(from|import) (bench|dojo\.author)\b", re.M)
TABLES = ("[project]", "[tool.pytest]")
GROUPS = ("base", "tests")

Files = dict[str, bytes]


def handout(root: Path, dest: Path) -> int:
    """Write the learner's edition into a folder that is empty, or holds a new git repository."""
    if dest.exists() and (not dest.is_dir() or any(p.name != ".git" for p in dest.iterdir())):
        raise UsageError(
            f"{dest} is not an empty folder; name one that is, a new one, or a fresh clone."
        )
    files = edition(root, committed(root))
    for path, content in files.items():
        (dest / path).parent.mkdir(parents=True, exist_ok=True)
        (dest / path).write_bytes(content)
    write_readme(dest)
    commit = git(root, "rev-parse", "--short", "HEAD").decode().strip()
    print(f"{dest} is the learner's edition of commit {commit}.")
    if left := len(git(root, "status", "--porcelain").splitlines()):
        print(f"{left} uncommitted change{'s' * (left != 1)} in the workbook: not in it.")
    return 0


def committed(root: Path) -> Files:
    """Read the regular files of a workbook's last commit, without a checkout."""
    archive = io.BytesIO(git(root, "archive", "--format=tar", "HEAD"))
    with tarfile.open(fileobj=archive) as tar:
        return {m.name: f.read() for m in tar if m.isfile() and (f := tar.extractfile(m))}


def git(root: Path, *words: str) -> bytes:
    """Return what git says about the workbook; UsageError with its reason where it refuses."""
    try:
        return subprocess.run(["git", *words], cwd=root, capture_output=True, check=True).stdout
    except FileNotFoundError:
        raise UsageError("The edition is made from a git commit; install git.") from None
    except subprocess.CalledProcessError as error:
        reason = error.stderr.decode(errors="replace").strip().partition("\n")[0]
        raise UsageError(
            f"The edition is made from a git commit, and git refuses: {reason}."
        ) from None


def edition(root: Path, files: Files) -> Files:
    """Choose the files of the learner's edition."""
    kept = {path: content for path, content in files.items() if is_kept(path, content)}
    for kata in katas(root, files):
        kept |= learners_half(kata, files)
    kept["pyproject.toml"] = cut(files["pyproject.toml"].decode(), kept).encode()
    return kept | {p.removeprefix(OWN): files[p] for p in files if p.startswith(OWN)}


def is_kept(path: str, content: bytes) -> bool:
    """Tell whether a file that is no kata's goes into the edition as it is."""
    if not path.startswith(KEPT) or path.startswith(LEFT_OUT):
        return False
    return not (path.startswith("tooling/tests/test_") and OF_AUTHORS.search(content))


def katas(root: Path, files: Files) -> Iterator[Kata]:
    """Yield the katas among some files."""
    names = {path.split("/")[1] for path in files if path.startswith("katas/")}
    return (Kata(root, name) for name in sorted(names) if catalog.NAME.fullmatch(name))


def learners_half(kata: Kata, files: Files) -> Files:
    """Return a kata's files; the learner's own is the pristine stub, whoever has solved it."""
    folder, stub = f"katas/{kata.name}", f"tooling/stubs/{kata.name}.py"
    half = {f"{folder}/{name}" for name in kata.files}
    for path in (stub, *sorted(half)):
        if path not in files:
            raise UsageError(f"{path} is not committed; nox -s verify -- {kata.short} says more.")
    half |= {f"{folder}/{kata.fingerprints.name}"} & files.keys()
    return {path: files[path] for path in half} | {f"{folder}/{kata.mine.name}": files[stub]}


def cut(pyproject: str, files: Files) -> str:
    """Keep of pyproject.toml what the edition needs: no linters, no groups of the authors'."""
    tables = re.split(r"^(?=\[)", pyproject, flags=re.M)
    groups = tomllib.loads(pyproject)["dependency-groups"]
    facts = [tomllib.loads(c.decode()) for p, c in files.items() if re.match("katas/.*toml", p)]
    needed = {group for fact in facts for group in fact.get("needs", [])}
    # A list of strings is the same in JSON and TOML.
    lines = [f"{g} = {json.dumps(groups[g])}" for g in groups if g in needed.union(GROUPS)]
    kept = [table.strip() for table in tables if table.startswith(TABLES)]
    return "\n\n".join([*kept, "\n".join(["[dependency-groups]", *lines])]) + "\n"


def write_readme(dest: Path) -> None:
    """Fill the table of katas into the edition's README."""
    rows = [row(kata) for kata in catalog.katas(dest)]
    path = dest / "README.md"
    text = path.read_text(encoding="utf-8").replace("{katas}", "\n".join(rows))
    path.write_text(text, encoding="utf-8", newline="\n")


def row(kata: Kata) -> str:
    """Show one kata as a row of the README's table."""
    facts, page = kata.facts, f"katas/{kata.name}/README.md"
    name = f"[{kata.short}]({page}) {facts.title}"
    return f"| {name} | {facts.question} | {facts.level} | {facts.minutes} |"
