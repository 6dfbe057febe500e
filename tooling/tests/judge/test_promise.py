"""What a worker sends is made only where the stub promises it; elsewhere its type is named."""

import datetime
import sqlite3
import zoneinfo
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal, NewType, Optional, Union

import numpy as np
import pandas as pd
import pytest
import torch
from dojo import limits
from dojo.author.judge.borrowed import borrowed_class
from dojo.author.judge.codec import Codec
from dojo.author.judge.promise import NOTHING, lendable, of_argument, of_names, of_use, promise
from dojo.author.judge.remote import Remote
from dojo.author.judge.types.databases import check_file, content_of
from dojo.author.judge.wire import WireError
from dojo.show.values import StandIn, show
from scipy import sparse

BERLIN = zoneinfo.ZoneInfo("Europe/Berlin")
CSR = sparse.csr_array
Weights = NewType("Weights", CSR)
GUARDED = {
    "csr_array": (CSR(np.eye(2)), CSR),
    "lil_matrix": (sparse.lil_matrix(np.eye(2)), sparse.lil_matrix),
    "Generator": (np.random.default_rng(1), np.random.Generator),
    "Tensor": (torch.ones(2), torch.Tensor),
    "ZoneInfo": (BERLIN, zoneinfo.ZoneInfo),
    "datetime": (datetime.datetime(2024, 1, 1, tzinfo=BERLIN), datetime.datetime),
    "Timestamp": (pd.Timestamp("2024-01-01", tz=BERLIN), pd.Timestamp),
    "Categorical": (pd.Categorical(["a"]), pd.Categorical),
    "CategoricalIndex": (pd.CategoricalIndex(["a"]), pd.CategoricalIndex),
    "DatetimeIndex": (pd.date_range("2024", periods=2, tz=BERLIN), pd.Index),
    "Series": (pd.Series(pd.Categorical(["a"])), pd.Series),
    "DataFrame": (pd.DataFrame({"a": pd.Categorical(["x"])}), pd.DataFrame),
    "Connection": (sqlite3.connect(":memory:"), sqlite3.Connection),
}
HARMLESS = [
    *(None, True, 5, 1.5, "text", [1, (2, {3})], {"a": 1}, datetime.date(2024, 1, 1)),
    *(datetime.datetime(2024, 1, 1, tzinfo=datetime.UTC), pd.Timestamp(0), pd.Timedelta("1h")),
    *(np.float64(1.5), range(3), pd.NA),
]


@dataclass
class Fit:
    """A dataclass of a stub."""

    design: CSR
    weights: np.ndarray


class Model:
    """A class of a stub whose objects stay in the worker."""

    design: CSR

    def __call__(self, x: np.ndarray) -> CSR:
        """Return a matrix."""

    def __iter__(self) -> Iterator[np.random.Generator]:
        """Yield Generators."""

    def fit(self, rng: np.random.Generator) -> "Model":
        """Return itself."""

    @property
    def day(self) -> pd.Timestamp:
        """Return a day."""


for kind in (Fit, Model):
    kind.__module__ = "katas.kata00_promise.promise"


def stub(x: np.ndarray, ask: Callable[[np.ndarray, CSR], np.random.Generator], *, on) -> CSR:
    """Promise a matrix."""


@pytest.fixture
def arrives():
    """Return `arrives(value, *annotations)`: what the tests' end makes of what a worker sends."""
    classes = {"Fit": Fit, "Model": borrowed_class(print, "Model")}
    names = of_names({"Fit": Fit, "Model": Model})
    ends = [
        Codec(Remote(Path("/nowhere"), classes, print, lends), trusting=lends)
        for lends in (True, False)
    ]
    ends[1].remote.promises = names

    def cross(value, *annotations):
        ends[1].left = limits.VALUES
        return ends[1].unpack(ends[0].pack(value), promise(Union[(*annotations, None)]))

    cross.codec, cross.remote = ends[1], ends[1].remote
    return cross


