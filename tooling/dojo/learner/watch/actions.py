"""What the keys of `watch` do: one method an action of the table in keymap.py."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from dojo.kata.catalog import Kata
from dojo.learner import check, hint, reset, skip, solution
from dojo.learner.watch import keymap, panel, sides
from dojo.learner.watch.sides import Katas, Reading, printing

if TYPE_CHECKING:
    from dojo.learner.watch.interactive import Interactive


class Actions:
    """The actions on a screen. `rung` is the number of the hint that was shown last."""

    def __init__(self, view: "Interactive") -> None:
        """Act on a screen and on the watch that it shows."""
        self.view = view
        self.watched = view.watched
        self.rung = 0
        self.all_keys = printing(keymap.lines())
        self.by_name: dict[str, Callable[[], None]] = {
            "yes": view.answer_yes,
            "back": view.go_back,
            "open": self.open_kata,
            "up": lambda: self.move(-1),
            "down": lambda: self.move(1),
            "hint": self.show_hint,
            "next_hint": self.show_next_hint,
            "debrief": self.show_debrief,
            "task": lambda: view.read(sides.document(self.kata.folder / "README.md")),
            "every": self.show_every_red,
            "function": lambda: self.choose(1),
            "function_before": lambda: self.choose(-1),
            "worked_on": self.choose_none,
            "again": self.run_again,
            "next": lambda: self.go_to(1, "the last kata; p goes back, l lists all"),
            "previous": lambda: self.go_to(-1, "the first kata; n goes on, l lists all"),
            "katas": self.list_katas,
            "stay": self.switch_going_on,
            "disown": self.disown,
            "skip": self.switch_skipping,
            "solution": self.show_solution,
            "reset": self.ask_for_reset,
            "line_up": lambda: view.scroll(-1),
            "line_down": lambda: view.scroll(1),
            "page_up": lambda: view.scroll(3 - view.screen.console.height),
            "page_down": lambda: view.scroll(view.screen.console.height - 3),
            "keys": self.show_keys,
        }

    @property
    def kata(self) -> Kata:
        """The kata that is watched."""
        return self.watched.kata

    def do(self, action: str, key: str) -> None:
        """Do what a key asks for."""
        if action == "numbered":
            self.choose_row(int(key))
        elif action:
            self.by_name[action]()

    def show_keys(self) -> None:
        """Show all keys; the key that opened them closes them too."""
        if self.view.side is self.all_keys:
            self.view.go_back()
        else:
            self.view.read(self.all_keys)

    def move(self, step: int) -> None:
        """Point at another kata of the list."""
        if isinstance(self.view.side, Katas):
            self.view.side.move(step)

    def open_kata(self) -> None:
        """Turn to the kata that the list points at."""
        if isinstance(self.view.side, Katas):
            self.turn_to(self.view.side.chosen)

    def list_katas(self) -> None:
        """List the katas; on green, point at the next one to do."""
        root, green = self.watched.root, self.watched.is_green
        at = check.following(root, self.kata) if green else None
        self.view.read(sides.katas(root, self.kata, at))

    def go_to(self, step: int, end: str) -> None:
        """Turn to the kata beside this one, or say that there is none."""
        beside = self.watched.neighbour(step)
        if beside is None:
            self.view.say(f"{self.kata.short} is {end}.")
        else:
            self.turn_to(beside)

    def turn_to(self, kata: Kata) -> None:
        """Watch another kata."""
        self.view.go_back()
        self.watched.turn_to(kata)

    def run_again(self) -> None:
        """Run the tests again, though nothing was saved."""
        self.view.say("Running again ...")
        self.watched.start("key")

    def choose(self, step: int) -> None:
        """Show a test of another function."""
        self.watched.choose(step)
        self.view.top = 0

    def disown(self) -> None:
        """Deny what is told of the function that is shown."""
        self.view.say(self.watched.disown())

    def choose_none(self) -> None:
        """Show a test of the function that is worked on."""
        self.watched.chosen = None
        self.view.top = 0

    def choose_row(self, row: int) -> None:
        """Show a test of the function in a row, if there are so many."""
        if row <= len(self.kata.functions):
            self.watched.chosen = self.kata.functions[row - 1]
            self.view.top = 0

    def switch_going_on(self) -> None:
        """Go on by itself from a green kata from now on, or stay there again."""
        self.watched.goes_on = not self.watched.goes_on
        self.view.say(
            "A save that turns a kata green leads to the next open one from now on; g stays again."
            if self.watched.goes_on
            else "A green kata stays on the screen from now on."
        )

    def switch_skipping(self) -> None:
        """Pass over this kata from now on, or take it up again."""
        root, kata = self.watched.root, self.kata
        skipped = not skip.is_skipped(root, kata)
        said = f"{kata.short} is skipped: nox passes over it. x takes it up again, n goes on."
        unsaved = skip.mark(root, kata, skipped)
        self.view.say(unsaved or (said if skipped else f"{kata.short} is taken up again."))

    def show_hint(self) -> None:
        """Show the last hint that was seen for the function on the screen, or the one to begin."""
        function = self.watched.function
        if function is None or (self.watched.is_green and not self.watched.chosen):
            self.view.say(f"{self.kata.short} is green; there is nothing left to hint at.")
            return
        root = self.watched.root
        self.rung = max(
            hint.seen(root, self.kata, function), hint.answer(root, self.kata, function)
        )
        self.show_rung(function)

    def show_next_hint(self) -> None:
        """Show the next hint, if there is one more."""
        function = self.watched.function
        if function is not None:
            self.rung += 1
            self.show_rung(function)

    def show_rung(self, function: str) -> None:
        """Show a hint, and remember that it was seen; after the last one comes the reference."""
        kata, last = self.kata, len(hint.rungs_of(self.kata, function))
        rung = self.rung = min(self.rung, last)
        self.view.read(Reading(lambda console: hint.show(kata, function, rung, console), "hint"))
        unsaved = hint.keep(kata.root, kata, function, rung)
        if unsaved:
            self.view.say(unsaved)
        elif rung == last:
            reference = " s shows the reference." if kata.reference.exists() else ""
            self.view.say(f"That is the last one.{reference}")

    def show_every_red(self) -> None:
        """Show all red tests in full."""
        verdict = self.watched.verdict
        if verdict is not None:
            self.view.read(printing(panel.every_red(self.kata, verdict)))

    def show_debrief(self) -> None:
        """Show the debrief; ask first while the kata is not green, since it tells the answer."""
        debrief = sides.document(self.kata.folder / "debrief.md")
        text = f"The debrief of {self.kata.short} tells the answer. Read it before it is green?"
        self.reveal(text, debrief)

    def show_solution(self) -> None:
        """Show the reference; ask first while the kata is not green."""
        kata = self.kata
        shown = Reading(lambda console: solution.solution(kata, True, console), least=100)
        self.reveal(f"Show the reference solution of {kata.short}?", shown)

    def reveal(self, text: str, reading: Reading) -> None:
        """Show what cannot be unseen: at once to who has nothing to lose, else after a question."""
        if self.watched.is_green:
            self.view.read(reading)
        else:
            self.view.ask(text, lambda: self.view.read(reading))

    def ask_for_reset(self) -> None:
        """Ask before the learner's file is replaced."""
        kata = self.kata
        self.view.ask(
            f"Put the stub of {kata.short} back? Your file is kept.", lambda: self.reset(kata)
        )

    def reset(self, kata: Kata) -> None:
        """Put the stub back, and say where the file is kept, until another one is saved."""

        def is_stub() -> bool:
            return kata.mine.exists() and kata.mine.read_bytes() == kata.pristine.read_bytes()

        width = self.view.screen.console.width
        said = sides.printed(lambda console: reset.reset(kata.root, kata, console), width)
        self.view.say_while(said, is_stub)
