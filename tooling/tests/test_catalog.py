"""Which katas there are, and which of them a person means."""

from pathlib import Path

import msgspec
import pytest
from dojo.errors import UsageError
from dojo.kata import catalog
from dojo.kata.catalog import Kata
from dojo.kata.decode import read_toml
from dojo.kata.facts import Facts

FACTS = """\
title = "Spread"
question = "How far?"
track = "Describe"
level = 1
minutes = 10
"""


def test_katas_come_in_the_order_of_their_numbers(workbook):
    """The folder's name holds the number; what else lies in katas/ is no kata."""
    for name in ("kata10_last", "kata3_short", "notes", "kata05_Upper", "__pycache__"):
        (workbook / "katas" / name).mkdir()
        (workbook / "katas" / name / "kata.toml").touch()
    (workbook / "katas" / "kata09_notes").mkdir()
    (workbook / "katas" / "kata04_file").write_text("not a folder")
    names = [kata.name for kata in catalog.katas(workbook)]

    assert names == ["kata01_spread", "kata02_runs", "kata10_last"]


def test_a_kata_knows_where_its_halves_lie(spread, workbook):
    """Everything follows from the folder's name."""
    paths = (spread.mine, spread.tests, spread.pristine, spread.reference)
    places = [path.relative_to(workbook).as_posix() for path in paths]

    assert (spread.number, spread.short, spread.topic) == (1, "kata01", "spread")
    assert spread.module == "katas.kata01_spread.spread"
    assert places == [
        "katas/kata01_spread/spread.py",
        "katas/kata01_spread/test_spread.py",
        "tooling/stubs/kata01_spread.py",
        "solutions/kata01_spread/spread.py",
    ]


@pytest.mark.parametrize(
    "word",
    [
        "1",
        "01",
        "001",
        "1/",
        "kata1",
        "kata01",
        "KATA01",
        "kata01.py",
        "spread",
        "kata01_spread",
        "katas/kata01_spread",
        "katas/kata01_spread/",
        "katas/kata01_spread/spread.py",
        "katas/kata01_spread/test_spread.py",
        "./katas/kata01_spread/README.md",
        "tooling/stubs/kata01_spread.py",
        "spread.py",
        "kata01-spread",
    ],
)
def test_a_kata_goes_by_many_names(workbook, word):
    """Number, short name, topic, folder, or any path into the folder."""
    assert catalog.find(workbook, word).name == "kata01_spread"


def test_a_number_is_not_the_start_of_another(workbook):
    """1 is kata01 and not kata10; 10 is kata10."""
    (workbook / "katas" / "kata10_last").mkdir()
    (workbook / "katas" / "kata10_last" / "kata.toml").touch()

    assert catalog.find(workbook, "1").name == "kata01_spread"
    assert catalog.find(workbook, "10").name == "kata10_last"


@pytest.mark.parametrize(
    ("word", "answer"),
    [
        ("spraed", "There is no kata 'spraed'. Did you mean 'spread'?"),
        ("kata01_spred", "Did you mean 'kata01_spread'?"),
        ("qqqq", "There is no kata 'qqqq'. Katas: kata01_spread, kata02_runs."),
        ("kata9", "There is no kata 'kata9'. Katas: kata01_spread, kata02_runs."),
    ],
)
def test_a_wrong_name_is_answered_with_the_nearest(workbook, word, answer):
    """Where none is near, all are named."""
    with pytest.raises(UsageError) as caught:
        catalog.find(workbook, word)

    assert answer in str(caught.value)


@pytest.mark.parametrize("word", ["", "-1", "0", "1.0", "../..", "/", "/1/x", "\u0661"])
def test_nonsense_is_no_kata(workbook, word):
    """Nothing but the sentence, whatever the word."""
    with pytest.raises(UsageError, match="There is no kata"):
        catalog.find(workbook, word)


def test_an_empty_workbook_has_no_kata_to_offer(tmp_path):
    """The sentence stays whole without names to list."""
    with pytest.raises(UsageError, match=r"Katas: none yet\."):
        catalog.find(tmp_path, "kata01")


def test_functions_come_in_the_stub_s_order(spread):
    """The order of work; classes, helpers and finished functions are not left to the learner."""
    text = spread.pristine.read_text()
    text += "\n\ndef _helper():\n    raise NotImplementedError\n"
    text += "\n\ndef finished():\n    return 1\n"
    text += '\n\ndef last(x):\n    """Say why."""\n    raise NotImplementedError("later")\n'
    spread.pristine.write_text(text)

    assert spread.functions == ("center", "spread", "summarise", "last")


def test_the_learner_s_own_file_does_not_decide_what_is_asked(spread):
    """The functions are those of the pristine stub, even when the learner's file is broken."""
    spread.mine.write_text("def (")

    assert spread.functions == ("center", "spread", "summarise")


def test_a_broken_stub_is_a_sentence(spread):
    """The pristine stub is the author's: git has it."""
    spread.pristine.write_text("def (")

    with pytest.raises(
        UsageError, match=r"kata01_spread\.py cannot be read .* restore it with git"
    ):
        _ = spread.functions


def test_a_missing_stub_is_a_sentence(spread):
    """The same where it is gone."""
    spread.pristine.unlink()

    with pytest.raises(UsageError, match="restore it with git"):
        _ = spread.functions


