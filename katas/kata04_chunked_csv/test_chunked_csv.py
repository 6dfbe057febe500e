"""The specification of kata04: exact statistics over chunks of a CSV file."""

import math
import sqlite3
from contextlib import closing
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest

from katas.kata04_chunked_csv.chunked_csv import (
    Moments,
    group_stats,
    load_sqlite,
    merge_moments,
    stream_quantile,
    top_k_keys,
)

COLUMNS = ["n", "sum", "mean", "var", "min", "max"]
BYTES = "bytes of peak memory for each further row, in a file four times as long"


def write(folder, *rows, header="shop,amount", repeat=1):
    """Write a CSV file: a header and these rows, `repeat` times over."""
    path = folder / "sales.csv"
    path.write_text(header + "\n" + "".join(f"{row}\n" for row in rows) * repeat, encoding="utf-8")
    return path


def file_of(path):
    """Show the file, for the report of a failed test."""
    return "sales.csv holds: " + " | ".join(path.read_text(encoding="utf-8").splitlines())


def column(stats, name):
    """Return one column of group_stats as {key: value}, once the columns are known to be right."""
    assert list(stats.columns) == COLUMNS
    return stats[name].to_dict()


def about(top):
    """Expect these keys in this order; their totals may be off by rounding."""
    return [(key, pytest.approx(total, rel=1e-9)) for key, total in top]


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
    """Measure how many bytes of peak memory each row adds when the file grows fourfold.

    A call before that fills what libraries keep from their first use on.
    """
    header = ",".join(["shop", "amount", "note"][: rows[0].count(",") + 1])
    call(write(folder, *rows[:9], header=header))
    peaks = [
        cost.peak_bytes(call, write(folder, *rows, header=header, repeat=repeat))
        for repeat in (1, 4)
    ]
    return (peaks[1] - peaks[0]) / (3 * len(rows))


def wide(rows):
    """Add a column that nobody asks for: even a short file is larger than a read buffer."""
    return [f"{row},{'.' * (300_000 // len(rows))}" for row in rows]


class TestMergeMoments:
    """Two parts into one."""

    def test_the_larger_part_weighs_more(self):
        """The plain average of two means is right only where both parts have the same size.

        1 and 2 have the mean 1.5, 3 alone has 3.0, all three have 2.0. 2.25 is the plain average;
        with 2.5 the weights of the two parts are swapped.
        """
        merged = merge_moments(Moments(2, 1.5, 0.5), Moments(1, 3.0, 0.0))

        assert (merged.n, merged.mean) == pytest.approx((3, 2.0), rel=1e-9)

    def test_m2_is_a_sum_and_not_a_variance(self):
        """Averaged by n as if it were a variance, m2 stays what it was; but it grows with n.

        A part merged with its copy has the same mean and twice the m2.
        """
        merged = merge_moments(Moments(3, 2.0, 2.0), Moments(3, 2.0, 2.0))

        assert (merged.n, merged.mean, merged.m2) == pytest.approx((6, 2.0, 4.0), rel=1e-9)

    def test_the_distance_between_the_means_counts(self):
        """Adding the two m2 keeps the spread inside the parts and forgets the spread between them.

        0, 0 and 4, 4 have no spread each; together every value is 2 away from the mean.
        """
        merged = merge_moments(Moments(2, 0.0, 0.0), Moments(2, 4.0, 0.0))

        assert merged.m2 == pytest.approx(16.0, rel=1e-9)

    def test_an_empty_part_changes_nothing(self):
        """The mean 0.0 of an empty part is a placeholder, not an observation of zero."""
        part, empty = Moments(3, 2.0, 2.0), Moments(0, 0.0, 0.0)
        left, right = merge_moments(empty, part), merge_moments(part, empty)

        assert (left.n, left.mean, left.m2) == pytest.approx((3, 2.0, 2.0), rel=1e-9)
        assert (right.n, right.mean, right.m2) == pytest.approx((3, 2.0, 2.0), rel=1e-9)

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
        """If equal sizes work and these fail, the weights of the two parts are swapped."""
        for n_a, n_b in [(1, 1), (1, 7), (6, 2), (3, 5)]:
            a, b = (rng.integers(-40, 40, size=n) / 4 for n in (n_a, n_b))
            merged = merge_moments(moments_of(a), moments_of(b))
            expected = moments_of([*a, *b])

            assert merged.n == expected.n
            assert (merged.mean, merged.m2) == pytest.approx(
                (expected.mean, expected.m2), rel=1e-9, abs=1e-9
            )


