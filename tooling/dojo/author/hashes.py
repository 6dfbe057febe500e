"""What files are known by: where no hash has changed, nothing need be done again."""

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path

TOOL = Path(__file__).parents[1]


def files_in(folder: Path) -> Iterator[Path]:
    """Yield the files in a folder and below, but for what editors and Python leave there."""
    for path in sorted(folder.iterdir()):
        if path.name.startswith(".") or path.name == "__pycache__":
            continue
        if path.is_dir():
            yield from files_in(path)
        elif path.is_file():
            yield path


def hash_of_files(start: str, root: Path, files: Iterable[Path]) -> str:
    """Return the hash of some files with their names, seen from a folder."""
    found = hashlib.sha256(start.encode())
    for path in files:
        name = path.relative_to(root).as_posix().encode("utf-8", "surrogateescape")
        found.update(hashlib.sha256(name).digest())
        found.update(hashlib.sha256(path.read_bytes()).digest())
    return found.hexdigest()


def modules(apart: Iterable[str]) -> Iterator[Path]:
    """Yield the modules of the tool but for some packages and files, named as in its folder."""
    left_out = [TOOL / name for name in apart]
    for path in files_in(TOOL):
        if path.suffix == ".py" and not any(path.is_relative_to(other) for other in left_out):
            yield path


def hash_of_modules(start: str, apart: Iterable[str]) -> str:
    """Return the hash of the tool's modules but for some, after what else it shall depend on."""
    return hash_of_files(start, TOOL, modules(apart))
