"""The watcher's screen: keys, sizes, and whatever a learner may save."""

import os
import textwrap
from pathlib import Path

import pytest
from dojo.learner import journal

pytestmark = pytest.mark.timeout(120)

HERE = Path(__file__).parent


def test_what_to_read_is_one_key_away(watching, spread, solve):
    """The task at any time; the debrief to who is green or says yes."""
    screen = watching("kata01", rows=24, columns=80)
    screen.wait_for("Write center first", "A hint for center: h")
    screen.press("t")
    screen.wait_for("How far from their mean do values lie?", "Esc back", gone="Write center")
    screen.press("\x1b")
    screen.wait_for("Write center first", gone="Esc back")
    screen.press("d")
    screen.wait_for("The debrief of kata01 tells the answer.", "y yes", gone="underestimates")
    screen.press("n")
    solve(spread)
    screen.wait_for("kata01 is green.", "d debrief")
    screen.press("d")

    screen.wait_for("Dividing by n underestimates", gone="y yes")


def test_all_red_tests_are_one_key_away(watching, spread, solve):
    """In full, until Esc or the next save."""
    solve(spread)
    right = spread.mine.read_text()
    spread.mine.write_text(right.replace("return x - x.mean()", "return x"))
    screen = watching("kata01", rows=90)
    last = "summarise: the mean comes with the spread"
    screen.wait_for("center: the mean moves to zero", "more tests are red: a shows", gone=last)
    screen.press("a")
    screen.wait_for("center: the mean moves to zero", last, gone="more tests are red")
    spread.mine.write_text(right.replace("(x.size - 1)", "x.size"))
    screen.wait_for("spread: the divisor is one less", "more test", gone="center: the mean")
    screen.press("a")
    screen.wait_for("Esc back", gone="more test")
    screen.press("\x1b")

    screen.wait_for("more test", gone="Esc back")


def test_one_cause_is_told_once_however_many_tests_it_breaks(watching, spread):
    """A file that cannot be imported breaks all of them; so does a name that is missing."""
    spread.mine.write_text("def center(x:\n    return x\n")
    screen = watching("kata01", rows=90)
    screen.wait_for("has a syntax error in line 1", "A hint for center: h", gone="more tests")
    screen.press("a")
    text = screen.wait_for("has a syntax error in line 1", "Esc back")

    assert text.count("has a syntax error") == 1
    assert text.count("the same: ") == 5
    assert "and 1 more" in text


def test_the_solution_is_shown_to_who_confirms(watching, spread, solve):
    """Who says no sees nothing of it; who is green is not asked."""
    screen = watching("kata01")
    screen.wait_for("Write center first")
    screen.press("s")
    screen.wait_for("Show the reference solution of kata01?", "y yes")
    screen.press("n")
    screen.wait_for("Write center first", gone="y yes")
    screen.press("s")
    screen.wait_for("Show the reference solution of kata01?", "y yes")
    screen.press("y")
    screen.wait_for("return x - x.mean()", gone="Write center first")
    solve(spread)
    screen.wait_for("kata01 is green.", "d debrief")
    screen.press("s")

    screen.wait_for("return x - x.mean()", "Esc back")


def test_a_reset_says_where_the_file_is_kept(watching, spread, workbook, solve):
    """The verdict on the stub does not wipe it off the screen."""
    solve(spread, "center")
    screen = watching("kata01")
    screen.wait_for("Write spread first")
    screen.press("z")
    screen.wait_for("Put the stub of kata01 back?", "y yes")
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
    solve(spread, "center")
    screen = watching("kata01")
    screen.wait_for("Write spread first")
    screen.press("z")
    screen.wait_for("Put the stub of kata01 back?", "y yes")
    runs.mine.write_text(runs.mine.read_text())
    screen.wait_for("kata02 Runs", "Put the stub of kata01 back?")
    screen.press("y")
    screen.wait_for("kata01_spread/spread.py is the pristine stub")

    assert spread.mine.read_bytes() == spread.pristine.read_bytes()


