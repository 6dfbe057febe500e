"""What imputation.py must do. Each test's docstring says what usually breaks it."""

import math

import numpy as np
import pandas as pd
import pytest
from numpy.testing import assert_allclose
from pandas.testing import assert_frame_equal

from katas.kata02_imputation.imputation import (
    apply_fill,
    carry_forward,
    choose_way,
    fit_fill,
    knn_fill,
    regression_fill,
    try_ways,
)

NAN = float("nan")


def with_gaps(rng, values, share=0.3):
    """Return a float copy of `values` with about that share of it missing, and never all of it."""
    holed = np.array(values, dtype=float)
    holed[rng.random(holed.shape) < share] = NAN
    holed[0] = values[0]
    return holed


def numbers(fills):
    """Return fills as floats; TypeError for a text or an array, which approx may take for one."""
    return {name: math.fsum([fill]) for name, fill in fills.items()}


def random_frame(rng, n=30):
    """Return a frame with a number and a text column, both with gaps, and a shuffled index."""
    numbers = with_gaps(rng, rng.normal(size=n))
    words = rng.choice(["red", "green", "blue", None], size=n).astype(object)
    words[0], numbers[1], words[1] = "red", NAN, None
    columns = {"size": numbers, "colour": pd.Series(words, dtype="str").to_numpy()}
    return pd.DataFrame(columns, index=rng.permutation(n) + 100).astype({"colour": "str"})


class TestFitFill:
    """What is learned, and from which rows."""

    def test_exactly_the_columns_asked_for_are_learned(self):
        """A fill for a column that nobody asked about later replaces gaps that were to stay; a
        column without a gap today may have one tomorrow.
        """
        train = pd.DataFrame({"age": [1.0, 3.0], "height": [1.5, NAN], "label": [0.0, 1.0]})

        assert sorted(fit_fill(train, {"height": "mean", "label": "mode"})) == ["height", "label"]

    def test_missing_cells_do_not_pull_the_mean(self):
        """1 came back: the gaps counted as zeros, or in the denominator."""
        train = pd.DataFrame({"age": [1.0, NAN, 3.0, NAN]})

        assert numbers(fit_fill(train, {"age": "mean"})) == pytest.approx({"age": 2.0}, rel=1e-9)

    def test_every_value_counts_as_often_as_it_is_there(self):
        """2.5 came back: the mean of the distinct values, 1 and 4. Two people of one age are two
        people.
        """
        train = pd.DataFrame({"children": [1, 1, 4]})

        assert numbers(fit_fill(train, {"children": "mean"})) == pytest.approx(
            {"children": 2.0}, rel=1e-9
        )

    def test_the_median_is_the_middle_and_not_the_mean(self):
        """101 is the mean: one huge value drags it, and not the median. 1 is the mode, the
        smallest of three values that are there once.
        """
        train = pd.DataFrame({"income": [1.0, 2.0, NAN, 300.0]})

        assert numbers(fit_fill(train, {"income": "median"})) == pytest.approx(
            {"income": 2.0}, rel=1e-9
        )

    def test_the_median_of_an_even_count_is_halfway(self):
        """Four values have two middle ones, 2 and 4 here. 4 is the element in position n // 2 of
        the sorted values, 2 the one before it.
        """
        train = pd.DataFrame({"income": [10.0, 1.0, NAN, 2.0, 4.0]})

        assert numbers(fit_fill(train, {"income": "median"})) == pytest.approx(
            {"income": 3.0}, rel=1e-9
        )

    def test_the_mean_and_the_median_of_whole_numbers_may_be_a_fraction(self):
        """A whole number came back: the fill was rounded, or cast to the type of its column."""
        train = pd.DataFrame({"children": [1, 2], "rooms": [4, 3]})

        assert numbers(fit_fill(train, {"children": "mean", "rooms": "median"})) == pytest.approx(
            {"children": 1.5, "rooms": 3.5}, rel=1e-9
        )

    def test_the_mode_counts_texts_as_they_are_written(self):
        """Rome, in some spelling, came back: case was folded, or blanks were stripped, before the
        count. Cleaning is a step of its own, and a fill that no row holds is a new category.
        """
        train = pd.DataFrame({"city": ["Oslo", "Rome", "Rome ", "rome"] * 2 + ["Oslo"]})

        assert fit_fill(train, {"city": "mode"}) == {"city": "Oslo"}

    def test_of_two_modes_the_smallest_wins(self):
        """Two grades are equally frequent, and b came back: the one seen first. Then the fill
        depends on the order of the rows.
        """
        train = pd.DataFrame({"grade": ["b", "a", "b", "a", "c"]})

        assert fit_fill(train, {"grade": "mode"}) == {"grade": "a"}

    def test_modes_that_are_numbers_are_ordered_as_numbers(self):
        """9 and 10 are equally frequent, and 10 came back. "10" < "9" holds for text only; else
        it is the one seen first, or the larger.
        """
        train = pd.DataFrame({"size": [10.0, 9.0, 10.0, 9.0, 1.0]})

        assert numbers(fit_fill(train, {"size": "mode"})) == pytest.approx({"size": 9.0}, rel=1e-9)

    def test_missing_is_never_the_mode(self):
        """A missing cell is the most frequent one here, and it was counted as a value. Filling
        gaps with NaN fills nothing.
        """
        train = pd.DataFrame({"city": [None, "Rome", None, None, "Rome", "Oslo"]})

        assert fit_fill(train, {"city": "mode"}) == {"city": "Rome"}

    def test_an_empty_text_can_be_the_mode(self):
        """Rome came back: '' was taken for a gap. Somebody entered it; whether it means that the
        city is unknown is a question of cleaning.
        """
        train = pd.DataFrame({"city": ["", "Rome", ""]})

        assert fit_fill(train, {"city": "mode"}) == {"city": ""}

    def test_gaps_in_another_column_cost_no_rows(self):
        """An age of 2 came back: rows with any gap were dropped first, and with them the values
        that stand beside the gaps of another column.
        """
        train = pd.DataFrame({"age": [1.0, 3.0, 8.0], "height": [1.5, 2.5, NAN]})

        assert numbers(fit_fill(train, {"age": "mean", "height": "median"})) == pytest.approx(
            {"age": 4.0, "height": 2.0}, rel=1e-9
        )

    def test_random_columns_match_their_statistics(self, rng):
        """Each of the three methods on a random column with gaps of its own."""
        a, b = (with_gaps(rng, rng.lognormal(size=41)) for _ in range(2))
        c = with_gaps(rng, rng.integers(0, 5, size=41))
        train = pd.DataFrame({"a": a, "b": b, "c": c})
        counts = {v: np.count_nonzero(c == v) for v in range(5)}
        expected = {
            "a": pytest.approx(np.nanmean(a), rel=1e-9),
            "b": pytest.approx(np.nanmedian(b), rel=1e-9),
            "c": pytest.approx(
                min(v for v in counts if counts[v] == max(counts.values())), rel=1e-9
            ),
        }

        actual = fit_fill(train, {"c": "mode", "a": "mean", "b": "median"})

        assert numbers(actual) == expected


