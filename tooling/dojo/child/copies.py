"""Copies of values that can change, and whether a copy is still what it was copied from.

A closed list of types, each with one entry in `KINDS`, found by its name so that no library must
be imported. What has no entry is its own copy: numbers and text, which cannot change, and what is
meant to be used up or moved on, such as an iterator, an rng, a connection.
"""

import copy
import dataclasses
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Part = Callable[[Any], Any]


@dataclass(frozen=True)
class Kind:
    """How values of a type are copied, their parts by a function, and how two are compared."""

    copy: Callable[[Any, Part], Any]
    same: Callable[[Any, Any], bool]


def copied(value: Any, limit: int | None = None) -> Any:
    """Copy a value with all that is in it; what holds more than `limit` elements stays itself."""
    kind = kind_of(type(value))
    if kind is None or (limit is not None and size_of(value) > limit):
        return value
    return kind.copy(value, lambda part: copied(part, limit))


def same(before: Any, after: Any) -> bool:
    """Tell whether two values are of one type and alike to the last bit; NaN is like itself."""
    if before is after:
        return True
    if type(before) is not type(after):
        return False
    kind = kind_of(type(before))
    return alike(before, after) if kind is None else kind.same(before, after)


def alike(before: Any, after: Any) -> bool:
    """Compare two values that cannot change; NaN is not equal to itself."""
    try:
        return bool(before == after or (before != before and after != after))
    except Exception:
        return False


def size_of(value: Any) -> int:
    """Count the elements of an array or a table, or the items of a container."""
    size = getattr(value, "size", None)
    return size if isinstance(size, int) else len(value) if hasattr(value, "__len__") else 0


def kind_of(cls: type) -> Kind | None:
    """Find the entry for a type, or for the nearest of its base classes."""
    if cls not in KNOWN:
        KNOWN[cls] = look_up(cls)
    return KNOWN[cls]


def look_up(cls: type) -> Kind | None:
    """Find an entry by the names of a type and its base classes."""
    if dataclasses.is_dataclass(cls):
        return RECORD
    names = (f"{base.__module__}.{base.__qualname__}" for base in cls.__mro__)
    return next((KINDS[name] for name in names if name in KINDS), None)


def copy_tuple(value: Any, part: Part) -> Any:
    """Copy the elements; a tuple of what cannot change is its own copy."""
    parts = [part(element) for element in value]
    if all(map(is_same_object, parts, value)):
        return value
    return value._make(parts) if hasattr(value, "_make") else tuple(parts)


def is_same_object(left: object, right: object) -> bool:
    """Tell whether two names are of one thing."""
    return left is right


def copy_list(value: Any, part: Part) -> Any:
    """Copy the elements."""
    made = copy.copy(value)
    if not is_plain(value):
        made[:] = [part(element) for element in value]
    return made


def same_elements(before: Any, after: Any) -> bool:
    """Compare element by element; numbers and text all at once, as long as they are equal."""
    if len(before) != len(after):
        return False
    if is_plain(before) and [*map(type, before)] == [*map(type, after)] and before == after:
        return True
    return all(map(same, before, after))


def is_plain(elements: Any) -> bool:
    """Tell whether all elements are numbers, text or None."""
    return PLAIN.issuperset(map(type, elements))


def copy_dict(value: Any, part: Part) -> Any:
    """Copy the values; keys cannot change."""
    made = copy.copy(value)
    for key, element in value.items():
        made[key] = part(element)
    return made


def same_items(before: Any, after: Any) -> bool:
    """Compare keys, in their order, and values."""
    return same_elements([*before], [*after]) and same_elements(
        [*before.values()], [*after.values()]
    )


def copy_record(value: Any, part: Part) -> Any:
    """Copy the fields of a dataclass, a frozen one too."""
    made = copy.copy(value)
    for field in fields_of(value):
        object.__setattr__(made, field, part(getattr(value, field)))
    return made


def same_fields(before: Any, after: Any) -> bool:
    """Compare field by field."""
    names = fields_of(before)
    return names == fields_of(after) and all(
        same(getattr(before, name), getattr(after, name)) for name in names
    )


def fields_of(record: Any) -> list[str]:
    """Name the fields of a dataclass that have a value."""
    return [f.name for f in dataclasses.fields(record) if hasattr(record, f.name)]


def copy_array(value: Any, part: Part) -> Any:
    """Copy an array in its own order; one that is read-only stays so."""
    made = value.copy(order="K")
    if value.dtype == object:
        for place, element in enumerate(value.flat):
            made.flat[place] = part(element)
    if not value.flags.writeable:
        made.flags.writeable = False
    return made


