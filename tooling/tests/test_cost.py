"""What a call costs: steps in the learner's file, and bytes at the peak."""

import gc
import sys
import threading
import tracemalloc

import numpy as np
import pytest
from dojo.child.cost import Meter
from dojo.errors import UsageError

FILE = "learner.py"
SOURCE = """
import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor

import numpy as np

def loop(n):
    total = 0
    for i in range(n):
        total += i
    return total

def at_once(n):
    return np.arange(n).sum()

def comprehension(n):
    return sum([i * i for i in range(n)])

def generator(n):
    return sum(i * i for i in range(n))

def called_from_c(n):
    return sum(map(square, range(n)))

def square(i):
    return i * i

def recursive(n):
    return 0 if n == 0 else 1 + recursive(n - 1)

def nested(n):
    def inner(i):
        return i * i
    return [inner(i) for i in range(n)]

def lambdas(n):
    twice = lambda i: (lambda j: j + j)(i)
    return list(map(twice, range(n)))

def classes(n):
    class Pair:
        def __init__(self, i):
            self.i = i
        @property
        def double(self):
            return 2 * self.i
    return [Pair(i).double for i in range(n)]

def class_bodies(n):
    for _ in range(n):
        class Point:
            x = 1
            y = 2

def sends(n):
    def echo():
        got = 0
        while True:
            got = yield got
    echoing = echo()
    next(echoing)
    return [echoing.send(i) for i in range(n)]

def delegates(n):
    def outer():
        yield from (i for i in range(n))
    return sum(outer())

def throws(n):
    def patient():
        while True:
            try:
                yield 0
            except ValueError:
                pass
    waiting = patient()
    next(waiting)
    for _ in range(n):
        waiting.throw(ValueError())

def raises(n):
    for i in range(n):
        try:
            refuse(i)
        except ValueError:
            pass
        finally:
            i += 1

def refuse(i):
    raise ValueError(i)

def asynchronous(n):
    async def numbers():
        for i in range(n):
            await asyncio.sleep(0)
            yield i
    async def total():
        return sum([i async for i in numbers()])
    return asyncio.run(total())

def threaded(n):
    thread = threading.Thread(target=loop, args=(n,))
    thread.start()
    thread.join()

def pooled(n):
    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(square, range(n)))

def dynamic(n):
    exec(compile("for i in range(n):\\n    i * i", square.__code__.co_filename, "exec"), {"n": n})

def matches(n):
    for i in range(n):
        match (i, i):
            case (0, y):
                pass
            case (x, y):
                x + y

def counts_down(n):
    while n:
        n -= 1

def cycles(n):
    for _ in range(n):
        loop = [bytes(1000)]
        loop.append(loop)

def tuples(n):
    return len([(i, float(i)) for i in range(n)])

def allocate(n):
    return np.zeros(n).sum()

def keep(n):
    return np.zeros(n)

def fail(n):
    raise ValueError("no")
"""


def learned(source: str = SOURCE) -> dict:
    """Execute a learner's file."""
    namespace: dict = {}
    exec(compile(source, FILE, "exec"), namespace)
    return namespace


def cost(function, *args, **kwargs):
    """Measure a call of the learner's file."""
    return Meter(frozenset({FILE}))(function, *args, **kwargs)


EVERY_WAY = pytest.mark.parametrize(
    "name",
    [
        *("loop", "comprehension", "generator", "called_from_c", "recursive", "nested", "lambdas"),
        *("classes", "class_bodies", "sends", "delegates", "throws", "raises", "asynchronous"),
        *("threaded", "pooled", "dynamic", "matches", "counts_down"),
    ],
)


@EVERY_WAY
def test_steps_grow_with_every_way_to_loop(name):
    """Four times the data is four times the steps, wherever the frames are called from."""
    function = learned()[name]
    short, long = cost(function, 50).steps, cost(function, 200).steps

    assert 3.5 < long / short < 4.5


@EVERY_WAY
def test_the_first_call_costs_what_the_tenth_does(name):
    """Python rewrites what runs often; the steps that were written stay the same."""
    function = learned()[name]
    first = [cost(function, 30).steps for _ in range(2)]
    for _ in range(100):
        function(30)
    later = [cost(function, 30).steps for _ in range(2)]

    assert first[0] > 30
    assert {*first, *later} == {first[0]}