class TestApplyFill:
    """What is done to any batch, train or test, with what was learned."""

    def test_the_filled_values_are_in_the_result(self):
        """The gap came back unfilled. On pandas 3 `df["age"].fillna(2, inplace=True)` fills a
        temporary copy of the column, and the frame stays as it was.
        """
        actual = apply_fill(pd.DataFrame({"age": [2.0, NAN]}), {"age": 2.0}, [])

        assert actual["age"].to_list() == pytest.approx([2.0, 2.0], rel=1e-9)

    def test_the_fill_learned_in_training_stands_in_every_batch(self):
        """101 came back for the gap: the mean of this batch, where training had learned 2. Then
        test rows decide about test rows, and one row alone has no fill at all.
        """
        actual = apply_fill(pd.DataFrame({"age": [101.0, NAN]}), {"age": 2.0}, [])

        assert actual["age"].to_list() == pytest.approx([101.0, 2.0], rel=1e-9)

    def test_the_indicator_remembers_the_gaps_from_before_filling(self):
        """All 0: the indicator was computed after the fill, when no cell was missing any more, and
        the model never learns that the value was absent. 0 and 1 exchanged: it flags what is there.
        """
        df = pd.DataFrame({"age": [NAN, 1.0, NAN]})

        actual = apply_fill(df, {"age": 2.0}, ["age"])

        assert "age__missing" in actual.columns
        assert actual["age__missing"].to_list() == [1, 0, 1]

    def test_the_indicator_is_there_even_when_this_batch_has_no_gap(self):
        """The indicator appears only where this batch happens to have a gap. Then the columns
        change from batch to batch, and the model that was fitted on them breaks.
        """
        actual = apply_fill(pd.DataFrame({"age": [1.0, 3.0]}), {"age": 2.0}, ["age"])

        assert list(actual.columns) == ["age", "age__missing"]
        assert actual["age__missing"].to_list() == [0, 0]

    def test_indicator_for_decides_which_columns_get_an_indicator(self):
        """`age` is filled and has no indicator; `height` is not filled and has one. An indicator
        of `age`: `fills` decided. One of `height` that is all 0: it flags what was filled.
        """
        df = pd.DataFrame({"age": [NAN, 1.0], "height": [1.5, NAN]})

        actual = apply_fill(df, {"age": 2.0}, ["height"])

        assert list(actual.columns) == ["age", "height", "height__missing"]
        assert actual["height__missing"].to_list() == [0, 1]

    def test_indicators_follow_after_the_columns_in_the_order_asked_for(self):
        """A model reads columns by position. The columns of `df` come first, then the indicators
        in the order of `indicator_for`: neither beside their column nor in the frame's order.
        """
        df = pd.DataFrame({"a": [NAN, 1.0], "b": [2.0, NAN], "c": [3.0, 4.0]})

        actual = apply_fill(df, {}, ["c", "a"])

        assert list(actual.columns) == ["a", "b", "c", "c__missing", "a__missing"]
        assert actual["a__missing"].to_list() == [1, 0]

    def test_a_column_without_a_fill_keeps_its_gaps(self):
        """A gap for which nothing was learned was filled anyway. Somebody else decides about it:
        a label must not be invented.
        """
        df = pd.DataFrame({"age": [1.0, NAN], "height": [1.5, NAN]})

        actual = apply_fill(df, {"age": 2.0}, [])

        assert_allclose(actual["height"].to_list(), [1.5, NAN], rtol=1e-9)

    def test_none_nat_and_pd_na_are_missing_like_nan(self):
        """Missing has four spellings: NaN, None, NaT and pd.NA. A test such as `value != value`
        or `np.isnan` sees only some of them.
        """
        df = pd.DataFrame(
            {
                "number": [1.0, NAN],
                "object": pd.Series(["a", None], dtype=object),
                "date": pd.to_datetime(["2024-01-01", None]),
                "nullable": pd.array([1, pd.NA], dtype="Int64"),
            }
        )

        actual = apply_fill(df, {"object": "b", "nullable": 2}, list(df.columns))

        assert actual.filter(like="__missing").to_numpy().tolist() == [[0] * 4, [1] * 4]
        assert actual["object"].to_list() == ["a", "b"]
        assert actual["nullable"].to_list() == [1, 2]

    def test_zero_empty_text_and_infinity_are_not_gaps(self):
        """0 and '' count as false in Python, so `value or fill` overwrites them. Like 'nan' and
        inf they may be bad data, but somebody wrote them: neither filled nor flagged.
        """
        df = pd.DataFrame({"visits": [0.0, np.inf, NAN], "note": ["", "nan", None]})

        actual = apply_fill(df, {"visits": 2.0, "note": "none"}, ["visits", "note"])

        assert_allclose(actual["visits"].to_list(), [0.0, np.inf, 2.0], rtol=1e-9)
        assert actual["note"].to_list() == ["", "nan", "none"]
        flags = actual[["visits__missing", "note__missing"]]
        assert flags.to_numpy().tolist() == [[0, 0], [0, 0], [1, 1]]

    def test_a_fill_of_zero_is_a_fill(self):
        """The gaps stayed: `if fill` passes over 0 and ''. Both may well be what was learned."""
        df = pd.DataFrame({"visits": [3.0, NAN], "note": ["a", None]})

        actual = apply_fill(df, {"visits": 0.0, "note": ""}, [])

        assert_allclose(actual["visits"].to_list(), [3.0, 0.0], rtol=1e-9)
        assert actual["note"].to_list() == ["a", ""]

    def test_rows_keep_their_index_and_order(self):
        """The labels of the index carry the identity of the rows. They may be in any order and
        may repeat, and must not be replaced by 0, 1, 2.
        """
        df = pd.DataFrame({"age": [1.0, NAN, 5.0]}, index=[7, 3, 7])

        actual = apply_fill(df, {"age": 2.0}, ["age"])

        assert actual.index.to_list() == [7, 3, 7]
        assert_allclose(actual["age"].to_list(), [1.0, 2.0, 5.0], rtol=1e-9)

    def test_columns_keep_their_dtype(self):
        """A detour over an object or a float table changes dtypes: 7 becomes 7.0 and numbers
        become objects.
        """
        df = pd.DataFrame({"age": [NAN, 1.0], "visits": [3, 4], "city": ["Rome", None]})

        actual = apply_fill(df, {"age": 2.0, "visits": 3.0, "city": "Oslo"}, [])

        assert actual.dtypes.astype(str).to_dict() == df.dtypes.astype(str).to_dict()

    def test_a_random_frame_is_filled_cell_by_cell(self, rng):
        """Random gaps in a number and a text column under a shuffled index, filled one cell at a
        time.
        """
        df = random_frame(rng)
        fills = {"size": float(rng.normal()), "colour": "grey"}
        filled = {c: [fills[c] if pd.isna(v) else v for v in df[c]] for c in df}
        flags = [int(pd.isna(v)) for v in df["colour"]]
        expected = pd.DataFrame(filled, index=df.index)

        actual = apply_fill(df, fills, ["colour"])

        assert list(actual.columns) == ["size", "colour", "colour__missing"]
        assert actual["colour__missing"].to_list() == flags
        assert_frame_equal(actual[["size", "colour"]], expected, rtol=1e-9, atol=0)


