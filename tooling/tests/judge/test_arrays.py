"""Arrays, scalars, Generators, sparse matrices and tensors arrive as what they were."""

import numpy as np
import pytest
import torch
from dojo.author.judge.wire import WireError
from dojo.child.size import uncheckable
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as nps
from scipy import sparse

# Other processes may have the machine meanwhile.
SLOW = [HealthCheck.too_slow]
CASES = settings(derandomize=True, deadline=None, max_examples=60, suppress_health_check=SLOW)

DTYPES = st.one_of(
    nps.boolean_dtypes(),
    nps.integer_dtypes(endianness="?"),
    nps.unsigned_integer_dtypes(endianness="?"),
    nps.floating_dtypes(endianness="?", sizes=(16, 32, 64)),
    nps.complex_number_dtypes(endianness="?", sizes=(64, 128)),
    nps.datetime64_dtypes(endianness="?"),
    nps.timedelta64_dtypes(endianness="?"),
    nps.unicode_string_dtypes(endianness="?", max_len=5),
    nps.byte_string_dtypes(max_len=5),
)
SHAPES = nps.array_shapes(min_dims=0, max_dims=4, min_side=0, max_side=4)


def assert_same(found: np.ndarray, sent: np.ndarray) -> None:
    """Hold an array against what was sent: the type, every byte, and whether it can be written."""
    assert type(found) is np.ndarray
    assert found.dtype == sent.dtype
    assert found.shape == sent.shape
    assert found.tobytes() == sent.tobytes()
    assert found.flags.writeable == sent.flags.writeable


def arrays(draw: st.DrawFn, dtypes: st.SearchStrategy[np.dtype]) -> np.ndarray:
    """Draw an array of random bytes: NaN with payloads, NaT and text that is none."""
    dtype, shape = draw(dtypes), draw(SHAPES)
    seed = draw(st.integers(0, 2**32))
    count = int(np.prod(shape)) * dtype.itemsize
    data = np.random.default_rng(seed).bytes(count)
    if dtype.kind in "US" or not dtype.itemsize:
        return np.zeros(shape, dtype)
    if dtype.kind == "b":
        return np.frombuffer(data, "i1")[:: dtype.itemsize].reshape(shape).astype(dtype)
    return np.frombuffer(data, dtype).reshape(shape).copy()


