"""Whatever a worker sends, the tests' end answers with an error for that call, and stays small."""

import contextlib
import json
import socket
import subprocess
import sys
import threading
from pathlib import Path

import msgspec
import numpy as np
import pandas as pd
import pytest
from dojo import limits
from dojo.author.judge import proxy
from dojo.author.judge.wire import (
    LENGTH,
    Call,
    Closed,
    File,
    Loaded,
    Raised,
    Refused,
    Returned,
    Spoilt,
    Tree,
    Wire,
    WireError,
)
from dojo.child.arguments import Changed, Terms
from dojo.child.recorder import Escape, Refusal
from dojo.run.environ import environment

from tooling.tests.judge.relations import EVERYTHING

IN_PLACE = Terms(("x",), frozenset("x"))
FUZZER = Path(__file__).parent / "fuzzer.py"
ROOT = FUZZER.parents[3]
MOST_MEGABYTES = 1500

ARRAY = ["array", "<f8", [2], b"\0" * 16, "C", True]
INTS = ["array", "<i8", [2], b"\0" * 16, "C", True]
FAR = ["array", "<i8", [2], b"\1" * 16, "C", True]
ROW = ["array", "<i8", [2], b"\0" * 8 + b"\2" + b"\0" * 7, "C", True]
STAMPS = ["array", "<M8[ns]", [2], b"\0" * 16, "C", True]
INDEX = ["index", ["numpy", ARRAY], None, None]
ENDLESS = ["mine", 0, "iterator", "x"]
CONTRADICTIONS = {
    "fewer bytes than elements": ["array", "<f8", [3], b"\0" * 16, "C", True],
    "a negative axis": ["array", "<f8", [-1, -2], b"\0" * 16, "C", True],
    "a huge axis": ["array", "<f8", [2**40], b"", "C", True],
    "huge axes beside an empty one": ["array", "<f8", [2**40, 0], b"", "C", True],
    "many elements of no size": ["array", "|S0", [2**24, 2**24], b"", "C", True],
    "axes that are none": ["array", "<f8", ["2"], b"\0" * 16, "C", True],
    "text for bytes": ["array", "<f8", [2], "0" * 16, "C", True],
    "pointers": ["array", "|O", [2], b"\0" * 16, "C", True],
    "a record": ["array", [["a", "<f8"]], [2], b"\0" * 16, "C", True],
    "raw bytes": ["array", "|V8", [2], b"\0" * 16, "C", True],
    "numbers of 128 bits": ["array", "<f16", [1], b"\0" * 16, "C", True],
    "pointers of variable width": ["array", "T", [1], b"\0" * 16, "C", True],
    "a dtype of fields": ["dtype", [["a", "<f8"]]],
    "a dtype of pointers": ["dtype", "|O"],
    "a scalar of two elements": ["scalar", "<f8", b"\0" * 16],
    "fewer objects than elements": ["array", "object", [3], [1, 2], "C", True],
    "more bytes than memory": ["bytes", 2**60],
    "a number for text": ["str", 5],
    "a number that is none": ["int", "xyz"],
    "a key that cannot be one": ["dict", [[["list", []], 1]]],
    "half an item": ["dict", [[1]]],
    "text for a list": ["list", "abc"],
    "an iterator for a list": ["column", ENDLESS],
    "a range without a step": ["range", 1, 2, 0],
    "a zone outside": ["zone", "../../etc/passwd"],
    "too much in a generator": ["generator", 5, None],
    "a generator of another kind": ["generator", ["dict", [["bit_generator", "os"]]], None],
    "a huge pool of seeds": [
        *("generator", ["dict", [["bit_generator", "PCG64"]]]),
        ["list", [1, ["list", []], 2**60, 0]],
    ],
    "columns out of range": ["sparse", "array", "csr", "csr", [1, 2], [ARRAY, FAR, ROW]],
    "coordinates out of range": ["sparse", "array", "coo", "coo", [2, 2], [ARRAY, FAR, INTS]],
    "a matrix of objects": [
        *("sparse", "array", "coo", "coo", [2, 2]),
        [["array", "object", [2], [1, 2], "C", True], INTS, INTS],
    ],
    "a matrix from an iterator": ["sparse", "array", "coo", "coo", [2, 2], [ENDLESS, INTS, INTS]],
    "a billion rows": ["sparse", "array", "lil", "coo", [2**30, 2], [ARRAY, INTS, INTS]],
    "a billion rows, compressed": [
        "sparse",
        "array",
        "csr",
        "coo",
        [2**30, 2],
        [ARRAY, INTS, INTS],
    ],
    "a long diagonal": ["sparse", "array", "dia", "coo", [2**40, 2**40], [ARRAY, INTS, INTS]],
    "a tensor of text": ["tensor", ["array", "<U1", [1], b"a\0\0\0", "C", True], "x", False, None],
    "a tensor of a list": ["tensor", ["list", []], "x", False, None],
    "codes out of range": ["multiindex", [INDEX], [FAR], [None]],
    "levels that are none": ["multiindex", [ENDLESS], [INTS], [None]],
    "no category of that number": ["column", ["category", FAR, INDEX, False]],
    "categories without an end": ["column", ["category", INTS, ENDLESS, False]],
    "a column of a table": [
        *("column", ["numpy", ["array", "<f8", [1, 2], b"\0" * 16, "C", True]]),
    ],
    "a column of no kind": ["column", ["pickle", b"x"]],
    "text without an end": ["column", ["text", "python", "nan", ENDLESS]],
    "a mask of another length": [
        *("column", ["masked", INTS, ["array", "|b1", [1], b"\0", "C", True]]),
    ],
    "an index of another length": ["series", ["numpy", ARRAY], ["rows", 0, 3, 1, None], None],
    "an index that is none": ["series", ["numpy", ARRAY], ENDLESS, None],
    "columns of two lengths": [
        *("frame", [["numpy", ARRAY], ["numpy", ["array", "<f8", [1], b"\0" * 8, "C", True]]]),
        *(["rows", 0, 2, 1, None], ["rows", 0, 2, 1, None]),
    ],
    "more names than columns": [
        *("frame", [["numpy", ARRAY]], ["rows", 0, 2, 1, None], ["rows", 0, 3, 1, None]),
    ],
    "a generator whose state is lent": [
        "generator",
        ["dict", [["bit_generator", "MT19937"], ["state", ["mine", 1, "object", "x"]]]],
        None,
    ],
    "a stamp of no unit": ["stamp", "parsec", 5, None],
    "a frequency of no kind": ["index", ["numpy", STAMPS], None, "parsec"],
    "a class of no stub": ["record", "Popen", [["args", "ls"]]],
    "something that was never lent": ["yours", 99],
    "a number that is none of ours": ["mine", "1", "function", "f"],
    "a name that is none": ["mine", 1, "object", 5],
    "a path outside": ["path", "test_a0", "../x"],
    "a path of another test": ["path", "test_b0", "x"],
    "a database that is none": ["sqlite", b"x" * 4096],
    "an unknown tag": ["pickle", b"cos\nsystem\n"],
    "no tag": [[]],
    "nothing": [],
    "a mapping": {"a": 1},
}