def carried(df, by, time, column, limit):
    """Carry one column forward, row by row, the slow way."""
    rows = sorted(range(len(df)), key=lambda i: df[time].iloc[i])
    last, values = {}, df[column].to_list()
    for i in rows:
        who = df[by].iloc[i]
        if pd.isna(who):
            continue
        if not pd.isna(values[i]):
            last[who] = [values[i], 0]
        elif who in last and (limit is None or last[who][1] < limit):
            last[who][1] += 1
            values[i] = last[who][0]
    return values


class TestCarryForward:
    """The last known value, inside one entity and never from the future."""

    def test_rows_come_back_in_the_callers_order(self):
        """The result is still sorted, by time, by user or by its index. Sorting is a means: rows
        and index come back as they came in, and so does the order of the columns.
        """
        df = pd.DataFrame(
            {"v": [NAN, 6.0, 7.0], "day": [3, 2, 1], "user": [2, 1, 2]}, index=["z", "x", "y"]
        )

        actual = carry_forward(df, "user", "day", ["v"], limit=None)

        assert actual.index.to_list() == ["z", "x", "y"]
        assert list(actual.columns) == ["v", "day", "user"]
        assert actual["day"].to_list() == [3, 2, 1]

    def test_columns_keep_their_dtype(self):
        """Whole numbers that passed through an array of floats, or beside a NaN, come back as
        floats. Text and numbers in one array come back as objects.
        """
        df = pd.DataFrame(
            {"user": ["x", "x"], "day": [1, 2], "n": [3, 4], "v": [1.0, NAN], "plan": ["a", None]}
        )

        actual = carry_forward(df, "user", "day", ["plan", "n", "v"], limit=None)

        assert actual.dtypes.astype(str).to_dict() == df.dtypes.astype(str).to_dict()

    def test_a_gap_before_the_first_value_stays_missing(self):
        """The leading gap was filled with a later value. On that day nobody knew it: a model
        trained on it has seen the future.
        """
        df = pd.DataFrame({"user": [1, 1, 1], "day": [1, 2, 3], "v": [NAN, 4.0, NAN]})

        actual = carry_forward(df, "user", "day", ["v"], limit=None)

        assert_allclose(actual["v"].to_numpy(), [NAN, 4.0, 4.0], rtol=1e-9)

    def test_a_value_never_crosses_to_another_user(self):
        """User 2 got the 5 of user 1: the fill ran down the whole column. Every `by` carries only
        its own values.
        """
        df = pd.DataFrame({"user": [1, 1, 2, 2], "day": [1, 2, 3, 4], "v": [5.0, NAN, NAN, 7.0]})

        actual = carry_forward(df, "user", "day", ["v"], limit=None)

        assert_allclose(actual["v"].to_numpy(), [5.0, 5.0, NAN, 7.0], rtol=1e-9)

    def test_a_gap_takes_the_value_before_it_and_no_mixture(self):
        """2 came back: interpolation draws a line to the next known value, which lies in the
        future of the gap. Carrying forward repeats the last one.
        """
        df = pd.DataFrame({"user": [1, 1, 1], "day": [1, 2, 3], "v": [1.0, NAN, 3.0]})

        actual = carry_forward(df, "user", "day", ["v"], limit=None)

        assert_allclose(actual["v"].to_numpy(), [1.0, 1.0, 3.0], rtol=1e-9)

    def test_every_value_returns_to_its_own_row(self):
        """Values that were computed in sorted order were written back by position, so they landed
        on other rows. Let the row labels, or the row numbers, bring them home.
        """
        df = pd.DataFrame({"user": [1, 2, 1, 2], "day": [1, 1, 2, 2], "v": [1.0, 2.0, NAN, NAN]})

        actual = carry_forward(df, "user", "day", ["v"], limit=None)

        assert_allclose(actual["v"].to_numpy(), [1.0, 2.0, 1.0, 2.0], rtol=1e-9)

    def test_time_decides_what_is_before_and_not_the_row_order(self):
        """The gap of day 3 took the 40 of day 4, which stands in the row above it. What was known
        on day 3 is the 20 of day 2, in the last row.
        """
        df = pd.DataFrame({"user": 1, "day": [4, 3, 1, 2], "v": [40.0, NAN, 10.0, 20.0]})

        actual = carry_forward(df, "user", "day", ["v"], limit=None)

        assert_allclose(actual["v"].to_numpy(), [40.0, 20.0, 10.0, 20.0], rtol=1e-9)

    def test_time_is_ordered_as_numbers(self):
        """Nothing was carried from day 9 to day 10: as text, "10" comes before "9"."""
        df = pd.DataFrame({"user": 1, "day": [9, 10], "v": [5.0, NAN]})

        actual = carry_forward(df, "user", "day", ["v"], limit=None)

        assert_allclose(actual["v"].to_numpy(), [5.0, 5.0], rtol=1e-9)

    def test_a_zero_is_carried_like_any_value(self):
        """The 0 was taken for a gap, and the 5 before it carried over it. 0 says something."""
        df = pd.DataFrame({"user": 1, "day": [1, 2, 3], "v": [5.0, 0.0, NAN]})

        actual = carry_forward(df, "user", "day", ["v"], limit=None)

        assert_allclose(actual["v"].to_numpy(), [5.0, 0.0, 0.0], rtol=1e-9)

    def test_equal_times_are_read_in_row_order(self, rng):
        """Many rows share a time stamp, and the sort shuffled them. pandas and numpy sort with a
        quicksort unless told otherwise, and that is not stable.
        """
        n = 300
        df = pd.DataFrame({"user": 1, "day": rng.integers(0, 3, size=n), "v": rng.normal(size=n)})
        df["v"] = with_gaps(rng, df["v"].to_numpy(), share=0.5)
        expected = carried(df, "user", "day", "v", None)

        actual = carry_forward(df, "user", "day", ["v"], limit=None)

        assert_allclose(actual["v"].to_numpy(), expected, rtol=1e-9)

    def test_a_gap_longer_than_limit_is_filled_at_its_start(self):
        """The long gap stayed empty as a whole, or was filled at its end. `limit` does not choose
        among gaps: it fills the first rows of each.
        """
        df = pd.DataFrame({"user": 1, "day": [1, 2, 3, 4], "v": [5.0, NAN, NAN, 8.0]})

        actual = carry_forward(df, "user", "day", ["v"], limit=1)

        assert_allclose(actual["v"].to_numpy()[[0, 1, 3]], [5.0, 5.0, 8.0], rtol=1e-9)

    def test_limit_stops_the_carrying(self):
        """A value from long ago is no longer news. With limit=2 it is carried two rows; the third
        row after it is missing.
        """
        df = pd.DataFrame({"user": 1, "day": [1, 2, 3, 4], "v": [5.0, NAN, NAN, NAN]})

        actual = carry_forward(df, "user", "day", ["v"], limit=2)

        assert_allclose(actual["v"].to_numpy(), [5.0, 5.0, 5.0, NAN], rtol=1e-9)

    def test_limit_counts_rows_and_not_time(self):
        """Ten days passed between the rows, and the gap stayed: `limit` was read as days. It
        counts rows, however far apart they are.
        """
        df = pd.DataFrame({"user": 1, "day": [1, 11, 12], "v": [5.0, NAN, NAN]})

        actual = carry_forward(df, "user", "day", ["v"], limit=1)

        assert_allclose(actual["v"].to_numpy(), [5.0, 5.0, NAN], rtol=1e-9)

    def test_limit_starts_anew_after_every_value(self):
        """Only the first gap was filled: the limit was used up as an allowance of the user. Each
        known value may be carried `limit` rows.
        """
        df = pd.DataFrame({"user": 1, "day": [1, 2, 3, 4], "v": [5.0, NAN, 6.0, NAN]})

        actual = carry_forward(df, "user", "day", ["v"], limit=1)

        assert_allclose(actual["v"].to_numpy(), [5.0, 5.0, 6.0, 6.0], rtol=1e-9)

    def test_other_columns_keep_their_gaps(self):
        """Every column was carried forward. Only `cols` may be: a missing label or amount must
        not be invented.
        """
        df = pd.DataFrame(
            {"user": [1, 1], "day": [1, 2], "plan": ["pro", None], "amount": [5.0, NAN]}
        )

        actual = carry_forward(df, "user", "day", ["plan"], limit=None)

        assert actual["plan"].to_list() == ["pro", "pro"]
        assert_allclose(actual["amount"].to_numpy(), [5.0, NAN], rtol=1e-9)

    def test_each_column_carries_its_own_last_value(self):
        """The last complete row was carried as a whole. Each column has its own last known value,
        even where the other column is missing.
        """
        df = pd.DataFrame(
            {"user": 1, "day": [1, 2, 3], "a": [1.0, 2.0, NAN], "b": [10.0, NAN, NAN]}
        )

        actual = carry_forward(df, "user", "day", ["a", "b"], limit=None)

        assert_allclose(actual["a"].to_numpy(), [1.0, 2.0, 2.0], rtol=1e-9)
        assert_allclose(actual["b"].to_numpy(), [10.0, 10.0, 10.0], rtol=1e-9)

    def test_repeated_index_labels_do_no_harm(self):
        """Frames that were concatenated repeat their labels. Writing back by label then mixes
        rows up or fails; row numbers are always unique.
        """
        df = pd.DataFrame(
            {"user": [1, 2, 1, 2], "day": [2, 2, 1, 1], "v": [NAN, NAN, 1.0, 2.0]},
            index=[5, 5, 9, 9],
        )

        actual = carry_forward(df, "user", "day", ["v"], limit=None)

        assert actual.index.to_list() == [5, 5, 9, 9]
        assert_allclose(actual["v"].to_list(), [1.0, 2.0, 1.0, 2.0], rtol=1e-9)

    def test_a_row_without_a_user_keeps_its_value_and_takes_none(self):
        """The 6 is gone: a pandas group leaves out rows whose key is missing, and what was known
        there with them. 6 in the gap after it: the missing keys became a user of their own.
        """
        df = pd.DataFrame(
            {"user": ["a", None, None, "a"], "day": [1, 2, 3, 4], "v": [5.0, 6.0, NAN, NAN]}
        )

        actual = carry_forward(df, "user", "day", ["v"], limit=None)

        assert_allclose(actual["v"].to_numpy(), [5.0, 6.0, NAN, 5.0], rtol=1e-9)

    @pytest.mark.parametrize("limit", [None, 2], ids=["no limit", "limit 2"])
    def test_a_random_log_is_carried_row_by_row(self, rng, limit):
        """Three users and nobody with interleaved rows, shuffled times with ties, a shuffled
        index, numbers and text; each row followed by hand.
        """
        df = random_frame(rng)
        df["user"] = rng.choice(["u", "v", "V", None], size=len(df), p=[0.3, 0.3, 0.3, 0.1])
        df["at"] = pd.Timestamp("2024-01-01") + pd.to_timedelta(rng.integers(0, 9, len(df)), "h")
        columns = ["colour", "size"]
        filled = {c: carried(df, "user", "at", c, limit) for c in columns}
        expected = df.assign(**filled).astype({"colour": "str"})

        actual = carry_forward(df, "user", "at", columns, limit=limit)

        assert_frame_equal(actual, expected, rtol=1e-9, atol=0)