class TestArrays:
    """Arrays of numpy's."""

    @CASES
    @given(st.composite(arrays)(DTYPES))
    def test_an_array_arrives_to_the_byte(self, across, array):
        """Any dtype, any shape, either order of bytes."""
        assert_same(across(array), array)

    @CASES
    @given(nps.arrays(DTYPES, SHAPES))
    def test_the_values_of_an_array_arrive(self, across, array):
        """Text and times among them."""
        assert_same(across(array), array)

    @CASES
    @given(nps.arrays("i4", nps.array_shapes(min_dims=2, min_side=2)), st.data())
    def test_a_view_arrives(self, across, array, data):
        """Turned, cut, with steps, or read-only: its values count, and the order of its columns."""
        views = [array.T, array[::-1], array[:, ::2], array[1:], np.asfortranarray(array)]
        view = data.draw(st.sampled_from(views))
        view.flags.writeable = data.draw(st.booleans())
        found = across(view)

        assert_same(found, view)
        assert found.flags.f_contiguous >= view.flags.f_contiguous
        assert found.flags.c_contiguous >= view.flags.c_contiguous

    def test_no_axes_and_no_elements(self, across):
        """The edges of shapes."""
        for array in (np.array(2.5), np.empty((0, 3)), np.empty((2, 0), "M8[D]"), np.array("é")):
            assert_same(across(array), array)

    def test_a_broadcast_array_arrives(self, across):
        """One number that stands for many."""
        assert_same(across(np.broadcast_to(1.5, (3, 4)).copy()), np.full((3, 4), 1.5))
        assert across(np.broadcast_to(1.5, (3, 4))).sum() == 18

    @CASES
    @given(st.lists(st.one_of(st.none(), st.integers(), st.text(), st.lists(st.integers()))))
    def test_an_array_of_objects_arrives(self, across, parts):
        """One by one, sequences among them."""
        array = np.empty(len(parts), dtype=object)
        for position, part in enumerate(parts):
            array[position] = part
        found = across(array)

        assert found.dtype == object
        assert found.tolist() == parts

    def test_an_array_of_lists_of_one_length_stays_an_array_of_lists(self, across):
        """A table is what numpy would make of them."""
        array = np.empty(3, dtype=object)
        for position in range(3):
            array[position] = [position, position]
        found = across(array.reshape(3, 1))

        assert found.shape == (3, 1)
        assert found[2, 0] == [2, 2]

    def test_an_array_of_objects_keeps_its_order_and_is_read_only(self, across):
        """As any array."""
        array = np.asfortranarray(np.array([[1, "a"], [None, 2.5]], dtype=object))
        array.flags.writeable = False
        found = across(array)

        assert found.tolist() == array.tolist()
        assert found.flags.f_contiguous
        assert not found.flags.writeable

    def test_a_subclass_arrives_as_an_array(self, across):
        """What it does to numpy's functions stays behind."""
        masked = np.ma.array([1.0, 2.0], mask=[False, True])

        assert type(across([np.char.array(["a"])])[0]) is np.ndarray
        assert type(across(masked)) is np.ndarray

    @pytest.mark.parametrize(
        "array",
        [
            np.array(["a"], dtype=np.dtypes.StringDType()),
            np.array([(1, None)], dtype=[("a", "i4"), ("b", "O")]),
            np.zeros(1, [("a", "f8")]),
            np.zeros(1, "V8"),
            np.zeros(1, "c32"),
        ],
        ids=["variable-width", "objects in records", "records", "raw", "long"],
    )
    def test_what_is_no_number_text_or_time_is_refused(self, across, array):
        """Its elements are pointers, fields, or longer than any machine's; a scalar of it too."""
        for value in (array, array[:1], array.dtype):
            with pytest.raises(WireError, match="an array of"):
                across(value)
        assert uncheckable(array).startswith("values of the dtype")

    @CASES
    @given(DTYPES)
    def test_check_takes_what_arrives(self, dtype):
        """Of any of these dtypes."""
        assert uncheckable([np.zeros(2, dtype), np.zeros(1, dtype)[0]]) == ""


class TestScalars:
    """Numbers, text and times of numpy's, and dtypes."""

    @CASES
    @given(st.composite(lambda draw: draw(nps.arrays(DTYPES, (1,)))[0])())
    def test_a_scalar_arrives(self, across, scalar):
        """As its own type: a float64 is no float."""
        found = across(scalar)

        assert type(found) is type(scalar)
        assert found.dtype == scalar.dtype
        assert repr(found) == repr(scalar)

    @CASES
    @given(st.one_of(DTYPES, st.just(np.dtype(object))))
    def test_a_dtype_arrives(self, across, dtype):
        """As tests compare them."""
        assert across(dtype) == dtype


BITS = ["PCG64", "PCG64DXSM", "MT19937", "Philox", "SFC64"]


class TestGenerators:
    """Generators go on where they stood."""

    @pytest.mark.parametrize("bits", BITS)
    @pytest.mark.parametrize("seed", [0, [1, 2], 2**100], ids=str)
    def test_a_generator_draws_on(self, across, bits, seed):
        """Half a number that was kept back, and the children that were spawned, count."""
        rng = np.random.Generator(getattr(np.random, bits)(seed))
        rng.integers(5, size=3, dtype=np.int32)
        rng.spawn(2)
        found = across(rng)

        np.testing.assert_equal(found.bit_generator.state, rng.bit_generator.state)
        assert found.random(3).tolist() == rng.random(3).tolist()
        assert found.integers(9, size=3).tolist() == rng.integers(9, size=3).tolist()
        assert found.spawn(1)[0].random() == rng.spawn(1)[0].random()

    def test_a_spawned_generator_spawns_on(self, across):
        """A child's children are not its parent's."""
        child = np.random.default_rng(3).spawn(2)[1]
        found = across(child)

        assert found.spawn(2)[1].random() == child.spawn(2)[1].random()

    def test_a_generator_without_a_seed_arrives(self, across):
        """It drew its seed from the system."""
        rng = np.random.default_rng()

        assert across(rng).random() == rng.random()

    def test_other_sources_of_randomness_are_refused(self, across):
        """Katas use Generators."""
        with pytest.raises(WireError, match="a RandomState cannot cross"):
            across(np.random.RandomState(1))


