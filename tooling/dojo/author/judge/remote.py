"""What stays on one side and is used from the other: functions, iterators, learners' objects.

Records (dataclasses of the stub), sqlite connections and paths cross, but only a side that knows
the stub's classes and its own folders can read them; so they are here and not in `values.py`.
"""

import dataclasses
import re
import sqlite3
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NoReturn

from dojo.author.judge.borrowed import (
    Borrowed,
    BorrowedIterator,
    BorrowedObject,
    Use,
    borrowed_function,
)
from dojo.author.judge.codec import Codec, exactly, wrong
from dojo.author.judge.promise import NOTHING, Promise, lendable, merged, of_fields, of_use
from dojo.author.judge.types.databases import content_of, open_checked, open_database
from dojo.author.judge.types.entries import Packed
from dojo.author.judge.types.files import Folder
from dojo.author.judge.wire import WireError
from dojo.child.copies import fields_of
from dojo.show.values import SHOWER, stand_in

ATTRIBUTE = re.compile(r"[a-zA-Z]\w*")
WORD = re.compile(r"[^\W\d]\w{0,79}")


class Remote:
    """What this side lent, and how it uses what the other side lent."""

    def __init__(
        self,
        root: Path,
        classes: Mapping[str, type],
        use: Use,
        lends_objects: bool,
        promises: Mapping[int | str, Promise] | None = None,
    ):
        """Files lie under `root`; `classes` are the stub's, by name.

        `promises` are what the stub's functions and classes promise, by name.
        """
        self.root = root
        self.classes = classes
        self.use = use
        self.lends_objects = lends_objects
        self.lent: dict[int, Any] = {}
        self.numbers: dict[int, int] = {}
        self.borrowed: dict[int, Any] = {}
        self.folder: Folder | None = None
        # What is promised of the other side's things, by name or number, and of those lent to it.
        self.promises: dict[int | str, Promise] = dict(promises or {})
        self.lent_as: dict[int | str, Promise] = {}
        self.lending: Promise = NOTHING

    def lend(self, codec: Codec, value: Any) -> list[Packed]:
        """Name a value that has no entry; WireError, naming its type, if it cannot be lent."""
        name = type(value).__qualname__
        if isinstance(value, Path):
            folder = self.folder_of(value)
            return ["path", folder.root.name, folder.name(value)]
        if isinstance(value, sqlite3.Connection):
            return ["sqlite", content_of(value)]
        if isinstance(number := getattr(value, "borrowed", None), int):
            return ["yours", number]
        if name in self.classes and dataclasses.is_dataclass(self.classes[name]):
            if not dataclasses.is_dataclass(value):
                raise WireError(f"a {name} that is no dataclass, as the stub's is")
            parts = [[field, codec.pack(getattr(value, field))] for field in fields_of(value)]
            return ["record", name, parts]
        kind = self.kind_of(value)
        if kind == "object" and not self.lends_objects:
            raise WireError(f"a {name} cannot cross the wire")
        if kind == "function":
            name = str(getattr(value, "__name__", name))
        return ["mine", self.number(value), kind, name[:80]]

    def kind_of(self, value: Any) -> str:
        """Tell as what something is lent; an object of the stub's class may be called as well."""
        if self.lends_objects and type(value).__qualname__ in self.classes:
            return "object"
        if hasattr(value, "__next__"):
            return "iterator"
        return "function" if callable(value) and not isinstance(value, type) else "object"

    def number(self, value: Any) -> int:
        """Number what is lent: the same thing has the same number again."""
        number = self.numbers.setdefault(id(value), len(self.lent))
        self.lent[number] = value
        if self.lending:
            self.lent_as[number] = merged([self.lent_as.get(number, NOTHING), self.lending])
        return number

    def lend_as(self, promised: Promise) -> None:
        """Note as what the stub knows the functions and iterators that are lent from now on."""
        self.lending = lendable(promised)

    def allow(self, verb: str) -> None:
        """Raise WireError for what may not be done to what this side lends."""
        if not self.lends_objects and verb not in ("call", "next"):
            raise WireError(f"a request {verb[:20]!r}")

    def find(self, codec: Codec, tag: str, parts: list[Packed], promised: Promise) -> Any:
        """Return what a name stands for; WireError if it stands for nothing."""
        known: dict[str, Callable[..., Any]] = {
            "path": self.find_path,
            "sqlite": self.find_database,
            "yours": self.find_lent,
            "mine": self.borrow,
            "record": self.find_record,
        }
        try:
            return known[tag](codec, promised, *parts)
        except WireError:
            raise
        except Exception as error:
            raise WireError(f"a {tag[:20]} that cannot be read ({type(error).__name__})") from None

    def folder_of(self, path: Path) -> Folder:
        """Return the test's folder that a path lies in; from now on it travels with calls."""
        if not path.is_relative_to(self.root) or path == self.root:
            raise WireError("a path outside of tmp_path")
        return self.open_folder(path.relative_to(self.root).parts[0])

    def open_folder(self, name: str) -> Folder:
        """Make a test's folder the one that travels."""
        if self.folder is None or self.folder.root.name != name:
            if not re.fullmatch(r"[\w.-]{1,200}", name) or name.startswith("."):
                raise WireError("a folder of no test")
            self.folder = Folder(self.root / name)
            self.folder.root.mkdir(parents=True, exist_ok=True)
        return self.folder

    def find_path(self, codec: Codec, promised: Promise, folder: str, name: str) -> Path:
        """Return a path under the folder that travels."""
        if self.folder is None or self.folder.root.name != folder:
            return wrong("path")
        return self.folder.path(name)

    def find_database(self, codec: Codec, promised: Promise, content: bytes) -> Any:
        """Return a database, where one is promised."""
        if codec.trusting:
            return open_database(content)
        return open_checked(content) if codec.admits(promised, "sqlite") else stand_in("Connection")

    def find_record(
        self, codec: Codec, promised: Promise, name: str, parts: list[list[Packed]]
    ) -> Any:
        """Make a dataclass of the stub with the fields that came, and call nothing of it."""
        kind = self.classes[name]
        if not dataclasses.is_dataclass(kind):
            return wrong("record")
        own = {field.name for field in dataclasses.fields(kind)}
        fields = {} if codec.trusting else of_fields(kind)
        made = object.__new__(kind)
        for field, value in parts:
            if field in own:
                object.__setattr__(made, field, codec.unpack(value, fields.get(field, NOTHING)))
        return made

    def find_lent(self, codec: Codec, promised: Promise, number: int) -> Any:
        """Return something of ours that comes home."""
        return stand_in("object") if codec.refuses_lent else self.lent[number]

    def borrow(self, codec: Codec, promised: Promise, number: int, kind: str, name: str) -> Any:
        """Return what stands for something that the other side keeps: it can be used, or not.

        An object can be used if its class is one of the stub's, or if the stub promises what any
        object can be, such as a `Sequence`.
        """
        own = self.classes.get(name)
        known = own is not None and issubclass(own, BorrowedObject)
        usable = known or kind != "object" or codec.admits(promised, "object")
        if codec.refuses_lent or not usable:
            return stand_in(self.shown_name(name))
        if exactly(int, number) not in self.borrowed:
            self.borrowed[number] = self.stand_in(number, kind, name)
        promised = of_use(self.promises.get(name, NOTHING), "call") if known else promised
        self.promises[number] = merged([self.promises.get(number, NOTHING), promised])
        return self.borrowed[number]

    def shown_name(self, name: str) -> str:
        """Name the type of a thing that stayed there, if it may be shown under its own name."""
        looked_into = name in self.classes or hasattr(SHOWER, f"repr_{name}")
        return name if WORD.fullmatch(name) and not looked_into else "object"

    def stand_in(self, number: int, kind: str, name: str) -> Any:
        """Make a stand-in that can be used, of a type of its name: a report says what came back.

        That type is one of the stub's only if objects of that stay where they are, and never one
        that a report looks into.
        """
        own = self.classes.get(name)
        if own is None or not issubclass(own, BorrowedObject):
            own = type(self.shown_name(name), (BorrowedObject,), {})
        if kind == "function":
            return borrowed_function(self.use, number, name)
        if kind == "iterator":
            return type(own.__name__, (BorrowedIterator,), {})(self.use, number)
        if self.lends_objects:
            return wrong("object")
        made: Any = object.__new__(own)
        Borrowed.__init__(made, self.use, number)
        return made


def perform(target: Any, verb: str, args: list[Any], kwargs: dict[str, Any]) -> Any:
    """Do to something of ours what the other side asks."""
    if verb == "call":
        return target(*args, **kwargs)
    if verb == "next":
        return next(target)
    if verb == "get" and ATTRIBUTE.fullmatch(args[0]):
        return getattr(target, args[0])
    if verb == "len":
        return len(target)
    if verb == "iter":
        return iter(target)
    if verb == "item":
        return target[args[0]]
    if verb == "in":
        return args[0] in target
    return refuse(verb)


def refuse(verb: str) -> NoReturn:
    """Refuse what nobody asks for."""
    raise WireError(f"a request {verb[:20]!r}")