class TestGroupStats:
    """One row a key."""

    def test_the_rows_of_the_last_short_chunk_count(self, tmp_path):
        """What remains after the last full chunk is lost if only full chunks are worked off."""
        path = write(tmp_path, "a,1", "b,2", "a,3")
        stats = group_stats(path, "shop", "amount", 2)

        assert column(stats, "n") == {"a": 2, "b": 1}, file_of(path)

    def test_a_short_last_chunk_weighs_as_much_as_its_rows(self, tmp_path):
        """The mean of the chunks' means is 2.25: the one row of the last chunk counts for two."""
        path = write(tmp_path, "a,1", "a,2", "a,3")
        stats = group_stats(path, "shop", "amount", 2)

        assert column(stats, "mean") == pytest.approx({"a": 2.0}, rel=1e-9), file_of(path)

    def test_the_variance_divides_by_n_minus_one(self, tmp_path):
        """The sample variance of 1 and 3 is 2: numpy's var divides by n, pandas' var by n - 1."""
        path = write(tmp_path, "a,1", "a,3")
        stats = group_stats(path, "shop", "amount", 10)

        assert column(stats, "var") == pytest.approx({"a": 2.0}, rel=1e-9), file_of(path)

    def test_a_single_value_has_no_variance(self, tmp_path):
        """0 would say that the shop never varies; one value says nothing, so it is NaN."""
        path = write(tmp_path, "a,1", "b,2", "b,4")
        stats = group_stats(path, "shop", "amount", 10)

        expected = {"a": math.nan, "b": 2.0}
        assert column(stats, "var") == pytest.approx(expected, rel=1e-9, nan_ok=True), file_of(path)

    def test_the_spread_between_chunks_counts(self, tmp_path):
        """Each chunk is constant, the file is not: variances of chunks cannot be averaged."""
        path = write(tmp_path, "a,1", "a,1", "a,5", "a,5")
        stats = group_stats(path, "shop", "amount", 2)

        assert column(stats, "var") == pytest.approx({"a": 16 / 3}, rel=1e-9), file_of(path)

    def test_a_chunk_of_one_row_brings_its_distance(self, tmp_path):
        """The variance of one row is NaN, and NaN times 0 stays NaN: work with m2, not with var."""
        path = write(tmp_path, "a,1", "a,2", "a,6")
        stats = group_stats(path, "shop", "amount", 2)

        assert column(stats, "var") == pytest.approx({"a": 7.0}, rel=1e-9), file_of(path)

    def test_a_large_mean_does_not_drown_the_variance(self, tmp_path):
        """The sum of squares less n * mean ** 2 loses every digit here, and can come out negative.

        The file is NumAcc4 of NIST's StRD: 1001 values around 10000000.2, certified standard
        deviation 0.1.
        """
        pairs = ["a,10000000.1", "a,10000000.3"] * 500
        path = write(tmp_path, "a,10000000.2", *pairs)
        stats = group_stats(path, "shop", "amount", 100)

        assert column(stats, "n") == {"a": 1001}
        assert column(stats, "mean") == pytest.approx({"a": 10000000.2}, rel=1e-10)
        assert column(stats, "var") == pytest.approx({"a": 0.01}, rel=1e-5)

    def test_a_key_that_a_chunk_lacks_keeps_what_it_has(self, tmp_path):
        """`total + part` gives NaN for a key that only one side has; a missing key adds nothing."""
        path = write(tmp_path, "a,1", "a,2", "b,3", "b,4")
        stats = group_stats(path, "shop", "amount", 2)

        assert column(stats, "sum") == pytest.approx({"a": 3.0, "b": 7.0}, rel=1e-9), file_of(path)
        assert column(stats, "min") == pytest.approx({"a": 1.0, "b": 3.0}, rel=1e-9), file_of(path)

    def test_a_key_is_the_same_key_in_every_chunk(self, tmp_path):
        """Types guessed chunk by chunk differ: 1 is a number here and the text '1' next to an x.

        State the types before the first row is read.
        """
        path = write(tmp_path, "1,10", "2,20", "1,30", "x,40")
        stats = group_stats(path, "shop", "amount", 2)

        expected = {"1": 40.0, "2": 20.0, "x": 40.0}
        assert column(stats, "sum") == pytest.approx(expected, rel=1e-9), file_of(path)

    def test_leading_zeros_belong_to_the_key(self, tmp_path):
        """Keys read as numbers lose their zeros, and 007 and 7 become one shop."""
        path = write(tmp_path, "007,1", "7,2", "007,3")
        stats = group_stats(path, "shop", "amount", 2)

        expected = {"007": 4.0, "7": 2.0}
        assert column(stats, "sum") == pytest.approx(expected, rel=1e-9), file_of(path)

    def test_a_word_that_looks_missing_is_a_key(self, tmp_path):
        """read_csv takes NA, None, nan and others for missing unless told otherwise.

        NA is also Namibia, and None a surname.
        """
        path = write(tmp_path, "NA,1", "None,2", "nan,3", "null,4", "a,5")
        stats = group_stats(path, "shop", "amount", 2)

        expected = {"NA": 1.0, "None": 2.0, "a": 5.0, "nan": 3.0, "null": 4.0}
        assert column(stats, "sum") == pytest.approx(expected, rel=1e-9), file_of(path)

    def test_a_row_without_a_key_is_left_out(self, tmp_path):
        """An empty key is missing, not a shop of its own called '' or 'nan'."""
        path = write(tmp_path, "a,1", ",2", "b,3")
        stats = group_stats(path, "shop", "amount", 2)

        assert column(stats, "n") == {"a": 1, "b": 1}, file_of(path)

    def test_an_empty_value_is_not_a_zero(self, tmp_path):
        """Filled with 0, a gap becomes the smallest sale of the shop."""
        path = write(tmp_path, "a,1", "a,", "a,3")
        stats = group_stats(path, "shop", "amount", 2)

        assert column(stats, "min") == pytest.approx({"a": 1.0}, rel=1e-9), file_of(path)

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
        assert stats.index.name == "shop"

    def test_extremes_may_lie_below_zero(self, tmp_path):
        """A maximum that starts from 0 never sees that all values are negative."""
        path = write(tmp_path, "a,-5", "a,-2", "a,-9")
        stats = group_stats(path, "shop", "amount", 2)

        assert column(stats, "max") == pytest.approx({"a": -2.0}, rel=1e-9), file_of(path)
        assert column(stats, "min") == pytest.approx({"a": -9.0}, rel=1e-9), file_of(path)

    def test_a_quoted_key_may_hold_a_comma(self, tmp_path):
        """A line cut at every comma leaves half of this key, and a quotation mark."""
        path = write(tmp_path, '1,"Bath, UK"', "2,York", header="amount,shop")
        stats = group_stats(path, "shop", "amount", 2)

        expected = {"Bath, UK": 1.0, "York": 2.0}
        assert column(stats, "sum") == pytest.approx(expected, rel=1e-9), file_of(path)

    def test_blanks_belong_to_the_key(self, tmp_path):
        """Stripped keys are no longer the text in the file, and two of them become one."""
        path = write(tmp_path, "a,1", " a,2", "a ,3")
        stats = group_stats(path, "shop", "amount", 2)

        expected = {" a": 2.0, "a": 1.0, "a ": 3.0}
        assert column(stats, "sum") == pytest.approx(expected, rel=1e-9), file_of(path)

    def test_a_file_of_only_a_header_gives_no_rows_and_all_columns(self, tmp_path):
        """With no group to collect, a frame has no columns and types but those that you state."""
        path = write(tmp_path)
        stats = group_stats(path, "shop", "amount", 2)

        assert (len(stats), list(stats.columns)) == (0, COLUMNS), file_of(path)
        assert [str(t) for t in stats.dtypes] == ["int64"] + ["float64"] * 5

    def test_every_chunksize_gives_the_statistics_of_the_whole_file(self, tmp_path, rng):
        """If one chunk for the whole file is right and small chunks are not, look at the merge."""
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
                stats, expected, rtol=1e-9, atol=0, check_index_type=False
            )

    def test_memory_does_not_grow_with_the_rows(self, tmp_path, rng, cost):
        """Chunks that are kept and concatenated at the end are the whole file again.

        Keep a few numbers a key, and let each chunk go.
        """
        rows = wide([f"s{shop},{shop}.25" for shop in rng.integers(2, size=2000)])

        def call(path):
            return group_stats(path, "shop", "amount", 1000)

        assert bytes_per_further_row(cost, tmp_path, call, rows) < 6, BYTES

    def test_a_chunk_has_at_least_one_row(self, tmp_path):
        """A chunksize of 0 would read nothing for ever; the error names the argument."""
        path = write(tmp_path, "a,1")
        with pytest.raises(ValueError, match="chunksize"):
            group_stats(path, "shop", "amount", 0)

        assert column(group_stats(path, "shop", "amount", 1), "n") == {"a": 1}


