"""`check`, as a person runs it: what it shows, what it keeps, and how it ends."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from dojo import cli
from dojo.learner import journal
from dojo.run.verdict import Verdict

BAD = Path(__file__).parent / "bad_input"

pytestmark = pytest.mark.timeout(120)


def test_a_stub_shows_what_to_write_first(dojo):
    """The first kata is checked where none is named; exit code 1, and nothing on stderr."""
    done = dojo("check")

    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout.splitlines()[:6] == [
        "kata01 Spread  level 1, about 15 min",
        "  center        0/4  not started",
        "  spread        0/2  not started",
        "  summarise     0/1  not started",
        "",
        "Write center first: katas/kata01_spread/spread.py:27",
    ]
    assert done.stdout.splitlines()[-1] == "A hint: nox -s hint -- kata01 center"


def test_a_solved_kata_is_green_and_the_next_one_comes_next(dojo, spread, solve):
    """Exit code 0, what was learned, the debrief, and the next kata, which `check` then takes."""
    solve(spread)
    done = dojo("check", "spread")

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[-3:] == [
        "  Say it. Why n - 1, and when does it matter?",
        "Read now: katas/kata01_spread/debrief.md",
        "Next kata: nox -s check -- kata02  (Runs)",
    ]
    assert dojo("check").stdout.startswith("kata02 Runs")


def test_what_usually_breaks_a_rule_is_not_told_of_an_answer_of_another_type(dojo, spread, solve):
    """The stub promises an array: that is all there is to say."""
    solve(spread)
    spread.mine.write_text(spread.mine.read_text().replace("return x - x.mean()", "x - x.mean()"))
    done = dojo("check", "kata01", "center")

    assert "center returned None; the stub promises" in done.stdout
    assert "What usually breaks it" not in done.stdout


def test_a_wrong_answer_is_told_with_its_call_and_what_was_done(dojo, spread, solve):
    """The first red test in full: the mistake, what came back, what was expected, the place."""
    solve(spread)
    text = spread.mine.read_text()
    spread.mine.write_text(text.replace("(x.size - 1)", "x.size"))
    done = dojo("check", "kata01")

    assert (done.returncode, done.stderr) == (1, "")
    for part in (
        "  center        4/4  green",
        "  spread        0/2  red",
        "spread: the divisor is one less than the count",
        "  spread(array([",
        "  came back  ",
        "  expected   ",
        "  What came back is exactly what this mistake gives:\n  The divisor of a population.",
        "  at katas/kata01_spread/test_spread.py:",
        "2 more tests are red.",
        "A hint: nox -s hint -- kata01 spread",
    ):
        assert part in done.stdout


def test_json_is_the_verdict_and_nothing_else(dojo, spread, solve):
    """One line a kata, which reads back; what the learner prints stays out of it."""
    solve(spread)
    with spread.mine.open("a") as file:
        file.write(
            "\n\nimport os, sys\nprint('noise')\nos.write(1, b'noise')\nos.write(2, b'noise')\n"
        )
    done = dojo("check", "1", "2", "--json")
    first, second = done.stdout.splitlines()
    verdict = Verdict.from_json(json.loads(first))

    assert (done.returncode, done.stderr) == (1, "")
    assert (verdict.kata, verdict.against, verdict.seed) == ("kata01_spread", "mine", 1)
    assert verdict.green
    assert json.loads(first)["schema"] == 1
    assert json.loads(first)["green"] is True
    assert Verdict.from_json(json.loads(second)).kata == "kata02_runs"


def test_several_names_and_functions_are_read_in_turn(dojo):
    """A function belongs to the kata before it."""
    done = dojo("check", "kata01", "center", "spread", "runs", "longest_run", "--json")
    first, second = map(json.loads, done.stdout.splitlines())

    assert done.returncode == 1
    assert first["functions"] == ["center", "spread"]
    assert second["functions"] == ["longest_run"]


def test_all_katas_are_checked_at_once(dojo, spread, solve):
    """Red while a single one is; what is told is what is to be done first."""
    solve(spread)
    done = dojo("check", "--all")

    assert done.returncode == 1
    assert "kata01 Spread" in done.stdout
    assert "kata02 Runs" in done.stdout
    assert "Write longest_run first" in done.stdout


def test_one_green_function_is_not_a_green_kata(dojo, spread, solve):
    """Only what was asked for was tested: the debrief has to wait."""
    solve(spread, "center")
    done = dojo("check", "kata01", "center")

    assert done.returncode == 0
    assert "center     4/4  green" in done.stdout
    assert done.stdout.splitlines()[-2:] == [
        "center is green, 2 functions to go.",
        "All of it: nox -s check -- kata01",
    ]
    assert dojo("check").stdout.startswith("kata01 Spread")


def test_functions_that_were_green_before_are_not_to_go(dojo, spread, solve):
    """The journal knows what the last check of the others found."""
    solve(spread, "center", "spread")
    dojo("check", "kata01")
    done = dojo("check", "kata01", "center")
    solve(spread)
    dojo("check", "kata01")
    whole = dojo("check", "kata01", "center", "spread")

    assert "center is green, 1 function to go." in done.stdout
    assert "center, spread are green.\nAll of it: nox -s check -- kata01\n" in whole.stdout


def test_any_file_can_be_checked(dojo, spread, workbook, tmp_path):
    """The learner's own file stays what it is, and the journal tells of it alone."""
    path = tmp_path / "answer.py"
    path.write_text(spread.reference.read_text())
    done = dojo("check", "kata01", "--file", path)

    assert done.returncode == 0
    assert "summarise     1/1  green" in done.stdout
    assert spread.mine.read_bytes() == spread.pristine.read_bytes()
    assert not journal.path(workbook).exists()


