"""The specification of kata04: exact answers over chunks of a CSV file."""

import math
import sqlite3
from contextlib import closing
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest

from katas.kata04_chunked_csv.chunked_csv import (
    Engine,
    Moments,
    group_stats,
    load_sqlite,
    merge_moments,
    rank_engines,
    stream_quantile,
    top_k_keys,
)

COLUMNS = ["n", "sum", "mean", "var", "min", "max"]
BYTES = "bytes of peak memory for each further row, in a file of five times the rows"


def write(folder, *rows, header="shop,amount", repeat=1, encoding="utf-8"):
    """Write a CSV file: a header and these rows, `repeat` times over."""
    path = folder / "sales.csv"
    path.write_text(header + "\n" + "".join(f"{row}\n" for row in rows) * repeat, encoding=encoding)
    return path


def file_of(path):
    """Show the file, for the report of a failed test."""
    return "sales.csv holds: " + " | ".join(path.read_text(encoding="utf-8").splitlines())


def column(stats, name):
    """Return one column of group_stats as {key: value}, once the columns are known to be right."""
    assert list(stats.columns) == COLUMNS
    return stats[name].to_dict()


def about(expected):
    """Expect these numbers but for rounding."""
    return pytest.approx(expected, rel=1e-9)


def near(expected):
    """Expect these numbers roughly, where the last digits are another test's."""
    return pytest.approx(expected, abs=0.01)


def ranking(top):
    """Expect these keys in this order; their totals may be off by rounding."""
    return [(key, about(total)) for key, total in top]


def moments_of(values):
    """Compute Moments in exact fractions."""
    exact = [Fraction(v) for v in values]
    mean = sum(exact) / len(exact)
    return Moments(len(exact), float(mean), float(sum((v - mean) ** 2 for v in exact)))


def random_sales(rng, n):
    """Draw rows of shops and amounts, some of them with an empty field."""
    shops = rng.choice(["007", "7", "NA", "west", "a b", ""], size=n)
    amounts = [f"{a:.2f}" for a in rng.uniform(1, 100, size=n)]
    empty = rng.random(n) < 0.2
    return [f"{s},{'' if e else a}" for s, a, e in zip(shops, amounts, empty, strict=True)]


def by_shop(rows):
    """Collect the amounts of each shop, of rows that have both."""
    amounts = {}
    for shop, amount in (row.split(",") for row in rows):
        if shop and amount:
            amounts.setdefault(shop, []).append(float(amount))
    return amounts


def bytes_per_further_row(cost, folder, call, rows):
    """Measure how many bytes of peak memory each row adds to those of the last fifth.

    These are wide: a column that nobody asks for makes even the short file larger than four of
    pandas' read buffers, of 256 kB each. They come last, so that what is held is held beside them.
    A call before fills what libraries keep from their first use on.
    """
    n = len(rows) // 5
    short = [f"{row},{'.' * (1_200_000 // n)}" for row in rows[:n]]
    long = [*(f"{row}," for row in rows[n:]), *short]
    call(write(folder, *short[:9], header="shop,amount,note"))
    few, many = (
        cost.peak_bytes(call, write(folder, *some, header="shop,amount,note"))
        for some in (short, long)
    )
    return (many - few) / (len(rows) - n)


class TestMergeMoments:
    """Two parts into one."""

    def test_the_larger_part_weighs_more(self):
        """The plain average of two means is right only where both parts have the same size.

        1 and 2 have the mean 1.5, 3 alone has 3.0, all three have 2.0. 2.25: the plain average.
        2.5: the weights of the two parts are swapped.
        """
        merged = merge_moments(Moments(2, 1.5, 0.5), Moments(1, 3.0, 0.0))

        assert (merged.n, merged.mean) == about((3, 2.0))

    def test_m2_is_a_sum_and_not_a_variance(self):
        """A part merged with its copy has the same mean and twice the m2: here 4.

        2: averaged, as if m2 were a variance.
        """
        merged = merge_moments(Moments(3, 2.0, 2.0), Moments(3, 2.0, 2.0))

        assert (merged.n, merged.mean, merged.m2) == about((6, 2.0, 4.0))

    def test_the_distance_between_the_means_counts(self):
        """Three values of 0 and three of 4 have no spread each; together m2 is 6 * 2 ** 2 = 24.

        0: the distance is forgotten. 8 or 16: the distance counts, but not for how many values.
        """
        merged = merge_moments(Moments(3, 0.0, 0.0), Moments(3, 4.0, 0.0))

        assert merged.m2 == about(24.0)

    def test_an_empty_part_changes_nothing(self):
        """The mean 0.0 of an empty part is a placeholder, not an observation of zero."""
        part, empty = Moments(3, 2.0, 2.0), Moments(0, 0.0, 0.0)
        left, right = merge_moments(empty, part), merge_moments(part, empty)

        assert (left.n, left.mean, left.m2) == about((3, 2.0, 2.0))
        assert (right.n, right.mean, right.m2) == about((3, 2.0, 2.0))

    def test_two_empty_parts_stay_empty(self):
        """With no values at all the weights are 0 / 0; the first chunks of a file can be empty."""
        merged = merge_moments(Moments(0, 0.0, 0.0), Moments(0, 0.0, 0.0))

        assert (merged.n, merged.mean, merged.m2) == (0, 0.0, 0.0)

    def test_a_large_mean_does_not_drown_the_spread(self):
        """Sums of squares near 1e18 are spaced 128 apart, so their difference is rounding noise.

        1e9 + 4, 7 and 1e9 + 13, 16 have m2 = 90.
        """
        merged = merge_moments(Moments(2, 1e9 + 5.5, 4.5), Moments(2, 1e9 + 14.5, 4.5))

        assert merged.m2 == pytest.approx(90.0, rel=1e-6)

    def test_merging_gives_the_moments_of_all_values_together(self, rng):
        """Where equal sizes are right and these are not, look at the weights of the two parts."""
        for n_a, n_b in [(1, 1), (1, 7), (6, 2), (3, 5)]:
            a, b = (rng.integers(-40, 40, size=n) / 4 for n in (n_a, n_b))
            expected = moments_of([*a, *b])
            merged = merge_moments(moments_of(a), moments_of(b))

            assert merged.n == expected.n
            assert (merged.mean, merged.m2) == pytest.approx(
                (expected.mean, expected.m2), rel=1e-9, abs=1e-9
            )


