"""The keys of `watch`: each that a screen's last line names works there, and Esc leads back."""

import shutil

import pytest
from dojo.kata.catalog import Kata
from dojo.learner import journal
from dojo.learner.watch import keymap

pytestmark = pytest.mark.timeout(120)

SENT = {"Esc": "\x1b", "Enter": "\r", "Space": " "}
# What is pressed on the verdict of kata01 to come to each place, and what is then to be read.
WAYS: dict[str, dict[str, str]] = {
    "open": {},
    "green": {},
    "text": {"?": "Esc back"},
    "hint": {"h": "Esc back"},
    "list": {"n": "Write longest_run first", "l": "Esc back"},
    "question": {"z": "Esc back"},
}
ROWS = {"text": 12}
WHOLE = "q quit"


@pytest.fixture
def three(workbook, runs):
    """Add a third kata: who stands on the second may go either way."""
    third = Kata(workbook, "kata03_more")
    for was, now in ((runs.folder, third.folder), (runs.solution, third.solution)):
        shutil.copytree(was, now)
    (third.folder / "runs.py").rename(third.mine)
    (third.folder / "test_runs.py").rename(third.tests)
    third.tests.write_text(third.tests.read_text().replace("kata02_runs.runs", third.module[6:]))
    shutil.copy(runs.pristine, third.pristine)
    return third


def last_line(text):
    """List the keys that the last line of a screen names."""
    return [label.split()[0] for label in text.splitlines()[-1].split("  ") if label.strip()]


def press(screen, key):
    """Press a key, and wait until what it shows is drawn to the end."""
    before = screen.text()
    screen.press(key)
    return screen.wait_until(lambda text: text != before and WHOLE in text, f"a change by {key!r}")


def go(screen, place, first):
    """Come to a place from wherever the screen is; what was pressed before is done by then."""
    screen.press("\x1b?")
    screen.wait_for("On a verdict", WHOLE)
    screen.press("\x1b")
    number = int(screen.wait_for("kata0", WHOLE, gone="Esc back")[4:6])
    screen.press("p" * (number - 1))
    screen.wait_for(first, WHOLE)
    for key, shown in WAYS[place].items():
        screen.press(key)
        screen.wait_for(shown, WHOLE)
    return screen.text()


@pytest.mark.parametrize("place", WAYS)
def test_every_key_of_the_last_line_works(watching, spread, three, solve, place):
    """Something is to be seen after each; `q` ends the watch."""
    if place == "green":
        solve(spread)
    first = "kata01 is green." if place == "green" else "Write center first"
    screen = watching("kata01", rows=ROWS.get(place, 30), columns=120)
    screen.wait_for(first, WHOLE)
    named = last_line(go(screen, place, first))
    for name in named[:-1]:
        assert last_line(go(screen, place, first)) == named
        press(screen, SENT.get(name, name))
    go(screen, place, first)
    screen.press(named[-1])

    assert len(named) >= 4
    assert screen.read_to_end() == 0


def test_the_table_names_no_key_twice():
    """One key, one meaning on a screen; what the last line names works there."""
    for place in WAYS:
        sent = [s for key in keymap.KEYS if place in key.where for s in key.sent]

        assert len(sent) == len(set(sent))
    assert all(set(key.foot) <= set(key.where) for key in keymap.KEYS)


@pytest.mark.parametrize("place", ["text", "hint", "list", "question"])
def test_esc_leaves_every_question_and_every_side_screen(watching, place):
    """And nothing of what was asked is done."""
    screen = watching("kata01", rows=30)
    screen.wait_for("Write center first", WHOLE)
    key, shown = list(WAYS[place].items())[-1]
    screen.press(key)
    screen.wait_for(shown, WHOLE)
    screen.press("\x1b")

    screen.wait_for("Write center first", "h hint", WHOLE, gone="Esc back")


def test_all_keys_stand_behind_one(watching):
    """With what they do and where; it closes them too."""
    screen = watching("kata01", rows=60)
    screen.wait_for("Write center first", WHOLE)
    shown = press(screen, "?")
    screen.press("?")
    screen.wait_for("Write center first", WHOLE)

    assert all(f"{key.name:<6} {key.does}" in shown for key in keymap.KEYS)


def test_a_question_that_is_not_answered_with_yes_does_nothing(watching, spread, solve):
    """Enter is no, and so is any other key but y."""
    solve(spread)
    written = spread.mine.read_bytes()
    screen = watching("kata01", rows=30)
    for key in ("\r", "n", "\x1b"):
        screen.wait_for("kata01 is green.", WHOLE, gone="y yes")
        screen.press("z")
        screen.wait_for("Put the stub of kata01 back?", "y yes", WHOLE)
        screen.press(key)
    screen.wait_for("kata01 is green.", WHOLE, gone="y yes")

    assert spread.mine.read_bytes() == written