def test_a_relative_file_is_one_of_the_folder_one_stands_in(dojo, spread, workbook):
    """As every other program reads it."""
    folder = spread.solution / "mistakes"
    done = dojo("check", "kata01", "center", "--file", "median.py", "--json", cwd=folder)

    assert done.returncode == 1
    assert json.loads(done.stdout)["against"] == "solutions/kata01_spread/mistakes/median.py"


def test_another_seed_is_other_data(dojo, spread, solve):
    """The same seed is the same data."""
    solve(spread)
    text = spread.mine.read_text()
    spread.mine.write_text(text.replace("return x - x.mean()", "return x + 1"))

    def call(*options):
        words = ("check", "kata01", "center", "--json", *options)
        return json.loads(dojo(*words).stdout)["tests"][0]["calls"]

    assert call("--seed", "1") == call()
    assert call("--seed", "2") != call()


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["spraed"], "There is no kata 'spraed'. Did you mean 'spread'?"),
        (["kata01", "centre"], "kata01 has no function 'centre'. Did you mean 'center'?"),
        (["kata01", "center", "zzz"], "kata01 has no function 'zzz'."),
        (["1", "--file", "nowhere.py"], "There is no file "),
    ],
)
def test_a_wrong_use_is_a_sentence_and_exit_code_2(dojo, words, sentence):
    """On stderr, in one line, and nothing was run."""
    done = dojo("check", *words)

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(sentence)
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    "words", [["check", "--nonsense"], ["chekc"], [], ["check", "--seed", "x"]]
)
def test_an_unknown_option_or_verb_shows_the_usage(dojo, words):
    """Exit code 2, as for every wrong use."""
    done = dojo(*words)

    assert done.returncode == 2
    assert done.stderr.startswith("usage: nox -s ")
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["reset"], "The following arguments are required: KATA."),
        (["check", "--seed", "x"], "Argument --seed: invalid int value: 'x'."),
        (["check", "1", "--nonsense"], "Check does not know --nonsense."),
        (["hint", "1", "center", "more"], "Hint does not know more."),
    ],
)
def test_a_wrong_use_is_shown_as_it_would_be_typed(dojo, words, sentence):
    """A person types `nox -s reset -- KATA`, and has never seen the module behind it."""
    first, *_, last = dojo(*words).stderr.splitlines()

    assert first.startswith("usage: nox -s ")
    assert last == sentence
    assert "dojo" not in first + last


def test_every_verb_explains_itself(dojo, verbs, capsys):
    """`--help` ends with 0 and shows the verb's own usage."""
    done = dojo("check", "--help")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("usage: nox -s check -- ")
    for verb in verbs:
        with pytest.raises(SystemExit) as ended:
            cli.main([verb, "--help"], cli.parser)
        said = capsys.readouterr()

        assert (ended.value.code, said.err) == (0, "")
        assert said.out.startswith(f"usage: nox -s {verb} -- ")


@pytest.mark.parametrize("columns", [60, 80, 100])
def test_a_sentence_is_wrapped_between_words(terminal, columns):
    """Whatever the terminal's width, no word of it is cut."""
    words = " ".join(f"word{n}" for n in range(40))
    code, screen = terminal("check", words, columns=columns)
    rows = screen.replace("\r", "").splitlines()

    assert code == 2
    assert len(rows) > 2
    assert max(map(len, rows)) <= columns
    assert set(words.split()[1:-1]) <= set(" ".join(rows).split())