class TestGroupStats:
    """One row a key."""

    def test_there_is_a_row_for_each_key_and_a_column_for_each_statistic(self, tmp_path):
        """The index is named as the key column, and the columns are n, sum, mean, var, min, max."""
        path = write(tmp_path, "a,1", "b,2", "a,3")
        stats = group_stats(path, "shop", "amount", 3)

        assert list(stats.columns) == COLUMNS
        assert (stats.index.name, set(stats.index)) == ("shop", {"a", "b"})

    def test_the_rows_of_the_last_short_chunk_count(self, tmp_path):
        """What remains after the last full chunk is lost if only full chunks are worked off."""
        path = write(tmp_path, "a,1", "b,2", "a,3")
        stats = group_stats(path, "shop", "amount", 2)

        assert column(stats, "n") == {"a": 2, "b": 1}, file_of(path)

    def test_a_short_last_chunk_weighs_as_much_as_its_rows(self, tmp_path):
        """1, 2 and 3 have the mean 2. 2.25: the mean of the chunks' means 1.5 and 3."""
        path = write(tmp_path, "a,1", "a,2", "a,3")
        stats = group_stats(path, "shop", "amount", 2)

        assert column(stats, "mean") == about({"a": 2.0}), file_of(path)

    def test_the_spread_between_chunks_counts(self, tmp_path):
        """Each chunk is constant, the file is not. 0: only the spread inside the chunks counts."""
        path = write(tmp_path, "a,1", "a,1", "a,5", "a,5")
        stats = group_stats(path, "shop", "amount", 2)

        var = column(stats, "var")
        assert var == pytest.approx({"a": 16 / 3}, rel=0.3), file_of(path)

    def test_a_chunk_of_one_row_brings_its_distance(self, tmp_path):
        """The variance of one row is NaN, and NaN times 0 stays NaN: a chunk can be one row."""
        path = write(tmp_path, *[f"a,{i}" for i in range(11)], "a,90")
        stats = group_stats(path, "shop", "amount", 11)

        var = np.var([*range(11), 90], ddof=1)
        assert column(stats, "var") == pytest.approx({"a": var}, rel=0.1), file_of(path)

    def test_the_variance_divides_by_n_minus_one(self, tmp_path):
        """The sample variance of 1 and 3 is 2: numpy's var divides by n, pandas' var by n - 1."""
        path = write(tmp_path, "a,1", "a,3")
        stats = group_stats(path, "shop", "amount", 10)

        assert column(stats, "var") == about({"a": 2.0}), file_of(path)

    def test_a_single_value_has_no_variance(self, tmp_path):
        """0 would say that the shop never varies; one value says nothing, so it is NaN."""
        path = write(tmp_path, "a,1", "b,2", "b,4")
        stats = group_stats(path, "shop", "amount", 10)

        expected = pytest.approx({"a": math.nan, "b": 2.0}, rel=1e-9, nan_ok=True)
        assert column(stats, "var") == expected, file_of(path)

    def test_a_large_mean_does_not_drown_the_variance(self, tmp_path):
        """The sum of squares less n * mean ** 2 loses every digit here, and can come out negative.

        The file is NumAcc4 of NIST's StRD: 1001 values around 10000000.2, certified standard
        deviation 0.1.
        """
        pairs = ["a,10000000.1", "a,10000000.3"] * 500
        path = write(tmp_path, "a,10000000.2", *pairs)
        stats = group_stats(path, "shop", "amount", 100)

        assert column(stats, "n") == {"a": 1001}
        assert column(stats, "mean") == about({"a": 10000000.2})
        assert column(stats, "var") == pytest.approx({"a": 0.01}, rel=1e-5)

    def test_extremes_may_all_lie_on_one_side_of_zero(self, tmp_path):
        """A maximum that starts from 0 is 0 for refunds alone; a minimum, for sales alone."""
        path = write(tmp_path, "a,-5", "b,5", "a,-2", "b,9", "a,-9", "b,2")
        stats = group_stats(path, "shop", "amount", 2)

        assert column(stats, "max") == about({"a": -2.0, "b": 9.0}), file_of(path)
        assert column(stats, "min") == about({"a": -9.0, "b": 2.0}), file_of(path)

    def test_a_key_that_a_chunk_lacks_keeps_what_it_has(self, tmp_path):
        """`total + part` gives NaN for a key that only one side has; a missing key adds nothing."""
        path = write(tmp_path, "a,1", "a,2", "b,3", "b,4")
        stats = group_stats(path, "shop", "amount", 2)

        assert column(stats, "sum") == about({"a": 3.0, "b": 7.0}), file_of(path)
        assert column(stats, "min") == about({"a": 1.0, "b": 3.0}), file_of(path)

    def test_a_key_is_the_same_key_in_every_chunk(self, tmp_path):
        """Types guessed chunk by chunk differ: 1 is a number here and the text '1' next to an x."""
        path = write(tmp_path, "1,10", "2,20", "1,30", "x,40")
        stats = group_stats(path, "shop", "amount", 2)

        expected = {"1": 40.0, "2": 20.0, "x": 40.0}
        assert column(stats, "sum") == about(expected), file_of(path)

    def test_leading_zeros_belong_to_the_key(self, tmp_path):
        """Keys read as numbers lose their zeros, and 007 and 7 become one shop."""
        path = write(tmp_path, "007,1", "7,2", "007,3")
        stats = group_stats(path, "shop", "amount", 2)

        assert column(stats, "sum") == about({"007": 4.0, "7": 2.0}), file_of(path)

    def test_a_word_that_looks_missing_is_a_key(self, tmp_path):
        """read_csv takes NA, None, nan and others for missing unless told otherwise.

        NA is also Namibia, and None a surname.
        """
        path = write(tmp_path, "NA,1", "None,2", "nan,3", "null,4", "a,5")
        stats = group_stats(path, "shop", "amount", 2)

        expected = {"NA": 1.0, "None": 2.0, "a": 5.0, "nan": 3.0, "null": 4.0}
        assert column(stats, "sum") == about(expected), file_of(path)

    def test_a_row_without_a_key_is_left_out(self, tmp_path):
        """An empty key is missing, not a shop of its own called '' or 'nan'."""
        path = write(tmp_path, "a,1", ",2", "b,3")
        stats = group_stats(path, "shop", "amount", 2)

        assert column(stats, "n") == {"a": 1, "b": 1}, file_of(path)

    def test_an_empty_value_is_not_a_zero(self, tmp_path):
        """Filled with 0, a gap becomes the smallest sale of the shop."""
        path = write(tmp_path, "a,1", "a,", "a,3")
        stats = group_stats(path, "shop", "amount", 2)

        assert column(stats, "min") == about({"a": 1.0}), file_of(path)

    def test_an_empty_value_is_not_counted(self, tmp_path):
        """The number of rows (size, len) counts empty fields; n is the number of values."""
        path = write(tmp_path, "a,1", "a,", "a,3")
        stats = group_stats(path, "shop", "amount", 2)

        assert column(stats, "n") == {"a": 2}, file_of(path)

    def test_a_key_without_any_value_does_not_appear(self, tmp_path):
        """Grouping before the empty values are dropped leaves a row with n=0 behind."""
        path = write(tmp_path, "a,1", "b,", "a,3")
        stats = group_stats(path, "shop", "amount", 2)

        assert list(stats.index) == ["a"], file_of(path)

    def test_keys_come_sorted_as_text(self, tmp_path):
        """Keys stand in the order of str, '10' before '9', not in the order of appearance."""
        path = write(tmp_path, "b,3", "9,1", "a,4", "10,2")
        stats = group_stats(path, "shop", "amount", 2)

        assert list(stats.index) == ["10", "9", "a", "b"], file_of(path)

    def test_a_quoted_key_may_hold_a_comma_and_a_line_break(self, tmp_path):
        """A row is not a line of the file, and not every comma ends a field.

        Half a key, with a quotation mark: a line was cut at each comma, or a chunk was so many
        lines and ended inside a field.
        """
        path = write(tmp_path, "York,2", '"Bath,\nUK",1', "York,4")
        stats = group_stats(path, "shop", "amount", 2)

        assert column(stats, "sum") == about({"Bath,\nUK": 1.0, "York": 6.0}), file_of(path)

    def test_a_byte_order_mark_is_no_part_of_the_first_name(self, tmp_path):
        """Excel begins a file with a BOM. In plain UTF-8 the first column's name has it."""
        path = write(tmp_path, "a,1", "a,2", encoding="utf-8-sig")
        stats = group_stats(path, "shop", "amount", 2)

        assert column(stats, "sum") == about({"a": 3.0}), file_of(path)

    def test_a_file_of_only_a_header_gives_no_rows_and_all_columns(self, tmp_path):
        """With no group to collect, a frame has no columns and types but those that you state."""
        path = write(tmp_path)
        stats = group_stats(path, "shop", "amount", 2)

        assert (len(stats), list(stats.columns)) == (0, COLUMNS), file_of(path)
        assert [str(t) for t in stats.dtypes] == ["int64"] + ["float64"] * 5

    def test_every_chunksize_gives_the_statistics_of_the_whole_file(self, tmp_path, rng):
        """Where one chunk for the whole file is right and small ones are not, look at the merge."""
        rows = random_sales(rng, 30)
        path = write(tmp_path, *rows)
        values = sorted(by_shop(rows).items())
        expected = pd.DataFrame(
            {
                "n": [len(v) for _, v in values],
                "sum": [math.fsum(v) for _, v in values],
                "mean": [moments_of(v).mean for _, v in values],
                "var": [np.var(v, ddof=1) if len(v) > 1 else math.nan for _, v in values],
                "min": [min(v) for _, v in values],
                "max": [max(v) for _, v in values],
            },
            index=pd.Index([shop for shop, _ in values], name="shop"),
        )
        for chunksize in (4, 7, 1000):
            stats = group_stats(path, "shop", "amount", chunksize)

            assert list(stats.index) == list(expected.index)
            pd.testing.assert_frame_equal(
                stats, expected, rtol=1e-9, atol=1e-9, check_index_type=False
            )

    def test_memory_does_not_grow_with_the_rows(self, tmp_path, cost):
        """Chunks that are kept and concatenated at the end are the whole file again.

        Keep a few numbers a key, and let each chunk go.
        """
        rows = [f"s{i % 2},{i % 2}.25" for i in range(5_000)]

        def call(path):
            return group_stats(path, "shop", "amount", 500)

        assert bytes_per_further_row(cost, tmp_path, call, rows) < 16, BYTES


