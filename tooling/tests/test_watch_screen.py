"""The watcher's screen: keys, sizes, and whatever a learner may save."""

import os
from pathlib import Path

import pytest
from dojo.learner import journal

pytestmark = pytest.mark.timeout(120)

HERE = Path(__file__).parent


def test_keys_open_panels_and_any_key_closes_them(watching):
    """The progress for one; the verdict is there again afterwards."""
    screen = watching("kata01")
    screen.wait_for("Write center first")
    screen.press("p")
    screen.wait_for("0 of 2 katas are green.", gone="Write center first")
    screen.press("x")

    screen.wait_for("Write center first", "A hint: nox -s hint -- kata01 center")


def test_an_arrow_key_is_no_letter(watching):
    """Its escape sequence holds letters; only `h` is a key here."""
    screen = watching("kata01")
    screen.wait_for("Write center first")
    screen.press("\x1b[A")
    screen.press("h")
    screen.wait_for("kata01 center, hint 1 of 3")
    screen.press("q")

    assert screen.read_to_end() == 0


def test_the_next_kata_is_one_key_away(watching):
    """And the one after the last is the first that is open."""
    screen = watching("kata01")
    screen.wait_for("Write center first")
    screen.press("n")
    screen.wait_for("kata02 Runs", "Write longest_run first")
    screen.press("n")

    screen.wait_for("kata01 Spread", "Write center first", gone="kata02")


def test_all_red_tests_are_one_key_away(watching, spread, solve):
    """In full, and then only the first again."""
    solve(spread)
    spread.mine.write_text(spread.mine.read_text().replace("return x - x.mean()", "return x"))
    screen = watching("kata01", rows=90)
    last = "summarise: the mean comes with the spread"
    screen.wait_for("center: the mean moves to zero", "more tests are red.", gone=last)
    screen.press("a")
    screen.wait_for("center: the mean moves to zero", last, gone="more tests are red.")
    screen.press("a")

    screen.wait_for("more tests are red.", "at katas/kata01_spread/", gone=last)


def test_the_solution_is_shown_to_who_confirms(watching):
    """Every key but `y` means no."""
    screen = watching("kata01")
    screen.wait_for("Write center first")
    screen.press("s")
    screen.wait_for("Show the reference solution of kata01? y or n")
    screen.press("n")
    screen.wait_for("Write center first", gone="y or n")
    screen.press("s")
    screen.wait_for("Show the reference solution of kata01? y or n")
    screen.press("y")

    screen.wait_for("return x - x.mean()", gone="Write center first")


def test_a_reset_says_where_the_file_is_kept(watching, spread, workbook, solve):
    """The verdict on the stub does not wipe it off the screen."""
    solve(spread, "center")
    screen = watching("kata01")
    screen.wait_for("Write spread first")
    screen.press("r")
    screen.wait_for("Put the stub of kata01 back? y or n")
    screen.press("y")
    screen.wait_for("is the pristine stub again.")
    while journal.read(workbook)["kata01_spread"].tries < 2:
        screen.read()
    screen.press("q")
    screen.read_to_end()
    (kept,) = (workbook / ".dojo" / "attempts" / "kata01_spread").iterdir()

    assert f"Your file is kept as .dojo/attempts/kata01_spread/{kept.name}." in screen.text()
    assert spread.mine.read_bytes() == spread.pristine.read_bytes()


def test_an_answer_is_about_the_kata_that_was_asked_about(watching, spread, runs, solve):
    """Even if the screen has turned to another one meanwhile."""
    screen = watching("kata01")
    screen.wait_for("Write center first")
    screen.press("r")
    screen.wait_for("Put the stub of kata01 back? y or n")
    solve(spread)
    screen.wait_for("kata02 Runs", "Put the stub of kata01 back? y or n")
    screen.press("y")
    screen.wait_for("kata01_spread/spread.py is the pristine stub again.")

    assert spread.mine.read_bytes() == spread.pristine.read_bytes()


def test_a_green_kata_leads_to_the_next(watching, spread, runs, solve):
    """What to read now stays on the screen, above the next kata; then all are green."""
    screen = watching("kata01")
    screen.wait_for("Write center first")
    solve(spread)
    screen.wait_for("kata01 is green.", "katas/kata01_spread/debrief.md", "Write longest_run first")
    solve(runs)

    screen.wait_for("kata02 is green.", "katas/kata02_runs/debrief.md")


def test_saving_another_kata_switches_to_it(watching, spread, runs, solve):
    """The screen follows the learner."""
    screen = watching("kata01")
    screen.wait_for("Write center first")
    solve(runs)
    screen.wait_for("kata02 is green.", "Write center first")
    runs.mine.write_text("\n")

    screen.wait_for("kata02 Runs", "has no function longest_run", gone="center")