def test_a_thread_s_steps_count_as_one_s_own():
    """A function that starts threads does the same work as one that loops."""
    learner = learned()
    alone, threaded = cost(learner["loop"], 500).steps, cost(learner["threaded"], 500).steps

    assert alone < threaded < alone + 50


@pytest.mark.parametrize("resume", [next, lambda generator: generator.throw(ZeroDivisionError)])
def test_a_generator_that_was_there_before_goes_on_at_a_cost(resume):
    """It is entered where it stopped, and not at its start."""
    source = """
def endless():
    while True:
        try:
            yield 0
        except ZeroDivisionError:
            pass
"""
    generator = learned(source)["endless"]()
    next(generator)

    assert 0 < cost(resume, generator).steps == cost(resume, generator).steps


def test_vectorised_code_takes_the_same_steps_for_any_data():
    """What numpy does inside is not counted."""
    function = learned()["at_once"]

    assert cost(function, 50).steps == cost(function, 200_000).steps


def test_the_same_call_costs_the_same():
    """Steps are counted, not timed."""
    function = learned()["loop"]

    assert cost(function, 100).steps == cost(function, 100).steps


def test_steps_elsewhere_are_free():
    """Frames of other files, the test's own among them, cost nothing."""

    def callback(i):
        return sum(range(i))

    short = cost(learned()["loop"], 10).steps
    apply = learned("def apply(function, n):\n    return function(n)\n")["apply"]

    assert cost(callback, 100).steps == 0
    assert 0 < cost(apply, callback, 10_000).steps < short


def test_peak_memory_is_what_was_held_at_once():
    """An array of n floats takes 8 n bytes, and four times the n takes four times that."""
    function = learned()["allocate"]
    short, long = cost(function, 100_000).peak_bytes, cost(function, 400_000).peak_bytes

    assert 800_000 <= short < 900_000
    assert 3_200_000 <= long < 3_300_000


def test_garbage_in_cycles_is_not_held():
    """It waits for the collector, whose turn would else depend on what ran before."""
    learner = learned()
    one, many = (Meter(frozenset()).peak_bytes(learner["cycles"], n) for n in (1, 10_000))

    assert many < 300 * one


def test_a_second_call_has_nothing_from_the_first():
    """Freed tuples and floats are kept for later, and would then be nobody's memory."""
    tuples = learned()["tuples"]
    tuples(1)  # a first run takes some bytes of its own: those of Python's notes on the code
    peaks = {Meter(frozenset()).peak_bytes(tuples, 1500) for _ in range(3)}

    assert len(peaks) == 1


def test_the_collector_is_left_as_it_was():
    """Whoever measures changes nothing for who comes after."""
    before = gc.get_threshold()
    Meter(frozenset()).peak_bytes(learned()["allocate"], 10)

    assert gc.get_threshold() == before


def test_what_was_held_before_does_not_count():
    """The arguments are the caller's."""
    before = np.zeros(10**6)
    first = learned("def first(x):\n    return x[0]\n")["first"]

    assert cost(first, before).peak_bytes < 10_000


def test_the_result_comes_with_the_cost():
    """The function is called once, with what it was given."""
    add = learned("def add(a, b=0):\n    return a + b\n")["add"]

    assert cost(add, 2, b=3).result == 5


def test_an_error_passes_and_leaves_nothing_behind():
    """No tracing goes on after a call that raised."""
    before = sys.gettrace()

    with pytest.raises(ValueError, match="no"):
        cost(learned()["fail"], 1)

    assert sys.gettrace() is before
    assert not tracemalloc.is_tracing()


def test_a_call_leaves_the_tracer_that_was_there():
    """A debugger or a coverage tool goes on after the call."""
    seen = []
    sys.settrace(tracer := lambda frame, event, arg: seen.append(event))
    try:
        cost(learned()["square"], 2)
        after = sys.gettrace()
    finally:
        sys.settrace(None)

    assert after is tracer


def test_a_tracer_of_threads_is_left_too():
    """It is there for threads that start after the call."""
    threading.settrace(tracer := lambda frame, event, arg: None)
    try:
        cost(learned()["threaded"], 2)
        after = threading.gettrace()
    finally:
        threading.settrace(None)

    assert after is tracer


