"""Whatever a learner's file does wrong ends in one clear sentence, and never in green.

Each file of `bad_input/` says in its docstring how the first test of its function ends and what
the learner reads; `{here}` stands for the lines that are marked so. The files of `odd_input/` are
unusual, and right.
"""

import ast
import io
import re
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from dojo.kata.catalog import Kata
from dojo.run.cold import run_cold
from dojo.run.request import ask
from dojo.run.verdict import Verdict
from dojo.show import report
from rich.console import Console

HERE = Path(__file__).parent
FACT = re.compile(r"^(Outcome|Function|Test|Says)( from 3\.12)?: (.*)$", re.M)

FIRST = {
    "center": "test_the_mean_moves_to_zero",
    "spread": "test_the_divisor_is_one_less_than_the_count",
    "summarise": "test_the_mean_comes_with_the_spread",
}

# Bytes that no editor for Python would keep: the docstring could not be read back.
UNREADABLE = {
    "syntax_error": (
        b"import numpy as np\n\n\ndef center(x)\n    return x - x.mean()\n",
        "syntax_error.py has a syntax error in line 4",
    ),
    "indentation_error": (
        b"def center(x):\n    mean = x.mean()\n      return x - mean\n",
        "indentation_error.py has a syntax error in line 3",
    ),
    "merge_conflict": (
        b"def center(x):\n<<<<<<< mine\n    return x\n=======\n    return -x\n>>>>>>> theirs\n",
        "merge_conflict.py holds a merge conflict (<<<<<<< in line 2): keep one of the two",
    ),
    "conflict_in_brackets": (
        b"x = (\r\n<<<<<<< mine\r\n1\r\n=======\r\n2\r\n>>>>>>> theirs\r\n)\r\n",
        "conflict_in_brackets.py holds a merge conflict (<<<<<<< in line 2)",
    ),
    "half_a_conflict": (b"x = 1\n>>>>>>> theirs\n", "a merge conflict (>>>>>>> in line 2)"),
    "lfs_pointer": (
        b"version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n",
        "lfs_pointer.py is a pointer of Git LFS, not the file itself: `git lfs pull` fetches",
    ),
    "unclosed_bracket": (
        b"def center(x):\n    return (x - x.mean()\n",
        "unclosed_bracket.py has a syntax error in line 2",
    ),
    "return_outside": (b"x = 1\nreturn x\n", "return_outside.py has a syntax error in line 2"),
    "null_bytes": (
        b"def center(x):\n    return x\0\n",
        "null_bytes.py holds null bytes: it is no Python source",
    ),
    "not_utf_8": (b'x = 1\n"""Caf\xe9."""\n', "not_utf_8.py is not UTF-8: see line 2"),
    "unknown_coding": (
        b"# coding: klingon\n",
        "unknown_coding.py names a coding that Python does not know",
    ),
    "a_coding_of_no_characters": (
        b"# coding: rot13\nqrs pragre(k): cnff\n",
        "a_coding_of_no_characters.py names the coding 'rot-13', which is not read here: save",
    ),
    "a_coding_that_always_fails": (
        b"# coding: undefined\nx = 1\n",
        "a_coding_that_always_fails.py names the coding 'undefined', which is not read here: save",
    ),
    "a_coding_that_takes_minutes": (
        b"# coding: punycode\n" + b"a" * 200_000 + b"-" + b"b" * 40_000,
        "a_coding_that_takes_minutes.py names the coding 'punycode', which is not read here: save",
    ),
    "too_large": (
        b"x = 1\n" * 50_000,
        "too_large.py has 300,000 bytes; the limit is 262,144: keep out of it what is no code.",
    ),
    "a_picture": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "a_picture.py is not UTF-8: see line 1"),
    "too_deep": (b"x = " + b"-" * 100_000 + b"1\n", "too_deep.py"),
    "empty": (b"", "empty.py has no function center. Put it back as in the stub."),
}

pytestmark = pytest.mark.timeout(120)


@dataclass(frozen=True)
class Expected:
    """What a bad input says of itself."""

    outcome: str
    function: str
    test: str
    says: list[str]


def expected(path: Path) -> Expected:
    """Read what a bad input says of itself, for the Python that runs this."""
    text = path.read_text(encoding="utf-8")
    found = FACT.findall(ast.get_docstring(ast.parse(text)) or "")
    newer = {key for key, since, _ in found if since and sys.version_info >= (3, 12)}
    facts = [(key, value) for key, since, value in found if bool(since) == (key in newer)]
    function = next((value for key, value in facts if key == "Function"), "center")
    return Expected(
        outcome=next(value for key, value in facts if key == "Outcome"),
        function=function,
        test=next((value for key, value in facts if key == "Test"), FIRST[function]),
        says=[value for key, value in facts if key == "Says"],
    )


def marked(path: Path) -> list[str]:
    """List the lines of a file that are marked as the place of the error."""
    rows = path.read_text(encoding="utf-8").splitlines()
    return [str(n) for n, row in enumerate(rows, 1) if row.endswith("# here")]


