"""What a learner handed in: read as data from repositories that strangers made."""

import os
import shutil
import subprocess

import pytest
from dojo import limits
from dojo.author.grade.submission import read

pytestmark = pytest.mark.timeout(120)

STUB = "katas/kata01_spread/spread.py"
OTHER = "katas/kata02_runs/runs.py"
TEXT = "def center(x):\n    return x - x.mean()\n"


@pytest.fixture
def submitted(spread, runs, tmp_path):
    """Return `submitted(repo, ref)`: what is read of a fork."""
    return lambda repo, ref="": read(str(repo), ref, (spread, runs), tmp_path / "cache")


@pytest.fixture
def file(submitted, spread):
    """Return `file(repo)`: what stands in the first stub's place: status, and text or reason."""

    def first(repo):
        found = submitted(repo).files[spread.name]
        return found.status, found.text or found.reason

    return first


@pytest.fixture
def canary(tmp_path):
    """Return the path of a file that no reading may bring into being."""
    return tmp_path / "canary"


def script(path, canary, then="cat"):
    """Write a program that leaves a trace, and passes on what it is given."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\ntouch {canary}\n{then}\n")
    path.chmod(0o755)
    return path


def test_the_commit_counts_and_not_the_working_folder(fork, submitted, git):
    """The stub's blob is read, of every kata; a file that is not there is missing."""
    folder = fork("ann", {STUB: TEXT, "katas/kata01_spread/conftest.py": "raise SystemExit\n"})
    (folder / STUB).write_text("not committed")
    found = submitted(folder)

    assert found.problem == ""
    assert found.commit == git(folder, "rev-parse", "HEAD")
    assert {kata: (f.status, f.text) for kata, f in found.files.items()} == {
        "kata01_spread": ("file", TEXT),
        "kata02_runs": ("missing", ""),
    }


@pytest.mark.parametrize("kind", ["bare", "executable", "sha256", "packed", "file-url"])
def test_every_kind_of_repository_is_read(kind, fork, file, tmp_path, git, commit):
    """Bare, packed, with longer ids, behind file://; an executable file is a file."""
    folder = fork("ann", {STUB: TEXT})
    if kind == "bare":
        git(tmp_path, "clone", "--quiet", "--bare", folder, "bare")
        folder = tmp_path / "bare"
    if kind == "executable":
        (folder / STUB).chmod(0o755)
        commit(folder, {"notes": "x"})
    if kind == "sha256":
        folder = tmp_path / "longer"
        git(tmp_path, "init", "--quiet", "--object-format=sha256", folder)
        commit(folder, {STUB: TEXT})
    if kind == "packed":
        git(folder, "gc", "--quiet")

    assert file(folder.as_uri() if kind == "file-url" else folder) == ("file", TEXT)


@pytest.mark.parametrize("name", ["-rf", "a b", "a\nb", 'it\'s "ann"', "=HYPERLINK(1)", "é"])
def test_a_folder_may_have_any_name(name, fork, file):
    """Paths go to git as data."""
    assert file(fork(name, {STUB: TEXT})) == ("file", TEXT)


def test_a_branch_a_tag_and_a_commit_are_refs(fork, submitted, git, commit):
    """The ref decides which commit is read."""
    folder = fork("ann", {STUB: "first\n"})
    first = git(folder, "rev-parse", "HEAD")
    git(folder, "tag", "v1")
    git(folder, "branch", "old")
    commit(folder, {STUB: "second\n"})
    texts = [submitted(folder, ref).files["kata01_spread"].text for ref in ("", "old", "v1", first)]

    assert texts == ["second\n", "first\n", "first\n", "first\n"]


@pytest.mark.parametrize(
    ("ref", "reason"),
    [
        ("nothing", "It has no commit 'nothing'."),
        ("--batch-all-objects", "'--batch-all-objects' is no branch, tag or commit."),
        ("main\nHEAD", "'main\\nHEAD' is no branch, tag or commit."),
        ("HEAD:katas", "'HEAD:katas' is no branch, tag or commit."),
        ("../config", "It has no commit '../config'."),
        ("config", "It has no commit 'config'."),
        ("e" * 40, f"It has no commit '{'e' * 40}'."),
        ("eeee", "It has no commit 'eeee'."),
    ],
)
def test_a_ref_that_is_none_makes_a_fork_unreadable(ref, reason, fork, submitted):
    """Nor is it an option of git's, or two lines of its input."""
    found = submitted(fork("ann", {STUB: TEXT}), ref)

    assert (found.problem, found.files) == (reason, None)


