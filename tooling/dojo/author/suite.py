"""`tests`, `pythons` and `lint`: everything that must hold before a change is taken."""

import ast
import subprocess
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from rich.console import Console

from dojo.author.verify.verify import in_turn, verify
from dojo.kata import catalog
from dojo.learner import selftest
from dojo.run.environ import TRIED

IN_TURN = 2
# So many days pass before the fresh seeds are used again.
DAYS = 1000
REFERENCES = (("solutions", "--all"), ("solutions", "--all", "--judged"))
PROOFS = ("verify", "--only", "mistakes", "--only", "judged")
QUICK_TESTS = ("test_cost.py", "test_seam.py", "judge")
# What these test needs torch, a cluster, or a linter's parser: packages that authors alone have.
NEED_MORE = (
    *("judge/test_arrays.py", "judge/test_copies_of_tensors.py", "judge/test_promise.py"),
    *("judge/test_wire_fuzz.py", "test_cohort.py", "test_workflows.py"),
)
LINTERS = (
    ("-m", "ruff", "check", "."),
    ("-m", "ruff", "format", "--check", "."),
    ("-m", "mypy", "--python-version", TRIED[0]),
    ("-m", "mypy", "--python-version", TRIED[-1]),
    ("-c", "from importlinter.cli import lint_imports_command; lint_imports_command()"),
)


def tests(root: Path, pytest_args: Sequence[str]) -> int:
    """Run the tests of the tool, then the proofs of every kata; all of both, whatever fails.

    A kata that was proved as it is gets the quick proofs, and two in turn all of them.
    """
    red = selftest.run(root, pytest_args)
    katas, today = catalog.katas(root), date.today().toordinal()
    choose = in_turn(katas, today, count=IN_TURN)
    holds = verify(katas, Console(), choose, fresh=today % DAYS)
    return int(bool(red) or not holds)


def pythons(root: Path, *, quick: bool) -> int:
    """Run the references, the mistakes and the tool's tests on the Python that runs this."""
    verbs = REFERENCES if quick else (*REFERENCES, PROOFS)
    red = [run(root, "-m", "dojo", *verb) for verb in verbs]
    folder = Path("tooling") / "tests"
    left_out = [f"--ignore={folder / name}" for name in NEED_MORE]
    paths = [str(folder / name) for name in QUICK_TESTS] if quick else [str(folder)]
    return int(any([*red, selftest.run(root, left_out, paths)]))


def lint(root: Path) -> int:
    """Run every linter, whatever the others find."""
    ours = [solved_stubs(root), bounds_that_come_first(root)]
    return int(any([*ours, *(run(root, *linter) for linter in LINTERS)]))


def solved_stubs(root: Path) -> int:
    """Count, and name, the katas whose stub is not the pristine one: authors commit it unsolved."""
    solved = [
        kata for kata in catalog.katas(root) if kata.mine.read_bytes() != kata.pristine.read_bytes()
    ]
    for kata in solved:
        print(f"{kata.mine.relative_to(root)} differs from its pristine stub in tooling/stubs/.")
    return len(solved)


def bounds_that_come_first(root: Path) -> int:
    """Count, and name, assertions like `1 < x`: a report shows their left side as what came back.

    The linter's own rule leaves chains alone, `1 < x < 2`.
    """
    found = [
        f"{kata.tests.relative_to(root)}:{node.lineno}"
        for kata in catalog.katas(root)
        for node in ast.walk(ast.parse(kata.tests.read_text(encoding="utf-8")))
        if isinstance(node, ast.Assert)
        and isinstance(node.test, ast.Compare)
        and isinstance(node.test.left, ast.Constant)
        and isinstance(node.test.ops[0], ast.Lt | ast.LtE | ast.Gt | ast.GtE)
    ]
    for place in found:
        print(f"{place}: begin the comparison with what came back.")
    return len(found)


def run(root: Path, *command: str) -> int:
    """Run a Python tool in the workbook, its output on the terminal."""
    return subprocess.run([sys.executable, *command], cwd=root).returncode
