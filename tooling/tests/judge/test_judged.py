"""The tests of a kata that uses everything end in a sandbox as they do without one."""

import contextlib
import os
import re
import shutil
import socket
from pathlib import Path

import pytest
from dojo.author.judge.judge import Judge, run_judged
from dojo.kata.catalog import Kata
from dojo.run.request import ask

pytestmark = pytest.mark.timeout(120)

TOOLBOX = Path(__file__).parent / "toolbox"
MISTAKES = {
    "nothing is doubled": "def double(value): return None",
    "copies are doubled": "def double(value): value = [2 * part for part in value]",
    "the list is another one": "def double(value): value[:] = [[4], 1, 2]",
    "errors are swallowed": """
def each(fn, values):
    results = []
    for value in values:
        try:
            results.append(fn(value))
        except Exception:
            results.append(None)
    return results
""",
    "errors become others": """
def each(fn, values):
    try:
        return [fn(value) for value in values]
    except KeyError as error:
        raise RuntimeError("a callback failed") from error
""",
    "a number is read too early": """
def running(numbers):
    so_far, last = 0.0, next(numbers, None)
    while last is not None:
        so_far, last = so_far + last, next(numbers, None)
        yield so_far
""",
    "a list in an iterator's place": "def running(numbers): return []",
    "a generator of its own": "def draw(rng, n): return np.random.default_rng(5).random(2 * n)",
    "a file is left behind": """
def tidy(folder):
    (folder / "out").mkdir(exist_ok=True)
    (folder / "out" / "in.txt").write_text((folder / "in.txt").read_text().upper())
    return folder / "out" / "in.txt"
""",
    "nothing is rolled back": """
def pay(bank, amount):
    bank.execute("UPDATE account SET money = money - ?", (amount,))
    bank.commit()
    (rest,) = bank.execute("SELECT money FROM account").fetchone()
    if rest < 0:
        raise ValueError(f"amount: {amount} is too much")
    return rest
""",
    "a copy of itself": """
def itself(value):
    import copy
    return value if callable(value) else copy.copy(value)
""",
    "a counter that gives nothing back": """
class Counter(Counter):
    def add(self, number):
        super().add(number)
""",
    "a counter with a method that divides by zero": """
class Counter(Counter):
    def after(self, before):
        return 1 / 0
""",
    "a function that is none": "def adder(number): return number",
    "a tuple in a box's place": "def pack(box, thing): return (box.label, thing)",
    "the callback gets the caller's own": """
def each(fn, values):
    return [fn(value) for value in values]
""",
    "the values are used up": """
def each(fn, values):
    values = values if isinstance(values, list) else list(values)
    return [fn(values.pop(0)) for _ in range(len(values))]
""",
    "a key is looked for and left behind": """
def look_up(table, key):
    if table.setdefault(key) is None:
        raise KeyError(key)
    return table[key]
""",
    "an error and a change": """
def invert(matrix):
    matrix[0, 0] += 1
    return np.linalg.inv("text")
""",
    "a change of a later parameter": """
def pack(thing, box):
    box.things.append(thing)
    return box
""",
    "the box is changed": """
def pack(box, thing):
    box.things.append(thing)
    return box
""",
    "an error of another class": """
def pack(box, thing):
    raise IndexError("no room for x")
""",
    "an error that says something else": """
def look_up(table, key):
    raise KeyError("something else")
""",
    "a pseudo-inverse": "def invert(matrix): return np.linalg.pinv(matrix)",
    "too much is said": "def say(text): print(text, text)",
    "a loop": """
def total(values):
    so_far = 0.0
    for value in values:
        so_far += value
    return float(so_far)
""",
    "a copy": "def total(values): return float((values * 1.0).sum())",
    "a warning": "def total(values): return float(np.log(values - values).sum())",
    "a number in a float's place": "def total(values): return None",
    "too deep": """
def total(values):
    return total(values)
""",
}