class TestWhatArrives:
    """A value, and what is promised of it."""

    @pytest.mark.parametrize("name", GUARDED)
    def test_it_arrives_where_it_is_promised(self, arrives, name):
        """As itself, alone or among others."""
        value, annotation = GUARDED[name]

        assert type(arrives(value, annotation)) is type(value)
        assert type(arrives([value], list[annotation])[0]) is type(value)
        assert type(arrives({"a": (1, value)}, dict[str, tuple[int, annotation]])["a"][1]) is type(
            value
        )

    @pytest.mark.parametrize("name", GUARDED)
    @pytest.mark.parametrize(
        "promised", [np.ndarray, float, Any, object, list[float], CSR, np.random.Generator], ids=str
    )
    def test_elsewhere_its_type_is_all_that_is_known(self, arrives, name, promised):
        """Whatever else is promised; inside of a list too."""
        value, annotation = GUARDED[name]
        if annotation is promised or (promised is CSR and sparse.issparse(value)):
            return
        for found in (arrives(value, promised), arrives([value], promised, list)[0]):
            assert isinstance(found, StandIn)
            assert type(found).__name__ == name
            assert len(show(found)) > 40 or show(found) == "rng"

    @pytest.mark.parametrize("value", HARMLESS, ids=repr)
    def test_plain_values_arrive_anywhere(self, arrives, value):
        """The sentence about a wrong type quotes them."""
        assert repr(arrives(value, CSR)) == repr(value)
        assert repr(arrives([value])) == repr([value])

    def test_plain_tables_arrive_anywhere(self, arrives):
        """A report shows what came back in place of an array."""
        frame = pd.DataFrame({"a": [1.5, None], "b": ["x", None]}, index=["p", "q"])

        pd.testing.assert_frame_equal(arrives(frame, np.ndarray), frame)
        pd.testing.assert_series_equal(arrives(frame["a"]), frame["a"])

    def test_a_place_of_a_tuple_has_its_own_promise(self, arrives):
        """And a tuple that is longer promises nothing of the rest."""
        matrix = CSR(np.eye(2))
        first, second, third = arrives((matrix, matrix, matrix), tuple[np.ndarray, CSR])

        assert (type(first), type(second), type(third)) != (CSR, CSR, CSR)
        assert type(second) is CSR
        assert isinstance(first, StandIn)
        assert isinstance(third, StandIn)

    def test_keys_and_values_have_theirs(self, arrives):
        """A list in a dict's place promises nothing."""
        stamp = pd.Timestamp("2024-01-01", tz=BERLIN)

        assert arrives({stamp: 1}, Mapping[pd.Timestamp, int]) == {stamp: 1}
        assert isinstance(*arrives({stamp: 1}, dict[str, pd.Timestamp]), StandIn)
        assert isinstance(arrives([stamp], dict[str, pd.Timestamp])[0], StandIn)

    def test_cells_are_plain(self, arrives):
        """Numpy and pandas ask each cell what it is."""
        cells = np.array([CSR(np.eye(2)), 1, abs, None], dtype=object)
        for found in (arrives(cells, np.ndarray, CSR), arrives(pd.Series(cells), pd.Series)):
            assert [isinstance(cell, StandIn) for cell in found] == [True, False, True, False]
        zoned = pd.Series([pd.Timestamp("2024-01-01", tz=BERLIN)], dtype=object)
        assert arrives(zoned, pd.Series)[0] == zoned[0]

    def test_fields_of_a_dataclass_have_theirs(self, arrives):
        """Wherever the dataclass itself came from."""
        fit = arrives(Fit(CSR(np.eye(2)), CSR(np.eye(2))))

        assert type(fit.design) is CSR
        assert isinstance(fit.weights, StandIn)

    @pytest.mark.parametrize(
        "annotation",
        [
            *(Optional[CSR], Annotated[CSR, "n x n"], CSR | float, sparse.sparray, Weights),  # noqa: UP045
            Union[Literal["none"], CSR],  # noqa: UP007
        ],
        ids=str,
    )
    def test_an_annotation_may_say_it_in_other_words(self, arrives, annotation):
        """Alternatives, notes, base classes, new names."""
        assert type(arrives(CSR(np.eye(2)), annotation)) is CSR


class Thing:
    """An object that answers as it likes."""

    def __len__(self) -> int:
        """Be as long as is hoped for."""
        return 3


