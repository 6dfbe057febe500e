"""`lint` holds what must be true of the katas as their authors commit them."""

from dojo.author.suite import bounds_that_come_first, solved_stubs


def test_a_stub_is_committed_unsolved(workbook, spread, solve, capsys):
    """The learner's file of every kata is its pristine stub, byte for byte."""
    before = solved_stubs(workbook)
    solve(spread)
    after = solved_stubs(workbook)

    assert (before, after) == (0, 1)
    assert capsys.readouterr().out == (
        "katas/kata01_spread/spread.py differs from its pristine stub in tooling/stubs/.\n"
    )


def test_a_comparison_begins_with_what_came_back(workbook, spread, capsys):
    """In a chain too, where a report would show the bound as the learner's answer."""
    before = bounds_that_come_first(workbook)
    spread.tests.write_text(
        spread.tests.read_text() + "\n\ndef test_x():\n    assert 1 < iqr([2]) < 3\n"
    )
    after = bounds_that_come_first(workbook)
    line = len(spread.tests.read_text().splitlines())

    assert (before, after) == (0, 1)
    assert capsys.readouterr().out == (
        f"katas/kata01_spread/test_spread.py:{line}: begin the comparison with what came back.\n"
    )