@pytest.fixture(scope="session")
def pristine(pristine, limit_tests, tmp_path_factory):
    """Return a workbook with a third kata, whose functions use everything that crosses.

    None of them is to run into a limit of time.
    """
    root = tmp_path_factory.mktemp("toolbox") / "workbook"
    shutil.copytree(pristine, root, symlinks=True)
    kata = toolbox_of(root)
    shutil.copytree(
        root / "katas" / "kata01_spread", kata.folder, ignore=shutil.ignore_patterns("*spread.py")
    )
    limit_tests(kata, 60)
    (kata.solution / "mistakes").mkdir(parents=True)
    shutil.copy(TOOLBOX / "stub.py", kata.mine)
    shutil.copy(TOOLBOX / "stub.py", kata.pristine)
    shutil.copy(TOOLBOX / "test_toolbox.py", kata.tests)
    shutil.copy(TOOLBOX / "reference.py", kata.reference)
    return root


@pytest.fixture
def toolbox(workbook):
    """Return the third kata."""
    return toolbox_of(workbook)


def toolbox_of(root):
    """Return the third kata of a workbook."""
    return Kata(root, "kata03_toolbox")


def findings(verdict):
    """Return what a verdict says of each test; folders, addresses and figures of cost differ."""
    found = {}
    for test in verdict.tests:
        figures = r"(?<=came back  )\d+|(?<=expected   < )\d+" if "steps" in test.id else "$^"
        said = "\n".join([test.message, *test.calls])
        said = re.sub(rf"dojo-\w+|0x[0-9a-f]+|{figures}", "...", said)
        said = re.sub(r"<(\w+) object.*?>", r"\1", said.replace("dojo.author.judge.remote.", ""))
        found[test.id] = (test.outcome, said, test.where, test.printed)
    return found


