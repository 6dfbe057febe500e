"""How what came back is related to what was expected: one true sentence, or none."""

import numpy as np
import pandas as pd
import pytest
from dojo.show.relation import relation

X = np.array([0.3, 1.7, 2.2, 4.9, 8.1])
TABLE = np.arange(12.0).reshape(3, 4)


@pytest.mark.parametrize(
    ("actual", "sentence"),
    [
        (2.5 * X, "Every value is 2.5 times what was expected."),
        (-X, "Every value has the other sign."),
        (X + 0.25, "Every value is 0.25 too high."),
        (X - 0.25, "Every value is 0.25 too low."),
        (1 - X, "Every value is 1 minus what was expected."),
        (X[::-1], "The values are right, in reverse order."),
        (X[[2, 0, 1, 4, 3]], "The values are right, in another order."),
        (np.r_[np.nan, X[:-1]], "The values are right, one row too late."),
        (np.r_[X[1:], 9.0], "The values are right, one row too early."),
        (np.full(5, np.nan), "Every value is NaN."),
        (np.r_[X[:4], 5.0], "All values are right but the one at 4."),
        (X[:, None], "The values are right; their shape is (5, 1), not (5,)."),
        (list(2 * X), "Every value is 2 times what was expected."),
        (X.astype(np.float32), "Right but for rounding: float32 has too few digits."),
        (X.astype(np.float16), "Right but for rounding: float16 has too few digits."),
        ((2 * X).astype(np.float32), "Every value is 2 times what was expected."),
        (X * (1 + 1e-12), ""),
        (X**2, ""),
        (X[:4], ""),
        ("text", ""),
        (None, ""),
    ],
)
def test_an_array_is_told_by_what_holds_for_all_of_it(actual, sentence):
    """Nothing is said where nothing holds, or where both are the same."""
    assert relation(actual, X) == sentence


def test_a_table_of_numbers_may_be_transposed_or_wrong_in_places():
    """The first wrong place is named by row and column."""
    wrong = TABLE.copy()
    wrong[1, 2:] = 0

    assert relation(TABLE.T, TABLE) == "It is the transpose of what was expected."
    assert relation(wrong, TABLE) == "All values are right but 2 of 12, the first at (1, 2)."
    assert relation(TABLE[:3, :3].T, TABLE[:3, :3]) == "It is the transpose of what was expected."


@pytest.mark.parametrize(
    ("actual", "desired", "sentence"),
    [
        (-3.5, 3.5, "It has the other sign."),
        (7.0, 3.5, "It is 2 times what was expected."),
        (35, 0.35, "It is 100 times what was expected."),
        (0.8, 0.2, "It is 1 minus what was expected."),
        (3.0, 4.0, ""),
        (1, 2, ""),
        (60, 30, "It is 2 times what was expected."),
        (0.0, 0.0, ""),
        (5.0, 0.0, ""),
        (True, False, ""),
    ],
)
def test_a_number_is_told_by_what_people_mistake(actual, desired, sentence):
    """Any two numbers have some ratio: most say nothing."""
    assert relation(actual, desired) == sentence


def test_right_values_under_other_labels_are_told():
    """A Series that was put back by label, for instance."""
    desired = pd.Series([1.0, 2.0, 4.0], index=[3, 1, 2])

    assert relation(desired.set_axis([1, 2, 3]), desired) == (
        "The values are right; the index is another."
    )
    assert relation(desired + 1, desired) == "Every value is 1 too high."


def test_values_that_repeat_lie_a_row_apart_by_chance():
    """One value of the right three is wrong, and nothing is shifted."""
    assert relation([30, 30, 10], [30, 10, 10]) == ""


def test_what_is_next_to_nothing_beside_the_others_is_nothing():
    """The rounding of large numbers stands where a zero is expected."""
    desired = np.array([0.0, 1e6, 2e6, 3e6])

    assert relation(2 * desired + 1e-6, desired) == "Every value is 2 times what was expected."
