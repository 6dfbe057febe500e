"""One end of a judged call: it asks the other end to do something, and meanwhile does as asked.

Both ends speak the same way. A call may lead to calls back before it returns: a test's callback,
an element of a test's iterator.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, NoReturn

from dojo import limits
from dojo.author.judge.changes import UNCHANGING, Watch, moving, repeat
from dojo.author.judge.codec import Codec
from dojo.author.judge.promise import NOTHING, Promise, of_argument, of_use
from dojo.author.judge.remote import Remote, perform
from dojo.author.judge.types.entries import Packed
from dojo.author.judge.wire import Call, Raised, Returned, Wire, WireError, decoder
from dojo.child.arguments import Terms

Reply = Call | Returned | Raised
decoder(Reply)  # made here, it is there in every fork


class Peer:
    """What both ends have in common; the learner's functions are at one of them."""

    learners = False

    def __init__(self, wire: Wire, remote: Remote) -> None:
        """Talk over a wire about what a remote holds; `terms` are those of the functions."""
        self.wire = wire
        self.remote = remote
        self.codec = Codec(remote, trusting=remote.lends_objects)
        self.asked = 0
        self.terms: Mapping[str, Terms] = {}

    def use(
        self, target: int | str, verb: str, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> Any:
        """Have the other end do something; its exception is raised here."""
        promised = self.remote.promises.get(target, NOTHING)
        packed = [self.lend(of_argument(promised, i), value) for i, value in enumerate(args)]
        named = {k: self.lend(of_argument(promised, k), value) for k, value in kwargs.items()}
        known = dict(enumerate(self.changeable(not self.learners, target, args, kwargs)))
        self.asked += 1
        number = self.asked
        self.wire.send(self.prepare(Call(target, verb, packed, named, number=number)))
        reply = self.attend(number)
        self.receive(reply)
        for place, value in reply.changed:
            original = self.pick(known, place)
            self.repeat(original, self.codec.unpack(value, (type(original),)))
        if isinstance(reply, Raised):
            self.fail(reply, target, verb)
        if reply.argument is not None:
            return self.pick(known, reply.argument)
        asked = str(args[0]) if verb == "get" else ""
        return self.codec.unpack(reply.value, of_use(promised, verb, asked))

    def lend(self, promised: Promise, value: Any) -> Packed:
        """Pack what the other end may use as the stub promises."""
        self.remote.lend_as(promised)
        return self.codec.pack(value)

    def pick(self, known: dict[int, Any], place: int) -> Any:
        """Return the argument that a reply means; WireError for one that may not be changed."""
        if place not in known:
            raise WireError("a change of what may not be changed")
        return known[place]

    def repeat(self, original: Any, changed: Any) -> None:
        """Repeat a change on an argument; WireError if that makes no sense."""
        try:
            done = repeat(self.codec, original, changed)
        except Exception as error:
            raise WireError(f"a change that cannot be ({type(error).__name__})") from None
        if not done:
            raise WireError(f"a change that a {type(original).__name__} cannot undergo")

    def hear(self, kind: Any) -> Any:
        """Wait for one message, of which so much may be unpacked."""
        message = self.wire.receive(kind)
        self.codec.left = limits.VALUES
        return message

    def attend(self, number: int) -> Returned | Raised:
        """Wait for the reply to a call, and meanwhile do what the other end asks.

        Replies to earlier calls, which nobody waits for any more, are passed over.
        """
        while True:
            message: Reply = self.hear(Reply)
            if isinstance(message, Call):
                self.answer(message)
            elif message.number == number:
                return message
            elif message.number > number:
                raise WireError("a reply to a call that was not made")

    def answer(self, call: Call) -> None:
        """Do what the other end asks, and tell it what came of it."""
        try:
            reply = self.serve(call)
        except BaseException as error:
            reply = self.describe(error)
        reply.number = call.number
        try:
            self.wire.send(reply)
        except WireError as error:
            reply = self.describe(error)
            reply.number = call.number
            self.wire.send(reply)

    def serve(self, call: Call) -> Returned | Raised:
        """Do what the other end asks."""
        target = self.target(call.target)
        self.remote.allow(call.verb)
        promised = self.remote.lent_as.get(call.target, NOTHING)
        places = range(min(len(call.args), limits.CALLBACK_PARAMETERS))
        first = tuple(of_argument(promised, place) for place in places)
        args = self.codec.unpack_all(call.args, first)
        kwargs = {k: self.codec.unpack(v, of_argument(promised, k)) for k, v in call.kwargs.items()}
        watch = Watch(self.codec, self.changeable(self.learners, call.target, args, kwargs))
        try:
            with self.measured(call):
                value = perform(target, call.verb, args, kwargs)
            changed = list(watch.changed())
            argument = watch.place_of(value)
            given = of_use(promised, call.verb)
            packed = None if argument is not None else self.lend(given, value)
            return Returned(packed, argument, changed)
        except BaseException as error:
            raised = self.describe(error)
            raised.changed = list(watch.changed())
            return raised

    def changeable(
        self, learners: bool, target: int | str, args: Sequence[Any], kwargs: Mapping[str, Any]
    ) -> list[Any]:
        """List what a call may change: one of the learner's little, one of a test's everything."""
        if not learners:
            return [v for v in (*args, *kwargs.values()) if not isinstance(v, UNCHANGING)]
        terms = self.terms.get(target) if isinstance(target, str) else None
        return list(moving(terms or Terms(), args, kwargs))

    def target(self, name: int | str) -> Any:
        """Return what the other end means: what was lent to it."""
        if not isinstance(name, int) or name not in self.remote.lent:
            raise WireError("a request for nothing that was lent")
        return self.remote.lent[name]

    def prepare(self, call: Call) -> Call:
        """Add to a call what goes with it."""
        return call

    def receive(self, reply: Returned | Raised) -> None:
        """Take from a reply what came with it."""

    @contextmanager
    def measured(self, call: Call) -> Iterator[None]:
        """Measure, where that is asked for."""
        yield

    def describe(self, error: BaseException) -> Raised:
        """Put an exception into a message."""
        raise NotImplementedError

    def fail(self, reply: Raised, target: int | str, verb: str) -> NoReturn:
        """Raise here what was raised there."""
        raise NotImplementedError