def f(first: EVERYTHING) -> EVERYTHING | list[EVERYTHING]:
    """Stand for a stub that promises whatever can be promised."""


@pytest.fixture
def talk(tmp_path):
    """Return `talk(*messages, args=...)`: call a function of a worker that sends these.

    The function may change its only argument x. `promises` are those of the function `f`; by
    itself it promises everything.
    """

    def run(*messages, args=(), terms=IN_PLACE, promises=(f,)):
        ours, theirs = socket.socketpair()
        sender = threading.Thread(target=send, args=(theirs, messages))
        listener = threading.Thread(target=hear, args=(theirs, run.heard))
        run.heard.clear()
        files = frozenset({"/there/box.py"})
        known = {"f": terms}
        run.tests = proxy.Tests(Wire(ours), tmp_path, {}, known, files, {"f": promises})
        sender.start()
        listener.start()
        try:
            return run.tests.use("f", "call", args, {})
        finally:
            ours.shutdown(socket.SHUT_RDWR)
            sender.join()
            listener.join()
            ours.close()
            theirs.close()

    run.heard = []
    return run


def framed(message):
    """Write a message as it goes over the wire."""
    body = msgspec.msgpack.encode(message)
    return LENGTH.pack(len(body)) + body


def send(end, messages):
    """Send messages, and then nothing any more; the other end may be gone by then."""
    with contextlib.suppress(OSError):
        for message in messages:
            if isinstance(message, Returned | Raised):
                message.number = message.number or 1
            end.sendall(message if isinstance(message, bytes) else framed(message))
        end.shutdown(socket.SHUT_WR)