def filled_by_hand(train, X, k):
    """Fill each gap from its nearest donors, one pair of rows at a time."""
    out = X.copy()
    for i, j in np.argwhere(np.isnan(X)):
        donors = []
        for row, other in enumerate(train):
            squares = [(a - b) ** 2 for a, b in zip(other, X[i], strict=True)]
            squares = [s for s in squares if s == s]
            if squares and other[j] == other[j]:
                donors.append((sum(squares) * len(other) / len(squares), row, other[j]))
        values = [value for _, _, value in sorted(donors)[:k]] or train[:, j]
        out[i, j] = np.nanmean(values)
    return out


class TestKnnFill:
    """The mean of the nearest training rows that know the answer."""

    def test_gaps_are_filled_and_known_cells_stay(self):
        """Known cells were replaced by what their neighbours have, or a gap is still a gap. What
        was measured stays.
        """
        train = np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])
        X = np.array([[7.0, NAN, 9.0], [NAN, 5.0, 8.0], [1.0, 1.0, 1.0]])

        actual = knn_fill(train, X, k=1)

        assert actual.shape == (3, 3)
        assert_allclose(actual[~np.isnan(X)], [7.0, 9.0, 5.0, 8.0, 1.0, 1.0, 1.0], rtol=1e-9)
        assert np.count_nonzero(np.isnan(actual)) == 0

    def test_the_k_nearest_rows_give_the_value(self):
        """The rows at distance 10 hold 1 and 3. 1: one row alone. 4.5: the mean of the column. 7:
        the farthest two.
        """
        train = np.array([[9.0, 80.0], [1.0, 20.0], [5.0, 70.0], [3.0, 40.0]])
        X = np.array([[NAN, 30.0]])

        assert_allclose(knn_fill(train, X, k=2), [[2.0, 30.0]], rtol=1e-9)

    def test_each_of_the_k_donors_counts_the_same(self):
        """The donors hold 0, 3 and 30, the nearest first. Below 11: the nearer counted more, or 3,
        their median. Fair methods both; here the fill is the plain mean.
        """
        train = np.array([[0.0, 1.0], [3.0, 2.0], [30.0, 3.0], [500.0, 9.0]])
        X = np.array([[NAN, 0.5]])

        assert_allclose(knn_fill(train, X, k=3), [[11.0, 0.5]], rtol=1e-9)

    def test_the_distance_is_the_root_of_squares(self):
        """Row 0 differs by 3 and 3, row 1 by 0 and 5. Row 1 is nearer where absolute differences
        are added up, 5 against 6; squared, they are 25 against 18.
        """
        train = np.array([[10.0, 3.0, 3.0], [20.0, 0.0, 5.0]])
        X = np.array([[NAN, 0.0, 0.0]])

        assert_allclose(knn_fill(train, X, k=1), [[10.0, 0.0, 0.0]], rtol=1e-9)

    def test_columns_are_compared_in_their_own_units(self):
        """10 came back: the columns were standardised first. Often that is right, and a step of
        its own before this one; in the units given, row 1 is at distance 1 and row 0 at 100.
        """
        train = np.array([[10.0, 100.0, 0.0], [20.0, 0.0, 1.0], [30.0, 1000.0, 0.5]])
        X = np.array([[NAN, 0.0, 0.0]])

        assert_allclose(knn_fill(train, X, k=1), [[20.0, 0.0, 0.0]], rtol=1e-9)

    def test_a_column_that_is_missing_on_one_side_is_left_out(self):
        """Row 0 shares one column with X and is at squared distance 3/1 * 1, row 1 at 3/2 * 4. 20
        came back: the hole of row 0 was filled before measuring, with a mean or with 0, or the
        row was no donor since it has a hole somewhere.
        """
        train = np.array([[10.0, 1.0, NAN], [20.0, 2.0, 100.0], [30.0, 9.0, 140.0]])
        X = np.array([[NAN, 0.0, 100.0]])

        assert_allclose(knn_fill(train, X, k=1), [[10.0, 0.0, 100.0]], rtol=1e-9)

    def test_a_distance_over_fewer_shared_columns_is_scaled_up(self):
        """Row 0 shares one column with X and differs by 1 there; row 1 shares three and differs
        by 1 in two of them. The squared distances are 4/1 * 1 and 4/3 * 2. Without the factor
        row 0 looks nearer, only because less of it was compared.
        """
        train = np.array([[10.0, 1.0, NAN, NAN], [20.0, 1.0, 1.0, 0.0]])
        X = np.array([[NAN, 0.0, 0.0, 0.0]])

        assert_allclose(knn_fill(train, X, k=1), [[20.0, 0.0, 0.0, 0.0]], rtol=1e-9)

    def test_a_row_without_the_value_is_no_donor(self):
        """The nearest row has the same hole: who lacks the value cannot give it, and the next row
        can. NaN: it was a donor all the same. 60, the mean of the column: it was struck out only
        after the nearest had been chosen, and nobody was left.
        """
        train = np.array([[NAN, 1.0], [30.0, 2.0], [90.0, 9.0]])
        X = np.array([[NAN, 1.0]])

        assert_allclose(knn_fill(train, X, k=1), [[30.0, 1.0]], rtol=1e-9)

    def test_k_counts_donors_and_not_neighbours(self):
        """30 came back: the two nearest rows were chosen first, and the one without the value left
        out afterwards, although a second donor is there.
        """
        train = np.array([[NAN, 1.0], [30.0, 2.0], [50.0, 3.0], [90.0, 9.0]])
        X = np.array([[NAN, 1.0]])

        assert_allclose(knn_fill(train, X, k=2), [[40.0, 1.0]], rtol=1e-9)

    def test_a_row_that_shares_no_column_is_no_donor(self):
        """10 came back: a sum over no columns is 0, so the row that shares nothing with X looked
        like a perfect match. Nothing is known about it.
        """
        train = np.array([[10.0, NAN], [20.0, 3.0]])
        X = np.array([[NAN, 1.0]])

        assert_allclose(knn_fill(train, X, k=1), [[20.0, 1.0]], rtol=1e-9)

    def test_without_a_donor_the_mean_of_the_training_column_stands_in(self):
        """The row of X is empty, so no row is near to it. What is left is the mean of the column
        in `train`: not NaN, not 0, not the first row, and not 3, the median.
        """
        train = np.array([[1.0, 10.0], [3.0, NAN], [8.0, NAN]])
        X = np.array([[NAN, NAN]])

        assert_allclose(knn_fill(train, X, k=1), [[4.0, 10.0]], rtol=1e-9)

    def test_donors_come_from_the_training_rows_alone(self):
        """99 came back, from the other row of X. Rows of the batch are no donors: the answer for a
        row may not depend on who else arrives with it.
        """
        train = np.array([[10.0, 1.0], [20.0, 8.0]])
        X = np.array([[NAN, 5.0], [99.0, 5.0]])

        assert_allclose(knn_fill(train, X, k=1), [[20.0, 5.0], [99.0, 5.0]], rtol=1e-9)

    def test_the_last_resort_is_not_the_mean_of_the_batch(self):
        """101 is the mean of the batch. No row of `train` with a value shares a column with this
        row of X; even then the answer comes from the training rows.
        """
        train = np.array([[1.0, NAN], [3.0, NAN], [NAN, 10.0]])
        X = np.array([[NAN, 5.0], [101.0, 10.0]])

        assert_allclose(knn_fill(train, X, k=1), [[2.0, 5.0], [101.0, 10.0]], rtol=1e-9)

    def test_a_filled_cell_is_not_used_for_the_next_one(self):
        """50 came back for the second gap: the guess for the first took part in its distances. Only
        what was observed says who is near.
        """
        train = np.array([[0.0, 5.0, 1.0], [9.0, NAN, 3.0], [9.0, 50.0, 7.0]])
        X = np.array([[NAN, NAN, 3.0]])

        assert_allclose(knn_fill(train, X, k=1), [[9.0, 5.0, 3.0]], rtol=1e-9)

    def test_fewer_donors_than_k_are_all_used(self):
        """Two donors, k is 5: the mean is over those two, 15. The mean of the whole column, 40, is
        for where there is no donor at all.
        """
        train = np.array([[10.0, 1.0], [20.0, 8.0], [NAN, 5.0], [90.0, NAN]])
        X = np.array([[NAN, 5.0]])

        assert_allclose(knn_fill(train, X, k=5), [[15.0, 5.0]], rtol=1e-9)

    def test_of_equally_near_donors_the_lower_rows_win(self, rng):
        """Many donors are equally near, and some of them were taken as the sort or the partition
        left them. Equal distances go to the lower row number.
        """
        train = rng.integers(0, [1000, 5], size=(90, 2)).astype(float)
        X = np.column_stack([np.full(5, NAN), np.arange(5.0)])
        ranked = [sorted(range(90), key=lambda row: abs(train[row, 1] - x)) for x in X[:, 1]]
        expected = [train[rows[:15], 0].mean() for rows in ranked]

        actual = knn_fill(train, X, k=15)

        assert actual.shape == (5, 2)
        assert_allclose(actual[:, 0], expected, rtol=1e-9)

    @pytest.mark.parametrize("k", [1, 3])
    def test_random_tables_match_the_pairwise_definition(self, rng, k):
        """Random gaps on both sides, against the definition followed one pair of rows at a time."""
        train = with_gaps(rng, rng.normal(size=(11, 4)))
        X = with_gaps(rng, rng.normal(size=(7, 4)), share=0.5)
        expected = filled_by_hand(train, X, k)

        actual = knn_fill(train, X, k=k)

        assert actual.shape == (7, 4)
        assert_allclose(actual, expected, rtol=1e-9)

    def test_no_python_loop_over_pairs_of_rows(self, cost):
        """Four times the rows may cost four times the steps, or eight at most. Sixteen means that
        Python visits each pair of rows: compare one row with all others at once.
        """
        steps = []
        for n in (10, 40):
            train = np.column_stack([np.arange(n), np.arange(n) % 5.0, np.arange(n) % 7.0])
            X = train.copy()
            X[:, 0] = NAN
            steps.append(cost(knn_fill, train, X, 3).steps)

        assert steps[1] < 8 * steps[0]