def test_a_symlink_is_not_followed(fork, file, tmp_path, commit):
    """Neither in the stub's place, nor in that of a folder above it."""
    secret = tmp_path / "secret"
    (secret / "kata01_spread").mkdir(parents=True)
    (secret / "kata01_spread" / "spread.py").write_text("secret")
    direct, above = fork("ann", {} | {"notes": "x"}), fork("ben", {"notes": "x"})
    (direct / STUB).parent.mkdir(parents=True)
    (direct / STUB).symlink_to(secret / "kata01_spread" / "spread.py")
    (above / "katas").symlink_to(secret)
    for folder in (direct, above):
        commit(folder, {})

    assert file(direct) == ("refused", f"{STUB} is a symbolic link, and not followed.")
    assert file(above) == ("refused", "katas is a symbolic link, and not followed.")


def test_a_submodule_is_not_followed(fork, file, git):
    """A commit of another repository in the place of the file, or of its folder."""
    folder = fork("ann", {"notes": "x"})
    other = git(folder, "rev-parse", "HEAD")
    for path in (STUB, "katas/kata01_spread"):
        git(folder, "rm", "--quiet", "--cached", "-r", "--ignore-unmatch", "katas")
        git(folder, "update-index", "--add", "--cacheinfo", f"160000,{other},{path}")
        git(folder, "commit", "--quiet", "--message", "A submodule")

        assert file(folder) == ("refused", f"{path} is a submodule, and not followed.")


def test_a_folder_and_a_file_in_each_others_place_are_refused(fork, file):
    """The path must lead through folders to a file."""
    inner = fork("ann", {f"{STUB}/spread.py": TEXT})
    outer = fork("ben", {"katas/kata01_spread": TEXT})

    assert file(inner) == ("refused", f"{STUB} is a folder, and not followed.")
    assert file(outer) == ("refused", "katas/kata01_spread is a file, and not followed.")


CONTENTS = [
    pytest.param(b"#" * limits.SOURCE_BYTES, "#" * 9, id="as large as may be"),
    pytest.param(
        b"#" * (limits.SOURCE_BYTES + 1), "262,145 bytes; the limit is 262,144", id="too large"
    ),
    pytest.param(b"#" * 5_000_000, "5,000,000 bytes; the limit is 262,144", id="huge"),
    pytest.param(b"a\nb\n\xff\n", "not UTF-8: see line 3.", id="not UTF-8"),
    pytest.param(b"a\0b", "null bytes", id="null bytes"),
    pytest.param(b"# coding: klingon\n", "names a coding that Python does not", id="no coding"),
    pytest.param(b"# coding: ascii\n\n\xe9", "not ASCII: see line 3.", id="not of its coding"),
    pytest.param(b"version https://git-lfs.github.com/spec/v1\n", "Git LFS", id="Git LFS"),
    pytest.param("# coding: latin-1\n# Café".encode("latin-1"), "# Café", id="a coding cookie"),
    pytest.param(b"\xef\xbb\xbfx = 1", "x = 1", id="a byte order mark"),
    pytest.param(b"", "", id="empty"),
]


@pytest.mark.parametrize("as_folder", [False, True], ids=["repository", "folder"])
@pytest.mark.parametrize(("content", "said"), CONTENTS)
def test_a_file_is_a_text_of_a_learners_size(content, said, as_folder, fork, submitted):
    """What is none is refused with the reason, and the next file is read."""
    folder = fork("ann", {STUB: content, OTHER: TEXT})
    if as_folder:
        shutil.rmtree(folder / ".git")
    first, second = submitted(folder).files.values()

    assert first.status == ("refused" if first.reason else "file")
    assert first.content == (b"" if first.reason else content)
    assert said in (first.text or first.reason)
    assert bool(said) == bool(first.text or first.reason)
    assert (second.status, second.text) == ("file", TEXT)