def test_a_fault_of_the_workbook_is_exit_code_2(dojo, spread, workbook):
    """It is said to be none of the learner's, and the journal does not tell of it."""
    spread.tests.write_text("import nothing_like_this\n")
    done = dojo("check", "kata01")

    assert (done.returncode, done.stderr) == (2, "")
    assert "This is a fault of the workbook, not of your code." in done.stdout
    assert not journal.path(workbook).exists()


def test_a_broken_kata_toml_is_a_sentence(dojo, spread):
    """The author's mistake has a file's name in it, and no traceback."""
    (spread.folder / "kata.toml").write_text("title = ")
    done = dojo("check", "kata01")

    assert (done.returncode, done.stdout) == (2, "")
    assert "kata.toml is not valid TOML" in done.stderr
    assert "Traceback" not in done.stderr


def test_every_check_leaves_a_line_in_the_journal(dojo, spread, workbook, solve):
    """Also a check of one function."""
    solve(spread, "center")
    dojo("check", "kata01", "center")
    history = journal.read(workbook)["kata01_spread"]

    assert (history.states, history.tries) == ({"center": "green"}, 1)


def test_a_pipe_gets_no_escape_codes(dojo, spread):
    """Plain text, and whole lines however narrow the terminal would be."""
    spread.mine.write_text("def center(x):\n    raise ValueError('y' * 150)\n")
    done = dojo("check", "kata01")

    assert "\x1b" not in done.stdout
    assert "y" * 150 in done.stdout


def test_what_an_output_cannot_show_is_no_crash(dojo, spread):
    """An old console knows few letters; the others are written in a way that it can show."""
    spread.mine.write_text(
        "def center(x):\n    raise ValueError('caf\u00e9 \u4e2d')\n", encoding="utf-8"
    )
    done = dojo("check", "kata01", PYTHONIOENCODING="ascii")

    assert (done.returncode, done.stderr) == (1, "")
    assert "center raised ValueError in line 2: caf" in done.stdout


def test_a_terminal_gets_colours_and_links(terminal, spread):
    """Red for what is red, and a link to the line."""
    spread.mine.write_text("def center(x):\n    return x\n")
    code, screen = terminal("check", "kata01")

    assert code == 1
    assert "\x1b[31mred" in screen
    assert "\x1b]8;" in screen
    assert spread.tests.as_uri() in screen


def test_v_shows_what_pytest_shows(dojo, spread, solve):
    """Every test's name, its traceback, the rule it holds and the calls it made."""
    solve(spread, "center", "spread")
    text = spread.mine.read_text()
    spread.mine.write_text(text.replace("(x.size - 1)", "x.size"))
    done = dojo("check", "kata01", "-v")

    assert done.returncode == 1
    assert "TestCenter::test_the_mean_moves_to_zero PASSED" in done.stdout
    assert "TestSpread::test_the_divisor_is_one_less_than_the_count FAILED" in done.stdout
    assert "the rule" in done.stdout
    assert "Divided by n: that is the spread of a population" in done.stdout
    assert "TestSummarise::test_the_mean_comes_with_the_spread NOT STARTED" in done.stdout


def test_words_after_a_second_dash_dash_go_to_pytest(dojo, spread, solve):
    """Pytest's own options choose and show as they always do."""
    solve(spread)
    done = dojo("check", "kata01", "--", "-k", "divisor", "-q")

    assert done.returncode == 0
    assert "1 passed, 6 deselected" in done.stdout


def test_an_option_that_pytest_does_not_know_is_exit_code_2(dojo):
    """Pytest says what it did not understand; nothing was found out."""
    done = dojo("check", "kata01", "--", "--no-such-option")

    assert done.returncode == 2
    assert "--no-such-option" in done.stdout + done.stderr
    assert "Traceback" not in done.stdout + done.stderr


def test_the_debugger_works_in_a_terminal(terminal, spread, solve):
    """`-- --pdb` stops at the error, answers, and lets go."""
    solve(spread)
    text = spread.mine.read_text()
    spread.mine.write_text(text.replace("return x - x.mean()", "return x - x.sum() / answer"))
    code, screen = terminal(
        "check",
        "kata01",
        "center",
        "--",
        "--pdb",
        typed=[("(Pdb)", "p x.size * 6\n"), ("(Pdb)", "q\n")],
    )

    assert code == 1
    assert "name 'answer' is not defined" in screen
    assert "\r\n42\r\n" in screen


def test_the_debugger_stops_in_the_learner_s_own_frame(terminal, spread, solve):
    """What a library does below it, before it raises, is not what is looked for."""
    solve(spread)
    text = spread.mine.read_text()
    spread.mine.write_text(text.replace("return x - x.mean()", "return np.linalg.inv(x[:, None])"))
    typed = [("(Pdb)", "p x.size * 6\n"), ("(Pdb)", "q\n")]
    code, screen = terminal("check", "kata01", "center", "--", "--pdb", typed=typed)

    assert code == 1
    assert "LinAlgError" in screen
    assert "\r\n42\r\n" in screen