class TestTopKKeys:
    """The largest totals."""

    def test_a_key_that_leads_no_chunk_can_lead_the_file(self, tmp_path):
        """The best of each chunk are not the best of all: b is second everywhere and first overall.

        A key may be dropped only when its total is complete.
        """
        path = write(tmp_path, "a,5", "b,4", "c,5", "b,4", "d,5", "b,4")
        top = top_k_keys(path, "shop", "amount", 1, 2)

        assert top == ranking([("b", 12.0)]), file_of(path)

    def test_no_key_is_given_up_before_the_file_ends(self, tmp_path):
        """After the first chunk, b is the last of 12,001 keys; the second makes it the first.

        A shortlist of the best so far loses what b has, however long the list is.
        """
        rows = ["b,1", *[f"s{i},2" for i in range(12_000)], "b,2"]
        top = top_k_keys(write(tmp_path, *rows), "shop", "amount", 1, 12_001)

        assert top == ranking([("b", 3.0)])

    def test_a_negative_total_of_a_chunk_counts(self, tmp_path):
        """Shop a has -5 in the first chunk and 8 in the second: 3. 8: the negative total is lost.

        Adding two Counters drops it, and so does a total that starts from max(0, ...).
        """
        path = write(tmp_path, "a,-5", "b,1", "a,8", "b,1")
        top = top_k_keys(path, "shop", "amount", 2, 2)

        assert top == ranking([("a", 3.0), ("b", 2.0)]), file_of(path)

    def test_a_key_that_a_chunk_lacks_keeps_its_total(self, tmp_path):
        """`total + part` turns the total of a key that one side lacks into NaN."""
        path = write(tmp_path, "a,1", "a,2", "b,3", "b,4")
        top = top_k_keys(path, "shop", "amount", 2, 2)

        assert top == ranking([("b", 7.0), ("a", 3.0)]), file_of(path)

    def test_equal_totals_come_in_the_order_of_their_keys(self, tmp_path):
        """A tie at place k goes to the smaller key: a and b here.

        c and b: sorted in reverse by total and key at once. b and c: left in the order of the rows.
        """
        path = write(tmp_path, "d,1", "b,2", "c,2", "a,2")
        top = top_k_keys(path, "shop", "amount", 2, 2)

        assert top == ranking([("a", 2.0), ("b", 2.0)]), file_of(path)

    def test_a_key_without_any_value_is_not_listed(self, tmp_path):
        """The sum of no values is 0.0, so a shop that sold nothing outranks one with refunds."""
        path = write(tmp_path, "a,-1", "b,", "c,2", "c,1")
        top = top_k_keys(path, "shop", "amount", 2, 2)

        assert top == ranking([("c", 3.0), ("a", -1.0)]), file_of(path)

    def test_a_row_without_a_key_is_not_listed(self, tmp_path):
        """An empty key is missing; as a key of its own it can even win."""
        path = write(tmp_path, "a,1", ",5", "b,2", ",5")
        top = top_k_keys(path, "shop", "amount", 1, 2)

        assert top == ranking([("b", 2.0)]), file_of(path)

    def test_keys_are_text_as_written(self, tmp_path):
        """Guessed types turn 007 into 7 and drop NA."""
        path = write(tmp_path, "007,1", "7,2", "NA,4", "7,1")
        top = top_k_keys(path, "shop", "amount", 3, 2)

        assert top == ranking([("NA", 4.0), ("7", 3.0), ("007", 1.0)]), file_of(path)

    def test_a_quoted_key_may_hold_a_line_break(self, tmp_path):
        """A chunk of so many lines can end inside a field: a row is not a line of the file."""
        path = write(tmp_path, "York,2", '"Bath\nUK",1', '"Bath\nUK",4')
        top = top_k_keys(path, "shop", "amount", 2, 2)

        assert top == ranking([("Bath\nUK", 5.0), ("York", 2.0)]), file_of(path)

    def test_a_byte_order_mark_is_no_part_of_the_first_name(self, tmp_path):
        """Excel begins a file with a BOM. In plain UTF-8 the first column's name has it."""
        path = write(tmp_path, "a,1", "b,2", "a,3", encoding="utf-8-sig")
        top = top_k_keys(path, "shop", "amount", 1, 2)

        assert top == ranking([("a", 4.0)]), file_of(path)

    def test_totals_are_those_of_the_whole_file(self, tmp_path, rng):
        """Where the keys are right and the totals are not, rows of some chunks are missing."""
        shops = rng.choice(["a", "b", "c", "d", "e"], size=20)
        rows = [f"{s},{a}" for s, a in zip(shops, rng.integers(-9, 99, size=20), strict=True)]
        path = write(tmp_path, *rows)
        totals = sorted(((-sum(v), shop) for shop, v in by_shop(rows).items()))
        for k, chunksize in [(1, 4), (2, 7), (9, 20)]:
            top = top_k_keys(path, "shop", "amount", k, chunksize)

            assert top == ranking([(shop, -negative) for negative, shop in totals[:k]])

    def test_memory_does_not_grow_with_the_rows(self, tmp_path, cost):
        """Sorting needs all totals, not all rows."""
        rows = [f"s{i % 2},{i % 2}.25" for i in range(5_000)]

        def call(path):
            return top_k_keys(path, "shop", "amount", 3, 500)

        assert bytes_per_further_row(cost, tmp_path, call, rows) < 16, BYTES


