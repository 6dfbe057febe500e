"""Toolbox: a specification that uses everything that crosses the wire."""

import datetime
import sqlite3
from dataclasses import FrozenInstanceError
from itertools import count as numbers

import numpy as np
import pandas as pd
import pytest
from katas.kata03_toolbox.toolbox import (
    Box,
    Counter,
    Full,
    Sealed,
    adder,
    count,
    double,
    draw,
    each,
    invert,
    itself,
    look_up,
    pack,
    pay,
    running,
    say,
    tidy,
    total,
)


class Unheard(Exception):
    """An exception of the tests' own."""


class TestEach:
    """each."""

    def test_the_function_is_called_for_each_value(self):
        """Once each, in order."""
        seen = []

        def note(value):
            seen.append(value)
            return -value

        assert each(note, [1, 2, 3]) == [-1, -2, -3]
        assert seen == [1, 2, 3]

    def test_what_the_function_changes_is_its_own(self):
        """The caller's arrays are nobody else's."""
        arrays = [np.zeros(2), np.ones(2)]

        def add(array):
            array += 1
            return array.tolist()

        assert each(add, arrays) == [[1, 1], [2, 2]]
        assert [a.tolist() for a in arrays] == [[0, 0], [1, 1]]

    @pytest.mark.parametrize("error", [ValueError("no"), KeyError("a"), ZeroDivisionError("x")])
    def test_what_the_function_raises_comes_through(self, error):
        """Its kind and what it says."""

        def fail(value):
            raise error

        with pytest.raises(type(error), match=str(error)):
            each(fail, [1])

    def test_what_only_the_test_knows_comes_through(self):
        """An exception that no library has."""

        def fail(value):
            raise Unheard("of")

        with pytest.raises(Unheard, match="of"):
            each(fail, [1])

    def test_the_function_may_use_the_functions(self):
        """A call back that calls again."""
        assert each(lambda v: each(lambda w: v * w, [1, 2]), [3, 4]) == [[3, 6], [4, 8]]

    def test_steps_are_counted_within_a_count_of_steps(self, cost):
        """The inner count has its own; the outer one has the rest, however much that was."""
        inner = []

        def measure(n):
            return cost(each, lambda v: inner.append(cost(each, abs, range(n)).steps), [1]).steps

        assert 0 < measure(10) == measure(40)
        assert inner[1] > 2 * inner[0] > 10

    def test_the_values_may_come_one_by_one(self):
        """From a generator."""
        assert each(abs, (v for v in (-1, 2))) == [1, 2]


class TestRunning:
    """running."""

    def test_the_sum_so_far_comes_after_each_number(self):
        """As many as there were."""
        assert list(running(iter([1.0, 2.0, 4.0]))) == [1.0, 3.0, 7.0]

    def test_no_number_is_read_too_early(self):
        """Numbers without an end."""
        read = []

        def reading():
            for number in numbers():
                read.append(number)
                yield number

        sums = running(reading())

        assert [next(sums) for _ in range(3)] == [0, 1, 3]
        assert read == [0, 1, 2]

    def test_an_end_is_an_end(self):
        """Of nothing comes nothing."""
        with pytest.raises(StopIteration):
            next(running(iter([])))


class TestDraw:
    """draw."""

    def test_the_generator_has_moved_on(self, rng):
        """The caller draws from where the function left it, and so do further children."""
        twin = np.random.default_rng(5)
        mine = np.random.default_rng(5)
        drawn = draw(mine, 3)
        expected = [*twin.random(3), *twin.spawn(1)[0].random(3)]

        assert drawn.tolist() == expected
        assert mine.random() == twin.random()
        assert mine.spawn(1)[0].random() == twin.spawn(1)[0].random()