def test_a_green_kata_stays_until_a_key_leads_on(watching, spread, runs, solve):
    """With what was learned, what it took, and which keys lead where."""
    screen = watching("kata01", rows=24, columns=80)
    screen.wait_for("Write center first", "h hint")
    solve(spread)
    screen.wait_for(
        "kata01 is green.",
        "The trap. A mean costs one degree of freedom.",
        "Say it. Why n - 1, and when does it matter?",
        "katas/kata01_spread/debrief.md",
        "2 runs, 0 hints, 0 min in this watch (about 15 min were estimated).",
        "d opens the debrief, n leads to the next: kata02 Runs.",
        gone="h hint",
    )
    screen.press("h")
    screen.wait_for("kata01 is green; there is nothing left to hint at.")
    screen.press("n")
    screen.wait_for("kata02 Runs", "Write longest_run first", gone="kata01")
    solve(runs)

    screen.wait_for("kata02 is green.", "d opens the debrief, and no other kata is open.")


def test_who_wishes_to_go_on_is_led_to_the_next_kata(watching, spread, runs, solve):
    """From a save that turns one green, not from a look at one that is; what to read stays."""
    screen = watching("kata01")
    screen.wait_for("Write center first")
    screen.press("g")
    screen.wait_for("A save that turns a kata green leads to the next open one")
    solve(spread)
    screen.wait_for("kata01 is green.", "katas/kata01_spread/debrief.md", "Write longest_run first")
    screen.press("p")
    screen.wait_for("kata01 is green.", "n leads to the next", gone="Write longest_run")
    screen.press("g")
    screen.wait_for("A green kata stays on the screen from now on.")
    solve(spread)

    screen.wait_for("after the save", "n leads to the next", gone="Write longest_run")


def test_the_screen_follows_the_function_that_is_edited(watching, spread, solve):
    """And any other that a key chooses, until the next change."""
    solve(spread)
    right = spread.mine.read_text()
    broken = right.replace("return x - x.mean()", "return x + 1")
    spread.mine.write_text(broken)
    screen = watching("kata01")
    screen.wait_for("> center ", "center: the mean moves", "A hint for center: h")
    spread.mine.write_text(broken.replace("(x.size - 1)", "(x.size - 2)"))
    screen.wait_for("> spread ", "A hint for spread: h", gone="> center ")
    screen.press("f")
    screen.wait_for("> summarise ", "A hint for summarise: h")
    screen.press("\x1b[D\x1b[D")
    screen.wait_for("> center ", "A hint for center: h")
    screen.press("3")
    screen.wait_for("> summarise ", "A hint for summarise: h")
    screen.press("9")
    screen.press("\x1b")
    screen.wait_for("> spread ", "A hint for spread: h")
    screen.press("1")
    screen.wait_for("> center ", "A hint for center: h")
    spread.mine.write_text("# A comment changes no function.\n" + spread.mine.read_text())
    screen.wait_for("after the save, run 3", "> center ")
    spread.mine.write_text(right.replace("(x.size - 1)", "(x.size - 2)"))

    screen.wait_for("> spread ", "after the save, run 4")


def test_a_green_function_that_is_chosen_shows_its_rules(watching, spread, solve):
    """What it does right."""
    solve(spread, "center")
    screen = watching("kata01")
    screen.wait_for("> spread ", "Write spread first")
    screen.press("1")

    screen.wait_for("> center ", "center is green:", "  the mean moves to zero", gone="Write")


def test_saving_another_kata_switches_to_it(watching, spread, runs, solve):
    """The screen follows the learner."""
    screen = watching("kata01")
    screen.wait_for("Write center first")
    solve(runs)
    screen.wait_for("kata02 is green.", gone="center")
    runs.mine.write_text("\n")

    screen.wait_for("kata02 Runs", "has no function longest_run", gone="center")


def test_helpers_and_tests_are_noticed(watching, spread, solve):
    """A module beside the learner's file, which is not handed in; a test that somebody adds."""
    (spread.folder / "helper.py").write_text(spread.reference.read_text())
    spread.mine.write_text("from katas.kata01_spread.helper import *\n")
    screen = watching("kata01")
    screen.wait_for("helper.py is not handed in")
    solve(spread)
    screen.wait_for("kata01 is green.", gone="helper.py")
    with spread.tests.open("a") as file:
        file.write(
            '\n    def test_new(self):\n        """New."""\n        assert False, summarise\n'
        )

    screen.wait_for("1/2", "summarise: new")