def test_helpers_and_tests_are_noticed(watching, spread, solve):
    """A module that the learner's file imports, and a test that somebody adds."""
    solve(spread)
    helper = spread.folder / "helper.py"
    helper.write_text(spread.reference.read_text())
    spread.mine.write_text("from katas.kata01_spread.helper import *\n")
    screen = watching("kata01")
    screen.wait_for("kata01 is green.")
    helper.write_text(spread.reference.read_text().replace("x - x.mean()", "x"))
    screen.wait_for("center: the mean moves to zero", gone="kata02")
    helper.write_text(spread.reference.read_text())
    screen.wait_for("kata01 is green.")
    with spread.tests.open("a") as file:
        file.write(
            '\n    def test_new(self):\n        """New."""\n        assert False, summarise\n'
        )

    screen.wait_for("1/2", "summarise: new")


def test_a_save_during_a_run_cancels_it(watching, spread, solve, tmp_path):
    """Nothing of the run lives on, and its verdict is never shown."""
    facts = spread.folder / "kata.toml"
    facts.write_text(facts.read_text().replace("timeout = 1", "timeout = 600"))
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    screen = watching("kata01")
    screen.wait_for("Write center first")
    spread.mine.write_text(
        f"def center(x):\n    held = open({str(pipe)!r}, 'w')\n"
        "    held.write('!')\n    held.flush()\n    while True:\n        pass\n"
    )
    with pipe.open() as held:
        assert held.read(1) == "!"
        solve(spread, "center")
        assert held.read() == ""

    assert "still running" not in screen.wait_for("Write spread first")


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("bad_input/loop_in_python", "center was still running after 1 s"),
        ("bad_input/exit_hard_in_function", "ended Python itself"),
        ("bad_input/memory_in_steps", "too much memory"),
        ("bad_input/segfault", "a segmentation fault"),
        ("odd_input/process_that_stays", "Write spread first"),
    ],
)
def test_nothing_a_learner_saves_ends_the_watch(watching, spread, solve, name, sentence):
    """The next save has its verdict."""
    screen = watching("kata01")
    screen.wait_for("Write center first")
    spread.mine.write_bytes((HERE / f"{name}.py").read_bytes())
    if "odd" in name:
        spread.mine.write_text(spread.mine.read_text() + stubs(spread))
    screen.wait_for(sentence)
    solve(spread)

    screen.wait_for("kata01 is green.", "kata02 Runs")


def test_who_ends_the_warm_process_gets_another(watching, spread, solve):
    """A learner's code has the rights of who runs it."""
    screen = watching("kata01")
    screen.wait_for("Write center first")
    spread.mine.write_text("import os\nos.kill(os.getppid(), 9)\n")
    screen.wait_for("The warm process ended")
    solve(spread)

    screen.wait_for("kata01 is green.", "kata02 Runs")


def test_the_screen_follows_the_size_of_the_window(watching, spread):
    """Narrow: lines wrap, and the foot is cut. Low: what is left out can be scrolled to."""
    screen = watching("kata01")
    screen.wait_for("Write center first")
    screen.resize(rows=20, columns=60)
    narrow = screen.wait_for("A hint:", "h hint", gone="q quit").splitlines()
    screen.resize(rows=8, columns=80)
    screen.wait_for("more lines: j and k scroll", "q quit", gone="A hint:")
    screen.press("j" * 9)

    assert max(map(len, narrow)) == 60
    assert "A hint:" in screen.wait_for("A hint:", gone="kata01 Spread")


def test_a_syntax_error_stands_alone(watching, spread):
    """What usually breaks the rule of the first test has nothing to do with it."""
    screen = watching("kata01")
    screen.wait_for("Write center first", "Something other than the mean was taken off")
    spread.mine.write_text("def center(x:\n    return x\n")

    screen.wait_for("has a syntax error in line 1", gone="Something other than the mean")


def test_what_wraps_keeps_its_indent(watching, spread, solve):
    """A long line of a paragraph goes on below its own beginning."""
    solve(spread)
    spread.mine.write_text(spread.mine.read_text().replace("return x - x.mean()", "return x"))
    screen = watching("kata01", columns=40)

    screen.wait_for("  Something other than the mean was", "\n  taken off, the median for one.")


def test_half_a_file_is_not_run(watching, spread, workbook, solve):
    """Written slowly, one run when it is whole."""
    screen = watching("kata01")
    screen.wait_for("Write center first")
    text = spread.reference.read_text()
    with spread.mine.open("w") as file:
        for piece in (text[:-90], text[-90:-2], text[-2:]):
            file.write(piece)
            file.flush()
    screen.wait_for("kata01 is green.", "Write longest_run first")

    assert journal.read(workbook)["kata01_spread"].tries == 2


def stubs(kata):
    """Return the stub's functions that a file for center lacks."""
    return "\n\n".join(
        f"def {name}(x):\n    raise NotImplementedError" for name in kata.functions[1:]
    )
