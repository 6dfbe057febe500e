"""The journal: one line an event, readable whatever happened to the file."""

import json
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from dojo.kata.catalog import Kata
from dojo.learner import journal
from dojo.run.verdict import TestResult, Verdict
from hypothesis import given, settings
from hypothesis import strategies as st

pytestmark = pytest.mark.timeout(120)


def verdict(**states: str) -> Verdict:
    """Make a verdict on spread's functions: the outcome of one test each."""
    tests = tuple(TestResult(f"Test::{f}", f, "", "", outcome) for f, outcome in states.items())
    return Verdict("kata01_spread", "mine", 1, "process", tuple(states), tests, seconds=0.5)


def lines(root: Path) -> list[dict]:
    """Read the journal as plain JSON lines."""
    text = journal.path(root).read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


def entry(**data: object) -> bytes:
    """Write a line of a journal."""
    return json.dumps(data).encode() + b"\n"


def check(at: str, kata: str = "kata01_spread", **states: str) -> bytes:
    """Write the line of a check."""
    functions = {f: {"state": s, "green": 0, "total": 1} for f, s in states.items()}
    return entry(at=at, event="check", kata=kata, functions=functions, seconds=1.0)


def read(content: bytes) -> dict[str, journal.History]:
    """Read a journal that holds some bytes."""
    with tempfile.TemporaryDirectory() as folder:
        path = journal.path(Path(folder))
        path.parent.mkdir()
        path.write_bytes(content)
        return journal.read(Path(folder))


def test_a_check_is_one_line(spread, workbook):
    """Time, kata, the counts of every function, seconds, and the hints so far."""
    journal.write(workbook, "hint", spread, function="center", rung=1)
    journal.write_check(workbook, spread, verdict(center="passed", spread="failed"))
    _, line = lines(workbook)

    assert line.pop("at").endswith("+00:00")
    assert line == {
        "event": "check",
        "kata": "kata01_spread",
        "functions": {
            "center": {"state": "green", "green": 1, "total": 1},
            "spread": {"state": "red", "green": 0, "total": 1},
        },
        "seconds": 0.5,
        "hints": 1,
    }


def test_what_was_written_is_read(spread, workbook):
    """The last state of each function counts, also where later checks looked at others."""
    journal.write_check(workbook, spread, verdict(center="failed", spread="not_started"))
    journal.write_check(workbook, spread, verdict(center="passed"))
    journal.write(workbook, "hint", spread, function="spread", rung=1)
    journal.write(workbook, "hint", spread, function="spread", rung=2)
    history = journal.read(workbook)["kata01_spread"]

    assert history.states == {"center": "green", "spread": "not_started"}
    assert history.counts == {"center": (1, 1), "spread": (0, 1)}
    assert history.tries == 2
    assert history.hints == {"spread": 2}
    assert history.first <= history.last


def test_a_kata_is_green_when_all_its_functions_are(spread):
    """A function that was never checked is not."""
    some = journal.History(best=frozenset({"center", "spread"}))
    whole = journal.History(best=frozenset(spread.functions))

    assert not some.green(spread)
    assert whole.green(spread)


def test_no_journal_is_an_empty_one(tmp_path):
    """The first check of all finds none."""
    assert journal.read(tmp_path) == {}


def test_unknown_katas_are_kept(tmp_path):
    """A journal may tell of katas that another edition has."""
    histories = read(check("2030-01-01", kata="kata99_future", f="green"))

    assert histories["kata99_future"].states == {"f": "green"}


def test_two_merged_journals_are_read_in_the_order_of_time():
    """Git's union merge sets one after the other, whenever their events were."""
    later = check("2030-01-02T10:00:00+00:00", center="green")
    earlier = check("2030-01-01T10:00:00+00:00", center="red")

    assert read(later + earlier) == read(earlier + later)
    assert read(later + earlier)["kata01_spread"].states == {"center": "green"}
    assert read(later + earlier)["kata01_spread"].first == "2030-01-01T10:00:00+00:00"