def says(message: str, part: str, lines: list[str]) -> bool:
    """Tell whether a message holds a part, which may name one of some lines."""
    return any(part.replace("{here}", line) in message for line in lines or [""])


def request(kata: Kata, path: Path, function: str, *tests: str, timeout: float = 60.0):
    """Ask for some tests of a function on a file."""
    prefix = next(
        t for t in ("TestCenter", "TestSpread", "TestSummarise") if t[4:].lower() == function
    )
    ids = tuple(f"{prefix}::{test}" for test in tests)
    return ask(kata, 1, file=path, ids=ids, timeout=timeout)


def printed(kata: Kata, verdict: Verdict) -> str:
    """Return what `check` prints of a verdict."""
    stream = io.StringIO()
    report.show(Console(file=stream, width=100), [(kata, verdict)], None)
    return stream.getvalue()


def assert_said(kata: Kata, path: Path, verdict: Verdict) -> None:
    """Hold a verdict, and what is printed of it, against what the file says of itself."""
    wanted = expected(path)
    last = verdict.tests[-1]
    text = printed(kata, verdict)

    assert verdict.fault == ""
    assert last.outcome == wanted.outcome
    for part in wanted.says:
        assert says(last.message, part, marked(path)), f"{part!r} is not in {last.message!r}"
        assert says(text, part, marked(path)), f"{part!r} is not in {text!r}"
    assert last.where or last.function in last.message or path.name in last.message
    assert verdict.exit_code == 1
    assert not verdict.green
    assert "Traceback" not in text
    assert "tooling/dojo" not in text
    assert "\x1b" not in text


@pytest.mark.parametrize(
    "path", sorted((HERE / "bad_input").glob("*.py")), ids=lambda path: path.stem
)
def test_every_bad_input_ends_in_its_sentence(path, spread, warm, limit):
    """The first test of the function ends as the file's docstring says, in a fork."""
    wanted = expected(path)
    tests = dict.fromkeys((FIRST[wanted.function], wanted.test))
    asked = request(spread, path, wanted.function, *tests, timeout=limit(path))
    verdict = warm(asked)[0]

    assert_said(spread, path, verdict)


@pytest.mark.parametrize(
    "name",
    [
        "exit_hard_in_function",
        "exit_at_import",
        "loop_in_c",
        "memory_in_steps",
        "asks_for_input",
        "segfault",
        "keyboard_interrupt",
        "prints_100_mb",
        "ends_pytest",
        "exception_with_bad_text",
        "wrong_shape",
    ],
)
def test_a_process_of_its_own_ends_in_the_same_sentence(name, spread, limit):
    """A child that is started afresh finds what a forked one finds."""
    path = HERE / "bad_input" / f"{name}.py"
    asked = request(spread, path, "center", FIRST["center"], timeout=limit(path))
    verdict = run_cold(asked)[0]

    assert_said(spread, path, verdict)


@pytest.mark.parametrize("name", UNREADABLE)
def test_what_is_no_python_is_said_to_be_none(name, tmp_path, spread, warm):
    """A file that cannot be compiled makes every test red with the same sentence."""
    content, sentence = UNREADABLE[name]
    path = tmp_path / f"{name}.py"
    path.write_bytes(content)
    verdict = warm(ask(spread, 1, file=path))[0]
    text = printed(spread, verdict)

    assert verdict.exit_code == 1
    assert verdict.fault == ""
    assert len(verdict.tests) == 7
    assert {t.outcome for t in verdict.tests} <= {"error", "memory"}
    assert all(sentence in t.message for t in verdict.tests if t.function == "center")
    assert sentence in text
    assert "Traceback" not in text
    assert "tooling/dojo" not in text


def test_a_file_that_is_gone_is_not_a_crash(spread, warm):
    """The sentence says how to get the file back."""
    spread.mine.unlink()
    verdict = warm(ask(spread, 1))[0]

    assert verdict.exit_code == 1
    assert {t.message for t in verdict.tests} == {
        "spread.py does not exist; nox -s reset -- spread puts the stub back."
    }


def test_a_folder_in_the_file_s_place_is_not_a_crash(spread, warm):
    """A folder cannot be executed."""
    spread.mine.unlink()
    spread.mine.mkdir()
    verdict = warm(ask(spread, 1))[0]

    assert verdict.exit_code == 1
    assert {t.outcome for t in verdict.tests} == {"error"}
    assert {t.message for t in verdict.tests} == {
        "spread.py is a folder; move it away, then nox -s reset -- spread puts the stub back."
    }