class TestStreamQuantile:
    """An exact order statistic."""

    def test_the_median_is_not_the_median_of_the_medians(self, tmp_path):
        """The chunks' medians are 5, 30, 34, 8 and 32. The median of the file is 8.

        30: the median of these. 21.8: their mean. 5 or 32: the first or the last chunk alone.
        """
        values = (4, 5, 6, 1, 30, 31, 3, 34, 35, 8, 8, 9, 2, 32, 33)
        path = write(tmp_path, *[f"a,{v}" for v in values])

        answer = stream_quantile(path, "amount", 0.5, 3, 15)
        assert answer == near(8.0), file_of(path)

    def test_few_values_in_hand_are_no_sample(self, tmp_path, rng):
        """A sample, or a histogram, gives an estimate. Many passes give the value itself."""
        values = np.repeat(np.sort(rng.choice(1000, size=7, replace=False)), 3)
        expected = list(values[[4, 10, 16]])
        rows = [*values[-3:], *rng.permutation(values[:-3])]
        path = write(tmp_path, *[f"a,{v}" for v in rows])

        answers = [stream_quantile(path, "amount", q, 12, 3) for q in (0.22, 0.5, 0.78)]
        assert answers == near(expected)

    def test_equal_values_count_each(self, tmp_path):
        """Collected in a set, three 1s are one value and the median moves."""
        path = write(tmp_path, "a,1", "a,1", "a,1", "a,2", "a,3")

        answer = stream_quantile(path, "amount", 0.5, 10, 5)
        assert answer == near(1.0), file_of(path)

    def test_more_equal_values_than_max_floats_still_have_an_answer(self, tmp_path):
        """No split makes 30 equal values fewer: a search that waits for it never ends.

        One that goes on to the next larger value steps over all ties at once.
        """
        path = write(tmp_path, *["a,2.5"] * 30, "a,1", "a,4")

        assert stream_quantile(path, "amount", 0.5, 8, 1) == near(2.5)
        assert stream_quantile(path, "amount", 1, 8, 1) == near(4.0)

    def test_values_may_all_lie_on_one_side_of_zero(self, tmp_path):
        """A search that starts or ends at 0 looks where no value is, or misses the answer."""
        for low in (-109, 1):
            expected = [low, low + 4, low + 8]
            path = write(tmp_path, *[f"a,{low + v}" for v in (0, 8, 4, 4, 0, 4, 8)])

            answers = [stream_quantile(path, "amount", q, 2, 1) for q in (0.1, 0.5, 0.95)]
            assert answers == near(expected), file_of(path)

    def test_an_outlier_does_not_blur_the_other_values(self, tmp_path):
        """Halving until the range is small against the data stops before these three come apart.

        The answer is a value of the file, and so no middle of a range either.
        """
        path = write(tmp_path, "a,0.001", *["a,0.002"] * 3, "a,0.003", "a,1e12", "a,2e12")

        answer = stream_quantile(path, "amount", 0.4, 2, 1)
        assert answer == about(0.002), file_of(path)

    def test_neighbouring_floats_come_apart(self, tmp_path):
        """Halfway between two neighbouring floats is one of the two.

        A search that takes it for a smaller range goes round for ever.
        """
        path = write(tmp_path, *["a,2.0000000000000004", "a,2"] * 3)

        answer = stream_quantile(path, "amount", 0.5, 8, 1)
        assert answer == about(2.0), file_of(path)

    def test_empty_fields_are_skipped(self, tmp_path):
        """5: an empty field counts as the value 0. 8: the rank is taken from the number of rows."""
        path = write(tmp_path, "a,", "a,5", "a,", "a,6", "a,6", "a,", "a,7", "a,", "a,8")

        answer = stream_quantile(path, "amount", 0.5, 2, 1)
        assert answer == about(6.0), file_of(path)

    def test_the_answer_is_one_of_the_values(self, tmp_path):
        """Number ceil(0.3 * 5) = 2 of the values is 1; numpy's default goes between two: 1.4."""
        path = write(tmp_path, "a,1", "a,1", "a,3", "a,5", "a,8")

        answer = stream_quantile(path, "amount", 0.3, 10, 10)
        assert answer == near(1.0), file_of(path)

    def test_a_part_of_a_rank_rounds_up(self, tmp_path):
        """Two of five values are less than half of the file: the median is the third."""
        path = write(tmp_path, "a,5", "a,1", "a,8", "a,3", "a,2")

        answer = stream_quantile(path, "amount", 0.5, 10, 10)
        assert answer == about(3.0), file_of(path)

    def test_a_whole_rank_is_taken_as_it_is(self, tmp_path):
        """`sorted(values)[int(q * n)]` counts from 0: at q * n = 2 it takes the third value."""
        path = write(tmp_path, "a,3", "a,1", "a,4", "a,2")

        answer = stream_quantile(path, "amount", 0.5, 10, 10)
        assert answer == about(2.0), file_of(path)

    def test_q_zero_is_the_smallest_and_q_one_the_largest(self, tmp_path):
        """Rank 0 does not exist, and as an index it becomes -1: the largest value."""
        path = write(tmp_path, "a,3", "a,1", "a,4", "a,2")

        answers = [stream_quantile(path, "amount", q, 10, 10) for q in (0, 1)]
        assert answers == about([1.0, 4.0]), file_of(path)

    def test_seven_percent_of_a_hundred_is_the_seventh(self, tmp_path):
        """0.07 * 100 is 7.000000000000001 in floats, and its ceiling 8: take 1e-9 off first."""
        path = write(tmp_path, *[f"a,{i}" for i in range(1, 101)])

        assert stream_quantile(path, "amount", 0.07, 1000, 1000) == about(7.0)

    def test_a_quoted_field_may_hold_a_line_break(self, tmp_path):
        """Lines are not rows. 7: the 9 behind a line break was taken for an amount."""
        path = write(tmp_path, "x,5", '"one,\nand, 9, more",6', "y,7", header="note,amount")

        answer = stream_quantile(path, "amount", 0.5, 2, 1)
        assert answer == about(6.0), file_of(path)

    def test_a_byte_order_mark_is_no_part_of_the_first_name(self, tmp_path):
        """Excel begins a file with a BOM. In plain UTF-8 the first column's name has it."""
        path = write(tmp_path, "5", "6", "7", header="amount", encoding="utf-8-sig")

        answer = stream_quantile(path, "amount", 0.5, 2, 1)
        assert answer == about(6.0), file_of(path)

    def test_any_rank_is_exact_however_few_values_may_be_held(self, tmp_path, rng):
        """Where many values in hand give the answer and few do not, look at ties and bounds."""
        values = rng.integers(-50, 50, size=24) / 4
        cases = [(1, 0.25, 5), (1, 0.97, 23), (4, 0.7, 16), (100, 0.01, 0)]
        expected = [np.sort(values)[place] for _, _, place in cases]
        path = write(tmp_path, *map(str, values), header="amount")
        answers = [stream_quantile(path, "amount", q, 12, most) for most, q, _ in cases]

        assert answers == about(expected)

    def test_memory_does_not_grow_with_the_rows(self, tmp_path, cost):
        """The smallest q * n values, or a count of each value, are most of the column again.

        Only max_floats values may be held, and here all values differ.
        """
        rows = [f"a,{i * 0.618 % 1:.9f}{i}" for i in range(4_000)]

        def call(path):
            return stream_quantile(path, "amount", 0.6, 400, 100)

        assert bytes_per_further_row(cost, tmp_path, call, rows) < 7, BYTES