class TestWhatStays:
    """Things that stay in the worker: they are used as the stub promises, or not at all."""

    def test_an_object_of_no_class_of_the_stub_s_cannot_be_asked(self, arrives):
        """It would have any length, and hold any element."""
        found = arrives(Thing(), float)

        assert isinstance(found, StandIn)
        assert type(found).__name__ == "Thing"

    def test_it_can_be_where_any_object_is_promised(self, arrives):
        """A `Sequence` may be anything that has a length."""
        assert not isinstance(arrives(Thing(), Sequence[float]), StandIn)

    def test_what_comes_of_it_is_what_the_stub_promises(self, arrives):
        """Attributes, calls, elements; what the stub does not know is plain."""
        made = Model()
        found = arrives(made)
        promised = arrives.remote.promises[found.borrowed]

        assert of_use(promised, "call") == (CSR,)
        assert of_use(of_use(promised, "iter"), "next") == (np.random.Generator,)
        assert of_use(promised, "get", "design") == (CSR,)
        assert of_use(promised, "get", "day") == (pd.Timestamp,)
        assert of_use(of_use(promised, "get", "fit"), "call") == (Model,)
        assert of_argument(of_use(promised, "get", "fit"), "rng") == (np.random.Generator,)
        assert of_use(promised, "get", "unknown") == NOTHING

    def test_an_iterator_s_elements_are_promised(self, arrives):
        """And those of a function that comes back are what it returns."""
        found = arrives(iter([]), Iterator[CSR])
        adder = arrives(abs, Callable[[int], CSR])

        assert of_use(arrives.remote.promises[found.borrowed], "next") == (CSR,)
        assert of_use(arrives.remote.promises[adder.borrowed], "call") == (CSR,)


class TestCallbacks:
    """What a worker may hand to a function of the test's."""

    def test_each_argument_has_its_own_promise(self):
        """By position; by name, any of them."""
        asked = of_argument((stub,), "ask")

        assert of_argument(asked, 0) == (np.ndarray,)
        assert of_argument(asked, 1) == (CSR,)
        assert of_argument(asked, 2) == NOTHING
        assert of_argument(asked, "rows") == (np.ndarray, CSR)
        assert of_use(asked, "call") == (np.random.Generator,)

    def test_a_function_of_any_arguments_promises_none(self):
        """Nor does what has no annotation."""
        assert of_argument(promise(Callable[..., CSR]), 0) == NOTHING
        assert of_argument((stub,), "on") == NOTHING
        assert of_argument((stub,), 7) == NOTHING

    def test_a_function_is_known_wherever_it_lies(self):
        """In a list, or in a dict."""
        inner = Callable[[CSR], float]

        assert of_argument(lendable(promise(dict[str, list[inner]])), 0) == (CSR,)


class TestDatabases:
    """SQLite's files and connections."""

    def bank(self, *statements):
        """Return a database in which these were executed."""
        connection = sqlite3.connect(":memory:")
        for statement in ("CREATE TABLE account (name, money)", *statements):
            connection.execute(statement)
        connection.executemany(
            "INSERT INTO account VALUES (?, ?)", [("a" * 99, i) for i in range(500)]
        )
        connection.commit()
        return connection

    def test_a_sound_one_arrives(self, arrives):
        """With its tables, indexes and views."""
        bank = self.bank("CREATE INDEX i ON account (money)", "CREATE VIEW v AS SELECT 1")

        found = arrives(bank, sqlite3.Connection)

        assert found.execute("SELECT count(*) FROM account").fetchone() == (500,)
        check_file(content_of(bank))

    def test_one_that_writes_ahead_is_sound(self, tmp_path):
        """A file says so; it was closed since."""
        path = tmp_path / "bank.db"
        with sqlite3.connect(path) as connection:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("CREATE TABLE account (name)")
        connection.close()

        check_file(path.read_bytes())

    def test_a_damaged_page_is_found(self, arrives):
        """Before a test asks for what is on it."""
        content = bytearray(content_of(self.bank()))
        content[3 * 4096 : 3 * 4096 + 60] = b"\xff" * 60

        with pytest.raises(WireError, match="database"):
            check_file(bytes(content))
        with pytest.raises(WireError, match="database"):
            arrives.codec.unpack(["sqlite", bytes(content)], (sqlite3.Connection,))

    def test_a_virtual_table_is_refused(self):
        """Its code would run on pages that somebody else wrote."""
        with pytest.raises(WireError, match="a virtual table"):
            check_file(content_of(self.bank("CREATE VIRTUAL TABLE v USING fts5(a)")))

    def test_other_files_are_not_looked_into(self):
        """Text is text."""
        check_file(b"SQLite format 4")