@pytest.mark.parametrize(
    "line",
    [
        b"\n",
        b"{}\n",
        b"[1, 2]\n",
        b"null\n",
        b"{'at': 1}\n",
        b"<<<<<<< mine\n",
        b"\xff\xfe\x00\n",
        b'{"kata": 3, "event": "check"}\n',
        entry(at="2030", event="check", kata="kata01_spread"),
        entry(at="2030", event="check", kata="kata01_spread", functions=[1]),
        entry(at="2030", event="check", kata="kata01_spread", functions={"center": "green"}),
        entry(at="2030", event="check", kata="kata01_spread", functions={"center": {"state": "x"}}),
        entry(at=None, event="dance", kata="kata01_spread"),
        entry(
            at="2030",
            event="check",
            kata="kata01_spread",
            functions={"center": {"state": "green", "green": float("inf"), "total": 1}},
        ),
    ],
)
def test_a_line_that_makes_no_sense_is_passed_over(line):
    """What stands around it counts."""
    whole = check("2030-01-01", center="red") + check("2030-01-02", center="green")
    found = read(check("2030-01-01", center="red") + line + check("2030-01-02", center="green"))

    assert found == read(whole)


json_values = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=5)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(
            st.sampled_from(["center", "state", "green", "total", "x"]), inner, max_size=4
        ),
    ),
    max_leaves=10,
)


@settings(derandomize=True, deadline=None)
@given(
    st.lists(
        st.fixed_dictionaries(
            {"kata": json_values | st.just("kata01_spread")},
            optional={
                "event": st.sampled_from(["check", "hint"]) | json_values,
                "at": json_values,
                "function": json_values,
                "functions": json_values
                | st.fixed_dictionaries(
                    {
                        "center": st.fixed_dictionaries(
                            {"state": json_values, "green": json_values, "total": json_values}
                        )
                    }
                ),
            },
        ),
        max_size=4,
    )
)
def test_no_line_of_json_can_break_the_journal(entries):
    """Another version may have written anything at all."""
    histories = read(b"".join(entry(**e) for e in entries))

    assert all(isinstance(history, journal.History) for history in histories.values())


@settings(derandomize=True, deadline=None)
@given(
    st.lists(st.sampled_from(["red", "green", "not_started"]), min_size=1, max_size=5),
    st.data(),
)
def test_a_crash_in_mid_line_costs_that_line_only(states, data):
    """The journal is cut anywhere, and the next event is written: all whole lines are read."""
    written = [check(f"2030-01-0{n}", center=s) for n, s in enumerate(states, 1)]
    content = b"".join(written)
    at = data.draw(st.integers(0, len(content)))
    # A line that lacks nothing but its end is whole.
    whole = sum(len(b"".join(written[: n + 1])) - 1 <= at for n in range(len(written)))
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        journal.path(root).parent.mkdir()
        journal.path(root).write_bytes(content[:at])
        journal.write(root, "hint", Kata(root, "kata01_spread"), function="center", rung=1)
        history = journal.read(root)["kata01_spread"]

    assert history.tries == whole
    assert history.hints == {"center": 1}
    assert history.states == ({"center": states[whole - 1]} if whole else {})


def test_many_writers_at_once_lose_no_line(workbook, spread):
    """Every event is one write to the end of the file."""

    def write(number: int) -> None:
        for rung in range(20):
            journal.write(workbook, "hint", spread, function=f"f{number}", rung=rung)

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(write, range(8)))

    assert journal.read(workbook)["kata01_spread"].hints == {f"f{n}": 20 for n in range(8)}


def test_the_journal_only_grows(workbook, spread):
    """What was written once stays, byte for byte."""
    journal.write_check(workbook, spread, verdict(center="passed"))
    before = journal.path(workbook).read_bytes()
    journal.write_check(workbook, spread, verdict(center="failed"))

    assert journal.path(workbook).read_bytes().startswith(before)