SCHEMA = {"shop": "TEXT", "amount": "INTEGER"}
TABLES = "SELECT name FROM sqlite_master ORDER BY name"

# What a refused field may raise: int and float, a safe cast of pandas, a STRICT table of SQLite.
REFUSED = (ValueError, TypeError, sqlite3.Error)


def ask(db, question):
    """Ask a database, which may say that a table is missing."""
    with closing(sqlite3.connect(db)) as connection:
        try:
            return connection.execute(question).fetchall()
        except sqlite3.OperationalError as error:
            return str(error)


def database(folder, *statements):
    """Make a database by these statements."""
    with closing(sqlite3.connect(folder / "sales.db")) as connection, connection:
        connection.execute("BEGIN")
        for statement in statements:
            connection.execute(statement)
    return folder / "sales.db"


def reload_broken(folder, db, chunksize):
    """Load a file that fails in its third row."""
    path = write(folder, "a,1", "b,2", "c,many", "d,4")
    with pytest.raises(REFUSED):
        load_sqlite(path, db, "sales", SCHEMA, chunksize)
    return file_of(path)


class TestLoadSqlite:
    """A table, all of it or nothing."""

    def test_every_row_arrives_in_the_order_of_the_file(self, tmp_path, rng):
        """If only some of the rows are there, look at the first and the last chunk."""
        shops, amounts = rng.choice(["a", "b", "c"], size=11), rng.integers(-99, 99, size=11)
        rows = list(zip(map(str, shops), map(int, amounts), strict=True))
        path, db = write(tmp_path, *[f"{s},{a}" for s, a in rows]), tmp_path / "sales.db"
        load_sqlite(path, db, "sales", SCHEMA, 4)

        assert ask(db, "SELECT * FROM sales ORDER BY rowid") == rows

    def test_the_result_counts_the_rows_of_all_chunks(self, tmp_path, rng):
        """A count that each chunk overwrites is the count of the last chunk."""
        n = int(rng.integers(5, 12)) * 2 + 1
        path, db = write(tmp_path, *["a,1"] * n), tmp_path / "sales.db"

        assert load_sqlite(path, db, "sales", SCHEMA, 2) == n

    def test_a_second_load_does_not_double_the_rows(self, tmp_path):
        """A job that is run again after a timeout must not count every sale twice."""
        path, db = write(tmp_path, "a,1", "b,2", "c,3"), tmp_path / "sales.db"
        load_sqlite(path, db, "sales", SCHEMA, 2)
        load_sqlite(path, db, "sales", SCHEMA, 2)

        assert ask(db, "SELECT * FROM sales") == [("a", 1), ("b", 2), ("c", 3)], file_of(path)

    def test_a_table_with_other_columns_is_replaced(self, tmp_path):
        """Deleting the rows keeps last year's columns; CREATE IF NOT EXISTS keeps them too."""
        path = write(tmp_path, "a,1")
        db = database(tmp_path, "CREATE TABLE sales (old TEXT, amount INTEGER)")
        load_sqlite(path, db, "sales", SCHEMA, 2)

        columns = ask(db, "SELECT name, type FROM pragma_table_info('sales')")
        assert columns == [("shop", "TEXT"), ("amount", "INTEGER")]

    def test_other_tables_stay_as_they_are(self, tmp_path):
        """A fresh database file replaces one table easily, and loses all the others."""
        path = write(tmp_path, "a,1")
        db = database(tmp_path, "CREATE TABLE other (x)", "INSERT INTO other VALUES (1)")
        load_sqlite(path, db, "sales", SCHEMA, 2)

        assert ask(db, "SELECT * FROM other") == [(1,)]

    def test_no_further_table_stays_behind(self, tmp_path):
        """A staging table is a fine way to load, until it is found in the backup a year later."""
        path, db = write(tmp_path, "a,1"), tmp_path / "sales.db"
        load_sqlite(path, db, "sales", SCHEMA, 2)

        assert ask(db, TABLES) == [("sales",)]

    def test_a_word_in_a_number_column_is_an_error(self, tmp_path):
        """SQLite stores a word in an INTEGER column without complaint; as NULL it looks missing."""
        db = tmp_path / "sales.db"
        for kind in ("INTEGER", "REAL"):
            assert load_sqlite(write(tmp_path, "a,5"), db, "sales", {"amount": kind}, 2) == 1
            path = write(tmp_path, "a,many")
            with pytest.raises(REFUSED):
                load_sqlite(path, db, "sales", {"amount": kind}, 2)

    def test_an_error_midway_leaves_the_old_table(self, tmp_path):
        """Python's sqlite3 opens no transaction before DROP and CREATE: they are committed at once.

        Yesterday's file was loaded; today's fails in its third row.
        """
        db = tmp_path / "sales.db"
        load_sqlite(write(tmp_path, "y,9"), db, "sales", SCHEMA, 10)
        file = reload_broken(tmp_path, db, 10)

        assert ask(db, "SELECT * FROM sales") == [("y", 9)], file

    def test_chunks_before_an_error_are_taken_back(self, tmp_path):
        """With a commit after each chunk, half a file is in the table when the other half fails.

        `to_sql` commits by itself, also inside `with connection`.
        """
        db = tmp_path / "sales.db"
        load_sqlite(write(tmp_path, "y,9"), db, "sales", SCHEMA, 2)
        file = reload_broken(tmp_path, db, 2)

        assert ask(db, "SELECT * FROM sales") == [("y", 9)], file

    def test_an_error_leaves_no_table_that_was_not_there(self, tmp_path):
        """A staging table that was committed by itself is still there in the morning.

        Half a table under the right name looks like a bad day.
        """
        db = tmp_path / "sales.db"
        load_sqlite(write(tmp_path, "y,9"), db, "other", SCHEMA, 2)
        file = reload_broken(tmp_path, db, 2)

        assert ask(db, TABLES) == [("other",)], file

    def test_a_table_with_the_name_of_a_staging_table_survives(self, tmp_path):
        """Somebody's own table may be called sales_new: a name is yours only if you made it."""
        ends = ("new", "tmp", "temp", "staging", "stage", "old", "backup", "load")
        names = [f"sales_{end}" for end in ends] + ["staging", "tmp_sales", "_sales_new"]
        path = write(tmp_path, "a,1")
        db = database(tmp_path, *[f'CREATE TABLE "{name}" (x)' for name in names])
        load_sqlite(path, db, "sales", SCHEMA, 2)

        assert ask(db, TABLES) == sorted((name,) for name in [*names, "sales"])

    def test_text_keeps_its_leading_zeros(self, tmp_path):
        """A type that pandas guesses makes 007 the number 7 before SQLite sees it."""
        path, db = write(tmp_path, "007,1", "008,2"), tmp_path / "sales.db"
        load_sqlite(path, db, "sales", SCHEMA, 1)

        assert ask(db, "SELECT shop FROM sales") == [("007",), ("008",)], file_of(path)

    def test_a_word_that_looks_missing_stays_text(self, tmp_path):
        """read_csv takes NA and None for missing unless told otherwise; what arrives is NULL."""
        path, db = write(tmp_path, "NA,1", "None,2"), tmp_path / "sales.db"
        load_sqlite(path, db, "sales", SCHEMA, 1)

        assert ask(db, "SELECT shop FROM sales") == [("NA",), ("None",)], file_of(path)

    def test_a_row_with_an_empty_field_is_loaded(self, tmp_path):
        """Statistics skip what is missing; a load keeps the row."""
        path, db = write(tmp_path, "a,1", "b,", ",3"), tmp_path / "sales.db"

        assert load_sqlite(path, db, "sales", SCHEMA, 2) == 3, file_of(path)
        assert ask(db, "SELECT COUNT(*) FROM sales") == [(3,)], file_of(path)

    def test_an_empty_field_is_null(self, tmp_path):
        """An empty text, or the text 'nan', passes IS NOT NULL and is counted by COUNT(column)."""
        path, db = write(tmp_path, ",1", "b,"), tmp_path / "sales.db"
        load_sqlite(path, db, "sales", SCHEMA, 2)

        assert ask(db, "SELECT * FROM sales") == [(None, 1), ("b", None)], file_of(path)

    def test_integers_keep_every_digit(self, tmp_path):
        """One empty field makes pandas read whole numbers as floats, exact only up to 2 ** 53."""
        path, db = write(tmp_path, "a,9007199254740993", "b,"), tmp_path / "sales.db"
        load_sqlite(path, db, "sales", SCHEMA, 2)

        rows = ask(db, "SELECT amount, typeof(amount) FROM sales WHERE shop = 'a'")
        assert rows == [(9007199254740993, "integer")]

    def test_nan_in_a_number_column_is_an_error(self, tmp_path):
        """float('nan') raises nothing, and SQLite stores NULL: a word in the file looks missing."""
        db = tmp_path / "sales.db"
        assert load_sqlite(write(tmp_path, "a,1.5"), db, "sales", {"amount": "REAL"}, 2) == 1
        for word in ("nan", "inf"):
            path = write(tmp_path, "a,1.5", f"b,{word}")
            with pytest.raises(REFUSED):
                load_sqlite(path, db, "sales", {"amount": "REAL"}, 2)

    def test_a_fraction_in_an_integer_column_is_an_error(self, tmp_path):
        """Cut off at the point, 12.50 becomes 12, and no one learns that the schema was wrong."""
        db = tmp_path / "sales.db"
        assert load_sqlite(write(tmp_path, "a,12"), db, "sales", SCHEMA, 2) == 1
        path = write(tmp_path, "a,12.50")
        with pytest.raises(REFUSED):
            load_sqlite(path, db, "sales", SCHEMA, 2)

    def test_columns_follow_the_schema_and_not_the_file(self, tmp_path):
        """Fields taken by position land in the wrong column as soon as the file is reordered."""
        path = write(tmp_path, "2.5,x,a,1", header="price,note,shop,amount")
        db = tmp_path / "sales.db"
        load_sqlite(path, db, "sales", {**SCHEMA, "price": "REAL"}, 2)

        order = f"schema: shop, amount, price; {file_of(path)}"
        assert ask(db, "SELECT * FROM sales") == [("a", 1, 2.5)], order

    def test_a_quoted_text_may_hold_a_comma_and_a_line_break(self, tmp_path):
        """A row is not a line of the file, and not every comma ends a field.

        Half a text, with a quotation mark: a line was cut at each comma, or a chunk was so many
        lines and ended inside a field.
        """
        path = write(tmp_path, '1,"York"', '2,"Bath,\nUK"', header="amount,shop")
        db = tmp_path / "sales.db"

        assert load_sqlite(path, db, "sales", {"shop": "TEXT"}, 2) == 2, file_of(path)
        assert ask(db, "SELECT shop FROM sales") == [("York",), ("Bath,\nUK",)], file_of(path)

    def test_a_byte_order_mark_is_no_part_of_the_first_name(self, tmp_path):
        """Excel begins a file with a BOM. In plain UTF-8 the first column's name has it."""
        path, db = write(tmp_path, "a,1", encoding="utf-8-sig"), tmp_path / "sales.db"
        load_sqlite(path, db, "sales", SCHEMA, 2)

        assert ask(db, "SELECT shop, amount FROM sales") == [("a", 1)], file_of(path)

    def test_names_may_be_reserved_words(self, tmp_path):
        """A name goes into a statement in double quotes: group and order are words of SQL."""
        path = write(tmp_path, "a,1", header="group,unit price")
        db = tmp_path / "sales.db"
        load_sqlite(path, db, "order", {"group": "TEXT", "unit price": "REAL"}, 2)

        assert ask(db, 'SELECT * FROM "order"') == [("a", 1.0)], file_of(path)

    def test_a_file_of_only_a_header_empties_the_table(self, tmp_path):
        """If the table is replaced when the first chunk comes, yesterday's rows stay today's."""
        db = tmp_path / "sales.db"
        load_sqlite(write(tmp_path, "y,9"), db, "sales", SCHEMA, 2)
        path = write(tmp_path)

        assert load_sqlite(path, db, "sales", SCHEMA, 2) == 0, file_of(path)
        assert ask(db, "SELECT * FROM sales") == [], file_of(path)

    def test_memory_does_not_grow_with_the_rows(self, tmp_path, cost):
        """The rows need not stand in one list first: executemany takes any iterable."""
        rows = [f"shop {i},{i}" for i in range(100_000, 102_500)]

        def call(path):
            return load_sqlite(path, tmp_path / "sales.db", "sales", SCHEMA, 250)

        assert bytes_per_further_row(cost, tmp_path, call, rows) < 50, BYTES