class TestTidy:
    """tidy."""

    def test_files_are_read_written_and_removed(self, tmp_path):
        """And folders."""
        (tmp_path / "old" / "deep").mkdir(parents=True)
        (tmp_path / "old" / "deep" / "a.txt").write_text("a")
        (tmp_path / "in.txt").write_text("words")
        (tmp_path / "kept.txt").write_text("kept")
        made = tidy(tmp_path)

        assert made == tmp_path / "out" / "in.txt"
        assert made.read_text() == "WORDS"
        assert sorted(p.name for p in tmp_path.iterdir()) == ["kept.txt", "out"]

    def test_it_can_be_done_again(self, tmp_path):
        """What was removed may come back as it was."""
        for _ in range(2):
            (tmp_path / "old").mkdir()
            (tmp_path / "in.txt").write_text("words")
            tidy(tmp_path)
            (tmp_path / "out" / "in.txt").unlink()
            (tmp_path / "out").rmdir()

        assert list(tmp_path.iterdir()) == []

    def test_a_missing_file_is_said_to_be_missing(self, tmp_path):
        """Not swallowed."""
        with pytest.raises(FileNotFoundError, match=r"in\.txt"):
            tidy(tmp_path)


@pytest.fixture
def bank():
    """Return a bank with one account."""
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE TABLE account (name TEXT, money INTEGER)")
    connection.execute("INSERT INTO account VALUES ('ann', 10)")
    connection.commit()
    return connection


class TestPay:
    """pay."""

    def test_the_money_is_taken(self, bank):
        """The caller's own connection sees it."""
        assert pay(bank, 3) == 7
        assert bank.execute("SELECT money FROM account").fetchall() == [(7,)]
        assert pay(bank, 3) == 4

    def test_nothing_is_taken_where_there_is_less(self, bank):
        """Rolled back."""
        with pytest.raises(ValueError, match="amount: 11"):
            pay(bank, 11)

        assert bank.execute("SELECT money FROM account").fetchall() == [(10,)]
        assert pay(bank, 10) == 0


class TestDouble:
    """double."""

    def test_an_array_is_doubled(self):
        """In place, whatever the view."""
        array = np.arange(6.0).reshape(2, 3)
        double(array[:, 1])

        assert array.tolist() == [[0, 2, 2], [3, 8, 5]]

    def test_a_list_is_doubled(self):
        """With the lists in it, which stay the caller's."""
        inner, outer = [2], [1]
        outer.append(inner)
        double(outer)

        assert outer == [2, [4]]
        assert inner == [4]

    def test_a_tuple_of_arrays_is_doubled(self):
        """The tuple stays, its arrays change."""
        first, second = np.ones(2), np.ones(1)
        double((first, "text", float("nan"), [second]))

        assert first.tolist() == [2, 2]
        assert second.tolist() == [2]

    def test_a_dict_is_doubled(self):
        """Its values, at any depth."""
        inner = np.ones(1)
        table = {"a": 1, "b": {"c": inner}}
        double(table)

        assert table["a"] == 2
        assert inner.tolist() == [2]

    def test_a_set_is_doubled(self):
        """Elements are exchanged."""
        values = {1, 2}
        double(values)

        assert values == {2, 4}

    def test_a_table_is_doubled(self):
        """And a column."""
        frame = pd.DataFrame({"a": [1, 2]}, index=["x", "x"])
        series = pd.Series([1.5], name="s")
        double(frame)
        double([series])

        assert frame["a"].tolist() == [2, 4]
        assert series.tolist() == [3.0]

    def test_what_is_in_a_box_is_doubled(self):
        """And in one that is sealed."""
        box, sealed = Box("a", [1, np.ones(1)]), Sealed(np.ones(2))
        things = box.things
        double([box, sealed])

        assert things[0] == 2
        assert things[1].tolist() == [2]
        assert sealed.weights.tolist() == [2, 2]
        with pytest.raises(FrozenInstanceError):
            sealed.weights = None

    def test_nothing_else_changes(self):
        """Dates, spans of time and text among the numbers."""
        day, span = datetime.date(2024, 1, 1), datetime.timedelta(hours=1)
        values = [day, span, "a", None, (1, 2), 5]
        double(values)

        assert values == [day, span, "a", None, (1, 2), 10]


