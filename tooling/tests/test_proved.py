"""Proofs that are remembered: what is proved again, and who claims a proof that was none."""

import io
import subprocess
import sys

import pytest
from dojo.author.verify import halves, proved, verify
from dojo.author.verify.mutation import check_mutants
from dojo.author.verify.verify import CHECKS, QUICK, choose, in_turn, name_of, prove, remembered
from dojo.author.verify.workbench import Bench, Proof
from dojo.run.environ import environment
from dojo.run.pool import Pool
from rich.console import Console

pytestmark = pytest.mark.timeout(120)

FOUND = [Proof(name_of(check), f"figure of {name_of(check)}") for check in CHECKS]


@pytest.fixture
def known(spread):
    """Return a kata of which all was proved."""
    remembered(spread, FOUND)
    return spread


def test_what_was_proved_is_not_proved_again(known):
    """Unless that is asked for."""
    assert choose(None, again=False)(known) == ()
    assert choose(None, again=True)(known) == CHECKS
    assert choose(["mutants"], again=False)(known) == [check_mutants]


CHANGES = {
    "the reference": lambda k: k.reference,
    "an oracle": lambda k: k.solution / "test_oracles.py",
    "a mistake": lambda k: k.solution / "mistakes.toml",
    "an alternative": lambda k: k.solution / "alternatives" / "by_hand.py",
    "the tests": lambda k: k.tests,
    "the hints": lambda k: k.folder / "hints.md",
    "the stub": lambda k: k.pristine,
    "the pins": lambda k: k.root / "constraints.txt",
}


@pytest.mark.parametrize("case", CHANGES)
def test_what_a_proof_depends_on_makes_it_stale(known, case):
    """One byte is enough."""
    path = CHANGES[case](known)
    path.write_text(path.read_text() + "\n")

    assert not proved.is_current(known)
    assert choose(None, again=False)(known) == CHECKS


@pytest.mark.parametrize(
    ("module", "decides"),
    [
        ("author/verify/mutants.py", True),
        ("author/judge/worker.py", True),
        ("explain.py", True),
        ("author/judge/new.py", True),
        ("show/report.py", False),
        ("author/grade/store.py", False),
        ("learner/check.py", False),
        ("cli.py", False),
    ],
)
def test_a_module_that_proves_or_judges_makes_it_stale(module, decides, known, tool):
    """And one that shows, grades or measures does not."""
    remembered(known, FOUND)
    with (tool / module).open("a") as stream:
        stream.write("# more\n")

    assert proved.is_current(known) != decides


PROVES = """
import importlib, pkgutil, sys
import dojo.author.verify.verify, dojo.child.zygote, dojo.child.main, dojo.author.judge
for module in pkgutil.iter_modules(dojo.author.judge.__path__):
    importlib.import_module(f"dojo.author.judge.{module.name}")
print(*sorted(name.removeprefix("dojo.").replace(".", "/") + ".py" for name in sys.modules))
"""


def test_no_proof_imports_what_is_left_out_of_the_hash():
    """Else a change there would change what is proved, and nobody would prove it again."""
    command = [sys.executable, "-c", PROVES]
    done = subprocess.run(command, env=environment(), capture_output=True, text=True, check=True)
    imported = done.stdout.split()

    assert "author/verify/mutants.py" in imported
    assert "author/judge/worker.py" in imported
    assert not [name for name in imported if name.startswith(proved.NOT_PROVING)]


@pytest.mark.parametrize("change", ["the file of who practises here", "what Python leaves there"])
def test_what_decides_nothing_makes_nothing_stale(known, solve, change):
    """A solved stub is no change of the kata."""
    if change.startswith("the file"):
        solve(known)
    else:
        (known.solution / "__pycache__").mkdir(exist_ok=True)
        (known.solution / "__pycache__" / "x.pyc").write_bytes(b"x")

    assert proved.is_current(known)


def test_only_a_kata_of_which_all_holds_is_remembered(spread):
    """Neither a part of the proofs nor a red one."""
    remembered(spread, FOUND[:3])
    remembered(spread, [*FOUND[:-1], Proof("budgets", "", ("too slow",))])

    assert not proved.path_of(spread).exists()


@pytest.mark.parametrize("text", ["", "kata = 1", "kata = ", 'kata = "a"\ntool = "b"\n[figures]\n'])
def test_a_file_of_no_sense_proves_nothing(known, text):
    """It is proved again, and written anew."""
    proved.path_of(known).write_text(text)
    assert not proved.is_current(known)
    remembered(known, FOUND)

    assert proved.is_current(known)