@pytest.mark.parametrize(("last", "code"), [("c", 0), ("q", 1)])
def test_a_breakpoint_stops_where_the_sentence_says_it_does(terminal, spread, solve, last, code):
    """`check` tells of `-- --pdb`, which stops there; `q` leaves it and does not stop again."""
    solve(spread)
    text = spread.mine.read_text()
    spread.mine.write_text(
        text.replace("    return x - x.mean()", "    breakpoint()\n    return x - x.mean()")
    )
    typed = [("(Pdb)", "p 'si' + 'ze', x.size\n"), ("(Pdb)", f"{last}\n")]
    ended, screen = terminal("check", "kata01", "--", "--pdb", "-k", "moves_to_zero", typed=typed)

    assert "('size', 7)" in screen
    assert screen.count("(Pdb)") == 2
    assert ended == code


def test_a_breakpoint_in_the_learner_s_code_works_in_a_terminal(terminal, spread, solve):
    """`-- -s` leaves the terminal to the learner, for as long as they think."""
    solve(spread)
    text = spread.mine.read_text()
    spread.mine.write_text(
        text.replace("    return x - x.mean()", "    breakpoint()\n    return x - x.mean()")
    )
    code, screen = terminal(
        "check",
        "kata01",
        "--",
        "-s",
        "-k",
        "divisor",
        typed=[("(Pdb)", "p 'si' + 'ze', x.size\n"), ("(Pdb)", "c\n")],
    )

    assert code == 0
    assert "('size', 5)" in screen


@pytest.fixture
def hung(workbook, spread, limit_tests, tmp_path):
    """Start a check whose learner's function waits for ever; give the process and its pipe."""
    limit_tests(spread, 600)
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    spread.mine.write_text(
        f"import time\n\n\ndef center(x):\n    held = open({str(pipe)!r}, 'w')\n"
        "    held.write('!')\n    held.flush()\n    time.sleep(600)\n"
    )
    process = subprocess.Popen(
        [sys.executable, "-m", "dojo", "check", "kata01"],
        cwd=workbook,
        env={**os.environ, "PYTHONPATH": str(workbook / "tooling")},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    with pipe.open() as held:
        yield process, held
    process.kill()
    process.communicate()


def test_ctrl_c_ends_a_check_cleanly(hung):
    """One word, no traceback, and nothing of the learner's code lives on."""
    process, held = hung
    assert held.read(1) == "!"
    process.send_signal(signal.SIGINT)
    out, err = process.communicate()

    assert process.returncode == 130
    assert (out, err) == ("", "Stopped.\n")
    assert held.read() == ""


def test_two_checks_at_the_same_time_do_not_disturb_each_other(workbook, spread, solve):
    """Each has its verdict, and the journal both lines."""
    solve(spread)
    command = [sys.executable, "-m", "dojo", "check", "kata01", "--json"]
    env = {**os.environ, "PYTHONPATH": str(workbook / "tooling")}
    both = [
        subprocess.Popen(command, cwd=workbook, env=env, stdout=subprocess.PIPE) for _ in range(2)
    ]
    found = [json.loads(process.communicate()[0]) for process in both]

    assert [process.returncode for process in both] == [0, 0]
    assert [data["green"] for data in found] == [True, True]
    assert journal.read(workbook)["kata01_spread"].tries == 2


def test_a_reader_that_leaves_early_is_no_error(workbook):
    """`check | head -1` closes the pipe."""
    process = subprocess.Popen(
        [sys.executable, "-m", "dojo", "check", "kata01"],
        cwd=workbook,
        env={**os.environ, "PYTHONPATH": str(workbook / "tooling")},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    process.stdout.close()
    err = process.stderr.read()
    process.stderr.close()
    process.wait()

    assert "Traceback" not in err
    assert "BrokenPipe" not in err


def test_a_check_leaves_nothing_behind(dojo, spread, workbook, tmp_path):
    """No caches and no scratch files in the workbook; only the journal."""
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    before = {p for p in workbook.rglob("*") if "__pycache__" not in p.parts}
    dojo("check", "kata01", "--file", BAD / "segfault.py", TMPDIR=scratch)
    dojo("check", "kata01", TMPDIR=scratch)
    after = {p for p in workbook.rglob("*") if "__pycache__" not in p.parts}

    assert {p.name for p in after - before} == {".dojo", "journal.jsonl"}
    assert list(scratch.iterdir()) == []