def hear(end, found):
    """Collect the messages that arrive at an end."""
    wire = Wire(end)
    with contextlib.suppress(Closed):
        while True:
            found.append(wire.receive(Call | Returned | Raised))


@pytest.fixture(scope="module")
def fuzzer():
    """Start the program that sends or reads what makes no sense."""
    env = {**environment(), "PYTHONPATH": f"{ROOT / 'tooling'}:{ROOT}"}
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    with subprocess.Popen([sys.executable, str(FUZZER)], env=env, **pipes) as process:
        yield process


@pytest.fixture
def fuzz(fuzzer):
    """Return `fuzz(verb, *words)`: have something sent or read, and return what was counted."""

    def ask(*words):
        print(json.dumps(words), file=fuzzer.stdin, flush=True)
        found = json.loads(fuzzer.stdout.readline())
        assert found is not None
        return found

    return ask


@pytest.mark.timeout(240)
class TestFuzz:
    """Frames that were changed at random, and frames that fill the memory."""

    @pytest.mark.parametrize("seed", ["1", "2"])
    def test_changed_frames_end_as_errors(self, seed, fuzz):
        """All of them as one that a test may see, and most of them as what makes no sense."""
        found = fuzz("mutants", seed, "1200")

        assert found.pop("megabytes") < 200
        assert sum(found.values()) == 1200
        assert found["WireError"] > 500
        assert found["a value"] > 50

    def test_values_whose_parts_do_not_fit_harm_nobody(self, fuzz):
        """A few of each kind: `relations.py 7 20000` tries as many as there is time for."""
        found = fuzz("relations", "7", "100")

        assert len(found) > 20
        assert all(counts["read"] + counts["refused"] == 100 for counts in found.values())
        assert all(min(counts.values()) > 0 for counts in found.values())

    @pytest.mark.parametrize("name", ["dicts of one", "depth", "tables", "rows", "objects"])
    def test_the_longest_frame_fits_into_memory(self, name, fuzz):
        """Small on the wire, and large behind it."""
        assert fuzz("bomb", name)["megabytes"] < MOST_MEGABYTES


class TestFrames:
    """What is around a value."""

    def test_a_frame_too_long_is_not_waited_for(self, talk):
        """Nothing is set aside for it."""
        with pytest.raises(WireError, match="4294967295 bytes was announced"):
            talk(LENGTH.pack(2**32 - 1))
        with pytest.raises(WireError, match=f"{limits.FRAME_BYTES + 1} bytes"):
            talk(LENGTH.pack(limits.FRAME_BYTES + 1))

    @pytest.mark.parametrize("cut", [0, 1, 3, 4, 5, 20])
    def test_a_frame_that_is_cut_off_is_an_end(self, talk, cut):
        """Wherever it is cut."""
        with pytest.raises(Closed):
            talk(framed(Returned(list(range(50))))[:cut])

    @pytest.mark.parametrize(
        "data",
        [
            *(
                b"",
                b"\xc1",
                b"\xc0",
                b"\x93\x01\x02\x03",
                b"\x80",
                b"\xa4text",
                bytes(range(200, 240)),
            ),
            msgspec.msgpack.encode({"type": "Returned"}),
            msgspec.msgpack.encode({"type": "Loaded", "refused": {}}),
            msgspec.msgpack.encode({"type": "Returned", "value": 1, "more": 2}),
            msgspec.msgpack.encode({"type": "Returned", "value": 1, "printed": b"\xff"}),
            msgspec.msgpack.encode({"type": "Returned", "value": 1, "changed": [[None, 1]]}),
            msgspec.msgpack.encode({"type": "Returned", "value": 1, "changed": [["x", 1]]}),
            msgspec.msgpack.encode({"type": "Raised", "names": "x", "message": ""}),
        ],
        ids=str,
    )
    def test_what_is_no_message_is_none(self, talk, data):
        """Bytes, other values, other messages, other types."""
        with pytest.raises(WireError, match="the message cannot be read"):
            talk(LENGTH.pack(len(data)) + data)

    def test_an_answer_to_something_else_is_none(self, talk):
        """That the file was loaded is known already."""
        with pytest.raises(WireError, match="cannot be read"):
            talk(Loaded({}))

    def test_a_reply_to_another_call_is_none(self, talk):
        """One that was not made is refused, one that was made before is passed over."""
        with pytest.raises(WireError, match="a call that was not made"):
            talk(Returned(1, number=2))
        assert talk(Returned(1, number=-5), Returned(2)) == 2

    def test_an_extension_type_is_no_value(self, talk):
        """What msgpack calls one: a time, for instance."""
        with pytest.raises(WireError, match="no known form"):
            talk(Returned(msgspec.msgpack.Ext(5, b"x")))

    def test_a_mapping_is_no_value(self, talk):
        """Whatever its keys are."""
        data = b"\x83\xa4type\xa8Returned\xa6number\x01\xa5value\x81\x90\xc0"
        with pytest.raises(WireError, match="no known form"):
            talk(LENGTH.pack(len(data)) + data)