def test_hooks_filters_and_monitors_of_a_fork_never_run(fork, file, canary, tmp_path, git):
    """The same repository starts them all when git is used as usual."""
    folder = fork("ann", {STUB: TEXT, ".gitattributes": "*.py filter=evil diff=evil\n"})
    evil = script(tmp_path / "evil.sh", canary)
    for hook in ("post-checkout", "pre-commit", "fsmonitor-watchman", "post-index-change"):
        script(folder / ".git" / "hooks" / hook, canary)
    included = tmp_path / "included"
    included.write_text(f'[filter "evil"]\n\tsmudge = {evil}\n\tclean = {evil}\n\trequired\n')
    for name, value in {
        "core.fsmonitor": evil,
        "core.pager": evil,
        "core.sshCommand": evil,
        "diff.evil.textconv": evil,
        "alias.cat-file": f"!{evil}",
        "include.path": included,
    }.items():
        git(folder, "config", name, value)
    (folder / STUB).unlink()
    git(folder, "checkout", "--", ".")
    used_as_usual = canary.exists()
    canary.unlink()

    assert used_as_usual
    assert file(folder) == ("file", TEXT)
    assert not canary.exists()


@pytest.mark.parametrize("transport", ["ext", "file"])
def test_a_partial_clone_fetches_nothing_by_itself(
    transport, fork, submitted, canary, tmp_path, git
):
    """Its configuration names the command to fetch with, and git would run it."""
    folder = fork("ann", {STUB: TEXT})
    blob = git(folder, "rev-parse", f"HEAD:{STUB}")
    urls = {"ext": f"ext::sh -c touch% {canary}", "file": tmp_path}
    for name, value in {
        "core.repositoryFormatVersion": "1",
        "extensions.partialClone": "origin",
        "remote.origin.promisor": "true",
        "remote.origin.url": urls[transport],
        "remote.origin.uploadpack": script(tmp_path / "evil.sh", canary, "exit 1"),
        "protocol.ext.allow": "always",
        "protocol.allow": "always",
    }.items():
        git(folder, "config", name, value)
    os.unlink(folder / ".git" / "objects" / blob[:2] / blob[2:])
    subprocess.run(["git", "cat-file", "-p", blob], cwd=folder, capture_output=True)
    used_as_usual = canary.exists()
    canary.unlink()
    found = submitted(folder)

    assert used_as_usual
    assert not canary.exists()
    assert found.problem or found.files["kata01_spread"].status == "refused"


def test_a_git_folder_that_lies_elsewhere_is_not_read(fork, submitted, tmp_path):
    """A fork could point to another learner's."""
    ann = fork("ann", {STUB: TEXT})
    ben, eve = tmp_path / "ben", tmp_path / "eve"
    for folder in (ben, eve):
        folder.mkdir()
    (ben / ".git").write_text(f"gitdir: {ann / '.git'}\n")
    (eve / ".git").symlink_to(ann / ".git")
    said = "Its .git leads to another folder; name the repository itself."

    assert [submitted(folder).problem for folder in (ben, eve)] == [said, said]


def test_a_broken_repository_is_unreadable_and_says_why(fork, submitted, git):
    """Nothing committed, a folder that is gone, a git folder that is none; never another's."""
    empty, broken, hollow = (
        fork("ann", {"x": "x"}),
        fork("ben", {STUB: TEXT}),
        fork("eve", {"x": "x"}),
    )
    git(empty, "update-ref", "-d", "HEAD")
    tree = git(broken, "rev-parse", "HEAD:katas")
    os.unlink(broken / ".git" / "objects" / tree[:2] / tree[2:])
    shutil.rmtree(hollow / ".git" / "objects")

    assert submitted(empty).problem == "It has no commit 'HEAD': nothing was committed."
    assert "damaged: a folder of the commit is missing" in submitted(broken).problem
    assert "not a git repository" in submitted(hollow).problem


def test_where_heads_branch_is_gone_the_only_other_one_is_read(fork, submitted, git):
    """As after a default branch was renamed; of several, the sentence names some."""
    folder = fork("ann", {STUB: TEXT})
    git(folder, "symbolic-ref", "HEAD", "refs/heads/master")
    only = submitted(folder)
    git(folder, "branch", "ann/work", "main")
    several = submitted(folder)
    git(folder, "pack-refs", "--all")

    assert only.files["kata01_spread"].text == TEXT
    assert several.problem == submitted(folder).problem
    assert several.problem == (
        "It has no commit 'HEAD': its branch 'master' is not there; name another as its ref, of "
        "'ann/work', 'main'."
    )