def test_an_arrow_key_is_no_letter(watching):
    """Its escape sequence holds letters, and begins like Esc."""
    screen = watching("kata01")
    screen.wait_for("Write center first", WHOLE)
    press(screen, "h")
    screen.press("\x1b[A\x1bOP\x1b[15~")
    screen.press("h")
    screen.wait_for("kata01 center, hint 2 of 3")
    screen.press("q")

    assert screen.read_to_end() == 0


def test_the_end_of_the_katas_is_said(watching, runs):
    """Neither `n` nor `p` begins again at the other end."""
    screen = watching("kata01")
    screen.wait_for("Write center first")
    screen.press("p")
    screen.wait_for("kata01 is the first kata; n goes on, l lists all.")
    screen.press("n")
    screen.wait_for("kata02 Runs", "Write longest_run first", gone="kata01 Spread")
    screen.press("n")
    screen.wait_for("kata02 is the last kata; p goes back, l lists all.", "kata02 Runs")
    screen.press("p")

    screen.wait_for("kata01 Spread", "Write center first", gone="kata02")


def test_a_kata_is_chosen_from_the_list(watching, spread, runs, workbook, solve):
    """With how far each is; on green, the list points at the next to do."""
    solve(spread)
    screen = watching("kata01")
    screen.wait_for("kata01 is green.", WHOLE)
    shown = press(screen, "l").splitlines()
    screen.press("\r")
    screen.wait_for("kata02 Runs", "Write longest_run first", WHOLE)
    press(screen, "l")
    screen.press("\x1b[A\r")
    screen.wait_for("kata01 is green.", WHOLE)

    assert [row.rstrip() for row in shown[:4]] == [
        "1 of 2 katas are green.",
        "",
        "  kata01 Spread  green",
        "> kata02 Runs    not started, 5 min",
    ]


def test_a_long_list_of_katas_is_cut_around_the_chosen_one(watching, workbook, runs):
    """What is left out below is counted; the chosen kata is always there."""
    for number in range(3, 43):
        copy = Kata(workbook, f"kata{number:02}_runs")
        copy.folder.mkdir()
        shutil.copy(runs.folder / "kata.toml", copy.folder)
        shutil.copy(runs.pristine, copy.pristine)
    screen = watching("kata01", rows=12, columns=60)
    screen.wait_for("Write center first", WHOLE)
    press(screen, "l")
    screen.wait_for("> kata01 Spread", "and 34 more")
    screen.press("j" * 20)
    screen.wait_for("> kata21 Runs", "and 18 more")
    screen.press("j" * 50)

    screen.wait_for("> kata42 Runs", WHOLE, gone="more")


def test_enter_space_and_r_run_again(watching, workbook):
    """Though nothing was saved: the run is counted."""
    screen = watching("kata01")
    screen.wait_for("after the start, run 1", WHOLE)
    for number, key in enumerate("r\r ", 2):
        screen.press(key)
        screen.wait_for(f"after the key, run {number}", WHOLE, gone="Running again")

    assert journal.read(workbook)["kata01_spread"].tries == 4


def test_a_hint_is_read_again_before_the_next_is_shown(watching, workbook, spread):
    """`h` on the verdict shows what was seen; on a hint it goes on, three rungs at most."""
    screen = watching("kata01")
    screen.wait_for("Write center first", WHOLE)
    screen.press("h")
    screen.wait_for("hint 1 of 3", "h next hint", gone="Write")
    screen.press("h")
    screen.wait_for("hint 2 of 3")
    screen.press("\x1b")
    screen.wait_for("Write center first", WHOLE)
    screen.press("h")
    screen.wait_for("hint 2 of 3")
    screen.press("hhhh")
    screen.wait_for("hint 3 of 3", "That is the last one. s shows the reference.")
    screen.press("s")
    screen.wait_for("Show the reference solution of kata01?", "y yes")
    screen.press("\x1bq")
    screen.read_to_end()

    assert journal.read(workbook)["kata01_spread"].hints == {"center": 3}


def test_a_kata_without_hints_says_so(watching, spread):
    """In a sentence, and the watch goes on."""
    (spread.folder / "hints.md").unlink()
    screen = watching("kata01")
    screen.wait_for("Write center first", WHOLE)
    screen.press("h")
    screen.wait_for("There are no hints for center in kata01_spread/hints.md.")
    screen.press("t")

    screen.wait_for("How far from their mean do values lie?")


def test_a_kata_is_skipped_and_taken_up_again(watching, workbook, spread, runs):
    """By its key, and by who works on it all the same."""
    screen = watching("kata01")
    screen.wait_for("Write center first", WHOLE)
    screen.press("x")
    screen.wait_for("kata01 is skipped: nox passes over it.")
    screen.press("x")
    screen.wait_for("kata01 is taken up again.")
    assert not journal.read(workbook)["kata01_spread"].skipped
    screen.press("x")
    screen.wait_for("kata01 is skipped: nox passes over it.")
    assert journal.read(workbook)["kata01_spread"].skipped
    spread.mine.write_text(spread.mine.read_text())
    screen.wait_for("after the save, run 2", WHOLE)

    assert not journal.read(workbook)["kata01_spread"].skipped