class TestValues:
    """Values that contradict themselves."""

    @pytest.mark.parametrize("packed", CONTRADICTIONS.values(), ids=CONTRADICTIONS)
    def test_a_contradiction_is_refused(self, talk, packed, tmp_path):
        """As the result, in a list, and as what an argument has become."""
        (tmp_path / "test_a0").mkdir()
        args = (tmp_path / "test_a0" / "in.txt",)
        for message in (
            Returned(packed),
            Returned(["list", [packed]]),
            Returned(None, changed=[(0, packed)]),
        ):
            with pytest.raises(WireError):
                talk(message, args=args)
        with pytest.raises((WireError, ValueError)):
            talk(Raised(["builtins.ValueError"], "", [packed]), args=args)

    @pytest.mark.parametrize("tag", ["pickle", "fraction", "period", "bytearray", "x" * 500, ""])
    def test_an_unknown_tag_is_named(self, talk, tag):
        """As what it is, a word; however long it is."""
        with pytest.raises(WireError) as caught:
            talk(Returned([tag, 1]))

        assert str(caught.value) == f"a value of no known type, {tag[:20]!r}"

    def test_what_does_not_contradict_itself_is_taken(self, talk):
        """The same values, in order."""
        assert talk(Returned(ARRAY)).tolist() == [0, 0]
        row = ["sparse", "array", "csr", "csr", [1, 3], [ARRAY, ROW, ROW]]
        assert talk(Returned(row)).indices.tolist() == [0, 2]
        assert talk(Returned(INDEX)).tolist() == [0, 0]
        kinds = ["rows", 0, 2, 1, None]
        assert talk(Returned(["column", ["category", INTS, kinds, False]])).codes.tolist() == [0, 0]
        assert talk(Returned(["series", ["numpy", ARRAY], INDEX, None])).tolist() == [0, 0]

    def test_too_many_values_are_refused(self, talk):
        """However they are nested."""
        with pytest.raises(WireError, match="more than 2000000 values in one message"):
            talk(Returned(["list", [None] * 2_000_000]))

    def test_each_message_may_have_so_many_values(self, talk):
        """What came before does not count."""
        many = ["list", [None] * 1_500_000]
        seen = []

        assert len(talk(Call(0, "call", [many], {}), Returned(many), args=(seen.append,))) == (
            1_500_000
        )
        assert len(seen[0]) == 1_500_000

    @pytest.mark.parametrize("name", ["DataFrame", "ndarray", "Generator", "function", "a b", ""])
    def test_a_stand_in_has_no_name_that_a_report_looks_into(self, talk, name):
        """It would be asked for its columns, by whoever wrote the report."""
        assert type(talk(Returned(["mine", 1, "object", name]))).__name__ == "object"
        assert type(talk(Returned(["mine", 1, "iterator", name]))).__name__ == "object"