def same_array(before: Any, after: Any) -> bool:
    """Compare shape, dtype and bytes; elements that are no bytes one by one."""
    if before.shape != after.shape or before.dtype != after.dtype:
        return False
    if before.dtype.hasobject or before.dtype.kind == "T":
        return same_elements(before.ravel().tolist(), after.ravel().tolist())
    return bool(before.tobytes() == after.tobytes())


def same_column(before: Any, after: Any) -> bool:
    """Compare the values of one column, numpy's or pandas' own."""
    if hasattr(before, "tobytes"):
        return type(before) is type(after) and same_array(before, after)
    return bool(before.dtype == after.dtype and before.equals(after))


def copy_table(value: Any, part: Part) -> Any:
    """Copy a table; pandas leaves out what is in the cells of an object column."""
    import pandas as pd

    made = value.copy()
    for place, column in enumerate(value._iter_column_arrays()):
        if column.dtype == object:
            made.isetitem(place, pd.Series(part(column), index=value.index, dtype=object))
    return made


def same_table(before: Any, after: Any) -> bool:
    """Compare rows, columns, what is in them, and what is noted beside them."""
    return (
        before.shape == after.shape
        and same_index(before.index, after.index)
        and same_index(before.columns, after.columns)
        and all(map(same_column, before._iter_column_arrays(), after._iter_column_arrays()))
        and same(before.attrs, after.attrs)
    )


def copy_series(value: Any, part: Part) -> Any:
    """Copy a column with its index."""
    made = value.copy()
    if value.dtype == object:
        made[:] = part(value.to_numpy())
    return made


def same_series(before: Any, after: Any) -> bool:
    """Compare index, values, name, and what is noted beside them."""
    return (
        same_index(before.index, after.index)
        and same_column(column_of(before), column_of(after))
        and same(before.name, after.name)
        and same(before.attrs, after.attrs)
    )


def column_of(series: Any) -> Any:
    """Return the values of a series: numpy's own array where it is one."""
    return series.array if hasattr(series.dtype, "na_value") else series.to_numpy()


def same_index(before: Any, after: Any) -> bool:
    """Compare labels, their type and the names of levels."""
    return before is after or bool(before.identical(after) and before.dtype == after.dtype)


def same_matrix(before: Any, after: Any) -> bool:
    """Compare what sparse matrices hold; scipy sorts their indices unasked, also to read them."""
    if before.shape != after.shape or before.dtype != after.dtype:
        return False
    return all(map(same_array, parts_of(before), parts_of(after)))


def parts_of(matrix: Any) -> list[Any]:
    """Return the arrays of a sparse matrix in its one canonical form."""
    plain = matrix.tocoo(copy=True).tocsr() if matrix.ndim == 2 else matrix.tocoo(copy=True)
    plain.sum_duplicates()
    if matrix.ndim == 2:
        return [plain.data, plain.indices, plain.indptr]
    return [plain.data, *plain.coords]


def copy_tensor(value: Any, part: Part) -> Any:
    """Copy a tensor and its gradient, out of any graph."""
    if value.is_leaf:
        return copy.deepcopy(value)
    return value.detach().clone().requires_grad_(value.requires_grad)


def same_tensor(before: Any, after: Any) -> bool:
    """Compare shape, dtype, elements and gradient."""
    if before.shape != after.shape or before.dtype != after.dtype:
        return False
    left, right = before.detach(), after.detach()
    equal = bool(((left == right) | ((left != left) & (right != right))).all())
    return equal and same(gradient_of(before), gradient_of(after))


def gradient_of(tensor: Any) -> Any:
    """Return what a tensor has gathered; only a leaf of the graph gathers."""
    return tensor.grad if tensor.is_leaf else None


PLAIN = frozenset((int, float, bool, complex, str, bytes, type(None)))
KNOWN: dict[type, Kind | None] = {}
RECORD = Kind(copy_record, same_fields)
KINDS = {
    "builtins.tuple": Kind(copy_tuple, same_elements),
    "builtins.list": Kind(copy_list, same_elements),
    "builtins.dict": Kind(copy_dict, same_items),
    "builtins.set": Kind(lambda value, part: value.copy(), alike),
    "numpy.ndarray": Kind(copy_array, same_array),
    "pandas.DataFrame": Kind(copy_table, same_table),
    "pandas.Series": Kind(copy_series, same_series),
    "pandas.Index": Kind(lambda value, part: value.copy(), same_index),
    "pandas.api.extensions.ExtensionArray": Kind(lambda value, part: value.copy(), same_column),
    "scipy.sparse._base._spbase": Kind(lambda value, part: value.copy(), same_matrix),
    "torch.Tensor": Kind(copy_tensor, same_tensor),
}
