"""`handout`: the learner's edition holds what a learner needs, nothing else, and works."""

import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from dojo.author.handout import handout
from dojo.errors import UsageError
from dojo.kata import catalog

ROOT = Path(__file__).parents[2]
TRACES = (".git", ".venv", ".nox", ".dojo", ".hypothesis", "*_cache", "__pycache__")
# A test as `--setup-plan` shows it, and the file that it is in.
PLANNED = re.compile(r"^ {8}((tooling/tests/\w+\.py)::.+?)(?: \(fixtures used: .*\))?$", re.M)
IMPORTS_ALL = """
import importlib, pkgutil, dojo
for module in pkgutil.walk_packages(dojo.__path__, "dojo."):
    importlib.import_module(module.name)
    print(module.name)
"""

pytestmark = pytest.mark.timeout(120)


def git(folder, *words):
    """Run git, with an identity of its own."""
    identity = ["-c", "user.name=ann", "-c", "user.email=ann"]
    subprocess.run(["git", *identity, *words], cwd=folder, check=True, capture_output=True)


def commit(folder):
    """Make a repository of a folder, or another commit in it."""
    git(folder, "init", "--quiet")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", "All of it")


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """Return a repository that holds the workbook as it lies here, one kata solved and committed.

    Beside it lie a file that nobody knows, and a scratch file in a kata's folder.
    """
    folder = tmp_path_factory.mktemp("whole") / "workbook"
    shutil.copytree(ROOT, folder, ignore=shutil.ignore_patterns(*TRACES))
    solved = catalog.find(folder, "kata01")
    shutil.copyfile(solved.reference, solved.mine)
    shutil.copyfile(solved.reference, solved.folder / "attempt.py")
    (folder / "roster.csv").write_text("ann,../forks/ann,main\n")
    commit(folder)
    return folder


@pytest.fixture(scope="module")
def edition(whole, tmp_path_factory):
    """Return the learner's edition, as a repository."""
    folder = tmp_path_factory.mktemp("edition") / "katas"
    handout(whole, folder)
    commit(folder)
    return folder


@pytest.fixture
def python(edition):
    """Return `python(*words)`: run Python in the edition, with its own tool."""
    noise = ("PYTEST_", "PYTHON", "NOX", "FORCE_COLOR", "GITHUB_")
    env = {name: value for name, value in os.environ.items() if not name.startswith(noise)}
    env["PYTHONPATH"] = str(edition / "tooling")
    # What hypothesis works out once for each folder is there already.
    env["HYPOTHESIS_STORAGE_DIRECTORY"] = str(ROOT / ".hypothesis")

    def run(*words):
        command = [sys.executable, *words]
        return subprocess.run(command, cwd=edition, env=env, capture_output=True, text=True)

    return run


def files(folder):
    """List the committed files of a repository."""
    words = ["git", "ls-files"]
    done = subprocess.run(words, cwd=folder, check=True, capture_output=True, text=True)
    return done.stdout.splitlines()


def test_a_learner_gets_what_practice_needs(edition):
    """Six files a kata, its pristine stub, the tool, its tests, a workflow, and nothing else."""
    names = files(edition)
    tops = {name.partition("/")[0] for name in names}
    katas = catalog.katas(edition)

    assert tops == {
        ".gitattributes",
        ".github",
        ".gitignore",
        "LICENSE",
        "README.md",
        "constraints.txt",
        "katas",
        "noxfile.py",
        "pyproject.toml",
        "tooling",
    }
    assert [k.name for k in katas] == [k.name for k in catalog.katas(ROOT)]
    assert sum(name.startswith("katas/") for name in names) == 7 * len(katas)
    assert sum(name.startswith("tooling/stubs/") for name in names) == len(katas)
    assert ".github/workflows/check.yml" in names


def test_what_its_tests_read_is_whole(whole, edition):
    """Learners' files, good and bad, and the small workbook: none of them is missing."""
    folders = tuple(f"tooling/tests/{name}/" for name in ("bad_input", "odd_input", "workbook"))
    read = {name for name in files(whole) if name.startswith(folders)}

    assert len(read) > 100
    assert read <= set(files(edition))


def test_nothing_of_the_authors_is_in_it(edition):
    """Neither a solution, nor a tool of theirs, nor a test of one."""
    names = files(edition)
    halves = {name.split("/")[2] for name in names if name.startswith("tooling/dojo/")}
    tests = {name.split("/")[2] for name in names if name.startswith("tooling/tests/test_")}
    modules = {"__init__.py", "__main__.py", "cli.py", "errors.py", "limits.py", "verbs.py"}

    assert halves == {*modules, "kata", "run", "child", "show", "learner"}
    assert {"test_check.py", "test_hint.py", "test_noxfile.py"} <= tests
    assert not {"test_handout.py", "test_proofs.py", "test_solutions.py", "test_suite.py"} & tests


def test_no_learner_sees_who_solved_a_kata(edition):
    """A committed answer is replaced by the pristine stub."""
    for kata in catalog.katas(edition):
        assert kata.mine.read_bytes() == kata.pristine.read_bytes()
        assert (
            kata.pristine.read_bytes() == (ROOT / kata.pristine.relative_to(edition)).read_bytes()
        )