class TestChanges:
    """What a worker says of the arguments."""

    @pytest.mark.parametrize("place", [5, -1, 1])
    def test_what_there_is_not_cannot_change(self, talk, place):
        """Nor come back."""
        for message in (Returned(None, changed=[(place, 1)]), Returned(7, argument=place)):
            with pytest.raises(WireError, match="a change of what may not be changed"):
                talk(message, args=([1],))

    @pytest.mark.parametrize("value", [[1], {"a": 1}, np.zeros(1), pd.DataFrame({"a": [1]})])
    def test_what_the_stub_does_not_declare_cannot_change(self, talk, value):
        """Nor can it come back as the very same: it is a copy there."""
        before = repr(value)
        for message in (Returned(None, changed=[(0, ["list", []])]), Returned(None, argument=0)):
            with pytest.raises(WireError, match="a change of what may not be changed"):
                talk(message, args=(value,), terms=Terms(("x",)))

        assert repr(value) == before

    @pytest.mark.parametrize(
        "nest", [lambda v: v, lambda v: [1, {"a": (v,)}]], ids=["bare", "deep"]
    )
    def test_a_generator_moves_on_wherever_it_is(self, talk, ends, nest):
        """It is what a function draws from, and a change of nothing."""
        rng, ahead = np.random.default_rng(1), np.random.default_rng(1)
        ahead.random(9)
        packed = ends[0].pack(ahead)
        talk(Returned(None, changed=[(0, packed)]), args=(nest(rng),), terms=Terms(("x",)))

        assert rng.random() == ahead.random()

    def test_an_argument_that_was_changed_is_named(self, talk):
        """With what the function raised besides, if it did."""
        spoilt = Spoilt("x", "/there/box.py:3")
        with pytest.raises(Changed, match="f changed its argument x; work on a copy") as alone:
            talk(Raised([], "", spoilt=spoilt), args=([1],))
        with pytest.raises(Changed) as both:
            talk(Raised(["builtins.ValueError"], "no", spoilt=spoilt), args=([1],))

        assert (alone.value.defined, alone.value.__cause__) == ("/there/box.py:3", None)
        assert repr(both.value.__cause__) == "ValueError('no')"

    @pytest.mark.parametrize("argument", ["y", "", "f", "x\n"])
    def test_an_argument_that_there_is_not_was_not_changed(self, talk, argument):
        """The name would be shown to a person."""
        with pytest.raises(WireError, match="a change of an argument that there is not"):
            talk(Raised([], "", spoilt=Spoilt(argument, "")), args=([1],))

    def test_a_place_elsewhere_is_none(self, talk):
        """Only lines of the learner's file are shown."""
        with pytest.raises(Changed) as caught:
            talk(Raised([], "", spoilt=Spoilt("x", "/etc/passwd:1")), args=([1],))

        assert caught.value.defined == ""

    @pytest.mark.parametrize(
        "packed",
        [1, "x", ENDLESS, ["tuple", [1]], ["set", [1]], ["mine", 1, "object", "list"]],
        ids=str,
    )
    @pytest.mark.parametrize(
        "value",
        [[1], {"a": 1}, {1, 2}, np.zeros(1), pd.Series([1]), (1, 2), 5, "text"],
        ids=repr,
    )
    def test_an_argument_cannot_become_another_type(self, talk, value, packed):
        """It stays what it was."""
        if isinstance(packed, list) and type(value).__name__ == packed[0]:
            return
        before = repr(value)
        with pytest.raises(WireError, match="a change"):
            talk(Returned(None, changed=[(0, packed)]), args=(value,))

        assert repr(value) == before

    def test_an_array_cannot_become_another_shape(self, talk):
        """Nor another dtype."""
        for sent in (np.zeros(3), np.zeros(2, int), np.zeros((1, 2))):
            with pytest.raises(WireError, match="a change that a ndarray cannot undergo"):
                talk(Returned(None, changed=[(0, ARRAY)]), args=(sent,))