@pytest.mark.parametrize(
    ("function", "test_class"),
    [("center", "TestCenter"), ("n_per_arm", "TestNPerArm"), ("log2_loss", "TestLog2Loss")],
)
def test_a_test_class_is_named_after_its_function(function, test_class):
    """Underscores go, and what followed them is written large."""
    assert catalog.camel(function) == test_class


def test_a_class_leads_back_to_its_function(spread):
    """A class that is about no function keeps its own name."""
    assert spread.function_of("TestSummarise") == "summarise"
    assert spread.function_of("TestNothing") == "TestNothing"


def test_a_function_s_name_is_found_or_the_nearest_offered(spread):
    """A misspelt function is answered like a misspelt kata."""
    assert catalog.find_function(spread, "center") == "center"
    with pytest.raises(UsageError, match="Did you mean 'center'"):
        catalog.find_function(spread, "centre")


def test_facts_are_read(spread, runs):
    """What kata.toml leaves out has its usual value."""
    assert spread.facts.title == "Spread"
    assert spread.facts.forbid == ("statistics", "numpy.std", "numpy.var")
    assert spread.facts.points == {"summarise": 2}
    assert msgspec.structs.astuple(runs.facts)[-4:] == ((), (), 10.0, {})


def test_the_usual_timeout_is_ten_seconds(tmp_path):
    """A kata need not say how long a test may take."""
    path = tmp_path / "kata.toml"
    path.write_text(FACTS)

    assert read_toml(path, Facts).timeout == 10.0


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (FACTS + "colour = 1\n", "Object contains unknown field `colour`"),
        (FACTS.replace('track = "Describe"\n', ""), "Object missing required field `track`"),
        (
            FACTS.replace("level = 1", 'level = "one"'),
            "level: Expected `int`, got `str`",
        ),
        (FACTS.replace("level = 1", "level = true"), "level: Expected `int`, got `bool`"),
        (FACTS.replace("level = 1", "level = 1.0"), "level: Expected `int`, got `float`"),
        (FACTS.replace("level = 1", "level = 0"), "level: Expected `int` >= 1"),
        (FACTS.replace("level = 1", "level = 6"), "level: Expected `int` <= 5"),
        (FACTS.replace("minutes = 10", "minutes = 0"), "minutes: Expected `int` >= 1"),
        (FACTS.replace('"Spread"', "3"), "title: Expected `str`, got `int`"),
        (FACTS + 'forbid = "pandas"\n', "forbid: Expected `array`, got `str`"),
        (FACTS + "forbid = [3]\n", r"forbid\[0\]: Expected `str`, got `int`"),
        (FACTS + 'needs = ["torch", true]\n', r"needs\[1\]: Expected `str`, got `bool`"),
        (FACTS + "timeout = 0\n", "timeout: Expected `float` > 0"),
        (FACTS + "timeout = inf\n", "timeout: Expected `float` <= 3600"),
        (FACTS + "timeout = nan\n", "timeout: Expected `float` > 0"),
        (FACTS + "timeout = true\n", "timeout: Expected `float`, got `bool`"),
        (FACTS + "timeout = '1'\n", "timeout: Expected `float`, got `str`"),
        (FACTS + "points = 3\n", "points: Expected `object`, got `int`"),
        (FACTS + "points.center = 'two'\n", r"points\[...\]: Expected `float`, got `str`"),
        (FACTS + "points.center = -1\n", r"points\[...\]: Expected `float` >= 0"),
        (FACTS + "points.center = true\n", r"points\[...\]: Expected `float`, got `bool`"),
        (FACTS + "points.center = nan\n", r"points\[...\]: Expected `float` >= 0"),
        ("title = ", "is not valid TOML"),
        ("", "Object missing required field `title`"),
    ],
)
def test_wrong_facts_are_named(tmp_path, text, sentence):
    """The first thing that is wrong, with the file's name."""
    path = tmp_path / "kata.toml"
    path.write_text(text)

    with pytest.raises(UsageError, match=sentence) as caught:
        read_toml(path, Facts)

    assert str(path) in str(caught.value)


def test_facts_that_are_not_text_are_named(tmp_path):
    """TOML is UTF-8."""
    path = tmp_path / "kata.toml"
    path.write_bytes(b'title = "Caf\xe9"\n')

    with pytest.raises(UsageError, match="is not valid TOML"):
        read_toml(path, Facts)


def test_missing_facts_are_named(tmp_path):
    """A kata without kata.toml cannot be run."""
    with pytest.raises(UsageError, match="is missing; restore it with git"):
        read_toml(tmp_path / "kata.toml", Facts)


def test_a_folder_in_the_place_of_facts_is_a_sentence(tmp_path):
    """It is there, and cannot be read."""
    (tmp_path / "kata.toml").mkdir()
    with pytest.raises(UsageError, match=r"kata\.toml cannot be read: Is a directory"):
        read_toml(tmp_path / "kata.toml", Facts)


def test_the_workbook_is_found_from_inside_it(workbook):
    """A person may stand in any folder of the workbook."""
    assert catalog.find_root(workbook / "katas" / "kata01_spread") == workbook
    assert catalog.find_root(workbook) == workbook


def test_outside_of_a_workbook_it_is_the_tool_s_own(tmp_path):
    """A folder named katas alone is none: the noxfile belongs to it."""
    (tmp_path / "katas").mkdir()
    own = Path(catalog.__file__).resolve().parents[3]

    assert catalog.find_root(tmp_path) == own


def test_katas_are_equal_by_name_and_place(workbook):
    """Two lookups find the same kata."""
    assert catalog.find(workbook, "1") == Kata(workbook, "kata01_spread")