@pytest.mark.parametrize(
    "path", sorted((HERE / "odd_input").glob("*.py")), ids=lambda path: path.stem
)
def test_what_is_odd_but_right_is_green(path, spread, warm):
    """All tests of the function pass, and nothing is held against it."""
    verdict = warm(ask(spread, 1, file=path, functions=("center",), timeout=60.0))[0]

    assert [t.message for t in verdict.tests] == [""] * 4
    assert verdict.state("center") == "green"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("byte_order_mark", b"\xef\xbb\xbfdef center(x):\n    return x - x.mean()\n"),
        ("windows_lines", b"def center(x):\r\n    return x - x.mean()\r\n"),
        (
            "declared_coding",
            b'# coding: latin-1\n"""Caf\xe9."""\ndef center(x):\n    return x - x.mean()\n',
        ),
    ],
)
def test_what_an_editor_may_write_is_read(name, content, tmp_path, spread, warm):
    """A mark at the start, other line ends and a declared coding are Python too."""
    path = tmp_path / f"{name}.py"
    path.write_bytes(content)
    verdict = warm(request(spread, path, "center", FIRST["center"]))[0]

    assert [t.message for t in verdict.tests] == [""]


def test_a_bad_function_leaves_the_others_to_their_tests(spread, warm):
    """The file lacks center and summarise: the tests of spread are green all the same."""
    path = HERE / "bad_input" / "missing_function.py"
    verdict = warm(ask(spread, 1, file=path))[0]

    assert {f: verdict.state(f) for f in verdict.functions} == {
        "center": "red",
        "spread": "green",
        "summarise": "red",
    }
    assert verdict.exit_code == 1


def test_a_function_that_dies_leaves_the_others_to_their_tests(spread, warm, tmp_path):
    """Each death costs one test; the next test runs in a fresh process."""
    path = tmp_path / "deadly.py"
    text = spread.reference.read_text(encoding="utf-8")
    path.write_text(text.replace("return Summary(", "import os; os._exit(0)\n    return Summary("))
    verdict = warm(ask(spread, 1, file=path))[0]

    assert {f: verdict.state(f) for f in verdict.functions} == {
        "center": "green",
        "spread": "green",
        "summarise": "red",
    }
    assert [t.outcome for t in verdict.tests] == ["passed"] * 6 + ["crashed"]


@pytest.mark.parametrize(
    ("text", "ran"),
    [
        ("def center(x:\n", {False}),
        ("def center(y):\n    return y\n", {False}),
        ("def center(x):\n    raise ValueError('could not be run')\n", {True}),
    ],
    ids=["no Python", "another signature", "an error"],
)
def test_whether_a_function_was_run_is_known(text, ran, spread, warm, tmp_path):
    """What cannot be run breaks no rule; and no error's text decides which of both it was."""
    path = tmp_path / "spread.py"
    path.write_text("import numpy as np\n\n\n" + text)
    verdict = warm(ask(spread, 1, file=path, functions=("center",)))[0]

    assert {t.ran for t in verdict.tests} == ran


def test_a_function_that_hung_once_is_not_waited_for_again(spread, warm):
    """The other tests of the function are red too, and say why they did not run."""
    path = HERE / "bad_input" / "loop_in_python.py"
    verdict = warm(ask(spread, 1, file=path, functions=("center",)))[0]

    assert [t.outcome for t in verdict.tests] == ["timeout"] * 4
    assert [t.ran for t in verdict.tests] == [True, False, False, False]
    assert {t.message for t in verdict.tests[1:]} == {
        "Not run, since center hung in the test 'the mean moves to zero'."
    }


@pytest.mark.parametrize("name", ["ends_pytest_later", "exit_hard_later", "interrupts_the_test"])
@pytest.mark.parametrize("cold", [True, False], ids=["cold", "warm"])
def test_a_run_that_was_cut_short_is_never_green(name, cold, spread, warm):
    """The first test passed and the others never ran: a function is more than its first test."""
    path = HERE / "bad_input" / f"{name}.py"
    run = run_cold if cold else warm
    verdict = run(ask(spread, 1, file=path, functions=("center",)))[0]

    assert len(verdict.tests) == 4
    assert verdict.tests[0].outcome == "passed"
    assert verdict.state("center") == "red"
    assert verdict.exit_code == 1


def test_check_prints_a_bad_input_s_sentence(dojo, spread, limit_tests):
    """The program as a person runs it: the sentence, the place, exit code 1, and no traceback."""
    limit_tests(spread, 1)
    path = HERE / "bad_input" / "loop_in_c.py"
    done = dojo("check", "kata01", "center", "--file", path)

    assert done.returncode == 1
    assert (
        f"center was still running after 1 s, in line {marked(path)[0]} of loop_in_c.py."
        in done.stdout
    )
    assert done.stderr == ""


def test_check_shows_terminal_escapes_inert(terminal):
    """On a terminal, what a learner's code prints or raises cannot move the cursor."""
    path = HERE / "bad_input" / "terminal_escapes.py"
    code, screen = terminal("check", "kata01", "center", "--file", path)

    assert code == 1
    assert "\x1b[2J" not in screen
    assert "\x1b]0;" not in screen
    assert "\x07" not in screen.replace("\x1b]8;", "")
    assert r"\x1b[2J\x1b]0;title\x07 [bold]no markup[/bold]" in screen
    assert r"\x1b[2J\x1b[31mred\x07" in screen
