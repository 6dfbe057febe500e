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
    fit_fill,
    knn_fill,
    missing_report,
    regression_fill,
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


class TestMissingReport:
    """Seeing the gaps before touching them."""

    def test_share_is_a_fraction_and_not_a_percentage(self):
        """The share came out a hundred times too large: this workbook gives every rate as a
        fraction from 0 to 1.
        """
        actual = missing_report(pd.DataFrame({"age": [31.0, NAN]}))

        assert actual["share"].to_list()[0] <= 1 + 1e-9

    def test_share_divides_by_the_rows(self):
        """The share is of the rows of `df`: not of all the gaps in the frame, nor of the cells
        that hold a value.
        """
        df = pd.DataFrame({"age": [NAN, 1.0, 2.0, 3.0], "height": [NAN, NAN, 2.0, 3.0]})

        actual = missing_report(df)

        assert actual["share"].to_dict() == pytest.approx({"age": 0.25, "height": 0.5}, rel=1e-9)

    def test_each_column_has_its_count_and_its_share(self):
        """A gap adds one to the count of its own column, and one row's share to its share."""
        df = pd.DataFrame({"age": [31.0, NAN, NAN, 40.0], "height": [NAN, 1.7, 1.8, 1.9]})

        actual = missing_report(df)

        assert list(actual.columns) == ["n_missing", "share"]
        assert actual["n_missing"].to_dict() == {"age": 2, "height": 1}
        assert actual["share"].to_dict() == pytest.approx({"age": 0.5, "height": 0.25}, rel=1e-9)

    def test_a_column_without_gaps_is_listed_too(self):
        """Only the columns with gaps are in the report. A full column belongs there with 0: the
        reader must see that it was looked at, and next week's report must have the same rows.
        """
        df = pd.DataFrame({"age": [31.0, NAN], "height": [1.7, 1.8]})

        actual = missing_report(df)

        assert list(actual.index) == ["age", "height"]

    def test_columns_keep_the_order_of_the_frame(self):
        """The report is sorted, by name or by worst first. The contract keeps the order of the
        columns of `df`; who wants it sorted can sort it.
        """
        df = pd.DataFrame({"zip": [1.0, NAN, 3.0], "age": [NAN, NAN, NAN], "name": [NAN, NAN, 1.0]})

        actual = missing_report(df)

        assert list(actual.index) == ["zip", "age", "name"]

    def test_none_nat_and_pd_na_are_missing_like_nan(self):
        """Missing has four spellings: NaN, None, NaT and pd.NA. A test such as `value != value`
        or `np.isnan` sees only some of them.
        """
        df = pd.DataFrame(
            {
                "number": [NAN, 1.0, 2.0],
                "object": pd.Series([None, "a", "b"], dtype=object),
                "date": pd.to_datetime([None, "2024-01-01", None]),
                "nullable": pd.array([pd.NA, 1, 2], dtype="Int64"),
            }
        )

        actual = missing_report(df)

        assert actual["n_missing"].to_dict() == {"number": 1, "object": 1, "date": 2, "nullable": 1}

    def test_empty_text_and_the_word_nan_are_values(self):
        """'' and 'nan' may be bad data, but somebody wrote them: they are values. Turning them
        into missing is a cleaning step of its own, and not the report's.
        """
        df = pd.DataFrame({"answer": ["", "nan", "NA", None]})

        actual = missing_report(df)

        assert actual["n_missing"].to_dict() == {"answer": 1}

    def test_zero_and_infinity_are_values(self):
        """0 and inf may be wrong numbers, but they are not missing: the cell says something."""
        df = pd.DataFrame({"rate": [0.0, np.inf, -np.inf, NAN]})

        actual = missing_report(df)

        assert actual["n_missing"].to_dict() == {"rate": 1}

    def test_counts_are_int64_and_shares_float64(self):
        """A count is a whole number. Counts that pass through a float table come back as 2.0."""
        df = pd.DataFrame({"age": [31.0, NAN], "city": ["Rome", "Oslo"]})

        actual = missing_report(df)

        assert actual.dtypes.astype(str).to_dict() == {"n_missing": "int64", "share": "float64"}

    def test_random_gaps_are_counted(self, rng):
        """Gaps in random places, counted one cell at a time."""
        df = random_frame(rng)
        n_missing = [sum(bool(pd.isna(v)) for v in df[c]) for c in df.columns]

        actual = missing_report(df)

        assert actual["n_missing"].to_list() == n_missing
        assert_allclose(actual["share"].to_numpy(), [n / 30 for n in n_missing], rtol=1e-9)

    def test_one_row_is_enough_and_no_cells_are_refused(self):
        """A share of no rows is 0/0. An empty frame is a broken upload and deserves a ValueError
        that names `df`; a single row does not.
        """
        one = missing_report(pd.DataFrame({"age": [NAN]}))

        assert one["share"].to_list() == pytest.approx([1.0], rel=1e-9)
        with pytest.raises(ValueError, match=r"\bdf\b"):
            missing_report(pd.DataFrame({"age": []}))
        with pytest.raises(ValueError, match=r"\bdf\b"):
            missing_report(pd.DataFrame(index=[0, 1]))


