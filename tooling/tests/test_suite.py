"""`lint` holds what must be true of the katas as their authors commit them."""

from dojo.author.suite import solved_stubs


def test_a_stub_is_committed_unsolved(workbook, spread, solve, capsys):
    """The learner's file of every kata is its pristine stub, byte for byte."""
    before = solved_stubs(workbook)
    solve(spread)
    after = solved_stubs(workbook)

    assert (before, after) == (0, 1)
    assert capsys.readouterr().out == (
        "katas/kata01_spread/spread.py differs from its pristine stub in tooling/stubs/.\n"
    )
