"""One end of a judged call: it asks the other end to do something, and meanwhile does as asked.

Both ends speak the same way. A call may lead to calls back before it returns: a test's callback,
an element of a test's iterator.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NoReturn

from dojo.judge.changes import Watch, named_values, repeat
from dojo.judge.estate import Estate, perform
from dojo.judge.values import Codec
from dojo.judge.wire import Call, Raised, Returned, Wire, WireError, decoder
from dojo.size import MAX_VALUES

Reply = Call | Returned | Raised
decoder(Reply)  # made here, it is there in every fork


class Peer:
    """What both ends have in common."""

    def __init__(self, wire: Wire, estate: Estate) -> None:
        """Talk over a wire about what an estate holds."""
        self.wire = wire
        self.estate = estate
        self.codec = Codec(estate)
        self.asked = 0

    def use(
        self, target: int | str, verb: str, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> Any:
        """Have the other end do something; its exception is raised here."""
        packed = self.codec.pack_all(args)
        named = {key: self.codec.pack(value) for key, value in kwargs.items()}
        self.asked += 1
        number = self.asked
        self.wire.send(self.prepare(Call(target, verb, packed, named, number=number)))
        reply = self.attend(number)
        self.receive(reply)
        given = dict(named_values(args, kwargs))
        for name, value in reply.changed:
            self.repeat(given, name, self.codec.unpack(value))
        if isinstance(reply, Raised):
            self.fail(reply, verb)
        if reply.argument in given:
            return given[reply.argument]
        return self.codec.unpack(reply.value)

    def repeat(self, given: dict[int | str, Any], name: int | str, changed: Any) -> None:
        """Repeat a change on an argument; WireError if that makes no sense."""
        try:
            done = repeat(self.codec, given[name], changed)
        except Exception as error:
            raise WireError(f"a change that cannot be ({type(error).__name__})") from None
        if not done:
            raise WireError(f"a change that a {type(given[name]).__name__} cannot undergo")

    def hear(self, kind: Any) -> Any:
        """Wait for one message, of which so much may be unpacked."""
        message = self.wire.receive(kind)
        self.codec.left = MAX_VALUES
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
        self.estate.allow(call.verb)
        args = self.codec.unpack_all(call.args)
        kwargs = {key: self.codec.unpack(value) for key, value in call.kwargs.items()}
        watch = Watch(self.codec, args, kwargs)
        try:
            with self.measured(call):
                value = perform(target, call.verb, args, kwargs)
            changed = list(watch.changed())
            argument = watch.name_of(value)
            packed = None if argument is not None else self.codec.pack(value)
            return Returned(packed, argument, changed)
        except BaseException as error:
            raised = self.describe(error)
            raised.changed = list(watch.changed())
            return raised

    def target(self, name: int | str) -> Any:
        """Return what the other end means: what was lent to it."""
        if not isinstance(name, int) or name not in self.estate.lent:
            raise WireError("a request for nothing that was lent")
        return self.estate.lent[name]

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

    def fail(self, reply: Raised, verb: str) -> NoReturn:
        """Raise here what was raised there."""
        raise NotImplementedError