def test_the_readme_is_a_learner_s(edition):
    """It lists the katas, and says nothing of what is not here."""
    text = (edition / "README.md").read_text(encoding="utf-8")

    for kata in catalog.katas(edition):
        assert f"[{kata.short}](katas/{kata.name}/README.md) {kata.facts.title} |" in text
    for word in ("{", "verify", "grad", "solutions", "nox -s solution", "CONTRIBUTING"):
        assert word not in text


def test_the_packages_are_those_of_its_sessions(edition):
    """No oracles, and no linters."""
    project = tomllib.loads((edition / "pyproject.toml").read_text(encoding="utf-8"))
    before = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    groups = project["dependency-groups"]

    assert set(project) == {"project", "dependency-groups", "tool"}
    assert project["project"] == before["project"]
    assert project["tool"] == {"pytest": before["tool"]["pytest"]}
    assert groups == {name: before["dependency-groups"][name] for name in ("base", "tests")}


def test_the_sessions_are_a_learner_s(python):
    """And the words of `python -m dojo` are the same."""
    rows = python("-m", "nox", "--list").stdout.splitlines()
    sessions = {row.split()[1] for row in rows if row.startswith(("* ", "- "))}

    assert sessions == {"check", "watch", "hint", "solution", "reset", "progress", "skip", "tests"}
    assert python("-m", "dojo", "verify").returncode == 2


def test_check_is_red_and_readable(python):
    """Every kata is untouched, and what to write first is said."""
    done = python("-m", "dojo", "check", "--all")

    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout.count("not started") > 20
    assert " red" not in done.stdout
    assert "Write " in done.stdout


def test_the_reference_is_said_to_be_elsewhere(python):
    """One sentence, and exit code 2; a bare pytest says it a test."""
    done = python("-m", "dojo", "solution", "kata01", "--yes")

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        "The reference solution of kata01 is not part of this edition of the workbook.\n"
    )


def test_every_module_of_its_tool_can_be_imported(python):
    """Those too that no test of the edition needs, as watch's."""
    done = python("-c", IMPORTS_ALL)

    assert (done.returncode, done.stderr) == (0, "")
    assert "dojo.learner.watch.screen" in done.stdout.split()


def test_the_edition_passes_its_own_tests(python):
    """All find their modules and fixtures; the first of each file is run.

    The code that they test is the workbook's, where all are run: only what is missing can be red
    here and not there.
    """
    plan = python("-m", "pytest", "-q", "--setup-plan", "tooling/tests")
    tests = PLANNED.findall(plan.stdout)
    first = {file: test for test, file in reversed(tests)}
    left = [f"--deselect={test}" for test, file in tests if test != first[file]]
    done = python("-m", "dojo", "tests", "--", "-q", "-n", "0", "-p", "no:cacheprovider", *left)

    assert plan.returncode == 0, plan.stdout[-2000:]
    assert len(first) > 25
    assert done.returncode == 0, done.stdout
    assert f"{len(first)} passed, {len(left)} deselected" in done.stdout


def test_nothing_is_written_over(whole, tmp_path):
    """One file in the folder is enough to refuse it, or a file in its place."""
    (tmp_path / "notes.txt").write_text("mine")
    for dest in (tmp_path, tmp_path / "notes.txt"):
        with pytest.raises(UsageError, match="is not an empty folder; name one that is"):
            handout(whole, dest)

    assert [p.name for p in tmp_path.iterdir()] == ["notes.txt"]


def test_a_new_repository_counts_as_empty(whole, tmp_path):
    """An instructor clones an empty repository, and hands out into it."""
    git(tmp_path, "init", "--quiet")

    assert handout(whole, tmp_path) == 0
    assert (tmp_path / "noxfile.py").exists()


def test_what_is_not_committed_stays_at_home(whole, tmp_path, capsys):
    """A half-written hint is nobody's yet; the commit is named."""
    hints = whole / "katas" / "kata02_imputation" / "hints.md"
    before = hints.read_bytes()
    hints.write_text("Half a sen")
    try:
        handout(whole, tmp_path)
    finally:
        hints.write_bytes(before)

    assert (tmp_path / hints.relative_to(whole)).read_bytes() == before
    said = capsys.readouterr().out
    assert "is the learner's edition of commit " in said
    assert said.endswith("1 uncommitted change in the workbook: not in it.\n")


def test_without_a_commit_there_is_no_edition(workbook, tmp_path):
    """Git's own reason is passed on."""
    with pytest.raises(UsageError, match="git refuses: fatal: not a git repository"):
        handout(workbook, tmp_path / "edition")


def test_a_kata_without_its_stub_is_not_handed_out(workbook, spread, tmp_path):
    """The edition could not reset it."""
    spread.pristine.unlink()
    commit(workbook)

    with pytest.raises(UsageError, match=r"stubs/kata01_spread\.py is not committed"):
        handout(workbook, tmp_path / "edition")
    assert not (tmp_path / "edition").exists()