class TestTopKKeys:
    """The largest totals."""

    def test_a_key_that_leads_no_chunk_can_lead_the_file(self, tmp_path):
        """The best of each chunk are not the best of all: b is second everywhere and first overall.

        A key may be dropped only when its total is complete.
        """
        path = write(tmp_path, "a,5", "b,4", "c,5", "b,4", "d,5", "b,4")
        top = top_k_keys(path, "shop", "amount", 1, 2)

        assert top == about([("b", 12.0)]), file_of(path)

    def test_a_key_that_a_chunk_lacks_keeps_its_total(self, tmp_path):
        """`total + part` turns the total of a key that one side lacks into NaN."""
        path = write(tmp_path, "a,1", "a,2", "b,3", "b,4")
        top = top_k_keys(path, "shop", "amount", 2, 2)

        assert top == about([("b", 7.0), ("a", 3.0)]), file_of(path)

    def test_equal_totals_come_in_the_order_of_their_keys(self, tmp_path):
        """Left in the order of appearance, a tie at place k is decided by the order of the rows."""
        path = write(tmp_path, "d,1", "c,2", "b,2", "a,2")
        top = top_k_keys(path, "shop", "amount", 2, 2)

        assert top == about([("a", 2.0), ("b", 2.0)]), file_of(path)

    def test_a_key_without_any_value_is_not_listed(self, tmp_path):
        """The sum of no values is 0.0, so a shop that sold nothing outranks one with refunds."""
        path = write(tmp_path, "a,-1", "b,", "c,2", "c,1")
        top = top_k_keys(path, "shop", "amount", 2, 2)

        assert top == about([("c", 3.0), ("a", -1.0)]), file_of(path)

    def test_a_row_without_a_key_is_not_listed(self, tmp_path):
        """An empty key is missing; as a key of its own it can even win."""
        path = write(tmp_path, "a,1", ",5", "b,2", ",5")
        top = top_k_keys(path, "shop", "amount", 1, 2)

        assert top == about([("b", 2.0)]), file_of(path)

    def test_keys_are_text_as_written(self, tmp_path):
        """Guessed types turn 007 into 7 and drop NA."""
        path = write(tmp_path, "007,1", "7,2", "NA,4", "7,1")
        top = top_k_keys(path, "shop", "amount", 3, 2)

        assert top == about([("NA", 4.0), ("7", 3.0), ("007", 1.0)]), file_of(path)

    def test_fewer_keys_than_k_are_all_listed(self, tmp_path):
        """Two keys are no error at k = 5, and a file of only a header gives an empty list."""
        top = top_k_keys(write(tmp_path, "a,1", "b,2"), "shop", "amount", 5, 1)
        assert top == about([("b", 2.0), ("a", 1.0)])
        assert top_k_keys(write(tmp_path), "shop", "amount", 5, 1) == []

    def test_totals_are_those_of_the_whole_file(self, tmp_path, rng):
        """If the keys are right and the totals are not, rows of some chunks are missing."""
        shops = rng.choice(["a", "b", "c", "d", "e"], size=20)
        rows = [f"{s},{a}" for s, a in zip(shops, rng.integers(-9, 99, size=20), strict=True)]
        path = write(tmp_path, *rows)
        totals = sorted(((-sum(v), shop) for shop, v in by_shop(rows).items()))
        for k, chunksize in [(1, 4), (2, 7), (9, 20)]:
            top = top_k_keys(path, "shop", "amount", k, chunksize)

            assert top == about([(shop, -negative) for negative, shop in totals[:k]])

    def test_memory_does_not_grow_with_the_rows(self, tmp_path, rng, cost):
        """Sorting needs all totals, not all rows."""
        rows = wide([f"s{shop},{shop}.25" for shop in rng.integers(2, size=2000)])

        def call(path):
            return top_k_keys(path, "shop", "amount", 3, 1000)

        assert bytes_per_further_row(cost, tmp_path, call, rows) < 6, BYTES

    def test_k_and_chunksize_are_at_least_one(self, tmp_path):
        """The best none are no answer: below 1 is an error that names the argument."""
        path = write(tmp_path, "a,1")
        with pytest.raises(ValueError, match=r"\bk\b"):
            top_k_keys(path, "shop", "amount", 0, 1)
        with pytest.raises(ValueError, match="chunksize"):
            top_k_keys(path, "shop", "amount", 1, 0)

        assert top_k_keys(path, "shop", "amount", 1, 1) == about([("a", 1.0)])