def test_what_a_repository_says_cannot_steer_a_terminal(fork, submitted, git):
    """A character that turns the line around comes out as its number."""
    folder = fork("ann", {STUB: TEXT})
    git(folder, "branch", "\u202etxt")
    (folder / ".git" / "HEAD").write_text("ref: refs/heads/\u202egone\n", "utf-8")
    problem = submitted(folder).problem

    assert problem.count("\\u202e") == 2
    assert problem.isprintable()


def test_a_commit_may_be_named_by_the_beginning_of_its_id(fork, submitted, git, commit):
    """Loose or packed; where several begin so, none is meant."""
    folder = fork("ann", {STUB: "first\n"})
    first = git(folder, "rev-parse", "HEAD")
    commit(folder, {STUB: "second\n"})
    loose = [submitted(folder, first[:n]).files["kata01_spread"].text for n in (7, 12)]
    git(folder, "gc", "--quiet")
    packed = [submitted(folder, first[:n]).files["kata01_spread"].text for n in (7, 12)]

    assert loose == packed == ["first\n", "first\n"]


def test_reading_leaves_nothing_open(fork, submitted, git):
    """Whether a commit was found or not, loose or packed."""
    folder = fork("ann", {STUB: TEXT})
    before = len(os.listdir("/proc/self/fd"))
    submitted(folder)
    submitted(folder, "nothing")
    git(folder, "gc", "--quiet")
    submitted(folder)
    (folder / ".git" / "packed-refs").unlink()
    submitted(folder)

    assert len(os.listdir("/proc/self/fd")) == before


def test_a_plain_folder_is_read_as_it_lies(fork, submitted):
    """Without git there is no commit, and no ref; a repository around it is not asked."""
    outer = fork("ann", {"inner/katas/kata01_spread/spread.py": "committed\n"})
    (outer / "inner" / STUB).write_text(TEXT)
    found = submitted(outer / "inner")

    assert (found.commit, found.problem) == ("", "")
    assert [(f.status, f.text) for f in found.files.values()] == [("file", TEXT), ("missing", "")]
    assert submitted(outer / "inner", "main").problem.startswith("It is no git repository")


def test_no_step_in_a_plain_folder_leads_out_of_it(file, tmp_path):
    """Symlinks, pipes and folders are refused, at every step of the path."""
    secret = tmp_path / "secret"
    (secret / "kata01_spread").mkdir(parents=True)
    (secret / "kata01_spread" / "spread.py").write_text("secret")
    folders = {name: tmp_path / name for name in ("file", "step", "pipe", "folder")}
    for folder in folders.values():
        (folder / "katas").mkdir(parents=True)
    (folders["step"] / "katas" / "kata01_spread").symlink_to(secret / "kata01_spread")
    for name in ("file", "pipe", "folder"):
        (folders[name] / STUB).parent.mkdir()
    (folders["file"] / STUB).symlink_to(secret / "kata01_spread" / "spread.py")
    os.mkfifo(folders["pipe"] / STUB)
    (folders["folder"] / STUB).mkdir()

    assert {name: file(folder) for name, folder in folders.items()} == {
        "file": ("refused", f"{STUB} is a symbolic link, and not followed."),
        "step": ("refused", "katas/kata01_spread is a symbolic link, and not followed."),
        "pipe": ("refused", f"{STUB} is no regular file, and not followed."),
        "folder": ("refused", f"{STUB} is a folder, and not followed."),
    }


def test_a_top_that_is_no_fork_is_unreadable(submitted, tmp_path, canary):
    """Nothing there, nothing like a fork, or an address of another kind; nothing is started."""
    (tmp_path / "empty").mkdir()

    assert submitted(tmp_path / "nothing").problem == "There is no such folder."
    assert submitted("x" * 5000).problem == "It cannot be read: File name too long."
    assert submitted(tmp_path / "empty").problem.startswith("It is neither a git repository")
    for address in ("ssh://ann@localhost/x", "git@localhost:ann/katas.git"):
        assert submitted(address).problem.startswith("SSH addresses are not read; name an https:")
    assert submitted(f"ext::sh -c touch% {canary}").problem == "There is no such folder."
    assert submitted("https://127.0.0.1:1/ann.git").problem.startswith("git cannot fetch it: ")
    assert not canary.exists()
