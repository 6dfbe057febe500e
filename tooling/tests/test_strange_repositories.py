"""Repositories that strangers made to be graded by somebody else's work, or to do harm.

Each is a real one, made by git and then changed by hand. `read` is asked as grading asks it.
"""

import hashlib
import os
import random
import resource
import shutil
import socket
import struct
import subprocess
import zlib

import pytest
from dojo import limits
from dojo.author.grade.problem import Unreadable
from dojo.author.grade.repository import Repository
from dojo.author.grade.submission import read

pytestmark = pytest.mark.timeout(120)

STUB = "katas/kata01_spread/spread.py"
OWN = "def center(x):\n    return 0\n"
ANNS = "def center(x):\n    return x - x.mean()\n"
ELSEWHERE = (
    "Its git folder has {}, by which git takes other objects for those of this repository; ask "
    "for a clone that stands on its own."
)


@pytest.fixture
def found(spread, tmp_path):
    """Return `found(folder, ref)`: the text or the reason of the stub's place, or the problem."""

    def first(folder, ref=""):
        handed_in = read(str(folder), ref, (spread,), tmp_path / "cache")
        if handed_in.files is None:
            return handed_in.problem
        file = handed_in.files[spread.name]
        return file.reason or file.text

    return first


@pytest.fixture
def ann(fork):
    """Return the repository whose work is wanted."""
    return fork("ann", {STUB: ANNS})


@pytest.fixture
def eve(fork):
    """Return the repository of who wants it."""
    return fork("eve", {STUB: OWN})


@pytest.fixture
def as_git_reads(git):
    """Return `as_git_reads(folder)`: what git itself takes for the file of a commit."""
    return lambda folder: git(folder, "show", f"HEAD:{STUB}") + "\n"


def loose(folder, oid):
    """Return the place of a loose object."""
    return folder / ".git" / "objects" / oid[:2] / oid[2:]