FORMATS = ["csr", "csc", "bsr", "coo", "dia", "dok", "lil"]


class TestSparse:
    """Sparse matrices and arrays of scipy's."""

    @pytest.mark.parametrize("form", FORMATS)
    @pytest.mark.parametrize("style", ["array", "matrix"])
    @pytest.mark.parametrize("shape", [(3, 4), (1, 1), (0, 5), (4, 0)], ids=str)
    @pytest.mark.parametrize("dtype", ["f8", "i4", "?", "c16"])
    def test_a_sparse_matrix_arrives(self, across, form, style, shape, dtype):
        """As its own class, of its own dtype."""
        if form == "dia" and 0 in shape:
            shape = (2, 2)
        dense = np.arange(np.prod(shape)).reshape(shape) % 3
        matrix = getattr(sparse, f"{form}_{style}")(dense.astype(dtype))
        found = across(matrix)

        assert type(found) is type(matrix)
        assert found.dtype == matrix.dtype
        assert found.shape == shape
        np.testing.assert_array_equal(found.toarray(), matrix.toarray())

    def test_what_is_stored_arrives(self, across):
        """Zeros that are stored, and duplicates that are not summed yet."""
        matrix = sparse.coo_array(([1.0, 2.0, 0.0], ([0, 0, 1], [1, 1, 0])), shape=(2, 2))
        found = across(matrix)

        assert found.nnz == 3
        assert found.data.tolist() == [1.0, 2.0, 0.0]
        assert across(matrix.tocsr()).indices.tolist() == matrix.tocsr().indices.tolist()

    def test_an_array_of_one_axis_arrives(self, across):
        """They are new in scipy."""
        assert across(sparse.coo_array(np.array([0.0, 2.0]))).toarray().tolist() == [0.0, 2.0]
        assert across(sparse.csr_array(np.array([0.0, 2.0]))).toarray().tolist() == [0.0, 2.0]

    def test_a_hundred_thousand_rows_arrive(self, across):
        """As long as they are sparse."""
        matrix = sparse.lil_array((100_000, 5))
        matrix[99_999, 4] = 1.0

        assert across(matrix)[99_999, 4] == 1.0


TENSORS = ["bool", "uint8", "int8", "int16", "int32", "int64", "uint16"]
TENSORS += ["float16", "float32", "float64", "bfloat16", "complex64"]


class TestTensors:
    """Tensors of torch's."""

    @pytest.mark.parametrize(
        "dtype",
        TENSORS,
    )
    @pytest.mark.parametrize("shape", [(), (3,), (2, 0), (2, 3)], ids=str)
    def test_a_tensor_arrives(self, across, dtype, shape):
        """Of any dtype and shape."""
        count = int(np.prod(shape))
        tensor = (torch.arange(count) % 2).reshape(shape).to(getattr(torch, dtype))
        found = across(tensor)

        assert type(found) is torch.Tensor
        assert found.dtype == tensor.dtype
        assert found.shape == tensor.shape
        assert torch.equal(found, tensor)

    def test_a_tensor_keeps_whether_it_wants_a_gradient(self, across):
        """And where it was computed, it arrives as a leaf."""
        leaf = torch.ones(3, requires_grad=True)

        assert across(leaf).requires_grad
        assert across(leaf * 2).is_leaf
        assert not across(torch.ones(3)).requires_grad

    def test_numbers_that_are_none_arrive(self, across):
        """NaN and the infinities, in sixteen bits too."""
        tensor = torch.tensor([float("nan"), float("inf"), -0.0], dtype=torch.bfloat16)

        assert str(across(tensor)) == str(tensor)

    def test_a_view_arrives(self, across):
        """Turned, or with steps."""
        tensor = torch.arange(6).reshape(2, 3)

        assert torch.equal(across(tensor.T), tensor.T)
        assert torch.equal(across(tensor[:, ::2]), tensor[:, ::2])

    def test_a_parameter_arrives_as_a_tensor(self, across):
        """A subclass arrives as the plain type."""
        assert type(across(torch.nn.Parameter(torch.ones(2)))) is torch.Tensor

    def test_a_tensor_that_numpy_cannot_hold_is_refused(self, across):
        """The name of its type is in the sentence."""
        with pytest.raises(WireError, match="a Tensor cannot cross the wire"):
            across(torch.eye(2).to_sparse())