def line_of(x, y):
    """Return the least-squares line of x on y over the known x, at every y."""
    known = ~np.isnan(x)
    dx, dy = x[known] - x[known].mean(), y[known] - y[known].mean()
    return x[known].mean() + (dx @ dy) / (dy @ dy) * (y - y[known].mean())


def drawn(noise, residuals):
    """Return the number of the residual that each noise is nearest to."""
    return np.abs(noise[:, None] - residuals).argmin(axis=1)


class TestRegressionFill:
    """A model for the gap, and the noise that a model leaves out."""

    def test_known_cells_stay_as_they_are(self):
        """Every cell became the prediction of the line. Only gaps are filled: what was measured
        stays.
        """
        x = np.array([0.0, 2.0, 1.0, NAN])
        y = np.array([0.0, 1.0, 2.0, 3.0])

        actual = regression_fill(x, y)

        assert actual.shape == (4,)
        assert_allclose(actual[:3], [0.0, 2.0, 1.0], rtol=1e-9)

    def test_the_mean_survives_when_y_decides_who_is_missing(self, rng):
        """Gaps are where y is large, and so the known x are too small on average. Their mean
        repeats that bias in every gap; the line knows the y of each gap and undoes it.
        """
        y = rng.normal(size=200)
        x = 0.8 * y + 0.1 * rng.normal(size=200)
        holed = np.where(y > 0, NAN, x)
        truth = x.mean()

        actual = regression_fill(holed, y)

        assert actual.shape == (200,)
        assert_allclose(actual.mean(), truth, atol=0.08)

    def test_a_gap_lies_on_the_line_through_the_known_rows(self):
        """The known rows lie on x = 3 + 2y. 5.54 and 27.7: the line has no intercept. 6 and 30: its
        slope is 3, a covariance with n - 1 over a variance with n. 9 and 9: the mean of x.
        """
        x = np.array([5.0, NAN, 13.0, 9.0, NAN])
        y = np.array([1.0, 2.0, 5.0, 3.0, 10.0])

        assert_allclose(regression_fill(x, y), [5.0, 7.0, 13.0, 9.0, 23.0], rtol=1e-9)

    def test_x_is_predicted_from_y_and_not_the_other_way_round(self):
        """4.62 came back: the line was fitted as y on x and turned over. With noise these are two
        lines, and the turned one is too steep by 1/r squared.
        """
        x = np.array([0.0, 2.0, 1.0, 3.0, NAN])
        y = np.array([0.0, 1.0, 2.0, 3.0, 4.0])

        assert_allclose(regression_fill(x, y), [0.0, 2.0, 1.0, 3.0, 3.5], rtol=1e-9)

    def test_without_rng_random_rows_match_least_squares(self, rng):
        """Random rows with random gaps, against the closed form of the least-squares line."""
        y = rng.normal(5.0, 2.0, size=25)
        x = with_gaps(rng, 3.0 - 1.5 * y + rng.normal(size=25))
        x[1] = 3.0
        expected = np.where(np.isnan(x), line_of(x, y), x)

        actual = regression_fill(x, y)

        assert actual.shape == (25,)
        assert_allclose(actual, expected, rtol=1e-9, atol=1e-9)

    def test_noise_goes_into_the_gaps_only(self, rng):
        """A residual was added to known cells too. They have their noise already: it was
        measured with them.
        """
        x = np.array([0.0, 2.0, 1.0, NAN])
        y = np.array([0.0, 1.0, 2.0, 3.0])

        assert_allclose(regression_fill(x, y, rng)[:3], [0.0, 2.0, 1.0], rtol=1e-9)

    def test_with_rng_the_variance_survives(self, rng):
        """Half of the variance: the filled cells lie on the line as if x had no noise, or all were
        moved by one and the same residual. With `rng` each fill brings a residual of its own.
        """
        y = rng.normal(size=10_000)
        x = 0.7 * y + np.sqrt(0.51) * rng.normal(size=10_000)
        gap = rng.random(10_000) < 0.4
        truth = x[gap].var(ddof=1)

        actual = regression_fill(np.where(gap, NAN, x), y, rng)

        assert actual.shape == (10_000,)
        assert_allclose(actual[gap].var(ddof=1), truth, rtol=0.15)

    def test_the_noise_is_a_residual_of_a_known_row(self, rng):
        """Each fill minus the line is one of six residuals. Minus a residual: it was taken as line
        minus x. A residual times one number: it was rescaled. Other numbers: a normal draw, which
        loses the real skew and outliers, or the residuals of another line.
        """
        y = rng.normal(size=26)
        x = y + rng.exponential(size=26)
        x[6:] = NAN
        line = line_of(x, y)
        residuals = (x - line)[:6]

        noise = (regression_fill(x, y, rng) - line)[6:]

        assert_allclose(noise, residuals[drawn(noise, residuals)], atol=1e-9)

    def test_a_residual_may_be_drawn_twice(self, rng):
        """Fifty gaps took fifty of the sixty residuals once each: they were dealt out like cards.
        Draws are independent, so some residuals come twice and some never.
        """
        y = rng.normal(size=110)
        x = y + rng.normal(size=110)
        x[60:] = NAN
        line = line_of(x, y)

        noise = (regression_fill(x, y, rng) - line)[60:]
        different = len(np.unique(noise.round(9)))

        assert different > 1
        assert different < 50

    def test_every_residual_is_equally_likely(self, rng):
        """Of 2,000 gaps each of five residuals should get about 400. None at all: a Generator's
        `integers(0, n)` leaves out n by itself, so `integers(0, n - 1)` leaves out the last row.
        """
        y = np.append(np.arange(5.0), rng.normal(size=2000))
        x = np.append([0.0, 1.0, 3.0, 7.0, 15.0], np.full(2000, NAN))
        line = line_of(x, y)
        residuals = (x - line)[:5]

        noise = (regression_fill(x, y, rng) - line)[5:]

        counts = np.bincount(drawn(noise, residuals), minlength=5)
        assert_allclose(counts, [400] * 5, atol=90)

    def test_a_draw_says_nothing_about_the_next_one(self, rng):
        """1,500 pairs of neighbouring gaps, three residuals: each of the nine pairs should come
        about 167 times. Sorted draws, blocks, or a shuffled list used again and again do not.
        """
        y = np.append([0.0, 1.0, 3.0], rng.normal(size=3000))
        x = np.append([0.0, 1.0, 8.0], np.full(3000, NAN))
        line = line_of(x, y)
        residuals = (x - line)[:3]

        noise = (regression_fill(x, y, rng) - line)[3:]

        first, second = drawn(noise, residuals).reshape(-1, 2).T
        counts = np.bincount(3 * first + second, minlength=9)
        assert_allclose(counts, [1500 / 9] * 9, atol=60)

    def test_the_generator_alone_decides_the_draw(self):
        """Generators with the same seed must give the same fills, and another seed other fills: a
        generator made inside, or the global state, does not follow `rng`.
        """
        y = np.arange(20.0)
        x = np.where(y < 10, np.sin(y), NAN)

        first, again, other = (regression_fill(x, y, np.random.default_rng(s)) for s in (1, 1, 2))

        assert_allclose(first[10:], again[10:], rtol=1e-9)
        assert np.count_nonzero(~np.isclose(first, other, rtol=1e-9, atol=0)) > 0
        assert np.isnan(first).tolist() == [False] * 20