NAMES = {
    "_pytest.outcomes.Exit": WireError,
    "_pytest.outcomes.Skipped": WireError,
    "_pytest.outcomes.Failed": WireError,
    "builtins.SystemExit": WireError,
    "builtins.KeyboardInterrupt": WireError,
    "builtins.GeneratorExit": WireError,
    "builtins.BaseException": WireError,
    "builtins.StopIteration": WireError,
    "builtins.StopAsyncIteration": WireError,
    "builtins.exec": WireError,
    "builtins.__class__": WireError,
    "dojo.child.recorder.Refusal": WireError,
    "dojo.child.recorder.Escape": WireError,
    "dojo.author.judge.wire.Closed": WireError,
    "unittest.case.SkipTest": WireError,
    "sys.exit": WireError,
    "subprocess.CalledProcessError": WireError,
    "": WireError,
    ".": WireError,
    "builtins.KeyError": KeyError,
    "builtins.AssertionError": AssertionError,
    "numpy.linalg.LinAlgError": np.linalg.LinAlgError,
    "pandas.errors.ParserError": pd.errors.ParserError,
}


class TestErrors:
    """What a worker says was raised."""

    @pytest.mark.parametrize(("name", "kind"), NAMES.items(), ids=NAMES)
    def test_a_name_becomes_an_error_that_tests_may_expect(self, talk, name, kind):
        """And never a signal of pytest's or of ours."""
        with pytest.raises(kind) as caught:
            talk(Raised([name], "said", ["said"]))

        assert type(caught.value) is kind

    @pytest.mark.parametrize("name", [*NAMES, "a.<b>", "x" * 200])
    def test_what_would_leave_is_held(self, talk, name):
        """Its name is a word in a sentence, and nothing else."""
        with pytest.raises(Escape) as caught:
            talk(Raised([name], "said", leaves=True))

        assert str(caught.value) in (name.rpartition(".")[2], "an exception")
        assert str(caught.value).isidentifier() or str(caught.value) == "an exception"

    @pytest.mark.parametrize("outcome", ["passed", "not_started", "", "green", "x" * 100])
    def test_a_refusal_is_never_green(self, talk, outcome):
        """Nor as if nobody had started."""
        with pytest.raises(Refusal) as caught:
            talk(Raised(["x"], "", refused=Refused(outcome, "no", "/etc/passwd:1")))

        assert caught.value.outcome == "error"
        assert caught.value.where == ""

    @pytest.mark.parametrize(
        "where", ["/etc/passwd:1", "/there/box.py:x", "/there/box.py:\u0663", ""]
    )
    def test_a_place_lies_in_the_learner_s_file(self, talk, where):
        """A report would quote any other."""
        with pytest.raises(KeyError) as caught:
            talk(Raised(["builtins.KeyError"], "", where=where))

        assert caught.value.where == ""

    def test_an_end_of_an_iteration_ends_only_an_iteration(self, talk):
        """A function that says so would end a loop of the test's."""
        message = Raised(["builtins.StopIteration"], "")
        iterator = talk(Returned(["mine", 1, "iterator", "generator"]))

        assert not isinstance(iterator, list)
        with pytest.raises(WireError):
            talk(message)


def deep(path):
    """Return a folder for a test's files, with a file and links that lead out of it."""
    folder = path / "test_a0"
    folder.mkdir()
    (folder / "in.txt").write_text("words")
    (folder / "link").symlink_to(path / "outside")
    (folder / "file-link").symlink_to(path / "outside" / "file")
    (path / "outside").mkdir()
    return folder


