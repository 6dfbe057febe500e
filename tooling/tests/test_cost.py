"""What a call costs: steps in the learner's file, and bytes at the peak."""

import gc
import sys
import tracemalloc

import numpy as np
import pytest
from dojo.cost import Meter

FILE = "learner.py"
SOURCE = """
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


@pytest.mark.parametrize(
    "name", ["loop", "comprehension", "generator", "called_from_c", "recursive"]
)
def test_steps_grow_with_every_way_to_loop(name):
    """Four times the data is four times the steps, wherever the frames are called from."""
    function = learned()[name]
    short, long = cost(function, 50).steps, cost(function, 200).steps

    assert 3.5 < long / short < 4.5


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


def test_the_peak_alone_is_the_same_peak():
    """`peak_bytes` counts no steps, and the same bytes, but for those of the counter."""
    meter = Meter(frozenset({FILE}))

    expected = pytest.approx(meter(bytes, 1_000_000).peak_bytes, abs=4096)

    assert meter.peak_bytes(bytes, 1_000_000) == expected