class TestFitFill:
    """What is learned, and from which rows."""

    def test_missing_cells_do_not_pull_the_mean(self):
        """The mean is over the values that are there. A gap is no zero, and does not count in the
        denominator.
        """
        train = pd.DataFrame({"age": [1.0, NAN, 3.0, NAN]})

        assert numbers(fit_fill(train, {"age": "mean"})) == pytest.approx({"age": 2.0}, rel=1e-9)

    def test_the_median_is_the_middle_and_not_the_mean(self):
        """One huge value drags the mean, not the median: that is why it is asked for. Here the
        mean came back where the median was wanted.
        """
        train = pd.DataFrame({"income": [1.0, 2.0, NAN, 300.0]})

        assert numbers(fit_fill(train, {"income": "median"})) == pytest.approx(
            {"income": 2.0}, rel=1e-9
        )

    def test_the_median_of_an_even_count_is_halfway(self):
        """With four values there are two middle ones, and the median lies halfway between them;
        taking the element in position n // 2 gives the upper one.
        """
        train = pd.DataFrame({"income": [10.0, 1.0, NAN, 2.0, 4.0]})

        assert numbers(fit_fill(train, {"income": "median"})) == pytest.approx(
            {"income": 3.0}, rel=1e-9
        )

    def test_of_two_modes_the_smallest_wins(self):
        """Two values are equally frequent. Taking the one that came first makes the fill depend
        on the order of the rows; the smallest does not.
        """
        train = pd.DataFrame({"grade": ["b", "a", "b", "a", "c"]})

        assert fit_fill(train, {"grade": "mode"}) == {"grade": "a"}

    def test_modes_that_are_numbers_are_ordered_as_numbers(self):
        """9 and 10 are equally frequent, and "10" < "9" holds only for text: compare the values
        themselves, and hand back a number.
        """
        train = pd.DataFrame({"size": [10.0, 9.0, 10.0, 9.0, 1.0]})

        assert numbers(fit_fill(train, {"size": "mode"})) == pytest.approx({"size": 9.0}, rel=1e-9)

    def test_missing_is_never_the_mode(self):
        """NaN is the most frequent cell here, and it was counted as a value. Filling gaps with
        NaN fills nothing.
        """
        train = pd.DataFrame({"city": [None, "Rome", None, None, "Rome", "Oslo"]})

        assert fit_fill(train, {"city": "mode"}) == {"city": "Rome"}

    def test_exactly_the_columns_asked_for_are_learned(self):
        """`how` says which columns get a fill. A fill for a column nobody asked about later
        replaces gaps that were to stay.
        """
        train = pd.DataFrame({"age": [1.0, 3.0], "height": [1.5, NAN], "label": [0.0, 1.0]})

        assert numbers(fit_fill(train, {"height": "mean"})) == pytest.approx(
            {"height": 1.5}, rel=1e-9
        )

    def test_gaps_in_another_column_cost_no_rows(self):
        """Every row with any gap was dropped first, so the fill of one column lost the values
        that stand beside the gaps of another.
        """
        train = pd.DataFrame({"age": [1.0, 3.0, 8.0], "height": [1.5, 2.5, NAN]})

        assert numbers(fit_fill(train, {"age": "mean", "height": "median"})) == pytest.approx(
            {"age": 4.0, "height": 2.0}, rel=1e-9
        )

    def test_a_column_without_any_value_is_refused(self):
        """The mean of nothing is NaN, and a fill of NaN or an invented 0 stays unseen until
        production. Refuse with a ValueError that names `train`; one value is enough to learn.
        """
        train = pd.DataFrame({"age": [NAN, NAN], "height": [NAN, 1.5]})

        assert numbers(fit_fill(train, {"height": "mode"})) == pytest.approx(
            {"height": 1.5}, rel=1e-9
        )
        for method in ("mean", "median", "mode"):
            with pytest.raises(ValueError, match=r"\btrain\b"):
                fit_fill(train, {"age": method})

    def test_an_unknown_method_is_refused(self):
        """A method that is misspelt must not fall through to some other one: raise a ValueError
        that names `how`.
        """
        with pytest.raises(ValueError, match=r"\bhow\b"):
            fit_fill(pd.DataFrame({"age": [1.0, 3.0]}), {"age": "average"})
        assert numbers(
            fit_fill(pd.DataFrame({"age": [1.0, 3.0]}), {"age": "mean"})
        ) == pytest.approx({"age": 2.0}, rel=1e-9)

    def test_an_unknown_column_is_refused(self):
        """A column that `train` does not have is an error in `how`; a ValueError says so, where
        a KeyError from deep inside does not.
        """
        with pytest.raises(ValueError, match=r"\bhow\b"):
            fit_fill(pd.DataFrame({"age": [1.0, 3.0]}), {"height": "mean"})
        assert numbers(
            fit_fill(pd.DataFrame({"age": [1.0, 3.0]}), {"age": "mean"})
        ) == pytest.approx({"age": 2.0}, rel=1e-9)

    def test_random_columns_match_their_statistics(self, rng):
        """Each of the three methods on a random column with gaps of its own."""
        a, b = (with_gaps(rng, rng.lognormal(size=41)) for _ in range(2))
        c = with_gaps(rng, rng.integers(0, 5, size=41))
        train = pd.DataFrame({"a": a, "b": b, "c": c})
        counts = {v: np.count_nonzero(c == v) for v in range(5)}

        actual = fit_fill(train, {"c": "mode", "a": "mean", "b": "median"})

        assert numbers(actual) == {
            "a": pytest.approx(np.nanmean(a), rel=1e-9),
            "b": pytest.approx(np.nanmedian(b), rel=1e-9),
            "c": pytest.approx(
                min(v for v in counts if counts[v] == max(counts.values())), rel=1e-9
            ),
        }