class TestToolbox:
    """A kata of callbacks, iterators, Generators, files, databases, objects and errors."""

    def test_the_reference_is_green(self, toolbox, warm, judged):
        """Every test, under two seeds, with and without the sandbox."""
        for seed in (1, 2):
            request = ask(toolbox, seed, against="solutions")
            here, there = warm(request)[0], judged(request)

            assert len(there.tests) > 40
            assert findings(there) == findings(here)
            assert there.green
            assert there.fault == ""

    @pytest.mark.parametrize("name", MISTAKES)
    def test_a_mistake_is_found_in_the_same_words(self, name, toolbox, warm, judged):
        """Each test's outcome, sentence, place and output."""
        path = toolbox.solution / "mistakes" / "mistake.py"
        path.write_text(f'"""{name}."""\n{MISTAKES[name]}\n')
        request = ask(toolbox, 1, file=path)
        here, there = warm(request)[0], judged(request)

        assert findings(there) == findings(here)
        assert not there.green

    @pytest.mark.parametrize(
        ("code", "kind"),
        [
            ("from scipy import sparse\n    return sparse.csr_array(np.eye(2))", "csr_array"),
            ("return np.random.default_rng(1)", "Generator, rng"),
            (
                "import pandas as pd\n    return pd.DataFrame({'a': pd.Categorical(['x'])})",
                "DataFrame",
            ),
            ("import sqlite3\n    return sqlite3.connect(':memory:')", "Connection"),
            ("import pandas as pd\n    return pd.DataFrame({'a': [1]})", "DataFrame"),
            ("return [1.5]", "list, [1.5]"),
            (
                "from fractions import Fraction\n    return Fraction(1, 3)",
                "Fraction, Fraction(1, 3)",
            ),
            (
                "import pandas as pd\n    return pd.Period('2024', 'M')",
                "Period, Period('2024-01', 'M')",
            ),
        ],
    )
    def test_what_the_stub_does_not_promise_is_named_in_the_same_words(
        self, code, kind, toolbox, warm, judged
    ):
        """Though it is not made where the tests are."""
        path = toolbox.solution / "mistakes" / "mistake.py"
        path.write_text(f"def total(values):\n    {code}\n")
        request = ask(toolbox, 1, file=path, ids=("TestTotal::test_it_is_the_sum",))
        here, there = warm(request)[0], judged(request)

        assert there.tests[0].message == here.tests[0].message
        assert there.tests[0].message.startswith(f"total returned a {kind}; the stub promises")

    def test_an_error_of_the_learner_s_own_class_is_one_below_its_nearest_known_one(
        self, toolbox, warm, judged
    ):
        """A test that expects a KeyError is satisfied; of the class itself the name comes."""
        path = toolbox.solution / "mistakes" / "mistake.py"
        path.write_text(
            "class Missing(KeyError):\n    pass\n\n"
            "def look_up(table, key):\n    raise Missing(key)\n"
        )
        request = ask(toolbox, 1, file=path, functions=("look_up",))
        here, there = warm(request)[0], judged(request)

        assert [t.outcome for t in there.tests] == [t.outcome for t in here.tests]
        assert [t.message for t in there.tests] == [t.message for t in here.tests]
        assert "look_up raised Missing in line 5: 5" in {t.message for t in there.tests}

    @pytest.mark.parametrize(
        ("code", "ids", "message"),
        [
            (
                "class Counter(Counter):\n    def add(self, n):\n        import os; os._exit(3)",
                "TestCount::test_a_counter_is_a_sequence",
                "The learner's file ended Python itself (exit code 3), as os._exit() does.",
            ),
            (
                "def running(numbers):\n    import os\n    yield 1.0\n    os._exit(3)",
                "TestRunning::test_the_sum_so_far_comes_after_each_number",
                "running ended Python itself (exit code 3), as os._exit() does.",
            ),
            (
                "def each(fn, values):\n    fn(values[0])\n    import os; os._exit(3)",
                "TestEach::test_the_function_is_called_for_each_value",
                "each ended Python itself (exit code 3), as os._exit() does.",
            ),
            (
                "def total(values):\n    import os; os._exit(3)",
                "TestTotal::test_four_times_the_values_take_no_more_steps_or_bytes",
                "total ended Python itself (exit code 3), as os._exit() does.",
            ),
            (
                "def itself(value):\n    return np.zeros(3_000_000)",
                "TestItself::test_what_comes_back_is_not_the_caller_s",
                "itself returned more than 16 MB; such an answer is not checked.",
            ),
            (
                "def tidy(folder):\n    return Path('/somewhere/else')",
                "TestTidy::test_files_are_read_written_and_removed",
                "tidy gave an answer that cannot be checked: a path outside of tmp_path.",
            ),
            (
                "def itself(value):\n    return np.array([(1, None)], 'i4,O')",
                "TestItself::test_what_comes_back_is_not_the_caller_s",
                "itself returned values of the dtype [('f0', '<i4'), ('f1', 'O')]; "
                "such an answer is not checked.",
            ),
        ],
        ids=[
            "method",
            "iterator",
            "after a callback",
            "measured",
            "too much",
            "a path",
            "no bytes",
        ],
    )
    def test_a_worker_that_ends_or_gives_what_cannot_cross(
        self, code, ids, message, toolbox, judged
    ):
        """The sentence says which function, and the tests after it have a fresh worker."""
        path = toolbox.solution / "mistakes" / "mistake.py"
        path.write_text(code + "\n")
        verdict = judged(ask(toolbox, 1, file=path, first=(ids,)))
        found = {t.id: t for t in verdict.tests}

        assert verdict.fault == ""
        assert found[ids].message == message
        assert found["TestInvert::test_the_inverse_times_the_matrix_is_one"].outcome == "passed"
        assert found["TestPay::test_the_money_is_taken"].outcome == "passed"


def test_nothing_tells_where_the_files_of_a_test_lie(toolbox, warm, judged):
    """The folder of a run is another each time, and on a grader's machine nobody's business."""
    path = toolbox.solution / "mistakes" / "mistake.py"
    path.write_text(
        "def tidy(folder):\n    print(folder)\n    return (folder / 'no' / 'where').read_text()\n"
    )
    request = ask(toolbox, 1, file=path, functions=("tidy",))
    here, there = (run.tests[0] for run in (warm(request)[0], judged(request)))

    assert (here.message, here.printed) == (there.message, there.printed)
    assert re.fullmatch(r"test_\w+", here.printed)
    assert here.message == "tidy opens where in line 3, which is not there."


def test_a_run_that_is_started_afresh_finds_the_same(spread):
    """A sandbox for one run."""
    green = run_judged(ask(spread, 1, against="solutions"))[0]
    red = run_judged(ask(spread, 1, file=spread.solution / "mistakes" / "swapped.py"))[0]

    assert (green.green, green.isolation) == (True, "sandbox")
    assert [t.outcome for t in red.tests] == ["passed"] * 6 + ["failed"]