class TestItself:
    """itself."""

    def test_what_comes_back_is_not_the_caller_s(self):
        """An array, a table: to change it later changes one of two."""
        array, frame = np.zeros(2), pd.DataFrame({"a": [1]})
        itself(array)[0] = 5
        itself(value=frame)["b"] = 2

        assert array.tolist() == [0, 0]
        assert list(frame) == ["a"]

    def test_what_moves_on_comes_back_as_itself(self, rng, bank):
        """To draw from it or to write into it is what it is for."""
        assert itself(rng) is rng
        assert itself(value=bank) is bank

    def test_a_function_comes_back_as_itself(self):
        """Inside a list too."""

        def fn():
            return 1

        assert itself(fn) is fn
        assert itself([fn])[0] is fn


class TestCount:
    """count."""

    def test_a_counter_counts(self):
        """Through its methods and its properties."""
        counter = Counter(2)

        itself_again = counter.add(0) is counter

        assert isinstance(counter, Counter)
        assert itself_again
        assert counter.add(3).add(4).total == 9
        assert count(counter) == 9

    def test_a_counter_is_a_sequence(self):
        """Of what was added."""
        counter = Counter().add(5)

        assert len(counter) == 2
        assert list(counter) == [0, 5]
        assert counter[1] == 5
        assert counter[-1] == 5
        assert 5 in counter
        assert 6 not in counter
        assert counter(factor=2) == 10

    def test_a_method_may_fail(self):
        """As functions do."""
        before = [5]

        assert Counter(7).after(before) == [5, 7]
        with pytest.raises(ValueError, match="number"):
            Counter().add(-1)
        with pytest.raises(IndexError):
            Counter()[5]
        with pytest.raises(AttributeError, match="nothing_like_this"):
            Counter().nothing_like_this  # noqa: B018

    def test_counters_travel_in_containers(self):
        """Each as itself."""
        one, two = itself([Counter(1), Counter(2)])

        assert (count(one), count(two)) == (1, 2)
        assert isinstance(two, Counter)


class TestAdder:
    """adder."""

    def test_the_function_adds(self):
        """What it was made with, each its own."""
        two, three = adder(2), adder(3)

        assert (two(1), three(1)) == (3, 4)
        assert each(two, [1, 2]) == [3, 4]


class TestPack:
    """pack."""

    def test_a_new_box_comes_back(self):
        """Its class is the caller's."""
        before = Box("b", [1])
        packed = pack(before, "x")

        assert packed == Box("b", [1, "x"])
        assert before == Box("b", [1])

    def test_a_full_box_is_full(self):
        """An error of the toolbox's own, and a ValueError."""
        with pytest.raises(Full, match="no room for x"):
            pack(Box("b", [1, 2]), "x")
        with pytest.raises(ValueError, match="no room"):
            pack(Box("b", [1, 2]), "x")


class TestLookUp:
    """look_up."""

    @pytest.mark.parametrize("key", ["a", ("a", 1), 5, np.int64(5), pd.Timestamp(0), b"a", None])
    def test_a_key_that_is_not_there_is_named(self, key):
        """Whatever it is."""
        with pytest.raises(KeyError) as caught:
            look_up({}, key)

        assert caught.value.args == (key,)
        assert look_up({key: 1}, key) == 1


class TestInvert:
    """invert."""

    def test_the_inverse_times_the_matrix_is_one(self):
        """And some have none."""
        np.testing.assert_allclose(invert(np.diag([2.0, 4.0])), np.diag([0.5, 0.25]))
        with pytest.raises(np.linalg.LinAlgError, match="Singular"):
            invert(np.zeros((2, 2)))


class TestSay:
    """say."""

    def test_it_is_printed(self, capsys):
        """In its order, to the last character."""
        say("one é")
        print("between")
        say("two")

        assert capsys.readouterr().out == "one é\nbetween\ntwo\n"


class TestTotal:
    """total."""

    def test_it_is_the_sum(self):
        """A RuntimeWarning on the way is an error."""
        assert total(np.array([1.0, 2.5])) == 3.5

    def test_four_times_the_values_take_no_more_steps_or_bytes(self, cost):
        """No loop, and no copy."""
        small = cost(total, np.ones(1000))
        large = cost(total, np.ones(4000))

        assert small.result == 1000
        assert 0 < large.steps < small.steps + 50
        assert large.peak_bytes < small.peak_bytes + 4000
        assert cost.peak_bytes(total, np.ones(4000)) < 8000