ROOM = 10**15


class TestRankEngines:
    """Which engine, by what was measured."""

    def test_each_engine_is_told_by_name_peak_and_seconds(self):
        """One tuple of three for each engine that fits, and not only the name of the best."""
        engine = Engine("a", (100, 400), (1000, 4000), 1.0, 1.0)

        ranked = rank_engines([engine], 1000, 1, ROOM)
        assert [(name, len(rest)) for name, *rest in ranked] == [("a", 2)]

    def test_only_what_grew_goes_on_growing(self):
        """60,000 further rows took 90,000 bytes: 10 million rows take 15.97 MB.

        136.25 or 500 MB: a peak scaled by the rows, its fixed part with it. 1.09 MB: not scaled.
        """
        chunks = Engine("chunks", (20_000, 80_000), (1_000_000, 1_090_000), 0.0, 0.5)

        ((_, peak, _),) = rank_engines([chunks], 10_000_000, 1, ROOM)
        assert peak == about(15_970_000)

    def test_the_load_is_paid_once(self):
        """10 million rows: 2 s * 10 to load, and three questions at 0.5 s * 10: 35 s.

        75: a load for each question. 15: no load. 25: one question. 3.5: per million forgotten.
        """
        database = Engine("database", (100, 400), (1000, 1000), 2.0, 0.5)

        ((_, _, seconds),) = rank_engines([database], 10_000_000, 3, ROOM)
        assert seconds == about(35.0)

    def test_what_does_not_fit_into_memory_is_left_out(self):
        """The quickest engine is no answer if it is killed half-way."""
        frame = Engine("frame", (20_000, 80_000), (1_600_000, 6_400_000), 0.5, 0.1)
        chunks = Engine("chunks", (20_000, 80_000), (700_000, 760_000), 0.0, 0.5)

        names = [name for name, *_ in rank_engines([frame, chunks], 10_000_000, 9, 500_000_000)]
        assert names == ["chunks"]
        names = [name for name, *_ in rank_engines([frame, chunks], 10_000_000, 9, 900_000_000)]
        assert sorted(names) == ["chunks", "frame"]

    def test_many_questions_turn_the_order(self):
        """For one question the load is not worth it; for a hundred the load is small.

        The order is that of time: who needs the least memory is another question.
        """
        chunks = Engine("chunks", (20_000, 80_000), (1_000, 1_000), 0.0, 0.5)
        database = Engine("database", (20_000, 80_000), (9_000, 9_000), 2.0, 0.1)

        for questions, expected in [(1, ["chunks", "database"]), (100, ["database", "chunks"])]:
            ranked = rank_engines([chunks, database], 1_000_000, questions, ROOM)
            assert [name for name, *_ in ranked] == expected

    def test_any_engines_are_ranked_by_their_numbers(self, rng):
        """Where single engines are right and several are not, look at what is kept and sorted."""
        engines, expected = [], []
        rows, questions, memory = 3_000_000, int(rng.integers(1, 9)), 3_500_000
        for name, slope in zip("abcdef", rng.permutation([0, 0, 1, 1, 2, 2]), strict=True):
            few, many = sorted(map(int, rng.choice(range(1000, 9000), size=2, replace=False)))
            fixed, load, ask_ = int(rng.integers(99_999)), *rng.uniform(0, 2, size=2)
            peaks = (fixed + int(slope) * few, fixed + int(slope) * many)
            engines.append(Engine(name, (few, many), peaks, float(load), float(ask_)))
            seconds = 3 * (load + questions * ask_)
            if (peak := fixed + int(slope) * rows) <= memory:
                expected.append((seconds, name, peak))
        ranked = rank_engines(engines, rows, questions, memory)

        assert [name for name, *_ in ranked] == [name for _, name, _ in sorted(expected)]
        for (_, peak, seconds), (exact_seconds, _, exact_peak) in zip(
            ranked, sorted(expected), strict=True
        ):
            assert (peak, seconds) == about((exact_peak, exact_seconds))