class TestTryWays:
    """What each way costs, measured where the truth is known."""

    def test_the_table_has_four_ways_and_three_costs(self, rng):
        """Ways are rows and costs are columns, by these names and in this order."""
        x, y = np.array([1.0, 2.0, 3.0, 6.0]), np.arange(4.0)

        actual = try_ways(x, y, x > 5, rng)

        assert list(actual.index) == ["drop", "mean", "line", "draw"]
        assert list(actual.columns) == ["kept", "bias", "spread"]

    def test_bias_is_the_mean_after_minus_the_true_mean(self, rng):
        """The true mean is 3; dropping the 6 leaves 2. 1: the sign is turned. 0: the truth was
        taken from the rows that are left. -0.75 for "mean": the fill knew the hidden value. -0.15
        for "line": so did the line. -4 or -2: the bias of the gap and not of the column.
        """
        x, y = np.array([1.0, 2.0, 3.0, 6.0]), np.arange(4.0)

        actual = try_ways(x, y, x > 5, rng)

        expected = {"drop": -1.0, "mean": -1.0, "line": -0.5, "draw": -0.5}
        assert actual["bias"].to_dict() == pytest.approx(expected, rel=1e-9)

    def test_spread_is_a_ratio_of_standard_deviations(self, rng):
        """0.21, 0.14 and 0.36 are ratios of variances. 0.44 for "drop": ddof is 0. 1 for "drop":
        the spread was compared with that of the rows left, or not at all.
        """
        x, y = np.array([1.0, 2.0, 3.0, 6.0]), np.arange(4.0)

        actual = try_ways(x, y, x > 5, rng)

        variance = {"drop": 1.0, "mean": 2 / 3, "line": 5 / 3, "draw": 5 / 3}
        expected = {way: math.sqrt(v / (14 / 3)) for way, v in variance.items()}
        assert actual["spread"].to_dict() == pytest.approx(expected, rel=1e-9)

    def test_only_dropping_loses_rows(self, rng):
        """3 of 4 rows are left after dropping; a fill keeps them all. 0.25 is the share of the
        gaps, 3 the number of rows.
        """
        x, y = np.array([1.0, 2.0, 3.0, 6.0]), np.arange(4.0)

        actual = try_ways(x, y, x > 5, rng)

        expected = {"drop": 0.75, "mean": 1.0, "line": 1.0, "draw": 1.0}
        assert actual["kept"].to_dict() == pytest.approx(expected, rel=1e-9)

    def test_why_cells_are_missing_decides_who_is_biased(self, rng):
        """Three reasons. At random: nobody is biased. y decides: dropping and the mean are. x
        decides: all are. Zero bias for the last: something has seen the hidden values.
        """
        y = rng.normal(size=2000)
        x = 0.7 * y + np.sqrt(0.51) * rng.normal(size=2000)
        gaps = {"at random": rng.random(2000) < 0.4, "y": y > 0, "x": x > 0}

        biased = {
            why: [abs(bias) > 0.2 for bias in try_ways(x, y, gap, rng)["bias"].to_list()]
            for why, gap in gaps.items()
        }

        assert biased["at random"] == [False, False, False, False]
        assert biased["y"] == [True, True, False, False]
        assert biased["x"] == [True, True, True, True]

    def test_the_draw_gives_back_the_spread_that_the_line_loses(self, rng):
        """The draw has the spread of the line: no residual was drawn, or the line got it."""
        y = rng.normal(size=4000)
        x = 0.6 * y + 0.8 * rng.normal(size=4000)

        actual = try_ways(x, y, rng.random(4000) < 0.5, rng)

        assert_allclose(actual["spread"].to_dict()["draw"], 1.0, atol=0.06)
        assert_allclose(actual["spread"].to_dict()["line"], math.sqrt(0.68), atol=0.06)

    def test_a_draw_adds_a_residual_of_the_rows_left(self, rng):
        """One gap, ten rows: ten times the bias by which draw and line differ is what was drawn. It
        is a residual of one of the nine rows left, about the line that they give.
        """
        x, y = rng.normal(size=(2, 10))
        holed = np.where(np.arange(10) == 4, NAN, x)
        residuals = np.delete(x - line_of(holed, y), 4)

        bias = try_ways(x, y, np.isnan(holed), rng)["bias"].to_dict()

        noise = np.array([10 * (bias["draw"] - bias["line"])])
        assert_allclose(noise, residuals[drawn(noise, residuals)], atol=1e-9)

    def test_random_columns_match_their_definition(self, rng):
        """Random x and y and random gaps: each way followed by hand, but for the draw."""
        x, y = rng.normal(2.0, 3.0, size=(2, 30))
        gap = rng.random(30) < 0.4
        gap[:4] = [True, False, False, False]
        line = line_of(np.where(gap, NAN, x), y)
        after = [x[~gap], np.where(gap, x[~gap].mean(), x), np.where(gap, line, x)]
        bias = [v.mean() - x.mean() for v in after]
        spread = [v.std(ddof=1) / x.std(ddof=1) for v in after]
        kept = [np.count_nonzero(~gap) / 30, 1.0, 1.0]

        actual = try_ways(x, y, gap, rng)

        assert actual.shape == (4, 3)
        assert_allclose(actual["bias"].to_list()[:3], bias, rtol=1e-9, atol=1e-9)
        assert_allclose(actual["spread"].to_list()[:3], spread, rtol=1e-9)
        assert_allclose(actual["kept"].to_list()[:3], kept, rtol=1e-9)