class TestStreamQuantile:
    """An exact order statistic."""

    def test_a_part_of_a_rank_rounds_up(self, tmp_path):
        """Two of five values are less than half of the file: the median is the third."""
        path = write(tmp_path, "a,5", "a,1", "a,8", "a,3", "a,2")

        answer = stream_quantile(path, "amount", 0.5, 10, 10)
        assert answer == pytest.approx(3.0, rel=1e-9), file_of(path)

    def test_the_answer_is_one_of_the_values(self, tmp_path):
        """Value number ceil(0.3 * 5) is asked for; numpy's default interpolates between two."""
        path = write(tmp_path, "a,1", "a,2", "a,3", "a,5", "a,8")

        answer = stream_quantile(path, "amount", 0.3, 10, 10)
        assert answer == pytest.approx(2.0, rel=1e-9), file_of(path)

    def test_a_whole_rank_is_taken_as_it_is(self, tmp_path):
        """`sorted(values)[int(q * n)]` counts from 0: at q * n = 2 it takes the third value."""
        path = write(tmp_path, "a,3", "a,1", "a,4", "a,2")

        answer = stream_quantile(path, "amount", 0.5, 10, 10)
        assert answer == pytest.approx(2.0, rel=1e-9), file_of(path)

    def test_seven_percent_of_a_hundred_is_the_seventh(self, tmp_path):
        """0.07 * 100 is 7.000000000000001 in floats, and its ceiling 8: take 1e-9 off first."""
        path = write(tmp_path, *[f"a,{i}" for i in range(1, 101)])

        assert stream_quantile(path, "amount", 0.07, 1000, 1000) == pytest.approx(7.0, rel=1e-9)

    def test_q_zero_is_the_smallest_and_q_one_the_largest(self, tmp_path):
        """Rank 0 does not exist, and as an index it becomes -1: the largest value."""
        path = write(tmp_path, "a,3", "a,1", "a,4", "a,2")

        answers = [stream_quantile(path, "amount", q, 10, 10) for q in (0, 1)]
        assert answers == pytest.approx([1.0, 4.0], rel=1e-9), file_of(path)

    def test_equal_values_count_each(self, tmp_path):
        """Collected in a set, three 1s are one value and the median moves."""
        path = write(tmp_path, "a,1", "a,1", "a,1", "a,2", "a,3")

        answer = stream_quantile(path, "amount", 0.5, 10, 5)
        assert answer == pytest.approx(1.0, rel=1e-9), file_of(path)

    def test_the_median_is_not_the_median_of_the_medians(self, tmp_path):
        """The chunks 1 1 3, 4 9 9 and 1 1 8 have the medians 1, 9, 1; the median of these is 1."""
        path = write(tmp_path, *[f"a,{i}" for i in (1, 1, 3, 4, 9, 9, 1, 1, 8)])

        answer = stream_quantile(path, "amount", 0.5, 3, 10)
        assert answer == pytest.approx(3.0, rel=1e-9), file_of(path)

    def test_the_answer_is_exact_however_few_values_may_be_held(self, tmp_path, rng):
        """A sample, or the values that fit, give an estimate; counting in several passes is exact.

        Ranks must not depend on chunksize or max_floats.
        """
        values = rng.choice(np.arange(100, 9999), size=30, replace=False) / 100
        path = write(tmp_path, *[f"a,{v}" for v in values])
        for q, chunksize, max_floats in [
            (0.5, 7, 1),
            (0.9, 50, 3),
            (0.25, 1000, 10),
            (0.6, 9, 100),
        ]:
            answer = stream_quantile(path, "amount", q, chunksize, max_floats)
            expected = np.sort(values)[math.ceil(q * 30 - 1e-9) - 1]

            assert answer == pytest.approx(expected, rel=1e-9)

    def test_values_may_all_lie_below_zero(self, tmp_path):
        """A range of the search that starts from 0 does not hold the answer."""
        path = write(tmp_path, "a,-1", "a,-7", "a,-3", "a,-5", "a,-9")

        answer = stream_quantile(path, "amount", 0.5, 2, 1)
        assert answer == pytest.approx(-5.0, rel=1e-9), file_of(path)

    def test_more_equal_values_than_max_floats_still_have_an_answer(self, tmp_path):
        """No split makes 30 equal values fewer: a search that waits for it never ends.

        One that goes on to the next larger value steps over all ties at once.
        """
        path = write(tmp_path, *["a,2.5"] * 30, "a,1", "a,4")

        assert stream_quantile(path, "amount", 0.5, 8, 1) == pytest.approx(2.5, rel=1e-9)
        assert stream_quantile(path, "amount", 1, 8, 1) == pytest.approx(4.0, rel=1e-9)

    def test_an_outlier_does_not_blur_the_other_values(self, tmp_path):
        """Halving until the range is small against the data stops before these three come apart."""
        path = write(tmp_path, "a,0.001", "a,0.002", "a,0.003", "a,1e12", "a,2e12")

        answer = stream_quantile(path, "amount", 0.4, 2, 1)
        assert answer == pytest.approx(0.002, rel=1e-9), file_of(path)

    def test_neighbouring_floats_come_apart(self, tmp_path):
        """Halfway between two neighbouring floats is one of the two.

        A search that takes it for a smaller range goes round for ever.
        """
        path = write(tmp_path, *["a,2.0000000000000004", "a,2"] * 3)

        answer = stream_quantile(path, "amount", 0.5, 8, 1)
        assert answer == pytest.approx(2.0, rel=1e-9), file_of(path)

    def test_empty_fields_are_skipped(self, tmp_path):
        """As a 0, or as a part of n, an empty field moves the rank."""
        path = write(tmp_path, "a,", "a,5", "a,", "a,6", "a,7")

        answer = stream_quantile(path, "amount", 0.5, 2, 1)
        assert answer == pytest.approx(6.0, rel=1e-9), file_of(path)

    def test_memory_does_not_grow_with_the_rows(self, tmp_path, rng, cost):
        """All values of the column at once are the column: only max_floats of them may be held."""
        rows = [f"a,{v:.6f}" for v in rng.uniform(size=2000)]

        def call(path):
            return stream_quantile(path, "amount", 0.05, 1000, 2000)

        assert bytes_per_further_row(cost, tmp_path, call, rows) < 6, BYTES

    def test_q_lies_between_zero_and_one(self, tmp_path):
        """0 and 1 are legal, anything outside and NaN are not; 50 is a percentage, not a share."""
        path = write(tmp_path, "a,1")
        for q in (-0.01, 1.01, 50, math.nan):
            with pytest.raises(ValueError, match=r"\bq\b"):
                stream_quantile(path, "amount", q, 1, 1)
        answers = [stream_quantile(path, "amount", q, 1, 1) for q in (0, 1)]
        assert answers == pytest.approx([1.0, 1.0], rel=1e-9)

    def test_chunksize_and_max_floats_are_at_least_one(self, tmp_path):
        """One row and one value are enough to work with; the error names what is below 1."""
        path = write(tmp_path, "a,1", "a,2", "a,3")
        with pytest.raises(ValueError, match="chunksize"):
            stream_quantile(path, "amount", 0.5, 0, 1)
        with pytest.raises(ValueError, match="max_floats"):
            stream_quantile(path, "amount", 0.5, 1, 0)

        assert stream_quantile(path, "amount", 0.5, 1, 1) == pytest.approx(2.0, rel=1e-9)

    def test_a_column_without_values_is_an_error(self, tmp_path):
        """There is no smallest of nothing; the error names the argument col."""
        for rows in (["a,", "b,"], []):
            path = write(tmp_path, *rows)
            with pytest.raises(ValueError, match=r"\bcol\b"):
                stream_quantile(path, "amount", 0.5, 1, 1)
        answer = stream_quantile(write(tmp_path, "a,", "b,2"), "amount", 0.5, 1, 1)
        assert answer == pytest.approx(2.0, rel=1e-9)