def test_the_steps_of_a_measurement_within_another_are_its_own():
    """What the outer one counts does not depend on how long the inner call takes."""
    learner = learned()
    apply = learned("def apply(function):\n    return function(), [0 for _ in range(9)]\n")["apply"]
    alone = cost(learner["loop"], 100).steps
    inner = []

    def measure(n):
        return cost(apply, lambda: inner.append(cost(learner["loop"], n).steps)).steps

    assert measure(100) == measure(400) == cost(apply, lambda: None).steps
    assert inner[0] == alone
    assert inner[1] > 3 * alone


def test_the_peak_of_a_measurement_within_another_is_in_both():
    """Whichever of them holds most at once, before, within or after the other."""
    meter = Meter(frozenset())
    inner = []

    def held(before, within, after):
        def function():
            bytes(before)
            inner.append(meter.peak_bytes(bytes, within))
            bytes(after)

        return meter.peak_bytes(function)

    big, small = 1_000_000, 1000

    assert [held(*sizes) // big for sizes in ((big, 0, 0), (0, big, 0), (0, 0, big))] == [1, 1, 1]
    assert [size // big for size in inner] == [0, 1, 0]
    assert held(small, small, small) < 10 * small
    assert not tracemalloc.is_tracing()


def test_memory_that_somebody_else_traces_is_traced_on():
    """`python -X tracemalloc` is for who typed it."""
    tracemalloc.start()
    try:
        before = bytes(100_000)
        peak = Meter(frozenset()).peak_bytes(bytes, 1000)
        traced = tracemalloc.get_traced_memory()[0]
    finally:
        tracemalloc.stop()

    assert peak < 5000
    assert traced > len(before)


def test_the_peak_alone_is_the_same_peak():
    """`peak_bytes` counts no steps, and the same bytes, but for those of the counter."""
    meter = Meter(frozenset({FILE}))

    expected = pytest.approx(meter(bytes, 1_000_000).peak_bytes, abs=4096)

    assert meter.peak_bytes(bytes, 1_000_000) == expected


class TestMonitoring:
    """3.11 has no sys.monitoring."""

    __test__ = sys.version_info >= (3, 12)

    def test_other_tools_keep_their_numbers_and_events(self):
        """A debugger or a coverage tool that watches the same code misses nothing."""
        monitoring, function = sys.monitoring, learned()["loop"]
        expected, seen = cost(function, 20).steps, []
        for tool in (monitoring.DEBUGGER_ID, monitoring.PROFILER_ID, 3, 4):
            monitoring.use_tool_id(tool, f"tool {tool}")
        events = monitoring.events
        monitoring.register_callback(3, events.LINE, lambda code, line: seen.append(line))
        monitoring.set_local_events(3, function.__code__, events.LINE | events.INSTRUCTION)
        try:
            steps = cost(function, 20).steps
            during, own = len(seen), monitoring.get_local_events(3, function.__code__)
            function(20)
            names = {tool: monitoring.get_tool(tool) for tool in range(6)}
        finally:
            for tool in (monitoring.DEBUGGER_ID, monitoring.PROFILER_ID, 3, 4):
                monitoring.set_local_events(tool, function.__code__, 0)
                monitoring.register_callback(tool, events.LINE, None)
                monitoring.free_tool_id(tool)

        assert steps == expected
        assert during > 40
        assert len(seen) == 2 * during
        assert own == events.LINE | events.INSTRUCTION
        assert names == {tool: f"tool {tool}" for tool in (0, 2, 3, 4)} | {1: None, 5: None}

    def test_where_every_number_is_taken_a_sentence_says_so(self):
        """There are six."""
        for tool in range(6):
            sys.monitoring.use_tool_id(tool, "another's")
        try:
            with pytest.raises(UsageError, match="six other tools watch"):
                cost(learned()["loop"], 2)
        finally:
            for tool in range(6):
                sys.monitoring.free_tool_id(tool)

    def test_nothing_is_watched_after_a_call(self):
        """The code runs as quickly as before; whoever takes the number next hears of nothing."""
        learner = learned()
        cost(learner["nested"], 3)
        monitoring = sys.monitoring
        codes = [learner["nested"].__code__, *learner["nested"].__code__.co_consts]
        watched = []
        for tool in range(6):
            monitoring.use_tool_id(tool, "next")
            watched.append(monitoring.get_events(tool))
            watched += [
                monitoring.get_local_events(tool, c) for c in codes if hasattr(c, "co_code")
            ]
            monitoring.free_tool_id(tool)

        assert set(watched) == {0}