def test_a_figure_written_by_hand_is_found_when_it_is_the_turn(known):
    """The hashes are right, and what was found is something else."""
    path = proved.path_of(known)
    path.write_text(path.read_text().replace("figure of mutants", "999 of 999 killed"))
    assert proved.is_current(known)
    *_, last = remembered(known, FOUND)

    assert last.problems == (
        "proved.toml says '999 of 999 killed' of mutants, and now it is 'figure of mutants': "
        "remove the file, and prove the kata again.",
    )
    assert "999 of 999" in path.read_text()


def test_a_hash_written_by_hand_is_found_when_it_is_the_turn(known, runs, warm_runner, tmp_path):
    """The kata was spoilt, and the file made to say that it was proved so."""
    known.reference.write_text(known.reference.read_text().replace("x.size - 1", "x.size"))
    figures = proved.read(known).figures
    proved.write(known, proved.now(known, figures))
    katas = (known, runs)
    bench = Bench(known, Pool([warm_runner]), tmp_path, seeds=range(1, 3))
    turn = next(t for t in range(2) if in_turn(katas, t, 1)(known) == CHECKS)
    found = prove(
        bench, [c for c in in_turn(katas, turn, 1)(known) if name_of(c) == "right answers"]
    )

    assert proved.is_current(known)
    assert found[0].problems[0].startswith("solutions is red under seed 1, 2: ")


def test_every_kata_has_its_turn(known, runs):
    """The others get the quick proofs; what has changed gets all in any case."""
    katas = (known, runs)
    remembered(runs, FOUND)
    first, second, third = (in_turn(katas, turn, 1) for turn in range(3))

    assert [first(k) for k in katas] == [CHECKS, QUICK]
    assert [second(k) for k in katas] == [QUICK, CHECKS]
    assert [third(k) for k in katas] == [CHECKS, QUICK]
    runs.tests.write_text(runs.tests.read_text() + "\n")
    assert [first(k) for k in katas] == [CHECKS, CHECKS]


def test_quick_proofs_find_what_was_spoilt(known, warm_runner, tmp_path):
    """A mistake that is none any more, an answer that is wrong, under seeds of their own."""
    path = known.solution / "mistakes" / "population.py"
    path.write_text(path.read_text().replace(".mean())", ".sum() / (x.size - 1))"))
    other = known.solution / "alternatives" / "by_hand.py"
    other.write_text(other.read_text().replace("(len(x) - 1)", "len(x)"))
    bench = Bench(known, Pool([warm_runner]), tmp_path, fresh=7)
    found = {proof.claim: proof for proof in prove(bench, QUICK)}

    assert list(bench.fresh_seeds) == [214, 215]
    assert list(found) == ["stub", "answers again", "mistakes again"]
    assert found["stub"].problems == ()
    assert (
        "alternatives/by_hand.py is red under seed 214, 215" in found["answers again"].problems[0]
    )
    assert found["mistakes again"].problems == (
        "population under seed 214, 215: "
        "TestSpread::test_the_divisor_is_one_less_than_the_count stays green.",
    )


def test_verify_proves_a_kata_and_remembers_it(dojo, runs):
    """All proofs hold, in a table; nothing is run the second time."""
    first = dojo("verify", "kata02")
    second = dojo("verify", "kata02")

    assert (first.returncode, first.stderr) == (0, "")
    assert first.stdout.count("holds") == len(CHECKS)
    assert first.stdout.splitlines()[-1] == f"proofs: {len(CHECKS)} passed, 0 failed"
    assert proved.is_current(runs)
    assert proved.read(runs).figures["files"] == "1 functions, 1 alternatives"
    assert "budgets" not in proved.read(runs).figures
    assert second.returncode == 0
    assert "kata02_runs is proved as it is; --all proves it again." in second.stdout
    assert second.stdout.splitlines()[-1] == "proofs: 0 passed, 0 failed"


def test_a_thorough_proof_is_not_remembered(runs, monkeypatch):
    """It judges under more seeds, so that its figures are others."""
    monkeypatch.setattr(verify, "CHECKS", (halves.check_files,))
    for thorough in (True, False):
        assert not proved.path_of(runs).exists()
        assert verify.verify(
            [runs], Console(file=io.StringIO()), lambda kata: verify.CHECKS, thorough=thorough
        )

    assert proved.is_current(runs)


def test_a_terminal_shows_what_is_being_proved(terminal):
    """With the time left; the table stays, the bar goes."""
    code, shown = terminal("verify", "kata02", "--only", "files", "--only", "stub")

    assert code == 0
    assert "kata02 stub" in shown
    assert "proofs: 2 passed, 0 failed" in shown


def test_elsewhere_there_are_plain_lines(dojo):
    """No bar and no control characters in a log."""
    done = dojo("verify", "kata02", "--only", "files")

    assert "\x1b" not in done.stdout
    assert "kata02 files" not in done.stdout