def test_a_save_during_a_run_cancels_it(watching, spread, solve, limit_tests, tmp_path):
    """Nothing of the run lives on, and its verdict is never shown."""
    limit_tests(spread, 600)
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
        ("bad_input/process_that_stays", "starts no other process"),
    ],
)
def test_nothing_a_learner_saves_ends_the_watch(
    watching, spread, solve, limit_tests, name, sentence
):
    """The next save has its verdict."""
    if "loop" in name:
        limit_tests(spread, 1)
    screen = watching("kata01")
    screen.wait_for("Write center first")
    spread.mine.write_bytes((HERE / f"{name}.py").read_bytes())
    if "odd" in name:
        spread.mine.write_text(spread.mine.read_text() + stubs(spread))
    screen.wait_for(sentence)
    solve(spread)

    screen.wait_for("kata01 is green.", "kata02 Runs.")


def test_who_ends_the_warm_process_gets_another(watching, spread, solve):
    """A learner's code has the rights of who runs it."""
    screen = watching("kata01")
    screen.wait_for("Write center first")
    spread.mine.write_text("import os\nos.kill(os.getppid(), 9)\n")
    screen.wait_for("The warm process ended")
    solve(spread)

    screen.wait_for("kata01 is green.", "kata02 Runs.")


def test_the_screen_follows_the_size_of_the_window(watching, spread):
    """Narrow: lines wrap, and fewer keys are named. Low: what is left out can be scrolled to."""
    screen = watching("kata01")
    screen.wait_for("Write center first")
    screen.resize(rows=20, columns=60)
    narrow = screen.wait_for("A hint for", "h hint", "? keys  q quit", gone="n next").splitlines()
    screen.resize(rows=8, columns=80)
    screen.wait_for("more lines: j and k scroll", "q quit", gone="A hint for")
    screen.press("j" * 99)
    screen.wait_for("A hint for", gone="kata01 Spread")
    screen.press("k" * 9)

    assert max(map(len, narrow)) <= 60
    assert "kata01 Spread" in screen.wait_for("kata01 Spread", gone="A hint for")


def test_a_syntax_error_stands_alone(watching, spread):
    """What usually breaks the rule of the first test has nothing to do with it."""
    screen = watching("kata01")
    screen.wait_for("Write center first", "Its first test says")
    spread.mine.write_text("def center(x:\n    return x\n")
    text = screen.wait_for("has a syntax error in line 1", gone="Its first test says")

    assert "Something other than the mean" not in text


@pytest.mark.parametrize(("rows", "columns"), [(24, 80), (30, 100), (10, 40)])
def test_every_screen_fits(watching, spread, solve, rows, columns):
    """No row is cut, no line is wrapped twice, and the way out is named, at any size."""
    solve(spread)
    long = "A sentence of many words is wrapped where the terminal ends, and nowhere else. " * 4
    test = spread.tests.read_text()
    at = test.index('"""Something other')
    spread.tests.write_text(
        test[:at]
        + '"""'
        + textwrap.fill(long, 70, subsequent_indent=" " * 8)
        + "\n\n        "
        + test[at + 3 :]
    )
    spread.mine.write_text(spread.mine.read_text().replace("return x - x.mean()", "return x"))
    screen = watching("kata01", rows=rows, columns=columns)
    shown = [screen.wait_for("run 1", "q quit")]
    rows_shown = set(shown[0].splitlines())
    while "more lines" in (before := screen.text()):
        screen.press("j")
        text = screen.wait_until(
            lambda text, before=before: text != before and "q quit" in text, "the next row"
        )
        rows_shown |= set(text.splitlines())
    for key, part in (("t", "mean"), ("?", "On a verdict"), ("l", "katas are"), ("z", "y yes")):
        screen.press(key)
        shown.append(screen.wait_for(part, "Esc back"))
        screen.press("\x1b")
        screen.wait_for("run 1", "q quit", gone="Esc back")
    wrapped = textwrap.wrap(long, columns, initial_indent="  ", subsequent_indent="  ")

    assert set(wrapped) <= rows_shown
    assert all(len(text.splitlines()) == rows for text in shown)
    assert all("Esc back" in text.splitlines()[-1] for text in shown[1:])


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
    screen.wait_for("kata01 is green.")

    assert journal.read(workbook)["kata01_spread"].tries == 2


def stubs(kata):
    """Return the stub's functions that a file for center lacks."""
    return "\n\n".join(
        f"def {name}(x):\n    raise NotImplementedError" for name in kata.functions[1:]
    )