def write(path, content):
    """Write a file of git's, in the place of the one that may be there."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())


def put(folder, kind, content):
    """Write a loose object as it is, whatever is in it; return its id."""
    whole = b"%s %d\0%s" % (kind.encode(), len(content), content)
    oid = hashlib.sha1(whole).hexdigest()
    write(loose(folder, oid), zlib.compress(whole, 1))
    return oid


def commit_of(folder, tree):
    """Write a commit of a tree, and have main name it."""
    text = f"tree {tree}\nauthor <> 0 +0000\ncommitter <> 0 +0000\n\nx\n"
    write(folder / ".git" / "refs" / "heads" / "main", put(folder, "commit", text.encode()) + "\n")


def listing(*entries):
    """Write the list of a folder."""
    return b"".join(f"{mode} {name}\0".encode() + bytes.fromhex(oid) for mode, name, oid in entries)


class TestAnothersWork:
    """Nothing in a git folder leads to objects that are not in it."""

    def test_a_commondir_is_refused(self, ann, eve, found, as_git_reads):
        """As of a worktree, whose refs and objects lie in another repository."""
        write(eve / ".git" / "commondir", str(ann / ".git"))
        (eve / ".git" / "refs" / "heads" / "main").unlink()

        assert as_git_reads(eve) == ANNS
        assert found(eve) == ELSEWHERE.format("commondir")

    @pytest.mark.parametrize("name", ["alternates", "http-alternates"])
    def test_alternates_are_refused(self, name, ann, eve, found, git):
        """By path or by address."""
        head = git(ann, "rev-parse", "HEAD")
        write(eve / ".git" / "objects" / "info" / name, f"{ann}/.git/objects\n")
        write(eve / ".git" / "refs" / "heads" / "main", f"{head}\n")

        assert found(eve) == ELSEWHERE.format(f"objects/info/{name}")

    @pytest.mark.parametrize("packed", [False, True])
    def test_replaced_objects_are_refused(self, packed, ann, eve, found, git, as_git_reads):
        """Git would show one blob for another, and the commit would look the same."""
        blob = git(eve, "rev-parse", f"HEAD:{STUB}")
        git(eve, "replace", blob, put(eve, "blob", ANNS.encode()))
        if packed:
            git(eve, "pack-refs", "--all")
            shutil.rmtree(eve / ".git" / "refs" / "replace", ignore_errors=True)

        assert as_git_reads(eve) == ANNS
        assert found(eve) == ELSEWHERE.format("refs/replace")

    def test_grafts_are_refused(self, eve, found, git):
        """They give a commit other parents."""
        write(eve / ".git" / "info" / "grafts", git(eve, "rev-parse", "HEAD") + "\n")

        assert found(eve) == ELSEWHERE.format("info/grafts")

    @pytest.mark.parametrize("part", ["objects", "refs", "HEAD", "config", "packed-refs", "info"])
    def test_a_symlink_at_the_top_of_a_git_folder_is_refused(self, part, ann, eve, found):
        """Whatever git reads there."""
        write(ann / ".git" / "packed-refs", "")
        place = eve / ".git" / part
        if place.is_dir():
            shutil.rmtree(place)
        place.unlink(missing_ok=True)
        place.symlink_to(ann / ".git" / part)
        said = f"In its git folder, {part} is a symbolic link, and not followed."

        assert found(eve) == said

    def test_a_symlink_further_down_is_refused_where_it_is_met(self, ann, eve, found, git):
        """A ref, a folder of loose objects, a loose object, the packs, one pack."""
        refs = eve / ".git" / "refs" / "heads"
        (refs / "ref").symlink_to(ann / ".git" / "refs" / "heads" / "main")
        (refs / "folder").symlink_to(ann / ".git" / "refs" / "heads")
        head = git(ann, "rev-parse", "HEAD")
        loose(eve, head).parent.mkdir(exist_ok=True)
        loose(eve, head).symlink_to(loose(ann, head))
        link = "is a symbolic link, and not followed."

        assert found(eve, "ref") == f"In its git folder, refs/heads/ref {link}"
        assert found(eve, "folder/main") == f"In its git folder, refs/heads/folder {link}"
        assert found(eve, head) == f"In its git folder, objects/{head[:2]}/{head[2:]} {link}"
        loose(eve, head).unlink()
        git(ann, "gc", "--quiet")
        packs = eve / ".git" / "objects" / "pack"
        packs.rmdir()
        packs.symlink_to(ann / ".git" / "objects" / "pack")
        assert found(eve, head) == f"In its git folder, objects/pack {link}"
        packs.unlink()
        packs.mkdir()
        for file in (ann / ".git" / "objects" / "pack").iterdir():
            (packs / file.name).symlink_to(file)
        assert found(eve, head).endswith(f".idx {link}")

    def test_a_ref_does_not_lead_out_of_the_git_folder(self, ann, eve, found):
        """Nor does a path in a symbolic ref."""
        for target in ("refs/heads/../../../../ann/.git/refs/heads/main", f"{ann}/.git/HEAD"):
            write(eve / ".git" / "HEAD", f"ref: {target}\n")
            write(eve / ".git" / "refs" / "heads" / "other", OWN)

            assert found(eve).startswith("It has no commit 'HEAD'")

    @pytest.mark.parametrize("which", [STUB, "katas", "katas/kata01_spread", ""])
    def test_a_loose_object_is_what_its_name_says(self, which, ann, eve, found, git):
        """The blob, a folder on the path to it, or the commit, with another's content in it."""
        name = f"HEAD:{which}" if which else "HEAD"
        own, other = (git(folder, "rev-parse", name) for folder in (eve, ann))
        for folder in (loose(ann, other).parent.parent).iterdir():
            shutil.copytree(folder, eve / ".git" / "objects" / folder.name, dirs_exist_ok=True)
        write(loose(eve, own), loose(ann, other).read_bytes())

        assert found(eve) == (
            f"The repository is damaged: the object {own} is another one than its name says."
        )

    def test_a_packed_object_is_what_its_name_says(self, ann, eve, found, git):
        """The index of a pack may name one object by the id of another."""
        own = git(eve, "rev-parse", f"HEAD:{STUB}")
        other = put(eve, "blob", ANNS.encode())
        git(eve, "update-ref", "refs/tags/kept", other)
        git(eve, "repack", "-adq")
        git(eve, "prune-packed")
        (index,) = (eve / ".git" / "objects" / "pack").glob("*.idx")
        content, count = index.read_bytes(), 6
        at = [content.find(bytes.fromhex(oid)) for oid in (own, other)]
        offsets = 8 + 1024 + count * 24
        slots = [offsets + (place - 8 - 1024) // 20 * 4 for place in at]
        swapped = bytearray(content)
        swapped[slots[0] : slots[0] + 4] = content[slots[1] : slots[1] + 4]
        write(index, bytes(swapped))

        assert struct.unpack(">I", content[8 + 1020 : 8 + 1024]) == (count,)
        assert found(eve) == (
            f"The repository is damaged: the object {own} is another one than its name says."
        )

    def test_an_object_of_another_kind_is_no_file(self, eve, found, git):
        """A folder or a commit by the mode of a file; a name that stands there twice."""
        tree = git(eve, "rev-parse", "HEAD:katas")
        inner = put(eve, "tree", listing(("100644", "spread.py", tree)))
        katas = put(eve, "tree", listing(("40000", "kata01_spread", inner)))
        commit_of(eve, put(eve, "tree", listing(("40000", "katas", katas))))
        kind = found(eve)
        commit_of(eve, put(eve, "tree", listing(*[("40000", "katas", katas)] * 2)))

        assert kind == "The repository is damaged: a tree is in the place of a blob."
        assert found(eve) == (
            "The repository is damaged: a folder of the commit names something twice."
        )


class TestNothingIsWaitedFor:
    """What is no file and no folder is never opened."""

    @pytest.mark.parametrize(
        "part", ["HEAD", "config", "packed-refs", "refs/heads/main", "objects/info/alternates"]
    )
    @pytest.mark.parametrize("kind", ["pipe", "socket"])
    def test_a_pipe_and_a_socket_are_refused_at_once(self, kind, part, eve, found, monkeypatch):
        """Git would wait for somebody to write into it."""
        (eve / ".git" / part).unlink(missing_ok=True)
        monkeypatch.chdir(eve / ".git" / part.rpartition("/")[0])
        if kind == "pipe":
            os.mkfifo(part.rpartition("/")[2])
        else:
            socket.socket(socket.AF_UNIX).bind(part.rpartition("/")[2])
        opened = []
        monkeypatch.setattr(os, "open", watched(os.open, opened))
        said = found(eve)

        assert said in (
            f"In its git folder, {part} is no regular file, and not followed.",
            ELSEWHERE.format(part),
        )
        assert part.rpartition("/")[2] not in opened

    @pytest.mark.parametrize("kind", ["object", "pack"])
    def test_nor_is_an_object(self, kind, eve, found, git):
        """A loose one, or an index of packed ones."""
        head = git(eve, "rev-parse", "HEAD")
        loose(eve, head).unlink()
        pack = eve / ".git" / "objects" / "pack" / "pack-00.idx"
        os.mkfifo(loose(eve, head) if kind == "object" else pack)

        assert found(eve).endswith("is no regular file, and not followed.")


def watched(function, seen):
    """Return a function that notes its first argument."""

    def note(first, *args, **kwargs):
        seen.append(first)
        return function(first, *args, **kwargs)

    return note


class TestSettings:
    """Nothing that a repository or a person has set matters."""

    def test_the_settings_of_a_repository_are_not_read(self, ann, eve, found, tmp_path):
        """Nonsense in them, an include, a worktree elsewhere, a partial clone, submodules."""
        write(
            eve / ".git" / "config",
            f"[core]\n\tworktree = {ann}\n\tfsmonitor = /bin/false\n\thooksPath = /\n"
            f"[include]\n\tpath = {tmp_path}/none\n[extensions]\n\tpartialClone = x\n"
            f'[remote "x"]\n\tpromisor = true\n\turl = ext::touch% {tmp_path}/canary\n[[[',
        )
        shutil.copytree(ann / ".git", eve / ".git" / "modules" / "ann")
        write(eve / ".git" / "worktrees" / "x" / "gitdir", str(ann / ".git"))
        write(eve / ".git" / "shallow", "nonsense")

        assert found(eve) == OWN
        assert not (tmp_path / "canary").exists()

    def test_the_settings_of_a_person_are_not_read(self, eve, found, tmp_path, monkeypatch):
        """Nor does git run at all: there is none to be found."""
        write(tmp_path / ".gitconfig", "[[[")
        monkeypatch.setenv("HOME", str(tmp_path))
        monkeypatch.setenv("PATH", "/nowhere")
        monkeypatch.setenv("GIT_OBJECT_DIRECTORY", "/nowhere")
        monkeypatch.setenv("GIT_ALTERNATE_OBJECT_DIRECTORIES", "/nowhere")

        assert found(eve) == OWN

    def test_refs_in_a_format_that_is_not_read_are_named(self, eve, found):
        """What git will make by default one day."""
        (eve / ".git" / "reftable").mkdir()

        assert found(eve) == (
            "Its refs are a reftable, which is not read; copy it with `git clone --bare "
            "--ref-format=files`."
        )


@pytest.fixture
def frugal():
    """Let this process grow by 128 MB and no more, as long as the test runs."""
    pages = int(open("/proc/self/statm").read().split()[0])
    before = resource.getrlimit(resource.RLIMIT_AS)
    most = pages * os.sysconf("SC_PAGE_SIZE") + 128 * 2**20
    resource.setrlimit(resource.RLIMIT_AS, (most, before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_AS, before)


def varint(number):
    """Write a number as a delta has it."""
    parts = bytearray()
    while number > 127:
        parts.append(number & 127 | 128)
        number >>= 7
    return bytes([*parts, number])


def entry(kind, size, data):
    """Write an entry of a pack."""
    head, size = bytearray([kind << 4 | size & 15]), size >> 4
    while size:
        head[-1] |= 128
        head.append(size & 127)
        size >>= 7
    return bytes(head) + data


def pack_of(folder, oid, first, *entries):
    """Write a pack of entries; the last one is to be the object of an id."""
    body = b"PACK" + struct.pack(">II", 2, 1 + len(entries)) + first
    for content in entries:
        body += content
    fanout = b"".join(struct.pack(">I", int(n >= int(oid[:2], 16))) for n in range(256))
    last = len(body) - len(entries[-1] if entries else first)
    index = b"\xfftOc" + struct.pack(">I", 2) + fanout + bytes.fromhex(oid) + bytes(4)
    place = folder / ".git" / "objects" / "pack"
    write(place / "pack-00.pack", body + hashlib.sha1(body).digest())
    write(place / "pack-00.idx", index + struct.pack(">I", last) + bytes(40))


def delta_to(distance, data, size):
    """Write a delta against the entry that lies so far before it."""
    back = bytearray([distance & 127])
    while distance := (distance >> 7):
        distance -= 1
        back.insert(0, distance & 127 | 128)
    return entry(6, size, bytes(back) + zlib.compress(data))


@pytest.mark.usefixtures("frugal")
class TestBombs:
    """What unfolds to much costs little, and is told by its size where there is one."""

    def lay(self, folder, oid):
        """Have the commit's file be an object of an id."""
        inner = put(folder, "tree", listing(("100644", "spread.py", oid)))
        katas = put(folder, "tree", listing(("40000", "kata01_spread", inner)))
        commit_of(folder, put(folder, "tree", listing(("40000", "katas", katas))))

    def test_a_loose_object_is_not_inflated_beyond_its_limit(self, eve, found):
        """Its size stands at its beginning, and may be a lie."""
        stream = zlib.compressobj(1)
        pieces = [stream.compress(b"blob %d\0" % 10**9)]
        pieces += [stream.compress(bytes(2**20)) for _ in range(200)]
        bomb = b"".join([*pieces, stream.flush()])
        honest, liar = "a" * 40, "b" * 40
        write(loose(eve, honest), bomb)
        self.lay(eve, honest)
        large = found(eve)
        write(loose(eve, liar), zlib.compress(b"blob 9\0" + bytes(10**7)))
        self.lay(eve, liar)

        assert len(bomb) < 10**6 + 10**5
        assert large.startswith(
            f"The file has {10**9:,} bytes; the limit is {limits.SOURCE_BYTES:,}: "
        )
        assert found(eve).startswith("The repository is damaged: the object bbb")

    def test_a_small_pack_of_deltas_that_makes_gigabytes_is_told_by_its_size(self, eve, found):
        """Each delta copies its base many times; git would put all of them together."""
        oid, size = "c" * 40, 2**16
        entries, before = [], entry(3, size, zlib.compress(bytes(size)))
        first = before
        for _ in range(3):
            copies = b"".join(b"\xf0" + struct.pack("<I", size)[:3] for _ in range(64))
            data = varint(size) + varint(size * 64) + copies
            size *= 64
            entries.append(delta_to(len(before), data, len(data)))
            before = entries[-1]
        pack_of(eve, oid, first, *entries)
        self.lay(eve, oid)

        assert sum(map(len, entries)) < 1000
        assert found(eve).startswith(
            f"The file has {2**34:,} bytes; the limit is {limits.SOURCE_BYTES:,}: "
        )

    def test_a_delta_that_is_small_at_last_does_not_hide_a_large_base(self, eve, found):
        """What lies between is bounded as well."""
        oid, size = "d" * 40, 2**16
        first = entry(3, size, zlib.compress(bytes(size)))
        copies = b"".join(b"\xf0" + struct.pack("<I", size)[:3] for _ in range(2**10))
        up = varint(size) + varint(size * 2**10) + copies
        middle = delta_to(len(first), up, len(up))
        down = varint(size * 2**10) + varint(4) + b"\x90\x04"
        pack_of(eve, oid, first, middle, delta_to(len(middle), down, len(down)))
        self.lay(eve, oid)

        assert found(eve) == "The repository is damaged: a delta makes too large an object."

    def test_a_chain_of_deltas_has_an_end(self, eve, found, monkeypatch):
        """One after the other, or to itself."""
        data = varint(4) + varint(4) + b"\x90\x04"
        first, oid = entry(3, 4, zlib.compress(b"abcd")), "e" * 40
        entries, before = [], first
        for _ in range(5000):
            entries.append(delta_to(len(before), data, len(data)))
            before = entries[-1]
        pack_of(eve, oid, first, *entries)
        self.lay(eve, oid)
        long = found(eve)
        pack_of(eve, oid, entry(7, len(data), bytes.fromhex(oid) + zlib.compress(data)))

        assert long == "The repository is damaged: a chain of deltas is too deep."
        assert found(eve) == long

    def test_the_work_and_the_time_of_a_repository_are_bounded(self, eve, found, monkeypatch):
        """Whatever its objects are."""
        monkeypatch.setattr(limits, "UNPACKED_BYTES", 100)
        work = found(eve)
        monkeypatch.undo()
        with pytest.raises(Unreadable, match=r"Reading it took more than 0 s\."):
            Repository(eve / ".git", "HEAD", seconds=0)

        assert work == "Its objects take too much work to read; ask for a fresh clone of it."

    def test_a_folder_with_very_many_files_is_told_by_the_size_of_its_list(self, eve, found, git):
        """A hundred thousand are read, a million not."""
        blob = git(eve, "rev-parse", "HEAD")
        katas = git(eve, "rev-parse", "HEAD:katas")
        many = listing(*[("100644", f"{n:06}", blob) for n in range(10**5)])
        last = listing(("40000", "katas", katas))
        commit_of(eve, put(eve, "tree", many + last))
        some = found(eve)
        commit_of(eve, put(eve, "tree", many * 10 + last))

        assert some == OWN
        assert found(eve) == (
            f"The list of a folder has {34 * 10**6 + 32} bytes; the limit is {2**22}."
        )

    def test_huge_and_deep_refs_are_refused(self, eve, found, git):
        """Refs in a circle, tags of tags, a file of packed ones, many packs."""
        head = git(eve, "rev-parse", "HEAD")
        write(eve / ".git" / "refs" / "heads" / "a", "ref: refs/heads/b\n")
        write(eve / ".git" / "refs" / "heads" / "b", "ref: refs/heads/a\n")
        for n in range(20):
            text = f"object {head}\ntype {'tag' if n else 'commit'}\ntag t{n}\n\n"
            head = put(eve, "tag", text.encode())
            write(eve / ".git" / "refs" / "tags" / f"t{n}", head + "\n")

        assert found(eve, "a") == "It has no commit 'a'."
        assert found(eve, "t5") == OWN
        assert found(eve, "t15") == "It has no commit 't15'."
        for n in range(60):
            write(eve / ".git" / "objects" / "pack" / f"pack-{n:02}.idx", b"")
        assert found(eve, "a" * 40) == "It has 60 packs; make them one with `git gc`."
        write(eve / ".git" / "packed-refs", f"{head} refs/heads/x\n" * 10**5)
        assert found(eve) == f"Its packed-refs has more than {2**22} bytes."


def test_real_packs_of_long_histories_are_read(fork, found, git, commit):
    """Deltas in a chain, by offset and by id, of a file that has changed forty times."""
    rng = random.Random(1)
    lines = [f"x{n} = {rng.random()}" for n in range(400)]
    folder = fork("ann", {STUB: "\n".join(lines)})
    for _ in range(40):
        lines[rng.randrange(400)] = f"y = {rng.random()}"
        commit(folder, {STUB: "\n".join(lines)})
    ids = git(folder, "rev-list", "HEAD").split()
    wanted = [git(folder, "show", f"{oid}:{STUB}") for oid in ids]
    for by_offset in ("true", "false"):
        git(folder, "config", "repack.useDeltaBaseOffset", by_offset)
        git(folder, "repack", "-adfq", "--depth=50")
        objects = folder / ".git" / "objects"
        chained = subprocess.run(
            ["git", "verify-pack", "-v", next(objects.glob("pack/*.idx"))],
            capture_output=True,
            text=True,
        ).stdout

        assert "chain length = 20" in chained
        assert [found(folder, oid) for oid in ids] == wanted


class TestNumbersAndNames:
    """What fits into no number of the system's, and into no name."""

    def test_a_mode_of_many_digits_is_no_mode(self, eve, found, git):
        """Git keeps 32 bits of it, and lists the folder."""
        tree = git(eve, "rev-parse", "HEAD^{tree}")
        content = subprocess.run(
            ["git", "cat-file", "tree", tree], cwd=eve, capture_output=True, check=True
        ).stdout
        long = put(eve, "tree", content.replace(b"40000 katas", b"1" + b"0" * 30 + b"40000 katas"))
        commit_of(eve, long)

        assert git(eve, "ls-tree", "--name-only", "HEAD") == "katas"
        assert "a mode in a folder of the commit makes no sense" in found(eve)

    def test_a_ref_with_a_null_byte_names_no_file(self, eve, found, git):
        """The only branch that there is is read."""
        (eve / ".git/HEAD").write_bytes(b"ref: refs/heads/a\0b\n")

        assert found(eve) == OWN

    def test_nor_does_a_branch_of_such_a_name(self, eve, found, git):
        """It is found where it stands."""
        oid = git(eve, "rev-parse", "HEAD")
        shutil.rmtree(eve / ".git/refs/heads")
        (eve / ".git/refs/heads").mkdir()
        (eve / ".git/packed-refs").write_bytes(oid.encode() + b" refs/heads/a\0b\n")

        assert found(eve) == OWN

    def test_an_offset_beyond_every_file_is_damage(self, eve, found, git):
        """In the index of a pack, 8 bytes are there for one."""
        oid = git(eve, "rev-parse", "HEAD")
        loose(eve, oid).unlink()
        own = bytes.fromhex(oid)
        fan = b"".join(struct.pack(">I", number >= own[0]) for number in range(256))
        far = struct.pack(">IQ", 0x80000000, 2**64 - 1)
        pack = eve / ".git/objects/pack" / f"pack-{'a' * 40}"
        write(pack.with_suffix(".idx"), b"\xfftOc\0\0\0\2" + fan + own + bytes(4) + far + bytes(40))
        write(pack.with_suffix(".pack"), b"PACK\0\0\0\2\0\0\0\1" + bytes(40))

        assert "an offset in a pack makes no sense" in found(eve)


def test_what_the_tool_itself_cannot_read_ends_nobody_else_s_reading(eve, found, monkeypatch):
    """A sentence for that fork alone."""
    monkeypatch.setattr(Repository, "read", lambda *_: 1 // 0)

    assert found(eve) == "The tool failed while it read it (ZeroDivisionError): tell its makers."