TREES = {
    "above": Tree("test_a0", [File("../x", b"")], [], []),
    "above, further down": Tree("test_a0", [File("a/../../x", b"")], [], []),
    "at the root": Tree("test_a0", [File("/tmp/x", b"")], [], []),
    "a null byte": Tree("test_a0", [File("a\0b", b"")], [], []),
    "the folder itself": Tree("test_a0", [File("", b"")], [], []),
    "a dot": Tree("test_a0", [File(".", b"")], [], []),
    "through a link": Tree("test_a0", [File("link/x", b"")], [], []),
    "over a link": Tree("test_a0", [File("file-link", b"x")], [], []),
    "a folder through a link": Tree("test_a0", [], [], ["link/x"]),
    "a name too long": Tree("test_a0", [File("x" * 300, b"")], [], []),
    "a path too long": Tree("test_a0", [File("x/" * 600, b"")], [], []),
    "a file that is a folder": Tree("test_a0", [File("a", b""), File("a/b", b"")], ["a"], []),
    "a folder that is a file": Tree("test_a0", [], ["in.txt"], ["in.txt"]),
    "too many files": Tree("test_a0", [], [f"f{i}" for i in range(1001)], []),
    "too many folders": Tree("test_a0", [], [], [f"f{i}" for i in range(1001)]),
    "too many new files": Tree("test_a0", [File(f"f{i}", b"") for i in range(1001)], [], []),
}


class TestFiles:
    """What a worker says of the files under tmp_path."""

    @pytest.mark.parametrize("tree", TREES.values(), ids=TREES)
    def test_nothing_is_written_outside(self, talk, tmp_path, tree):
        """Nor in a place where nothing can be."""
        folder = deep(tmp_path)
        with pytest.raises(WireError):
            talk(Returned(None, tree=tree), args=(folder / "in.txt",))

        assert list((tmp_path / "outside").iterdir()) == []
        assert {p.name for p in tmp_path.iterdir()} == {"test_a0", "outside"}

    def test_what_is_below_is_written(self, talk, tmp_path):
        """And the rest is removed; links of the test's stay."""
        folder = deep(tmp_path)
        tree = Tree("another", [File("a/b.txt", b"b")], ["a/b.txt"], ["a", "c"])
        talk(Returned(None, tree=tree), args=(folder / "in.txt",))

        assert sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*")) == [
            *("a", "a/b.txt", "c", "file-link", "link"),
        ]

    def test_files_of_a_test_without_files_are_not_written(self, talk, tmp_path):
        """No path was lent."""
        talk(Returned(None, tree=Tree("test_a0", [File("x", b"")], ["x"], [])))

        assert list(tmp_path.iterdir()) == []


class TestCallsBack:
    """What a worker asks for."""

    @pytest.mark.parametrize("verb", ["get", "item", "in", "len", "iter", "set", "__call__", ""])
    def test_what_was_lent_can_be_called_and_no_more(self, talk, verb):
        """A function's attributes are the test's own business."""

        def secret():
            """Keep it."""

        secret.expected = 42
        with pytest.raises(Closed):
            talk(Call(0, verb, ["expected"], {}), args=(secret,))

        assert [type(m) for m in talk.heard] == [Call, Raised]
        assert "a request" in talk.heard[1].message

    @pytest.mark.parametrize("target", [1, -1, 99, "f", "__class__"])
    def test_what_was_not_lent_cannot_be_called(self, talk, target):
        """By number or by name."""
        with pytest.raises(Closed):
            talk(Call(target, "call", [], {}), args=(print,))

        assert talk.heard[1].message == "a request for nothing that was lent"

    def test_a_chain_of_calls_back_ends(self, talk):
        """Each is answered, and then the worker is gone."""
        called = []
        with pytest.raises(Closed):
            talk(*[Call(0, "call", [1], {})] * 500, args=(called.append,))

        assert len(called) == 500
        assert len(talk.heard) == 501

    def test_calls_back_within_calls_back_end(self, talk):
        """As any recursion does; what was lent meanwhile is little."""
        with pytest.raises((Closed, RecursionError)):
            talk(
                *[Call(0, "call", [], {})] * 500,
                args=(lambda: talk.tests.use("f", "call", (), {}),),
            )

        assert len(talk.tests.remote.lent) == 1

    def test_the_same_thing_is_lent_once(self, talk):
        """An iterator, at each step."""
        with pytest.raises(Closed):
            talk(*[Call(0, "call", [], {})] * 50, args=((lambda: print),))

        assert len(talk.tests.remote.lent) == 2

    def test_a_callback_cannot_end_the_test_s_end(self, talk):
        """What it raises goes to the worker, whatever it is."""

        def leave():
            raise SystemExit

        with pytest.raises(Closed):
            talk(Call(0, "call", [], {}), args=(leave,))

        assert talk.heard[1].leaves