class TestApplyFill:
    """What is done to any batch, train or test, with what was learned."""

    def test_the_filled_values_are_in_the_result(self):
        """The gap came back unfilled. On pandas 3 `df["age"].fillna(2, inplace=True)` fills a
        temporary copy of the column, and `df` stays as it was.
        """
        actual = apply_fill(pd.DataFrame({"age": [2.0, NAN]}), {"age": 2.0}, [])

        assert actual["age"].to_list() == pytest.approx([2.0, 2.0], rel=1e-9)

    def test_the_fill_learned_in_training_stands_in_every_batch(self):
        """The training mean is 2. This batch has a mean of its own, 101, and it was used: then
        test rows decide about test rows, and one row alone would have no fill at all.
        """
        actual = apply_fill(pd.DataFrame({"age": [101.0, NAN]}), {"age": 2.0}, [])

        assert actual["age"].to_list() == pytest.approx([101.0, 2.0], rel=1e-9)

    def test_the_indicator_remembers_the_gaps_from_before_filling(self):
        """After filling no cell is missing any more: an indicator computed then is 0 everywhere,
        and the model never learns that the value was absent.
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

    def test_exactly_the_columns_asked_for_get_an_indicator(self):
        """`indicator_for` decides, not `fills`: a column that is filled may have no indicator,
        and a column that is not filled may have one.
        """
        df = pd.DataFrame({"age": [NAN, 1.0], "height": [1.5, NAN]})

        actual = apply_fill(df, {"age": 2.0}, ["height"])

        assert list(actual.columns) == ["age", "height", "height__missing"]
        assert actual["height__missing"].to_list() == [0, 1]

    def test_indicators_follow_after_the_columns_in_the_order_asked_for(self):
        """A model reads columns by position. The columns of `df` come first, then the indicators
        in the order of `indicator_for`.
        """
        df = pd.DataFrame({"a": [NAN, 1.0], "b": [2.0, NAN], "c": [3.0, 4.0]})

        actual = apply_fill(df, {}, ["c", "a"])

        assert list(actual.columns) == ["a", "b", "c", "c__missing", "a__missing"]
        assert actual["a__missing"].to_list() == [1, 0]

    def test_indicators_are_int8(self):
        """Flags are int8, one byte a row: neither bool, which some models refuse, nor int64."""
        actual = apply_fill(pd.DataFrame({"age": [1.0, NAN]}), {"age": 2.0}, ["age"])

        assert str(actual.dtypes["age__missing"]) == "int8"

    def test_a_column_without_a_fill_keeps_its_gaps(self):
        """A gap for which nothing was learned was filled anyway. Columns outside `fills` keep
        their gaps: somebody else decides about them.
        """
        df = pd.DataFrame({"age": [1.0, NAN], "height": [1.5, NAN]})

        actual = apply_fill(df, {"age": 2.0}, [])

        assert_allclose(actual["height"].to_list(), [1.5, NAN], rtol=1e-9)

    def test_zero_and_empty_text_are_not_gaps(self):
        """0 and '' count as false in Python, so `value or fill` overwrites them. They are values:
        neither filled nor flagged.
        """
        df = pd.DataFrame({"visits": [0.0, NAN], "note": ["", None]})

        actual = apply_fill(df, {"visits": 2.0, "note": "none"}, ["visits", "note"])

        assert actual["visits"].to_list() == pytest.approx([0.0, 2.0], rel=1e-9, abs=0)
        assert actual["note"].to_list() == ["", "none"]
        assert actual[["visits__missing", "note__missing"]].to_numpy().tolist() == [[0, 0], [1, 1]]

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

    def test_a_fill_for_a_column_that_is_not_there_is_refused(self):
        """A column that vanished from the batch passes unseen, or is created out of thin air.
        Raise a ValueError that names `fills`.
        """
        with pytest.raises(ValueError, match=r"\bfills\b"):
            apply_fill(pd.DataFrame({"age": [1.0, NAN]}), {"age": 2.0, "height": 1.5}, [])
        actual = apply_fill(pd.DataFrame({"age": [1.0, NAN]}), {"age": 2.0}, [])
        assert actual["age"].to_list() == pytest.approx([1.0, 2.0], rel=1e-9)

    def test_an_indicator_for_a_column_that_is_not_there_is_refused(self):
        """An indicator needs its column; raise a ValueError that names `indicator_for`."""
        with pytest.raises(ValueError, match=r"\bindicator_for\b"):
            apply_fill(pd.DataFrame({"age": [1.0, NAN]}), {"age": 2.0}, ["age", "height"])
        actual = apply_fill(pd.DataFrame({"age": [1.0, NAN]}), {"age": 2.0}, ["age"])
        assert actual["age__missing"].to_list() == [0, 1]

    def test_a_random_frame_is_filled_cell_by_cell(self, rng):
        """Random gaps in a number and a text column under a shuffled index, filled one cell at a
        time.
        """
        df = random_frame(rng)
        fills = {"size": float(rng.normal()), "colour": "grey"}
        expected = {c: [fills[c] if pd.isna(v) else v for v in df[c]] for c in df}
        expected["colour__missing"] = [int(pd.isna(v)) for v in df["colour"]]

        actual = apply_fill(df, fills, ["colour"])

        expected = pd.DataFrame(expected, index=df.index).astype({"colour__missing": "int8"})
        assert_frame_equal(actual, expected, rtol=1e-9, atol=0)


def carried(df, by, time, column, limit):
    """Carry one column forward, row by row, the slow way."""
    rows = sorted(range(len(df)), key=lambda i: df[time].iloc[i])
    last, values = {}, df[column].to_list()
    for i in rows:
        who = df[by].iloc[i]
        if not pd.isna(values[i]):
            last[who] = [values[i], 0]
        elif who in last and (limit is None or last[who][1] < limit):
            last[who][1] += 1
            values[i] = last[who][0]
    return values


class TestCarryForward:
    """The last known value, inside one entity and never from the future."""

    def test_columns_keep_their_dtype(self):
        """Text and numbers carried together through one array come back as objects. Each column
        keeps the dtype it had.
        """
        df = pd.DataFrame(
            {"user": ["x", "x"], "day": [1, 2], "n": [3, 4], "v": [1.0, NAN], "plan": ["a", None]}
        )

        actual = carry_forward(df, "user", "day", ["plan", "v"], limit=None)

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
        """Interpolation draws a line to the next known value, which lies in the future of the
        gap. Carrying forward repeats the last one.
        """
        df = pd.DataFrame({"user": [1, 1, 1], "day": [1, 2, 3], "v": [1.0, NAN, 3.0]})

        actual = carry_forward(df, "user", "day", ["v"], limit=None)

        assert_allclose(actual["v"].to_numpy(), [1.0, 1.0, 3.0], rtol=1e-9)

    def test_rows_come_back_in_the_callers_order(self):
        """The result is still sorted, by time, by user or by its index. Sorting is a means: rows
        and index come back as they came in.
        """
        df = pd.DataFrame(
            {"user": [2, 1, 2], "day": [3, 2, 1], "v": [NAN, 6.0, 7.0]}, index=["z", "x", "y"]
        )

        actual = carry_forward(df, "user", "day", ["v"], limit=None)

        assert actual.index.to_list() == ["z", "x", "y"]
        assert actual["day"].to_list() == [3, 2, 1]

    def test_every_value_returns_to_its_own_row(self):
        """Values that were computed in sorted order were written back by position, so they landed
        on other rows. Let the row labels, or the row numbers, bring them home.
        """
        df = pd.DataFrame({"user": [1, 2, 1, 2], "day": [1, 1, 2, 2], "v": [1.0, 2.0, NAN, NAN]})

        actual = carry_forward(df, "user", "day", ["v"], limit=None)

        assert_allclose(actual["v"].to_numpy(), [1.0, 2.0, 1.0, 2.0], rtol=1e-9)

    def test_time_decides_what_is_before_and_not_the_row_order(self):
        """The rows arrive out of order. Filling in row order carries day 3 into day 2."""
        df = pd.DataFrame({"user": [1, 1, 1], "day": [3, 2, 1], "v": [30.0, NAN, 10.0]})

        actual = carry_forward(df, "user", "day", ["v"], limit=None)

        assert_allclose(actual["v"].to_numpy(), [30.0, 10.0, 10.0], rtol=1e-9)

    def test_no_limit_means_to_the_end(self):
        """Without a limit a value is carried through a gap of any length."""
        df = pd.DataFrame({"user": 1, "day": range(5), "v": [5.0, NAN, NAN, NAN, NAN]})

        actual = carry_forward(df, "user", "day", ["v"], limit=None)

        assert_allclose(actual["v"].to_list(), [5.0] * 5, rtol=1e-9)

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

    def test_limit_stops_the_carrying(self):
        """A value from long ago is no longer news. With limit=2 it is carried two rows; the third
        row after it is missing.
        """
        df = pd.DataFrame({"user": 1, "day": [1, 2, 3, 4], "v": [5.0, NAN, NAN, NAN]})

        actual = carry_forward(df, "user", "day", ["v"], limit=2)

        assert_allclose(actual["v"].to_numpy()[2:], [5.0, NAN], rtol=1e-9)

    def test_a_gap_longer_than_limit_is_filled_at_its_start(self):
        """The long gap stayed empty as a whole. `limit` does not choose among gaps: it fills the
        first rows of each.
        """
        df = pd.DataFrame({"user": 1, "day": [1, 2, 3, 4], "v": [5.0, NAN, NAN, 8.0]})

        actual = carry_forward(df, "user", "day", ["v"], limit=1)

        assert_allclose(actual["v"].to_numpy(), [5.0, 5.0, NAN, 8.0], rtol=1e-9)

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

    def test_columns_keep_their_place(self):
        """The carried columns were taken out and put back at the end, or `by` and `time` at the
        front. The columns come back in the order of `df`.
        """
        df = pd.DataFrame({"v": [1.0, NAN], "day": [1, 2], "n": [3, 4], "user": ["x", "x"]})

        actual = carry_forward(df, "user", "day", ["v"], limit=None)

        assert list(actual.columns) == ["v", "day", "n", "user"]

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

    def test_a_missing_key_or_time_is_refused(self):
        """A pandas group leaves out rows whose key is missing, and their known values vanish from
        the result; a row without a time has no place in the order. Raise a ValueError that names
        the argument, `by` or `time`.
        """
        df = pd.DataFrame({"user": ["a", None], "day": [1.0, 2.0], "v": [1.0, 2.0]})
        with pytest.raises(ValueError, match=r"\bby\b"):
            carry_forward(df, "user", "day", ["v"], limit=None)

        df = pd.DataFrame({"user": ["a", "b"], "day": [1.0, NAN], "v": [1.0, 2.0]})
        with pytest.raises(ValueError, match=r"\btime\b"):
            carry_forward(df, "user", "day", ["v"], limit=None)
        df = pd.DataFrame({"user": ["a", "a"], "day": [1.0, 2.0], "v": [1.0, NAN]})
        assert carry_forward(df, "user", "day", ["v"], limit=None)["v"].to_list() == pytest.approx(
            [1.0, 1.0], rel=1e-9
        )

    def test_a_limit_below_one_is_refused(self):
        """A limit of 0 would fill nothing, and pandas reads -1 as no limit at all; both are slips
        of the caller. Raise a ValueError that names `limit`.
        """
        df = pd.DataFrame({"user": [1, 1], "day": [1, 2], "v": [1.0, NAN]})

        for limit in (0, -1):
            with pytest.raises(ValueError, match=r"\blimit\b"):
                carry_forward(df, "user", "day", ["v"], limit=limit)
        assert carry_forward(df, "user", "day", ["v"], limit=1)["v"].to_list() == pytest.approx(
            [1.0, 1.0], rel=1e-9
        )

    @pytest.mark.parametrize("limit", [None, 1, 2], ids=["no limit", "limit 1", "limit 2"])
    def test_a_random_log_is_carried_row_by_row(self, rng, limit):
        """Three users with interleaved rows, shuffled times with ties, a shuffled index, numbers
        and text; each row followed by hand.
        """
        df = random_frame(rng)
        df["user"] = rng.choice(["u", "v", "w"], size=len(df))
        df["at"] = pd.Timestamp("2024-01-01") + pd.to_timedelta(rng.integers(0, 9, len(df)), "h")
        columns = ["colour", "size"]
        expected = {c: carried(df, "user", "at", c, limit) for c in columns}

        actual = carry_forward(df, "user", "at", columns, limit=limit)

        expected = df.assign(**expected).astype({"colour": "str"})
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

    def test_a_distance_over_fewer_shared_columns_is_scaled_up(self):
        """Row 0 shares one column with X and differs by 1 there; row 1 shares three and differs
        by 1 in two of them. Unscaled, row 0 looks nearer only because less of it was compared.
        The squared distances are 4/1 * 1 and 4/3 * 2: row 1 is nearer.
        """
        train = np.array([[10.0, 1.0, NAN, NAN], [20.0, 1.0, 1.0, 0.0]])
        X = np.array([[NAN, 0.0, 0.0, 0.0]])

        assert_allclose(knn_fill(train, X, k=1), [[20.0, 0.0, 0.0, 0.0]], rtol=1e-9)

    def test_each_of_the_k_donors_counts_the_same(self):
        """The nearer donor got more weight. That is another method, and a fair one; here the fill
        is the plain mean of the k values.
        """
        train = np.array([[0.0, 1.0], [3.0, 2.0], [30.0, 3.0], [500.0, 9.0]])
        X = np.array([[NAN, 0.5]])

        assert_allclose(knn_fill(train, X, k=3), [[11.0, 0.5]], rtol=1e-9)

    def test_a_row_without_the_value_is_no_donor(self):
        """The nearest row has the same hole, and NaN came back. Who lacks the value cannot give
        it; the next row can.
        """
        train = np.array([[NAN, 1.0], [30.0, 2.0]])
        X = np.array([[NAN, 1.0]])

        assert_allclose(knn_fill(train, X, k=1), [[30.0, 1.0]], rtol=1e-9)

    def test_k_counts_donors_and_not_neighbours(self):
        """The k nearest rows were chosen first, and those without the value left out afterwards:
        fewer than k rows gave a value although enough donors are there.
        """
        train = np.array([[NAN, 1.0], [30.0, 2.0], [50.0, 3.0], [90.0, 9.0]])
        X = np.array([[NAN, 1.0]])

        assert_allclose(knn_fill(train, X, k=2), [[40.0, 1.0]], rtol=1e-9)

    def test_a_row_that_shares_no_column_is_no_donor(self):
        """A sum over no columns is 0, so the row that shares nothing with X looked like a perfect
        match. Nothing is known about it: it is no donor.
        """
        train = np.array([[10.0, NAN], [20.0, 3.0]])
        X = np.array([[NAN, 1.0]])

        assert_allclose(knn_fill(train, X, k=1), [[20.0, 1.0]], rtol=1e-9)

    def test_without_a_donor_the_mean_of_the_training_column_stands_in(self):
        """The row of X is empty, so no row is near to it. What is left is the mean of the column
        in `train`: not NaN, not 0.
        """
        train = np.array([[1.0, 10.0], [3.0, NAN]])
        X = np.array([[NAN, NAN]])

        assert_allclose(knn_fill(train, X, k=1), [[2.0, 10.0]], rtol=1e-9)

    def test_donors_come_from_the_training_rows_alone(self):
        """Another row of X is nearer, and it gave the value. Rows of the batch are no donors: the
        answer for a row may not depend on who else arrives with it.
        """
        train = np.array([[10.0, 1.0], [20.0, 8.0]])
        X = np.array([[NAN, 5.0], [99.0, 5.0]])

        assert_allclose(knn_fill(train, X, k=1), [[20.0, 5.0], [99.0, 5.0]], rtol=1e-9)

    def test_the_last_resort_is_not_the_mean_of_the_batch(self):
        """The mean of the batch came back. No row of `train` with a value shares a column with
        this row of X; even then the answer comes from the training rows.
        """
        train = np.array([[1.0, NAN], [3.0, NAN], [NAN, 10.0]])
        X = np.array([[NAN, 5.0], [101.0, 10.0]])

        assert_allclose(knn_fill(train, X, k=1), [[2.0, 5.0], [101.0, 10.0]], rtol=1e-9)

    def test_a_filled_cell_is_not_used_for_the_next_one(self):
        """The first gap was filled, and the guess then took part in the distances for the second
        gap of the row. Distances use what was observed.
        """
        train = np.array([[0.0, 5.0, 1.0], [9.0, NAN, 3.0], [9.0, 50.0, 7.0]])
        X = np.array([[NAN, NAN, 3.0]])

        assert_allclose(knn_fill(train, X, k=1), [[9.0, 5.0, 3.0]], rtol=1e-9)

    def test_of_equally_near_donors_the_lower_rows_win(self, rng):
        """Many donors are equally near, and some of them were taken as the sort or the partition
        left them. Equal distances go to the lower row number.
        """
        train = rng.integers(0, [1000, 5], size=(90, 2)).astype(float)
        X = np.column_stack([np.full(5, NAN), np.arange(5.0)])
        ranked = [sorted(range(90), key=lambda row: abs(train[row, 1] - x)) for x in X[:, 1]]
        expected = [train[rows[:15], 0].mean() for rows in ranked]

        actual = knn_fill(train, X, k=15)

        assert_allclose(actual[:, 0], expected, rtol=1e-9)

    def test_fewer_donors_than_k_are_all_used(self):
        """Two donors, k is 5: the mean is over those two. The mean of the whole column is the
        answer only where there is no donor at all.
        """
        train = np.array([[10.0, 1.0], [20.0, 8.0], [NAN, 5.0], [90.0, NAN]])
        X = np.array([[NAN, 5.0]])

        assert_allclose(knn_fill(train, X, k=5), [[15.0, 5.0]], rtol=1e-9)

    def test_no_python_loop_over_pairs_of_rows(self, cost):
        """Four times the rows may cost four times the steps, or eight at most. Sixteen means that
        Python visits each pair of rows: compare one row with all others at once.
        """
        steps = []
        for n in (25, 100):
            train = np.column_stack([np.arange(n), np.arange(n) % 5.0, np.arange(n) % 7.0])
            X = train.copy()
            X[:, 0] = NAN
            steps.append(cost(knn_fill, train, X, 3).steps)

        assert steps[1] < 8 * steps[0]

    def test_k_below_one_is_refused(self):
        """A mean of no donors does not exist: a ValueError that names `k`. k=1 is legal."""
        train, X = np.array([[1.0, 2.0]]), np.array([[NAN, 2.0]])

        assert_allclose(knn_fill(train, X, k=1), [[1.0, 2.0]], rtol=1e-9)
        with pytest.raises(ValueError, match=r"\bk\b"):
            knn_fill(train, X, k=0)

    def test_another_number_of_columns_is_refused(self):
        """X must have the columns of train: a single one would broadcast without a word. Raise a
        ValueError that names `X`.
        """
        train = np.array([[1.0, 2.0], [3.0, 4.0]])

        for X in ([[1.0], [2.0]], [[1.0, 2.0, 3.0]]):
            with pytest.raises(ValueError, match=r"\bX\b"):
                knn_fill(train, np.array(X), k=1)
        assert_allclose(knn_fill(train, np.array([[1.0, NAN]]), k=1), [[1.0, 2.0]], rtol=1e-9)

    def test_a_training_column_without_a_value_is_refused(self):
        """Nobody can donate what no training row has, and there is no mean either. Raise a
        ValueError that names `train`, rather than returning NaN.
        """
        with pytest.raises(ValueError, match=r"\btrain\b"):
            knn_fill(np.array([[1.0, NAN], [2.0, NAN]]), np.array([[1.0, NAN]]), k=1)
        actual = knn_fill(np.array([[1.0, 5.0], [2.0, NAN]]), np.array([[1.0, NAN]]), k=1)
        assert_allclose(actual, [[1.0, 5.0]], rtol=1e-9)

    @pytest.mark.parametrize("k", [1, 3, 9])
    def test_random_tables_match_the_pairwise_definition(self, rng, k):
        """Random gaps on both sides, against the definition followed one pair of rows at a time."""
        train = with_gaps(rng, rng.normal(size=(11, 4)))
        X = with_gaps(rng, rng.normal(size=(7, 4)), share=0.5)

        expected = filled_by_hand(train, X, k)

        actual = knn_fill(train, X, k=k)

        assert actual.shape == (7, 4)
        assert_allclose(actual, expected, rtol=1e-9)


def line_of(x, y):
    """Return the least-squares line of x on y over the known x, at every y."""
    known = ~np.isnan(x)
    dx, dy = x[known] - x[known].mean(), y[known] - y[known].mean()
    return x[known].mean() + (dx @ dy) / (dy @ dy) * (y - y[known].mean())


class TestRegressionFill:
    """A model for the gap, and the noise that a model leaves out."""

    def test_the_mean_survives_when_y_decides_who_is_missing(self, rng):
        """Gaps are where y is large, and so the known x are too small on average. Their mean
        repeats that bias in every gap; the line knows the y of each gap and undoes it.
        """
        y = rng.normal(size=200)
        x = 0.8 * y + 0.1 * rng.normal(size=200)
        holed = np.where(y > 0, NAN, x)

        actual = regression_fill(holed, y)

        assert actual.shape == x.shape
        assert_allclose(actual.mean(), x.mean(), atol=0.08)

    def test_a_gap_lies_on_the_line_through_the_known_rows(self):
        """The known rows lie on x = 3 + 2y. A line through the origin, or the mean of x, misses
        them.
        """
        x = np.array([5.0, NAN, 13.0, 9.0, NAN])
        y = np.array([1.0, 2.0, 5.0, 3.0, 10.0])

        assert_allclose(regression_fill(x, y), [5.0, 7.0, 13.0, 9.0, 23.0], rtol=1e-9)

    def test_known_cells_stay_as_they_are(self):
        """Every cell became the prediction of the line. Only gaps are filled: what was measured
        stays.
        """
        x = np.array([0.0, 2.0, 1.0, NAN])
        y = np.array([0.0, 1.0, 2.0, 3.0])

        assert_allclose(regression_fill(x, y)[:3], [0.0, 2.0, 1.0], rtol=1e-9)

    def test_x_is_predicted_from_y_and_not_the_other_way_round(self):
        """The line was fitted as y on x and turned over. With noise these are two lines: the
        turned one is too steep by 1/r squared.
        """
        x = np.array([0.0, 2.0, 1.0, 3.0, NAN])
        y = np.array([0.0, 1.0, 2.0, 3.0, 4.0])

        assert_allclose(regression_fill(x, y), [0.0, 2.0, 1.0, 3.0, 3.5], rtol=1e-9)

    def test_noise_goes_into_the_gaps_only(self, rng):
        """A residual was added to known cells too. They have their noise already: it was
        measured with them.
        """
        x = np.array([0.0, 2.0, 1.0, NAN])
        y = np.array([0.0, 1.0, 2.0, 3.0])

        assert_allclose(regression_fill(x, y, rng)[:3], [0.0, 2.0, 1.0], rtol=1e-9)

    def test_with_rng_the_variance_survives(self, rng):
        """All fills lie on the line, as if x had no noise, and the variance of the column shrank
        by a fifth. With `rng` each fill brings a residual back.
        """
        y = rng.normal(size=20_000)
        x = 0.7 * y + np.sqrt(0.51) * rng.normal(size=20_000)
        holed = np.where(rng.random(20_000) < 0.4, NAN, x)

        actual = regression_fill(holed, y, rng)

        assert actual.shape == x.shape
        assert_allclose(actual.var(ddof=1), x.var(ddof=1), rtol=0.05)

    def test_the_noise_is_a_residual_of_a_known_row(self, rng):
        """The noise came from a normal distribution. Drawn residuals keep the real shape, skew
        and outliers included; each fill minus the line is one of them.
        """
        y = rng.normal(size=26)
        x = y + rng.exponential(size=26)
        x[6:] = NAN
        line = line_of(x, y)
        residuals = (x - line)[:6]

        noise = (regression_fill(x, y, rng) - line)[6:]

        nearest = residuals[np.abs(noise[:, None] - residuals).argmin(axis=1)]
        assert_allclose(noise, nearest, atol=1e-9)

    def test_each_gap_draws_its_own_residual(self, rng):
        """One residual was drawn and added to every gap. That moves the filled cells up or down
        together and gives none of the variance back.
        """
        y = rng.normal(size=60)
        x = y + rng.normal(size=60)
        x[20:] = NAN
        line = line_of(x, y)

        noise = (regression_fill(x, y, rng) - line)[20:]

        assert len(np.unique(noise.round(6))) > 1

    def test_a_residual_may_be_drawn_twice(self, rng):
        """Sixty gaps used up sixty residuals exactly once each: they were drawn without
        replacement. Draws are independent, so some residuals come twice and some never.
        """
        y = rng.normal(size=120)
        x = y + rng.normal(size=120)
        x[60:] = NAN
        line = line_of(x, y)

        noise = (regression_fill(x, y, rng) - line)[60:]

        assert 1 < len(np.unique(noise.round(9))) < 60

    def test_every_residual_is_equally_likely(self, rng):
        """One known row is never drawn, or drawn too often. A Generator's `integers(0, n)` leaves
        out n by itself; `integers(0, n - 1)` leaves out the last row as well.
        """
        y = np.append(np.arange(5.0), rng.normal(size=2000))
        x = np.append([0.0, 1.0, 3.0, 7.0, 15.0], np.full(2000, NAN))
        line = line_of(x, y)
        residuals = (x - line)[:5]

        noise = (regression_fill(x, y, rng) - line)[5:]

        nearest = np.abs(noise[:, None] - residuals).argmin(axis=1)
        assert_allclose(np.bincount(nearest, minlength=5), [400] * 5, atol=100)

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

    def test_y_of_another_length_or_with_a_gap_is_refused(self):
        """Both arrays are columns of one table, and a gap of x must have its y. Raise a ValueError
        that names `y`; an array of shape (n, 1) would broadcast to n by n.
        """
        x = np.array([1.0, 2.0, NAN])

        for y in ([1.0, 2.0], [1.0, 2.0, 3.0, 4.0], [[1.0], [2.0], [3.0]], [1.0, 2.0, NAN]):
            with pytest.raises(ValueError, match=r"\by\b"):
                regression_fill(x, np.array(y))
        assert_allclose(regression_fill(x, np.array([1.0, 2.0, 3.0])), [1.0, 2.0, 3.0], rtol=1e-9)

    def test_a_line_needs_two_values_of_y(self):
        """Through known rows that share one y goes no line, and none through no rows. Raise a
        ValueError that names `x`; two different y are enough.
        """
        assert_allclose(
            regression_fill(np.array([1.0, 3.0, NAN]), np.array([1.0, 2.0, 3.0])),
            [1.0, 3.0, 5.0],
            rtol=1e-9,
        )
        for x in ([1.0, 3.0, NAN], [1.0, NAN, NAN], [NAN, NAN, NAN]):
            with pytest.raises(ValueError, match=r"\bx\b"):
                regression_fill(np.array(x), np.array([2.0, 2.0, 3.0]))

    def test_random_rows_match_least_squares(self, rng):
        """Random rows with random gaps, against the closed form of the least-squares line."""
        y = rng.normal(5.0, 2.0, size=25)
        x = with_gaps(rng, 3.0 - 1.5 * y + rng.normal(size=25))
        x[1] = 3.0
        expected = np.where(np.isnan(x), line_of(x, y), x)

        actual = regression_fill(x, y)

        assert actual.shape == x.shape
        assert_allclose(actual, expected, rtol=1e-9, atol=1e-9)