@pytest.mark.parametrize(
    ("forbid", "code", "outcome"),
    [
        (
            "scipy.special.softmax",
            "from scipy.special import expit\n    return expit(0) * 7",
            "passed",
        ),
        (
            "scipy.special.softmax",
            "import importlib\n    special = importlib.import_module('scipy.' + 'special')\n"
            "    return 3.5 * sum(vars(special)['soft' + 'max']([1, 1]))",
            "error",
        ),
        ("numpy.var", "return 3.5 * getattr(np, 'v' + 'ar')(np.array([1, 3]))", "error"),
        ("numpy.var", "return float(values.sum())", "passed"),
        ("sklearn.impute", "import sklearn.metrics\n    return float(values.sum())", "passed"),
        ("sklearn.impute", "__import__('sklearn.im' + 'pute')\n    return 3.5", "forbidden"),
    ],
    ids=["beside it", "function", "in numpy", "before pandas", "below it", "module"],
)
def test_what_is_forbidden_is_not_there(forbid, code, outcome, toolbox):
    """In a worker that loads its libraries late, too; and what is allowed can be loaded."""
    facts = toolbox.folder / "kata.toml"
    facts.write_text(re.sub(r"(?m)^forbid = .*$", f'forbid = ["{forbid}"]', facts.read_text()))
    path = toolbox.solution / "mistakes" / "mistake.py"
    path.write_text(f"def total(values):\n    {code}\n")
    table = "TestDouble::test_a_table_is_doubled"
    ids = ("TestTotal::test_it_is_the_sum", table)
    request = ask(toolbox, 1, file=path, ids=ids, timeout=60.0)
    verdict = run_judged(request)[0]

    assert {t.id: t.outcome for t in verdict.tests} == {
        "TestTotal::test_it_is_the_sum": outcome,
        table: "passed",
    }


def test_what_every_worker_would_load_is_there_before_it(spread, judged, tmp_path):
    """The kata forbids functions of numpy's: pandas is loaded while it can use them, and once."""
    path = tmp_path / "asks.py"
    path.write_text(
        f"{spread.reference.read_text()}\n"
        "import gc\nimport sys\n\nclass Own: pass\n\n"
        "own = {id(part) for part in gc.get_objects()}\n"
        "assert id(Own) in own\n"
        "assert id(sys.modules['pandas']) not in own\n"
    )
    verdict = judged(ask(spread, 1, file=path, timeout=60.0))

    assert {(t.outcome, t.message) for t in verdict.tests} == {("passed", "")}


def test_a_separate_process_without_walls_finds_the_same(spread):
    """What --unsafe does: the verdict says so."""
    request = ask(spread, 1, file=spread.solution / "mistakes" / "swapped.py")
    with contextlib.closing(Judge(spread.root, [spread], unsafe=True)) as judge:
        verdict = judge.run(request)[0]

    assert verdict.isolation == "unsafe"
    assert [t.outcome for t in verdict.tests] == ["passed"] * 6 + ["failed"]


def test_both_sides_of_a_judge_share_a_core(spread):
    """Another one for the next judge, where there is one; who starts them keeps all."""
    before = os.sched_getaffinity(0)
    with contextlib.ExitStack() as stack:
        one, other = (
            stack.enter_context(contextlib.closing(Judge(spread.root, [spread]))) for _ in range(2)
        )
        cores = [
            {frozenset(os.sched_getaffinity(p.pid)) for p in (j.sandbox.process, j.process)}
            for j in (one, other)
        ]

    assert [len(core) for core in cores] == [1, 1]
    assert {len(core) for sides in cores for core in sides} == {1}
    assert (cores[0] == cores[1]) == (len(before) == 1)
    assert os.sched_getaffinity(0) == before


def test_a_sandbox_that_ended_is_no_learner_s_failure(spread):
    """It is a fault, whose sentence says what to do; no test is red."""
    with contextlib.closing(Judge(spread.root, [spread])) as judge:
        assert judge.run(ask(spread, 1, against="solutions"))[0].green
        judge.sandbox.control.shutdown(socket.SHUT_RDWR)
        one = ("TestSpread::test_one_value_has_no_spread",)
        verdict = judge.run(ask(spread, 1, against="solutions", ids=one))[0]

    assert "There is no sandbox (its zygote ended)" in verdict.fault
    assert verdict.exit_code == 2