SCHEMA = {"shop": "TEXT", "amount": "INTEGER"}


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
        for statement in statements:
            connection.execute(statement)
    return folder / "sales.db"


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

        assert ask(db, "SELECT name FROM sqlite_master") == [("sales",)]

    def test_a_word_in_a_number_column_is_an_error(self, tmp_path):
        """SQLite stores a word in an INTEGER column without complaint: check before it does."""
        path, db = write(tmp_path, "a,many"), tmp_path / "sales.db"
        for kind in ("INTEGER", "REAL"):
            with pytest.raises(ValueError, match="many"):
                load_sqlite(path, db, "sales", {"amount": kind}, 2)

    def test_an_error_midway_leaves_the_old_table(self, tmp_path):
        """Python's sqlite3 opens no transaction before DROP and CREATE: they are committed at once.

        The file fails in its third row; the old table must come out untouched.
        """
        path = write(tmp_path, "a,1", "b,2", "c,many", "d,4")
        db = database(
            tmp_path, "CREATE TABLE sales (old TEXT)", "INSERT INTO sales VALUES ('kept')"
        )
        with pytest.raises(ValueError, match="many"):
            load_sqlite(path, db, "sales", SCHEMA, 10)

        assert ask(db, "SELECT * FROM sales") == [("kept",)], file_of(path)

    def test_chunks_before_an_error_are_taken_back(self, tmp_path):
        """With a commit after each chunk, half a file is in the table when the other half fails.

        `to_sql` commits by itself, also inside `with connection`.
        """
        path = write(tmp_path, "a,1", "b,2", "c,many", "d,4")
        db = database(tmp_path, "CREATE TABLE sales (shop TEXT, amount INTEGER)")
        with pytest.raises(ValueError, match="many"):
            load_sqlite(path, db, "sales", SCHEMA, 2)

        assert ask(db, "SELECT * FROM sales") == [], file_of(path)

    def test_an_error_makes_no_table_where_there_was_none(self, tmp_path):
        """A table of half the rows, or of none, looks like a bad day."""
        path, db = write(tmp_path, "a,1", "b,2", "c,many"), tmp_path / "sales.db"
        with pytest.raises(ValueError, match="many"):
            load_sqlite(path, db, "sales", SCHEMA, 2)

        assert ask(db, "SELECT * FROM sales") == "no such table: sales", file_of(path)

    def test_a_table_with_other_columns_is_replaced(self, tmp_path):
        """Deleting the rows keeps last year's columns; CREATE IF NOT EXISTS keeps them too."""
        path = write(tmp_path, "a,1")
        db = database(tmp_path, "CREATE TABLE sales (old TEXT, amount INTEGER)")
        load_sqlite(path, db, "sales", SCHEMA, 2)

        columns = ask(db, "SELECT name, type FROM pragma_table_info('sales')")
        assert columns == [("shop", "TEXT"), ("amount", "INTEGER")]

    def test_columns_follow_the_schema_and_not_the_file(self, tmp_path):
        """Fields taken by position land in the wrong column as soon as the file is reordered."""
        path = write(tmp_path, "2.5,x,a,1", header="price,note,shop,amount")
        db = tmp_path / "sales.db"
        load_sqlite(path, db, "sales", {**SCHEMA, "price": "REAL"}, 2)

        order = f"schema: shop, amount, price; {file_of(path)}"
        assert ask(db, "SELECT * FROM sales") == [("a", 1, 2.5)], order

    def test_text_keeps_its_leading_zeros(self, tmp_path):
        """A type that pandas guesses makes 007 the number 7 before SQLite sees it."""
        path, db = write(tmp_path, "007,1", "008,2"), tmp_path / "sales.db"
        load_sqlite(path, db, "sales", SCHEMA, 1)

        assert ask(db, "SELECT shop FROM sales") == [("007",), ("008",)], file_of(path)

    def test_a_quoted_text_may_hold_a_comma(self, tmp_path):
        """A line cut at every comma leaves half of this text, and a quotation mark."""
        path = write(tmp_path, '1,"Bath, UK"', header="amount,shop")
        db = tmp_path / "sales.db"
        load_sqlite(path, db, "sales", SCHEMA, 2)

        assert ask(db, "SELECT shop FROM sales") == [("Bath, UK",)], file_of(path)

    def test_a_word_that_looks_missing_stays_text(self, tmp_path):
        """read_csv takes NA and None for missing unless told otherwise; what arrives is NULL."""
        path, db = write(tmp_path, "NA,1", "None,2"), tmp_path / "sales.db"
        load_sqlite(path, db, "sales", SCHEMA, 1)

        assert ask(db, "SELECT shop FROM sales") == [("NA",), ("None",)], file_of(path)

    def test_nan_in_a_number_column_is_an_error(self, tmp_path):
        """float('nan') raises nothing, and SQLite stores NULL: a word in the file looks missing."""
        path, db = write(tmp_path, "a,1.5", "b,nan"), tmp_path / "sales.db"
        with pytest.raises(ValueError, match="nan"):
            load_sqlite(path, db, "sales", {"amount": "REAL"}, 2)

    def test_a_row_with_an_empty_field_is_loaded(self, tmp_path):
        """Statistics skip what is missing; a load keeps the row."""
        path, db = write(tmp_path, "a,1", "b,", ",3"), tmp_path / "sales.db"

        assert load_sqlite(path, db, "sales", SCHEMA, 2) == 3, file_of(path)
        assert ask(db, "SELECT COUNT(*) FROM sales") == [(3,)], file_of(path)

    def test_an_empty_field_is_null(self, tmp_path):
        """An empty text, or the text 'nan', passes IS NOT NULL and is counted by COUNT(column)."""
        path, db = write(tmp_path, ",1", "b,"), tmp_path / "sales.db"
        load_sqlite(path, db, "sales", SCHEMA, 2)

        nulls = ask(db, "SELECT COUNT(*) FROM sales WHERE shop IS NULL OR amount IS NULL")
        assert nulls == [(2,)], file_of(path)

    def test_integers_keep_every_digit(self, tmp_path):
        """One empty field makes pandas read whole numbers as floats, exact only up to 2 ** 53."""
        path, db = write(tmp_path, "a,9007199254740993", "b,"), tmp_path / "sales.db"
        load_sqlite(path, db, "sales", SCHEMA, 2)

        assert ask(db, "SELECT amount FROM sales WHERE shop = 'a'") == [(9007199254740993,)]
        assert ask(db, "SELECT typeof(amount) FROM sales WHERE shop = 'a'") == [("integer",)]

    def test_a_fraction_in_an_integer_column_is_an_error(self, tmp_path):
        """Cut off at the point, 12.50 becomes 12, and no one learns that the schema was wrong."""
        path, db = write(tmp_path, "a,12.50"), tmp_path / "sales.db"
        with pytest.raises(ValueError, match=r"12\.50"):
            load_sqlite(path, db, "sales", SCHEMA, 2)

    def test_names_may_be_reserved_words(self, tmp_path):
        """A name goes into a statement in double quotes: group and order are words of SQL."""
        path = write(tmp_path, "a,1", header="group,unit price")
        db = tmp_path / "sales.db"
        load_sqlite(path, db, "order", {"group": "TEXT", "unit price": "REAL"}, 2)

        assert ask(db, 'SELECT * FROM "order"') == [("a", 1.0)], file_of(path)

    def test_a_file_of_only_a_header_empties_the_table(self, tmp_path):
        """If the table is replaced when the first chunk comes, yesterday's rows stay today's."""
        path = write(tmp_path)
        db = database(
            tmp_path, "CREATE TABLE sales (shop TEXT)", "INSERT INTO sales VALUES ('old')"
        )

        assert load_sqlite(path, db, "sales", SCHEMA, 2) == 0, file_of(path)
        assert ask(db, "SELECT * FROM sales") == [], file_of(path)

    def test_memory_does_not_grow_with_the_rows(self, tmp_path, rng, cost):
        """The rows need not stand in one list first: executemany takes any iterable."""
        rows = wide([f"shop {i},{i}" for i in rng.integers(1_000_000, size=1000)])

        def call(path):
            return load_sqlite(path, tmp_path / "sales.db", "sales", SCHEMA, 200)

        assert bytes_per_further_row(cost, tmp_path, call, rows) < 20, BYTES

    def test_schema_fits_the_file(self, tmp_path):
        """The error names schema: for no columns, an unknown type, a column that the file lacks."""
        path, db = write(tmp_path, "a,1"), tmp_path / "sales.db"
        for schema in ({}, {"shop": "VARCHAR"}, {"shop": "TEXT", "price": "REAL"}):
            with pytest.raises(ValueError, match="schema"):
                load_sqlite(path, db, "sales", schema, 2)
        assert load_sqlite(path, db, "sales", {"shop": "TEXT"}, 2) == 1

    def test_a_chunk_has_at_least_one_row(self, tmp_path):
        """The error names chunksize; a chunk of one row is legal."""
        path, db = write(tmp_path, "a,1", "b,2"), tmp_path / "sales.db"
        with pytest.raises(ValueError, match="chunksize"):
            load_sqlite(path, db, "sales", SCHEMA, 0)

        assert load_sqlite(path, db, "sales", SCHEMA, 1) == 2