def costs_of(**ways):
    """Return a table of costs: kept, bias and spread for each way."""
    return pd.DataFrame.from_dict(ways, orient="index", columns=["kept", "bias", "spread"])


class TestChooseWay:
    """A decision: what must hold, and then what is best."""

    def test_a_large_bias_is_out_whatever_its_sign(self):
        """`model` was chosen: its bias of -0.5 is below the limit, as is every negative number.
        Too low is as wrong as too high.
        """
        costs = costs_of(model=(1.0, -0.5, 1.0), fill=(1.0, 0.04, 0.8), carry=(1.0, 0.5, 1.0))

        assert choose_way(costs, every_row=False, max_bias=0.1) == "fill"

    def test_the_spread_nearest_to_one_wins_from_either_side(self):
        """1.3 is the largest spread and 0.7 the smallest; the nearest to 1 is 0.9. Too much spread
        is a distortion as well.
        """
        costs = costs_of(fill=(1.0, 0.05, 0.7), hot=(1.0, -0.05, 1.3), line=(1.0, 0.02, 0.9))

        assert choose_way(costs, every_row=False, max_bias=0.1) == "line"

    def test_who_needs_every_row_cannot_drop(self):
        """Leaving rows out is the best here. A model that must answer for each of them cannot use
        it, by whatever name it goes and however few the rows; who estimates a mean can.
        """
        drop = costs_of(drop=(0.6, 0.0, 1.0), draw=(1.0, 0.03, 0.98))
        complete = costs_of(complete=(0.995, 0.0, 1.0), draw=(1.0, 0.03, 0.98))

        assert choose_way(drop, every_row=False, max_bias=0.1) == "drop"
        assert choose_way(drop, every_row=True, max_bias=0.1) == "draw"
        assert choose_way(complete, every_row=True, max_bias=0.1) == "draw"

    def test_the_smallest_bias_does_not_win_by_itself(self):
        """`mean` has the smallest bias, `knn` the smallest sum of both errors. What is allowed is
        decided by the bias; what is best, by the spread alone.
        """
        costs = costs_of(mean=(1.0, 0.0, 0.6), knn=(1.0, 0.01, 0.98), draw=(1.0, 0.05, 1.0))

        assert choose_way(costs, every_row=True, max_bias=0.1) == "draw"

    def test_none_is_an_answer(self):
        """When the lost value itself decides, no way is within the limit. Naming the least bad one
        hides that: get other data, or say how wrong the mean may be.
        """
        costs = costs_of(drop=(0.5, -0.77, 0.62), draw=(1.0, -0.56, 0.66))

        assert choose_way(costs, every_row=False, max_bias=0.1) == "none"

    def test_the_limit_itself_is_allowed(self):
        """A bias of exactly the limit is not more than the limit."""
        costs = costs_of(line=(1.0, -0.25, 0.9), fill=(1.0, 0.125, 0.7))

        assert choose_way(costs, every_row=True, max_bias=0.25) == "line"

    def test_of_equally_near_ways_the_upper_wins(self):
        """0.75 and 1.25 are equally near to 1. The upper row wins: a table lists the simple ways
        first.
        """
        costs = costs_of(zeta=(1.0, 0.0, 1.25), beta=(1.0, 0.0, 0.75), eta=(1.0, 0.0, 1.25))

        assert choose_way(costs, every_row=True, max_bias=0.1) == "zeta"

    def test_random_tables_are_decided_row_by_row(self, rng):
        """Four random tables of eight ways, each decided by hand."""
        for _ in range(4):
            kept = rng.choice([0.5, 1.0], size=8)
            bias, spread = rng.normal(0.0, 0.2, size=8), rng.uniform(0.3, 1.7, size=8)
            table = {"kept": kept, "bias": bias, "spread": spread}
            left = [i for i in range(8) if abs(bias[i]) <= 0.1 and kept[i] == 1.0]
            best = min(left, key=lambda i: abs(spread[i] - 1), default=None)
            expected = "none" if best is None else "stuvwxyz"[best]
            costs = pd.DataFrame(table, index=list("stuvwxyz"))

            assert choose_way(costs, every_row=True, max_bias=0.1) == expected
